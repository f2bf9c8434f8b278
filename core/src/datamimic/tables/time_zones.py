"""Local time: what clocks show in a time zone, and which moment that is.

The clocks of every zone since 1970 are a table of the core (IANA Time Zone Database), so that every machine knows the same
ones. Before 1970 a zone keeps its first offset, after 2099 the calendar's cycle goes on as if 2100 were a leap year.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
from attrs import frozen

from datamimic.base.arrays import Dates, Ints
from datamimic.columns import Text
from datamimic.errors import UnknownName
from datamimic.tables.table import Table

_SECOND = 1_000_000
_SPAN = 1 << 42
"""More seconds than moments have; a rule and a second are one number."""
_CYCLE = (28 * 365 + 7) * 86_400
_END = 3_029_529_600
"""2066: from here on the 28 years before repeat."""


def to_utc(local: Dates, zone: Text | str) -> Dates:
    """The moments, datetime64[us], at which clocks in the zone show the `local` times (dates or date-times).

    A time that clocks show twice is the first; one that they leave out, as much later as they are put forward. `zone` is a
    name such as Europe/Berlin, or one per row. Raises `UnknownName` (`unknown_time_zone`).
    """
    micros = _micros(local)
    clocks, rule = _clocks(), _rules(zone, len(micros))
    return (micros - clocks.offsets_at(micros // _SECOND, rule, clocks.shown) * _SECOND).view("datetime64[us]")


def to_local(moments: Dates, zone: Text | str) -> Dates:
    """What clocks in the zone show at the moments (UTC), datetime64[us]; see `to_utc`."""
    micros = _micros(moments)
    clocks, rule = _clocks(), _rules(zone, len(micros))
    return (micros + clocks.offsets_at(micros // _SECOND, rule, clocks.since) * _SECOND).view("datetime64[us]")


def known_time_zones() -> tuple[str, ...]:
    """The names of all zones, links included."""
    return tuple(_clocks().rules)


def _micros(times: Any) -> Ints:
    micros: Ints = np.asarray(times).astype("datetime64[us]").view(np.int64)
    return micros


@frozen(eq=False)
class _Clocks:
    """`since` and `shown` are sorted: rule and second, of the moment and of the local time, from which `offsets` hold."""

    rules: dict[str, int]
    since: Ints
    shown: Ints
    offsets: Ints
    repeats: np.ndarray[Any, np.dtype[np.bool_]]

    def offsets_at(self, seconds: Ints, rule: Ints, changes: Ints) -> Ints:
        later = (seconds >= _END) & self.repeats[rule]
        if later.any():
            seconds = np.where(later, _END - _CYCLE + (seconds - _END) % _CYCLE, seconds)
        key = rule * _SPAN + np.clip(seconds, 0, _SPAN - 1)
        offsets: Ints = self.offsets[np.searchsorted(changes, key, side="right") - 1]
        return offsets


@cache
def _clocks() -> _Clocks:
    names, changes = _table("time_zones"), _table("time_zone_offsets")
    rule, since, offsets = changes.ints("rule"), changes.ints("since"), changes.ints("offset")
    first = np.concatenate(([True], rule[1:] != rule[:-1]))
    before = np.where(first, offsets, np.roll(offsets, 1))
    # A local time belongs to the offset before a change until clocks have left it behind for good.
    shown = np.where(first, 0, since + np.maximum(before, offsets))
    return _Clocks(
        dict(zip(names.columns["zone"], names.ints("rule").tolist(), strict=True)),
        rule * _SPAN + since,
        rule * _SPAN + shown,
        offsets,
        np.maximum.reduceat(since, np.flatnonzero(first)) < _END,
    )


def _table(name: str) -> Table:
    text = files("datamimic").joinpath(f"tables/{name}.csv").read_text(encoding="utf-8")
    return Table.parse(name, text, file=f"{name}.csv")


def _rules(zone: Text | str, length: int) -> Ints:
    if isinstance(zone, str):
        return np.full(length, _rule(zone), dtype=np.int64)
    codes, vocabulary = zone.coding()
    # Only names that occur: a table may hold an empty one for rows that nobody refers to.
    used = np.unique(codes)
    rules = np.zeros(len(vocabulary.values), dtype=np.int64)
    rules[used] = [_rule(vocabulary.values[code]) for code in used.tolist()]
    return rules[codes]


def _rule(name: str) -> int:
    rules = _clocks().rules
    if name not in rules:
        raise UnknownName("time zone", name, [*rules])
    return rules[name]
