"""Calendars of working days, from the tables of holidays that packs have."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from datamimic import Draw, Table, WorkingDays
from datamimic.columns import Dates

SATURDAY, SUNDAY = 5, 6


@lru_cache(maxsize=64)
def working_days(holidays: Table | None = None, weekend: tuple[int, ...] = (SATURDAY, SUNDAY)) -> WorkingDays:
    """The days that are neither of the `weekend`, numbered from Monday, 0, nor in the column `date` of a table; made once per
    table."""
    return WorkingDays.of(() if holidays is None else holidays.dates("date"), weekend=weekend)


def spread(days: Dates, working: WorkingDays, draw: Draw) -> Dates:
    """In place of each day that is no working one some day of the week before, so that none of the week has more than its
    share."""
    back = np.where(working.is_open(days), 0, draw.integers(0, 4, "weekday")).astype("timedelta64[D]")
    return working.previous(working.previous(days) - back)
