"""Bank days of a country: the next and the previous day on which banks post, by table lookup.

Weekends (Saturday, Sunday) and the dates of the table `bank_holidays` are closed. The holidays known are those of 2000 to
2050; outside of these years only weekends count.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from attrs import frozen

from datamimic import Data
from datamimic.columns import Bools, Dates, Ints

FIRST = np.datetime64("1940-01-01", "D")
LAST = np.datetime64("2210-12-31", "D")


@frozen(eq=False)
class BankDays:
    """`following[d]` and `preceding[d]`: the nearest open day on or after, on or before, day number `d` since 1940."""

    following: Ints
    preceding: Ints

    @classmethod
    def of(cls, holidays: Dates) -> BankDays:
        days = np.arange(FIRST, LAST + np.timedelta64(1, "D"))
        weekday = (days.astype(np.int64) + 3) % 7
        open_ = weekday < 5
        inside = holidays[(holidays >= FIRST) & (holidays <= LAST)]
        open_[(inside - FIRST).astype(np.int64)] = False
        index = np.arange(len(days), dtype=np.int64)
        following = np.minimum.accumulate(np.where(open_, index, len(days) - 1)[::-1])[::-1]
        preceding = np.maximum.accumulate(np.where(open_, index, 0))
        return cls(following, preceding)

    def next(self, days: Dates) -> Dates:
        """The first bank day on or after each day, datetime64[D]."""
        return FIRST + self.following[_number(days)].astype("timedelta64[D]")

    def previous(self, days: Dates) -> Dates:
        """The last bank day on or before each day, datetime64[D]."""
        return FIRST + self.preceding[_number(days)].astype("timedelta64[D]")

    def is_open(self, days: Dates) -> Bools:
        number = _number(days)
        return self.following[number] == number


_KNOWN: dict[str, BankDays] = {}


def bank_days(data: Data) -> BankDays:
    """The bank days of the world's country, made once per table."""
    table = data["bank_holidays"]
    key = table.file
    if key not in _KNOWN:
        _KNOWN[key] = BankDays.of(np.array(table.columns["date"], dtype="datetime64[D]"))
    return _KNOWN[key]


def month_day(months: Any, day: Any) -> Dates:
    """The `day`-th (1-31) of each month (datetime64[M]); the month's last day where it has fewer."""
    first = months.astype("datetime64[D]")
    last = (months + np.timedelta64(1, "M")).astype("datetime64[D]") - np.timedelta64(1, "D")
    return np.minimum(first + (np.asarray(day) - 1).astype("timedelta64[D]"), last)


def monthly(days: BankDays, day: Ints, start: Dates, end: Dates, rule: Callable[[Dates], Dates]) -> tuple[Any, Ints]:
    """A monthly series inside (start, end]: its first month (datetime64[M]) and how often it falls due.

    `rule` is `days.next` or `days.previous`: where a due day that is no bank day moves to.
    """
    first, last = start.astype("datetime64[M]"), end.astype("datetime64[M]")
    month = np.timedelta64(1, "M")
    early = np.flatnonzero(rule(month_day(first, day)) <= start)
    late = np.flatnonzero(rule(month_day(last, day)) > end)
    # Moving to a bank day can carry a due day over the end of its month, so what was moved is looked at once more.
    for _ in range(2):
        first[early] += month
        last[late] -= month
        early = early[rule(month_day(first[early], day[early])) <= start[early]]
        late = late[rule(month_day(last[late], day[late])) > end[late]]
    count = (last - first).astype(np.int64) + 1
    return first, np.maximum(count, 0)


def _number(days: Dates) -> Ints:
    return (days.astype("datetime64[D]") - FIRST).astype(np.int64)
