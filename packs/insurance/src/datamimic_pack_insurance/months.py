"""Civil arithmetic with months and years on columns of dates."""

from __future__ import annotations

from typing import Any

import numpy as np

from datamimic.columns import Dates, Ints, year_month_day

DAY = np.timedelta64(1, "D")


_YEAR_ZERO = 1700
# Days since 1970 of the first of every month from January 1700 to December 2499.
_FIRST_DAYS: Ints = (
    np.arange((_YEAR_ZERO - 1970) * 12, (2500 - 1970) * 12)
    .astype("datetime64[M]")
    .astype("datetime64[D]")
    .astype(np.int64)
)


# The month of every day of these years: NumPy takes ten times as long to find it.
_MONTH_OF_DAY = np.repeat(np.arange(len(_FIRST_DAYS) - 1, dtype=np.int16), np.diff(_FIRST_DAYS))


def _month_and_day(dates: Dates) -> tuple[Ints, Ints]:
    """(months since January 1700, days since the first of the month)."""
    days = dates.astype("datetime64[D]").astype(np.int64)
    month = _MONTH_OF_DAY[days - _FIRST_DAYS[0]].astype(np.int64)
    return month, days - _FIRST_DAYS[month]


def add_months(dates: Dates, months: Any) -> Dates:
    """The same day of the month `months` later (int or int64 array), or that month's last day where it is shorter."""
    month, day = _month_and_day(dates)
    first = _FIRST_DAYS[month + months]
    last = _FIRST_DAYS[month + months + 1] - 1
    return np.minimum(first + day, last).astype("datetime64[D]")


def months_begun(start: Dates, end: Dates) -> Ints:
    """How many months of the time from `start` to a later `end` have begun: 1 up to a month, 2 up to two …"""
    between = _month_and_day(end)[0] - _month_and_day(start)[0]
    return between + (add_months(start, between) < end)


def birthday(birthdate: Dates, age: Any) -> Dates:
    """The day on which somebody completes `age` years; who was born on 29 February does so on 1 March in other years."""
    month, day = _month_and_day(birthdate)
    return (_FIRST_DAYS[month + np.asarray(age) * 12] + day).astype("datetime64[D]")


def first_of_year(years: Ints) -> Dates:
    """1 January of each year, of those from 1700 to 2499."""
    return _FIRST_DAYS[(np.asarray(years, dtype=np.int64) - _YEAR_ZERO) * 12].astype("datetime64[D]")


def first_of_month(dates: Dates) -> Dates:
    """The first day of the month of each."""
    return _FIRST_DAYS[_month_and_day(dates)[0]].astype("datetime64[D]")


def period_of(dates: Dates, months: int) -> Ints:
    """The number of the period of so many months, a part of a year, that each day lies in."""
    return _month_and_day(dates)[0] // months


def last_of_period(period: Ints, months: int) -> Dates:
    """Its last day."""
    return (_FIRST_DAYS[(period + 1) * months] - 1).astype("datetime64[D]")


def year_of(dates: Dates) -> Ints:
    return year_month_day(dates)[0]


def days_between(start: Any, end: Any) -> Ints:
    """Days from `start` to `end`, int64."""
    return (np.asarray(end, dtype="datetime64[D]") - np.asarray(start, dtype="datetime64[D]")).astype(np.int64)


def plus_days(dates: Any, days: Ints) -> Dates:
    return np.asarray(dates, dtype="datetime64[D]") + days.astype("timedelta64[D]")
