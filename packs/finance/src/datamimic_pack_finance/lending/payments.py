"""The payments of a block of loans: what fell due in each month, and what has become of it."""

from __future__ import annotations

from typing import Any

import numpy as np

from datamimic import Clock, Data, Lists, Text, positions
from datamimic.columns import Dates, Ints, select
from datamimic_pack_finance.ledger.parents import Parents
from datamimic_pack_finance.lending.paying_back import NEVER
from datamimic_pack_finance.lending.repayment import amortisation

BLOCK = 1_024
"""Loans whose payments are made at once."""
COLUMNS = ("number", "deferred", "due", "paid", "interest", "principal", "balance", "gone")
STATUSES = ("paid", "paid late", "due", "overdue", "written off")


def payments(loan: Any, rows: Ints, data: Data) -> dict[str, Any]:
    """Per month, loan after loan: columns of `Month`, what is due and still owed after it, and the day on which the loan is
    `gone`: written off. Of a deferred month the interest is that of the next payment of the plan."""
    if not len(rows):
        return {name: np.zeros(0, dtype=np.bool_ if name == "deferred" else np.int64) for name in COLUMNS}
    loans, _ = Parents.of(loan)
    plan = amortisation(
        loans.column("principal"),
        loans.column("annual_rate"),
        loans.column("term_months"),
        loans.column("payment"),
        data,
    )
    made: Lists = loans.column("months")
    lengths, month = made.lengths, made.values
    starts = np.cumsum(plan.lengths) - plan.lengths
    at = np.repeat(starts, lengths) + month.number - 1 + month.deferred
    principal = np.where(month.deferred, 0, plan.principal[at])
    off = loans.column("written_off_on")
    gone = np.where(np.ma.getmaskarray(off), NEVER, np.ma.getdata(off).astype(np.int64))
    return {
        **{name: getattr(month, name) for name in ("number", "deferred", "due", "paid")},
        "interest": plan.interest[at],
        "principal": principal,
        "balance": plan.balance[at] + np.where(month.deferred, plan.principal[at], 0),
        "gone": np.repeat(gone, lengths),
    }


def amounts_due(loans: Any, data: Data) -> Ints:
    """Hundredths that fall due in each month, loan after loan: the constant payment, but for the last one of the plan and in
    deferred months. `loans` has the columns that it takes."""
    made: Lists = loans.column("months")
    own = np.repeat(np.arange(len(made.lengths), dtype=np.int64), made.lengths)
    payment, term = loans.column("payment"), loans.column("term_months")
    amount = payment[own]
    other = made.values.deferred | (made.values.number == term[own])
    some = np.unique(own[other])
    plan = amortisation(
        loans.column("principal")[some], loans.column("annual_rate")[some], term[some], payment[some], data
    )
    starts = np.cumsum(plan.lengths) - plan.lengths
    at = np.flatnonzero(other)
    line = starts[np.searchsorted(some, own[at])] + made.values.number[at] - 1 + made.values.deferred[at]
    amount[at] = np.where(made.values.deferred[at], plan.interest[line], plan.payment[line])
    return amount


def paid_date(paid: Ints) -> Any:
    return np.ma.MaskedArray(paid.astype("datetime64[D]"), paid == NEVER)


def late_days(due: Ints, paid: Ints, gone: Ints, clock: Clock) -> Lists:
    """The days up to the clock on which it is late a day longer, from the due date on, and the one on which it is paid."""
    until = np.minimum(np.minimum(np.maximum(paid, due), gone), int(clock.date.astype(np.int64)))
    span = until - due + 1
    return Lists(span, (np.repeat(due, span) + positions(span)).astype("datetime64[D]"))


def days_past_due(due: Ints, paid: Ints, gone: Ints, now: Dates) -> Ints:
    """Up to the payment, the write-off, or the day on which one looks."""
    until = np.minimum(np.minimum(paid, gone), now.astype("datetime64[D]").astype(np.int64))
    return np.maximum(until - due, 0)


def status(due: Ints, paid: Ints, gone: Ints, days_past_due: Ints, now: Dates) -> Text:
    today = now.astype("datetime64[D]").astype(np.int64)
    unpaid = np.where(gone <= today, 4, np.where(days_past_due > 0, 3, 2))
    return select(np.where(paid <= today, np.where(paid > due, 1, 0), unpaid), list(STATUSES))
