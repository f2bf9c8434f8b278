"""Sums over the transactions of an account. What it holds at the clock is known without them; whoever looks earlier adds them
up."""

from __future__ import annotations

from typing import Any

import numpy as np

from datamimic import Children, Clock, Struct, record, segment_sums
from datamimic.columns import Dates, Ints, Masked
from datamimic_pack_finance.accounts.statement import lowest_running
from datamimic_pack_finance.ledger import booking
from datamimic_pack_finance.ledger.book import BLOCK

_LAST = (1 << 53) - 1
_APART = 1 << 54
"""Microseconds since 1970 of all bookings are within this, below zero as well."""


@record
class Sums:
    """In hundredths."""

    credits: int
    debits: int
    lowest: int


@record
class Standing:
    """How many transactions there are, what they come to, and when the last of them was made."""

    number: int
    moved: int
    last: int


def standing(
    opening_balance: Ints, closing: Ints, booking_count: Ints, last_booked_at: Dates, transactions: Children, now: Dates,
    clock: Clock,
) -> Struct:  # fmt: skip
    """`moved` in hundredths; `last` in microseconds since 1970."""
    number, moved = booking_count.copy(), closing - opening_balance
    last = last_booked_at.astype("datetime64[us]").astype(np.int64)
    early = np.flatnonzero((now < clock.instant) & (booking_count > 0))
    if not len(early):
        return Struct({"number": number, "moved": moved, "last": last})  # where the bookings lie is not asked either
    # Whoever asks for all changes sees one account at hundreds of moments: its bookings are made once.
    firsts, which, of = np.unique(transactions.first[early], return_index=True, return_inverse=True)
    order = np.argsort(of, kind="stable")
    begins = np.searchsorted(of[order], np.arange(len(firsts) + 1))
    for start in range(0, len(firsts), BLOCK):
        accounts = np.arange(start, min(start + BLOCK, len(firsts)), dtype=np.int64)
        every = transactions.take(early[which[accounts]])
        rows = order[begins[start] : begins[accounts[-1] + 1]]
        some, own = early[rows], of[rows] - start
        times = booking.time_of(every.column("event")).astype(np.int64)
        ends = np.cumsum(every.counts)
        until = np.minimum(now[some].astype("datetime64[us]").astype(np.int64), _LAST)
        place = np.searchsorted(
            np.repeat(np.arange(len(accounts)), every.counts) * _APART + times, own * _APART + until, side="right"
        )
        number[some] = place - (ends - every.counts)[own]
        there = np.flatnonzero(number[some] > 0)
        before = place[there] - 1
        moved[some] = 0
        moved[some[there]] = every.column("balance_after")[before] - opening_balance[some[there]]
        last[some[there]] = times[before]
    return Struct({"number": number, "moved": moved, "last": last})


def last_transaction_date(standing: Any) -> Masked:
    return np.ma.MaskedArray(standing.last.astype("datetime64[us]"), standing.number == 0)


def sums(transactions: Children, now: Dates) -> Struct:
    """Over the transactions that there are: what came in, what went out, and the lowest running sum."""
    count = len(transactions.counts)
    made = {name: np.zeros(count, dtype=np.int64) for name in ("credits", "debits", "lowest")}
    for some in _blocks(np.flatnonzero(transactions.counts > 0)):
        there = transactions.take(some).as_of(now[some])
        signed = there.column("signed")
        made["credits"][some] = segment_sums(np.maximum(signed, 0), there.counts)
        made["debits"][some] = segment_sums(np.maximum(-signed, 0), there.counts)
        made["lowest"][some] = lowest_running(signed, there.counts)
    return Struct(made)


def _blocks(rows: Ints) -> list[Ints]:
    """Some accounts after the other, since each has hundreds of transactions."""
    return [rows[start : start + BLOCK] for start in range(0, len(rows), BLOCK)]
