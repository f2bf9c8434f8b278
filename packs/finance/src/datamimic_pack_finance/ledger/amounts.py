"""Amounts and running balances, computed for all transactions of an account at once."""

from __future__ import annotations

from typing import Any

import numpy as np

from datamimic import Data, Draw, Family
from datamimic.columns import Bools, Ints
from datamimic_pack_finance import booking
from datamimic_pack_finance.booking import kind_of
from datamimic_pack_finance.money import currency_of
from datamimic_pack_finance.statement import lowest_running


def slot(account: Any, draw: Draw, data: Data) -> Ints:
    return booking.slots(account, draw, data)


def ledger_event(family: Family) -> Ints:
    return booking.in_order(family)


def ledger_merchant(ledger_event: Ints, draw: Draw, data: Data) -> Ints:
    return booking.merchants(ledger_event, draw, data)


def ledger_foreign(draw: Draw, data: Data) -> Ints:
    return draw.pick(data["foreign_merchants"])


def ledger_original(ledger_event: Ints, ledger_merchant: Ints, ledger_foreign: Ints, draw: Draw, data: Data) -> Ints:
    return booking.original_amounts(ledger_event, ledger_merchant, ledger_foreign, currency_of(data), draw, data)


def ledger_signed(
    ledger_event: Ints,
    ledger_original: Ints,
    ledger_foreign: Ints,
    account: Any,
    draw: Draw,
    data: Data,
) -> Ints:
    amount = booking.amounts(ledger_event, ledger_original, ledger_foreign, account, currency_of(data), draw, data)
    credit = (data["transaction_kinds"]["direction"] == "credit")[kind_of(ledger_event)]
    return np.where(credit, amount, -amount)


def balance_after(family: Family) -> Ints:
    signed = family.column("ledger_signed")
    first = np.cumsum(family.lengths) - family.lengths
    buffer = family.column("account").balance_buffer[first] if len(first) else np.zeros(0, dtype=np.int64)
    opening = np.repeat(buffer - lowest_running(signed, family.lengths), family.lengths)
    return opening[family.positions] + family.running(signed)


def amount(family: Family) -> Ints:
    return np.abs(family.column("ledger_signed")[family.positions])


def original_amount(is_international: Bools, family: Family) -> Any:
    return np.ma.MaskedArray(family.column("ledger_original")[family.positions], ~is_international)
