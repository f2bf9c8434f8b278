"""When payments of loans fall due."""

from __future__ import annotations

from typing import Any

import numpy as np

from datamimic.columns import Dates, Ints
from datamimic_pack_finance.calendar import month_day


def due_dates(start: Dates, number: Ints) -> Dates:
    """The day of the `number`-th payment: the start's day of the month that many months later, or the month's last."""
    month = start.astype("datetime64[M]")
    day = (start - month.astype("datetime64[D]")).astype(np.int64) + 1
    return month_day(month + number.astype("timedelta64[M]"), day)


def due_days(start: Dates, loan: Ints, number: Ints) -> Ints:
    """Days since 1970 of the `number`-th payments of loans, places in `start`; as `due_dates`, for many payments of each."""
    month = start.astype("datetime64[M]")
    day = (start - month.astype("datetime64[D]")).astype(np.int64)
    at = month.astype(np.int64)[loan] + number
    if not len(at):
        return at
    first = int(at.min())
    begins = np.arange(first, int(at.max()) + 2).astype("datetime64[M]").astype("datetime64[D]").astype(np.int64)
    at -= first
    return np.minimum(begins[at] + day[loan], begins[at + 1] - 1)


def months_between(start: Dates, end: Any) -> Ints:
    """Payments that fell due up to a day."""
    until = np.full(len(start), end).astype("datetime64[M]")
    months = (until - start.astype("datetime64[M]")).astype(np.int64)
    return months - (due_dates(start, months) > end)
