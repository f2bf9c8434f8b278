"""What falls due on an account every month, and how many of its transactions that fills.

An account shows its last `n` transactions, in a window that ends with its last activity and is as long as `n` payments take
at the customer's pace. Income, rent, savings plan and fee fall due once a month inside the window; what is left of `n` is
free: card payments, cash, transfers. A series that no longer fits into `n` is left out whole, so that none has gaps.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from datamimic import Struct, WorkingDays, record
from datamimic.columns import Dates, Ints
from datamimic_pack_finance.calendar import monthly

SERIES = ("income", "rent", "plan", "fee")
SAVINGS_PACE = 3
LONGEST = 364
WEEK = 7


@record
class Standing:
    """First month (counted from 1970-01) and number of due dates of each monthly series in the window, and of all."""

    income_first: int
    income_count: int
    rent_first: int
    rent_count: int
    plan_first: int
    plan_count: int
    fee_first: int
    fee_count: int
    due_count: int


def window_days(counts: Ints, pace: Ints) -> Ints:
    """Days that `counts` transactions take at `pace` a month: whole weeks, from 7 to 364."""
    days = counts * 3044 // (pace * 100) + 1
    weeks: Ints = np.clip(-(-days // WEEK), 1, LONGEST // WEEK)
    return weeks * WEEK


def standing(counts: Ints, start: Dates, end: Dates, days: WorkingDays, due: dict[str, tuple[Ints, Any]]) -> Struct:
    """The series in (start, end]: `due` gives per series the day of the month and whether the account has it."""
    columns: dict[str, Ints] = {}
    used = np.zeros(len(counts), dtype=np.int64)
    for name in SERIES:
        day, has = due[name]
        # Salaries come before a weekend, everything else after it.
        first, count = monthly(days, day, start, end, days.previous if name == "income" else days.next)
        count = np.where(has & (used + count <= counts), count, 0)
        used += count
        columns[f"{name}_first"] = first.astype(np.int64)
        columns[f"{name}_count"] = count
    columns["due_count"] = used
    return Struct(columns)


def lowest_running(values: Ints, lengths: Ints) -> Ints:
    """Per run of `lengths` values the least of 0 and its running sums, int64."""
    result = np.zeros(len(lengths), dtype=np.int64)
    filled = np.flatnonzero(lengths > 0)
    if len(filled):
        sizes = lengths[filled]
        starts = np.cumsum(sizes) - sizes
        total = np.cumsum(values)
        before = total[starts] - values[starts]
        result[filled] = np.minimum(np.minimum.reduceat(total, starts) - before, 0)
    return result
