"""What officers have learnt: certifications with the days of issue and expiry, and languages."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np

from datamimic import Clock, Data, Draw, Lists, Struct, Table, Text, record
from datamimic.columns import Bools, Dates, Ints, take
from datamimic_pack_common.calendars import working_days
from datamimic_pack_public_sector.careers import shifted

ANY_UNIT = "*"


@record
class Credential:
    """A certification as it stands in the personnel file."""

    certification: str
    issued_on: date
    expires_on: date | None


def held(unit: Text, years_of_service: Ints, draw: Draw, data: Data) -> Lists:
    """Rows of police_certifications: those that the unit and the years of service ask for, each with its own share."""
    table: Table = data["police_certifications"]
    units, years, shares = table.columns["unit"], table.ints("minimum_years"), table.floats("share")
    has = np.zeros((len(draw), len(table)), dtype=np.bool_)
    for row, name in enumerate(units):
        able = years_of_service >= years[row]
        if name != ANY_UNIT:
            able &= unit == name
        has[:, row] = able & draw.chance(shares[row], f"certification {row}")
    return Lists(has.sum(axis=1), np.nonzero(has)[1])


def certifications(held_certifications: Lists, data: Data) -> Lists:
    names = data["police_certifications"]["certification"].take(held_certifications.values)
    return Lists(held_certifications.lengths, names)


def credentials(held_certifications: Lists, hire_date: Dates, draw: Draw, data: Data, clock: Clock) -> Lists:
    """Issued on a day of the week, after the years of service that the certification asks for; those that expire are in force
    at the clock."""
    table: Table = data["police_certifications"]
    rows: Any = held_certifications.values
    today: Any = clock.date
    valid = table.ints("valid_years")[rows]
    joined = take(hire_date, held_certifications.parents)
    first = np.minimum(joined + _days(table.ints("minimum_years")[rows]), today)
    # What expires was renewed in its last term; what does not was acquired within three years of the first chance.
    renewed = np.maximum(first, today - _days(valid) + np.timedelta64(1, "D"))
    start = np.where(valid > 0, renewed, first)
    end = np.where(valid > 0, today, np.minimum(first + np.timedelta64(3 * 365, "D"), today))
    span = (end - start).astype(np.int64)
    drawn = start + draw.items(held_certifications.lengths).integers(0, span).astype("timedelta64[D]")
    week = working_days()
    earlier, later = week.previous(drawn), week.next(drawn)
    issued = np.where(earlier >= start, earlier, np.where(later <= end, later, drawn))
    limited = np.flatnonzero(valid)
    until = issued.copy()
    until[limited] = shifted(issued[limited], valid[limited])
    expires = np.ma.MaskedArray(until, valid == 0)
    names = table["certification"].take(rows)
    return Lists(
        held_certifications.lengths, Struct({"certification": names, "issued_on": issued, "expires_on": expires})
    )


def _days(years: Ints) -> Any:
    return (years * 1461 // 4).astype("timedelta64[D]")


def languages(draw: Draw, data: Data) -> Lists:
    """The national language, and each other one with its share of officers."""
    table: Table = data["police_languages"]
    shares = table.floats("share")
    has: Bools = np.stack([draw.chance(share, f"language {row}") for row, share in enumerate(shares)], axis=1)
    return Lists(has.sum(axis=1), table["language"].take(np.nonzero(has)[1]))
