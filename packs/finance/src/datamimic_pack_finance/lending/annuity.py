"""Annuities to the minor unit: the constant payment, and how interest, principal and balance go month by month.

Amounts are int64 hundredths, rates int64 hundredths of a percent a year. Interest of a month is rounded to the currency's
unit; the last payment pays what is left, so that the balance ends at zero.
"""

from __future__ import annotations

from collections.abc import Iterator

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
    return np.maximum(np.rint(exact / unit), 1).astype(np.int64) * unit


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
    total = int(months.sum())
    interest = np.empty(total, dtype=np.int64)
    balance = np.empty(total, dtype=np.int64)
    for month, ending, charged, owed in _run(principal[order], rate[order], months[order], payment[order], unit):
        at = starts[: len(owed)] + month
        interest[at] = charged
        balance[at] = owed
        balance[at[ending:]] = 0
    interest *= unit
    balance *= unit
    payments = np.repeat(payment, months)
    last = np.cumsum(months) - 1
    before = np.where(months > 1, balance[last - 1], principal)
    payments[last] = before + interest[last]
    return Schedule(months, payments, interest, balance)


def course(principal: Ints, rate: Ints, months: Ints, payment: Ints, made: Ints, unit: int) -> tuple[Ints, Ints]:
    """Per loan what is owed after `made` payments (0 to the term), and the last payment: `schedule` without its lines."""
    order = np.argsort(-months, kind="stable")
    paid = made[order]
    latest = int(made.max(initial=0))
    owed_then = principal[order] / unit
    last = np.zeros(len(months), dtype=np.float64)
    installment = payment[order] / unit
    for month, ending, _, owed in _run(principal[order], rate[order], months[order], payment[order], unit):
        still = len(owed)
        if month < latest:
            np.copyto(owed_then[:still], owed, where=paid[:still] == month + 1)
        # What the constant payment leaves over, or takes too much, belongs to the last one.
        last[ending:still] = owed[ending:] + installment[ending:still]
    balance = np.empty(len(months), dtype=np.int64)
    ends = np.empty(len(months), dtype=np.int64)
    balance[order] = np.where(paid >= months[order], 0, owed_then)
    ends[order] = last
    return balance * unit, ends * unit


def _run(
    principal: Ints, rate: Ints, months: Ints, payment: Ints, unit: int
) -> Iterator[tuple[int, int, Floats, Floats]]:
    """Month by month, for loans in descending order of term: the month (from 0), the place from which loans end with it,
    interest charged and balance owed of those still running, in units; whole numbers that float64 holds exactly.

    The balance of a loan that ends shows what the constant payment left over.
    """
    owed = principal / unit
    paid = payment / unit
    monthly = rate / MONTHLY
    longest = int(months[0]) if len(months) else 0
    running = [*np.searchsorted(-months, -np.arange(1, longest + 1), side="right").tolist(), 0]
    for month in range(longest):
        still = running[month]
        now = owed[:still]
        charged = np.rint(now * monthly[:still])
        now += charged
        now -= paid[:still]
        yield month, running[month + 1], charged, now


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
