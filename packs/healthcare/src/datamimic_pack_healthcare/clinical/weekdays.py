"""Days of the week, on which practices write things down and devices are looked after."""

from __future__ import annotations

import numpy as np

from datamimic.columns import Dates

FRIDAY, WEEKEND, WEEK = 4, 5, 7


def on_weekday(day: Dates, first: Dates, last: Dates) -> Dates:
    """A Saturday or Sunday becomes a day of the week after, each of them as often; the Friday before it where that is later
    than `last`, and what it was where that is earlier than `first`."""
    number = day.astype(np.int64)
    weekday = (number + 3) % WEEK
    later = np.where(weekday >= WEEKEND, WEEK - weekday + number % 5, 0)
    moved = day + later.astype("timedelta64[D]")
    friday = day - np.maximum(weekday - FRIDAY, 0).astype("timedelta64[D]")
    return np.where(moved <= last, moved, np.where(friday >= first, friday, day))


def before_weekend(day: Dates) -> Dates:
    """A Saturday or Sunday becomes a day of the week before, each of them as often."""
    number = day.astype(np.int64)
    weekday = (number + 3) % WEEK
    return day - np.where(weekday >= WEEKEND, weekday - FRIDAY + number % 5, 0).astype("timedelta64[D]")
