"""Sums over the transactions of an account."""

from __future__ import annotations

from typing import Any

import numpy as np

from datamimic import Children, Struct, record, segment_sums
from datamimic.columns import Dates, Ints
from datamimic_pack_finance import booking
from datamimic_pack_finance.statement import lowest_running

EPOCH = np.datetime64("1940-01-01", "us")
"""Times of a ledger are seconds since then."""


def lowest(transactions: Children) -> Ints:
    return lowest_running(transactions.column("ledger_signed"), transactions.counts)


def booked(transactions: Children, now: Dates) -> Struct:
    """Per account: number, credits, debits, the lowest running sum and the latest time of its transactions so far."""
    transactions = transactions.as_of(now)
    counts = transactions.counts
    signed = transactions.column("ledger_signed")
    time = transactions.column("ledger_event") >> booking.KIND_BITS
    last = np.zeros(len(counts), dtype=np.int64)
    filled = counts > 0
    last[filled] = time[np.cumsum(counts)[filled] - 1]
    return Struct(
        {
            "number": counts,
            "credits": segment_sums(np.maximum(signed, 0), counts),
            "debits": segment_sums(np.maximum(-signed, 0), counts),
            "lowest": lowest_running(signed, counts),
            "last": last,
        }
    )


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
