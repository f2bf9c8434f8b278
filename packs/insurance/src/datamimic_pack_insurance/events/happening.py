"""What an event is, where and when: as many of each kind in every ten years as are published, their years by chance."""

from __future__ import annotations

import numpy as np

from datamimic import Clock, Data, Draw
from datamimic.columns import Dates, Floats, Ints, Lists, Text
from datamimic_pack_insurance.months import add_months, days_between, plus_days

DECADE = 10
DECADES = 5


def per_decade(data: Data) -> int:
    return int(data["catastrophes"].ints("per_decade").sum())


def kind_row(rows: Ints, data: Data) -> Ints:
    """Row of `catastrophes`: the events of a decade, kind after kind."""
    ends = np.cumsum(data["catastrophes"].ints("per_decade"))
    return np.searchsorted(ends, rows % per_decade(data), side="right").astype(np.int64)


def zone(kind: Text, draw: Draw, data: Data) -> Text:
    table = data["catastrophe_zones"]
    return table["zone"].take(draw.pick(table.by("kind"), kind))


def states(zone: Text, data: Data) -> Lists:
    """The codes of the states of the zone."""
    table = data["zone_states"]
    first = table.lookup("zone", zone)
    own = np.bincount(table.lookup("zone", table["zone"]), minlength=len(table)).astype(np.int64)
    counts = own[first]
    place = np.arange(int(counts.sum()), dtype=np.int64) - np.repeat(np.cumsum(counts) - counts, counts)
    return Lists(counts, table["state_code"].take(np.repeat(first, counts) + place))


def size(kind_row: Ints, draw: Draw, data: Data) -> Floats:
    table = data["catastrophe_sizes"]
    return data["catastrophes"].floats("size")[kind_row] * table.floats("size")[draw.pick(table)]


def days(kind_row: Ints, draw: Draw, data: Data) -> Ints:
    return draw.integers(1, data["catastrophes"].ints("longest")[kind_row])


def start_date(rows: Ints, kind_row: Ints, days: Ints, draw: Draw, data: Data, clock: Clock) -> Dates:
    """A day of the season: of the decade before the clock for the first events, of the one before that for the next …"""
    seasons = data["claim_seasons"]
    season = data["catastrophes"]["season"].take(kind_row)
    month = seasons.ints("month")[draw.pick(seasons.by("season"), season, label="month")]
    year = np.array([clock.year], dtype=np.int64)
    first = ((year - 1970) * 12 + month - 1).astype("datetime64[M]")
    length = days_between(first, first + np.timedelta64(1, "M"))
    day = plus_days(first, np.floor(length * draw.uniform("day")).astype(np.int64))
    for _ in range(2):  # what began in the last days of the year before may not be over either
        day = np.where(plus_days(day, days - 1) > clock.date, add_months(day, -12), day)
    # Beyond what any books go back to, events fall in the same decades again.
    ago = rows // per_decade(data) % DECADES * DECADE + draw.integers(0, DECADE - 1, "year")
    return add_months(day, -12 * ago)


def end_date(start_date: Dates, days: Ints) -> Dates:
    return plus_days(start_date, days - 1)
