"""Annuities to the minor unit: the constant payment, and how interest, principal and balance go month by month.

Amounts are int64 hundredths, rates int64 hundredths of a percent a year. Interest of a month is rounded to the currency's
unit; the last payment pays what is left, so that the balance ends at zero.
"""

from __future__ import annotations

import numpy as np
from attrs import frozen

from datamimic.columns import Floats, Ints

MONTHLY = 120_000.0
"""Hundredths of a percent a year in one whole a month."""


def monthly_payment(principal: Ints, rate: Ints, months: Ints, unit: int) -> Ints:
    """P r / (1 - (1 + r)^-n), rounded to `unit`. The rate must be above zero."""
    monthly = rate / MONTHLY
    growth = _power(1.0 + monthly, months)
    exact = principal * monthly * growth / (growth - 1.0)
    result: Ints = np.maximum(np.rint(exact / unit), 1).astype(np.int64) * unit
    return result


@frozen(eq=False)
class Schedule:
    """All payments, loan after loan (`lengths` payments each): what goes to interest and what is still owed afterwards."""

    lengths: Ints
    payment: Ints
    interest: Ints
    balance: Ints

    @property
    def principal(self) -> Ints:
        return self.payment - self.interest


def schedule(principal: Ints, rate: Ints, months: Ints, payment: Ints, unit: int) -> Schedule:
    """The payments of every loan over its whole term."""
    order = np.argsort(-months, kind="stable")
    starts = (np.cumsum(months) - months)[order]
    sorted_months = months[order]
    owed = principal[order].copy()
    monthly = rate[order] / MONTHLY / unit
    paid = payment[order]
    total = int(months.sum())
    interest = np.empty(total, dtype=np.int64)
    balance = np.empty(total, dtype=np.int64)
    longest = int(sorted_months[0]) if len(months) else 0
    running = np.searchsorted(-sorted_months, -np.arange(1, longest + 1), side="right")
    for month, still in enumerate(running.tolist()):
        charged = np.rint(owed[:still] * monthly[:still]).astype(np.int64) * unit
        owed[:still] += charged - paid[:still]
        # The last payment takes exactly what is left.
        ending = int(running[month + 1]) if month + 1 < longest else 0
        owed[ending:still] = 0
        at = starts[:still] + month
        interest[at] = charged
        balance[at] = owed[:still]
    payments = np.repeat(payment, months)
    last = np.cumsum(months) - 1
    before = np.where(months > 1, balance[last - 1], principal)
    payments[last] = before + interest[last]
    return Schedule(months, payments, interest, balance)


def _power(base: Floats, exponent: Ints) -> Floats:
    """base ** exponent by squaring: multiplications only, the same on every machine."""
    result = np.ones(len(base), dtype=np.float64)
    square = base.copy()
    rest = exponent.copy()
    while rest.any():
        result = np.where(rest & 1 == 1, result * square, result)
        square = square * square
        rest >>= 1
    return result
