"""Kinds of bookings, and how an event is written as one number: seconds since 1940 (UTC), shifted by 5 bits, plus the number of
the kind, a row of `transaction_kinds`."""

from __future__ import annotations

from typing import Any

import numpy as np

from datamimic import Text, to_utc
from datamimic.columns import Bools, Ints

KIND_BITS = 5
SINCE = np.datetime64("1940-01-01", "D")
#: numbers of kinds: rows of `transaction_kinds`, the same in every country
KINDS = (
    "card_pos", "card_online", "card_foreign", "atm", "transfer_out", "transfer_in", "bill", "refund",
    "cash_deposit", "savings_in", "savings_out",
    "income", "rent", "savings_plan", "fee", "interest",
    "card_abroad", "atm_abroad", "card_bill", "loan_payment",
    "due_collected", "due_sent", "due_received",
)  # fmt: skip
NUMBER = {name: number for number, name in enumerate(KINDS)}
DUES = ("due_collected", "due_sent", "due_received")
"""What other packs know of: by direct debit, by transfers out and in."""
TABLES = (
    "transaction_kinds", "transaction_mix", "transaction_hours", "transaction_weekdays", "transaction_months", "merchants",
    "merchant_tastes", "merchant_hours", "merchant_days", "foreign_merchants", "foreign_fees",
    "merchant_amounts", "transfer_amounts", "atm_amounts", "price_endings", "bank_holidays", "exchange_rates", "dong_rates",
    "pay_growth", "income_tax", "income_tax_reliefs", "contributions",
    "common.public_holidays", "common.places", "common.other_incomes",
)  # fmt: skip
"""What a ledger reads."""
NAMES = ("common.given_names", "common.family_names")
"""Of those to whom money is sent."""


def among(kind: Ints, *names: str) -> Bools:
    """Which of the kinds are one of those named."""
    members: Bools = np.array([name in names for name in KINDS])[kind]
    return members


def kind_of(event: Ints) -> Ints:
    return event & ((1 << KIND_BITS) - 1)


def time_of(event: Ints) -> Any:
    return SINCE.astype("datetime64[us]") + (event >> KIND_BITS).astype("timedelta64[s]")


def seconds_of(day: Ints, second: Ints, zone: Text) -> Ints:
    """Since 1940, UTC, of the second of a day by the clocks of a time zone."""
    shown = day.astype("datetime64[D]").astype("datetime64[us]") + second.astype("timedelta64[s]")
    seconds: Ints = (to_utc(shown, zone) - SINCE.astype("datetime64[us]")).astype(np.int64) // 1_000_000
    return seconds


def event_of(seconds: Ints, kind: Ints) -> Ints:
    """Of seconds since 1940."""
    return (seconds << KIND_BITS) + kind
