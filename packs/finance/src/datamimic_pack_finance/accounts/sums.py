"""Sums over the transactions of an account."""

from __future__ import annotations

from typing import Any

import numpy as np

from datamimic import Children, Struct, record, segment_sums
from datamimic.columns import Dates, Ints
from datamimic_pack_finance import booking
from datamimic_pack_finance.ledger.book import BLOCK
from datamimic_pack_finance.statement import lowest_running

EPOCH = np.datetime64("1940-01-01", "us")
"""Times of a ledger are seconds since then."""


def booked(transactions: Children, now: Dates) -> Struct:
    """Per account: number, credits, debits, the lowest running sum, the latest time of its transactions so far, and the balance
    before the first of all. Some accounts after the other, since each has hundreds."""
    count = len(transactions.counts)
    columns = {
        name: np.zeros(count, dtype=np.int64) for name in ("number", "credits", "debits", "lowest", "last", "opening")
    }
    for start in range(0, count, BLOCK):
        some = np.arange(start, min(start + BLOCK, count), dtype=np.int64)
        every = transactions.take(some)
        opening = np.zeros(len(some), dtype=np.int64)
        filled = np.flatnonzero(every.counts > 0)
        if len(filled):
            first = (np.cumsum(every.counts) - every.counts)[filled]
            opening[filled] = every.column("ledger_opening")[first]
        made = _sums(every.as_of(now[some])) | {"opening": opening}
        for name, column in columns.items():
            column[some] = made[name]
    return Struct(columns)


def _sums(transactions: Children) -> dict[str, Ints]:
    counts = transactions.counts
    signed = transactions.column("signed")
    time = transactions.column("event") >> booking.KIND_BITS
    last = np.zeros(len(counts), dtype=np.int64)
    filled = counts > 0
    last[filled] = time[np.cumsum(counts)[filled] - 1]
    return {
        "number": counts,
        "credits": segment_sums(np.maximum(signed, 0), counts),
        "debits": segment_sums(np.maximum(-signed, 0), counts),
        "lowest": lowest_running(signed, counts),
        "last": last,
    }


def opening_balance(booked: Any, balance_buffer: Ints, booking_count: Ints) -> Ints:
    """What was on it before the first transaction; all that there is where there are none."""
    return np.where(booking_count > 0, booked.opening, balance_buffer)


def last_transaction_date(booked: Any) -> Any:
    at = EPOCH + booked.last.astype("timedelta64[s]")
    return np.ma.MaskedArray(at, booked.number == 0)


@record
class Ledger:
    """Sums over the transactions of an account, in hundredths; `last` in seconds since 1940."""

    number: int
    credits: int
    debits: int
    lowest: int
    last: int
    opening: int
