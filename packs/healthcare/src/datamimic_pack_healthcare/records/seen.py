"""What of a record had happened by the moment at which one looks."""

from __future__ import annotations

from typing import Any

import numpy as np

from datamimic import Lists, Struct, Text
from datamimic.columns import Bools, Dates
from datamimic_pack_healthcare.visits.booking import STATUS


def part(entries: Lists, name: str) -> Lists:
    """One of the parts of each entry."""
    return Lists(entries.lengths, getattr(entries.values, name))


def by_then(entries: Lists, moments: Lists, now: Dates) -> Lists:
    """The entries whose moments are not after `now`."""
    when: Any = moments.values
    known = when <= now[moments.parents]
    return entries if known.all() else entries.only(known)


def encounters(all_encounters: Lists, visit_moments: Lists, now: Dates) -> Lists:
    """Booked by then, with the status of then: without an end while it lasts."""
    visits: Any = all_encounters.values
    moments: Any = visit_moments.values
    booked, start, until, cancelled = moments.reshape(-1, 4).T
    moment = now[all_encounters.parents]
    ended = ~np.ma.getmaskarray(visits.end) & (until <= moment)
    outcome, _ = visits.status.coding()
    code = np.where((outcome == 0) & ~ended, STATUS.index("in-progress"), outcome)
    code = np.where(start > moment, STATUS.index("planned"), code)
    code = np.where((outcome == 1) & (cancelled <= moment), 1, code)
    seen = {"status": Text.coded(code, STATUS), "end": np.ma.MaskedArray(np.ma.getdata(visits.end), ~ended)}
    return _known(all_encounters, seen, booked <= moment)


def conditions(all_conditions: Lists, condition_days: Lists, now: Dates) -> Lists:
    """Written down by then: resolved when they were over by then."""
    items: Any = all_conditions.values
    moment = now[all_conditions.parents]
    recorded, over = _spans(condition_days, np.ma.getmaskarray(items.abatement), moment)
    seen = {
        "status": Text.coded(over.astype(np.int64), ("active", "resolved")),
        "abatement": np.ma.MaskedArray(np.ma.getdata(items.abatement), ~over),
    }
    return _known(all_conditions, seen, recorded)


def medications(all_medications: Lists, medication_days: Lists, now: Dates) -> Lists:
    """Begun by then: active as long as they had not ended."""
    items: Any = all_medications.values
    moment = now[all_medications.parents]
    begun, over = _spans(medication_days, np.ma.getmaskarray(items.end), moment)
    codes, statuses = items.status.coding()
    seen = {
        "status": Text.coded(np.where(over, codes, statuses.values.index("active")), statuses),
        "end": np.ma.MaskedArray(np.ma.getdata(items.end), ~over),
    }
    return _known(all_medications, seen, begun)


def last_updated(all_encounters: Lists, visit_moments: Lists, opened_on: Dates, now: Dates) -> Dates:
    """The end of the last encounter that was over by then; without one, the beginning of the record."""
    visits: Any = all_encounters.values
    moments: Any = visit_moments.values
    found = opened_on.astype("datetime64[us]")
    if not len(moments):
        return found
    until = moments.reshape(-1, 4)[:, 2]
    ended = ~np.ma.getmaskarray(visits.end) & (until <= now[all_encounters.parents])
    some = all_encounters.lengths > 0
    ends = np.where(ended, until, np.datetime64("1000-01-01", "us"))
    found[some] = np.maximum(found[some], np.maximum.reduceat(ends, all_encounters.offsets[:-1][some]))
    return found


def _spans(days: Lists, lasting: Bools, moment: Dates) -> tuple[Bools, Bools]:
    """Of entries with two days each: had it begun, and was it over, by the moment?"""
    values: Any = days.values
    first, last = values.reshape(-1, 2).T
    return first <= moment, ~lasting & (last <= moment)


def _known(entries: Lists, seen: dict[str, Any], known: Bools) -> Lists:
    """The entries that are known, with what is seen of them."""
    items: Any = entries.values
    made = Lists(entries.lengths, Struct({**items.columns, **seen}))
    return made if known.all() else made.only(known)
