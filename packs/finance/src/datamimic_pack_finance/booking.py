"""Kinds of bookings, and how an event is written as one number: seconds since 1940 (UTC), shifted by 5 bits, plus the number of
the kind, a row of `transaction_kinds`."""

from __future__ import annotations

from typing import Any

import numpy as np

from datamimic.columns import Ints

KIND_BITS = 5
SINCE = np.datetime64("1940-01-01", "D")
#: numbers of kinds: rows of `transaction_kinds`, the same in every country
KINDS = (
    "card_pos", "card_online", "card_foreign", "atm", "transfer_out", "transfer_in", "bill", "refund",
    "cash_deposit", "savings_in", "savings_out",
    "income", "rent", "savings_plan", "fee", "interest",
    "card_bill", "loan", "card_abroad", "atm_abroad",
)  # fmt: skip
NUMBER = {name: number for number, name in enumerate(KINDS)}
TABLES = (
    "transaction_kinds", "transaction_mix", "transaction_hours", "transaction_weekdays", "transaction_months", "merchants",
    "merchant_tastes", "merchant_hours", "foreign_merchants",
    "merchant_amounts", "transfer_amounts", "atm_amounts", "price_endings", "bank_holidays", "common.public_holidays",
    "common.places", "exchange_rates", "dong_rates",
)  # fmt: skip
"""What a ledger reads."""


def among(kind: Ints, *names: str) -> Any:
    """Which of the kinds are one of those named."""
    return _members(names)[kind]


def _members(names: tuple[str, ...]) -> Any:
    return np.array([name in names for name in KINDS])


def kind_of(event: Ints) -> Ints:
    return event & ((1 << KIND_BITS) - 1)


def time_of(event: Ints) -> Any:
    return SINCE.astype("datetime64[us]") + (event >> KIND_BITS).astype("timedelta64[s]")


def event_of(moment: Any, kind: Ints) -> Ints:
    seconds = (moment - SINCE.astype("datetime64[us]")).astype(np.int64) // 1_000_000
    return (seconds << KIND_BITS) + kind
