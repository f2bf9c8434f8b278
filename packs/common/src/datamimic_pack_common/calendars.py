"""Calendars of working days, from the tables of holidays that packs have."""

from __future__ import annotations

from functools import lru_cache

from datamimic import Table, WorkingDays

SATURDAY, SUNDAY = 5, 6


@lru_cache(maxsize=64)
def working_days(holidays: Table, weekend: tuple[int, ...] = (SATURDAY, SUNDAY)) -> WorkingDays:
    """The days that are neither of the `weekend`, numbered from Monday, 0, nor in the column `date` of the table; made once per
    table."""
    return WorkingDays.of(holidays.dates("date"), weekend=weekend)
