"""Calendars of working days, by table look-up: which days are open, the next, the one before, so many on, how many between.

A calendar knows 1940 to 2210. Holidays come from a table of a pack; outside of its years only the weekends are closed.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from attrs import field, frozen

from datamimic.base.arrays import Bools, Dates, Ints
from datamimic.errors import DataError, DefinitionError

FIRST = np.datetime64("1940-01-01", "D")
LAST = np.datetime64("2210-12-31", "D")
SATURDAY, SUNDAY = 5, 6


@frozen(eq=False)
class WorkingDays:
    """Day numbers count from 1940: `following[d]` and `preceding[d]` are the nearest open day on or after, on or before, `d`;
    `until[d]` is how many are open before `d`; `opened[n]` is the n-th open day."""

    following: Ints = field(repr=False)
    preceding: Ints = field(repr=False)
    until: Ints = field(repr=False)
    opened: Ints = field(repr=False)

    @classmethod
    def of(cls, holidays: Any = (), *, weekend: Sequence[int] = (SATURDAY, SUNDAY)) -> WorkingDays:
        """`holidays` are closed dates, the days of the `weekend` are numbered from Monday, 0.

        Raises `DefinitionError` (`bad_field`) for a weekend that leaves no day of the week open.
        """
        if not set(weekend) < set(range(7)):
            raise DefinitionError(
                "bad_field", f"the weekend {list(weekend)} leaves no working day", hint="days from 0, Monday, to 6"
            )
        days = np.arange(FIRST, LAST + np.timedelta64(1, "D"))
        is_open = ~np.isin((days.astype(np.int64) + 3) % 7, list(weekend))
        closed = np.asarray(holidays, dtype="datetime64[D]")
        is_open[(closed[(closed >= FIRST) & (closed <= LAST)] - FIRST).astype(np.int64)] = False
        index = np.arange(len(days), dtype=np.int64)
        following = np.minimum.accumulate(np.where(is_open, index, len(days) - 1)[::-1])[::-1]
        preceding = np.maximum.accumulate(np.where(is_open, index, 0))
        return cls(following, preceding, np.cumsum(is_open) - is_open, np.flatnonzero(is_open))

    def is_open(self, days: Dates) -> Bools:
        number = day_number(days)
        return self.following[number] == number

    def next(self, days: Dates) -> Dates:
        """The first working day on or after each day, datetime64[D]."""
        return _day(self.following[day_number(days)])

    def previous(self, days: Dates) -> Dates:
        """The last working day on or before each day, datetime64[D]."""
        return _day(self.preceding[day_number(days)])

    def add(self, days: Dates, count: Any) -> Dates:
        """So many working days later, earlier where `count` is negative. A closed day counts as the next open one, or as the
        one before where `count` is negative."""
        number, count = day_number(days), np.asarray(count, dtype=np.int64)
        start = np.where(count < 0, self.preceding[number], self.following[number])
        nth = self.until[start] + count
        if number.size and not (int(nth.min()) >= 0 and int(nth.max()) < len(self.opened)):
            raise _beyond()
        return _day(self.opened[nth])

    def between(self, first: Dates, last: Dates) -> Ints:
        """How many working days there are from `first` to the day before `last`; negative where `last` is earlier."""
        count: Ints = self.until[day_number(last)] - self.until[day_number(first)]
        return count

    def of_month(self, days: Dates, nth: Any) -> Dates:
        """The n-th working day (from 1; from -1, the last, backwards) of the months that the days lie in: paydays.

        A month with fewer has its last, or its first.
        """
        months = np.asarray(days).astype("datetime64[M]")
        first = self.until[day_number(months.astype("datetime64[D]"))]
        after = self.until[day_number((months + np.timedelta64(1, "M")).astype("datetime64[D]"))]
        nth = np.asarray(nth, dtype=np.int64)
        return _day(self.opened[np.clip(np.where(nth > 0, first + nth - 1, after + nth), first, after - 1)])


def day_number(days: Any) -> Ints:
    """Days since 1940. Raises `DataError` (`bad_date`) for one outside of the calendars."""
    number: Ints = (np.asarray(days).astype("datetime64[D]") - FIRST).astype(np.int64)
    if number.size and not (int(number.min()) >= 0 and int(number.max()) <= int((LAST - FIRST).astype(np.int64))):
        raise _beyond()
    return number


def _day(number: Ints) -> Dates:
    return FIRST + number.astype("timedelta64[D]")


def _beyond() -> DataError:
    return DataError("bad_date", f"a day lies outside of the calendar, {FIRST} to {LAST}", hint="choose another clock")
