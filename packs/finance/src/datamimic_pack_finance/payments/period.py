"""The transactions that a statement covers: those of the calendar month of the last one."""

from __future__ import annotations

from typing import Any

import numpy as np
from attrs import frozen

from datamimic import Children, Data, Ref, Struct, World, record
from datamimic.columns import Dates, Ints
from datamimic_pack_finance.calendar import bank_days
from datamimic_pack_finance.ledger import booking
from datamimic_pack_finance.ledger.book import BLOCK

TRANSACTION = "finance.transaction"


@record
class Covered:
    """Row of the first transaction of the period, how many there are, and the sum of those before it, in hundredths."""

    first: int
    number: int
    before: int


def last_day(last_active: Dates, data: Data, now: Dates) -> Ints:
    """The last day that the statement covers, since 1970: a number, as it depends on when one looks."""
    return np.minimum(bank_days(data).next(last_active), now.astype("datetime64[D]")).astype(np.int64)


def first_day(last_active: Dates, window_start: Dates, now: Dates) -> Ints:
    """The first day, since 1970: that of the month, or of the account's history."""
    month = np.minimum(last_active, now.astype("datetime64[D]")).astype("datetime64[M]").astype("datetime64[D]")
    return np.maximum(month, window_start + np.timedelta64(1, "D")).astype(np.int64)


def covered(transactions: Children, period_start: Ints, now: Dates) -> Struct:
    """`Covered` of each account, of the transactions that there are by the moment on which one looks."""
    counts, rows = transactions.counts, transactions.first.copy()
    made = {name: np.zeros(len(counts), dtype=np.int64) for name in ("number", "before")}
    filled = np.flatnonzero(counts > 0)
    for start in range(0, len(filled), BLOCK):
        some = filled[start : start + BLOCK]
        every = transactions.take(some)
        own = np.repeat(np.arange(len(some)), every.counts)
        earlier = every.column("day") < period_start[some][own]
        there = booking.time_of(every.column("event")) <= now[some][own]
        rows[some] += every.sum(earlier.astype(np.int64))
        made["number"][some] = every.sum((there & ~earlier).astype(np.int64))
        made["before"][some] = every.sum(np.where(earlier, every.column("signed"), 0))
    return Struct({"first": rows} | made)


@frozen(eq=False)
class Period:
    """Transactions of the periods of accounts, account after account; `counts` of each."""

    counts: Ints
    transactions: Ref

    @classmethod
    def of(cls, covered: Any, world: World) -> Period:
        counts: Ints = covered.number
        begins = np.cumsum(counts) - counts
        rows = np.arange(int(counts.sum()), dtype=np.int64) + np.repeat(covered.first - begins, counts)
        return cls(counts, Ref(world, world.spec(TRANSACTION), rows))

    def column(self, name: str) -> Any:
        return self.transactions.column(name)
