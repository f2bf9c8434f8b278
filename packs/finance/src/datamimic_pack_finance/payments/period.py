"""The transactions that a statement covers: those of the calendar month of the last one."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, Final

import numpy as np
from attrs import frozen

from datamimic import Children, Data, Lists, Ref, Struct, World, record
from datamimic.columns import Dates, Ints
from datamimic_pack_finance.calendar import bank_days
from datamimic_pack_finance.ledger import booking
from datamimic_pack_finance.ledger.book import BLOCK

TRANSACTION = "finance.transaction"


@record
class Booked:
    """What the ledger says of a transaction, by the names of its fields: see `Transaction`."""

    event: int
    day: int
    signed: int
    merchant: int
    place: int
    payee_of_account: int
    own: int
    original: int
    fee: int
    rate: int
    balance_after: Decimal
    by_card: int
    number_of_it: int
    by_loan: int
    source: int
    contract: int
    payment_of_it: int


LEDGER: Final = (*Booked.__annotations__,)


@record
class Covered:
    """Row of the first transaction of the period, how many there are, the sum of those before it, in hundredths, and what the
    ledger says of those of the period: it is made for all of an account's history, and once."""

    first: int
    number: int
    before: int
    booked: list[Booked]


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
    number, before = np.zeros(len(counts), dtype=np.int64), np.zeros(len(counts), dtype=np.int64)
    ledger: dict[str, list[Ints]] = {name: [np.zeros(0, dtype=np.int64)] for name in LEDGER}
    filled = np.flatnonzero(counts > 0)
    for start in range(0, len(filled), BLOCK):
        some = filled[start : start + BLOCK]
        every = transactions.take(some)
        own = np.repeat(np.arange(len(some)), every.counts)
        earlier = every.column("day") < period_start[some][own]
        there = booking.time_of(every.column("event")) <= now[some][own]
        rows[some] += every.sum(earlier.astype(np.int64))
        number[some] = every.sum((there & ~earlier).astype(np.int64))
        before[some] = every.sum(np.where(earlier, every.column("signed"), 0))
        inside = np.flatnonzero(there & ~earlier)
        for name, parts in ledger.items():
            parts.append(every.column(name)[inside])
    booked = Struct({name: np.concatenate(parts) for name, parts in ledger.items()})
    return Struct({"first": rows, "number": number, "before": before, "booked": Lists(number, booked)})


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
        known = {name: getattr(covered.booked.values, name) for name in LEDGER}
        return cls(counts, Ref.knowing(world, world.spec(TRANSACTION), rows, known))

    def column(self, name: str) -> Any:
        return self.transactions.column(name)
