"""Civil arithmetic with months and years on columns of dates."""

from __future__ import annotations

from typing import Any

import numpy as np

from datamimic.columns import Dates, Ints, year_month_day

DAY = np.timedelta64(1, "D")


def add_months(dates: Dates, months: Any) -> Dates:
    """The same day of the month `months` later (int or int64 array), or that month's last day where it is shorter."""
    start = dates.astype("datetime64[M]")
    day = (dates.astype("datetime64[D]") - start.astype("datetime64[D]")).astype(np.int64)
    target = start + np.asarray(months).astype("timedelta64[M]")
    last = ((target + np.timedelta64(1, "M")).astype("datetime64[D]") - target.astype("datetime64[D]")).astype(
        np.int64
    ) - 1
    moved: Dates = target.astype("datetime64[D]") + np.minimum(day, last).astype("timedelta64[D]")
    return moved


def months_begun(start: Dates, end: Dates) -> Ints:
    """How many months of the time from `start` to a later `end` have begun: 1 up to a month, 2 up to two …"""
    first, last = start.astype("datetime64[M]"), end.astype("datetime64[M]")
    between = (last - first).astype(np.int64)
    begun: Ints = between + (add_months(start, between) < end)
    return begun


def birthday(birthdate: Dates, age: Any) -> Dates:
    """The day on which somebody completes `age` years; who was born on 29 February does so on 1 March in other years."""
    start = birthdate.astype("datetime64[M]")
    day = birthdate.astype("datetime64[D]") - start.astype("datetime64[D]")
    target = start + (np.asarray(age) * 12).astype("timedelta64[M]")
    moved: Dates = target.astype("datetime64[D]") + day
    return moved


def first_of_year(years: Ints) -> Dates:
    """1 January of each year."""
    made: Dates = (np.asarray(years, dtype=np.int64) - 1970).astype("datetime64[Y]").astype("datetime64[D]")
    return made


def year_of(dates: Dates) -> Ints:
    return year_month_day(dates)[0]


def days_between(start: Any, end: Any) -> Ints:
    """Days from `start` to `end`, int64."""
    result: Ints = (np.asarray(end, dtype="datetime64[D]") - np.asarray(start, dtype="datetime64[D]")).astype(np.int64)
    return result


def plus_days(dates: Any, days: Ints) -> Dates:
    moved: Dates = np.asarray(dates, dtype="datetime64[D]") + days.astype("timedelta64[D]")
    return moved
