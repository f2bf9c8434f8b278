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


def months_between(start: Dates, end: Any) -> Ints:
    """Payments that fell due up to a day."""
    until = np.full(len(start), end).astype("datetime64[M]")
    months = (until - start.astype("datetime64[M]")).astype(np.int64)
    return months - (due_dates(start, months) > end)
