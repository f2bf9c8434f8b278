"""What an entry of the ledger is: its dates, status, type, direction and channel."""

from __future__ import annotations

from typing import Any

import numpy as np

from datamimic import Clock, Data, Text
from datamimic.columns import Dates, Ints, join, select, where
from datamimic_pack_finance import booking
from datamimic_pack_finance.booking import NUMBER, kind_of
from datamimic_pack_finance.calendar import bank_days
from datamimic_pack_finance.money import currency_of

INCOME_LABELS = {
    "salary": "Salary",
    "business": "Business Income",
    "pension": "Pension",
    "allowance": "Allowance",
    "benefit": "Benefit",
}


def transaction_date(event: Ints) -> Any:
    return booking.time_of(event)


def booking_date(event: Ints, account: Any, data: Data, clock: Clock) -> Any:
    day = bank_days(data).next(booking.day_of(event, account.time_zone))
    return np.ma.MaskedArray(day, day > clock.date)


def status(booking_date: Any, now: Dates) -> Text:
    waiting = np.ma.getmaskarray(booking_date) | (np.ma.getdata(booking_date) > now)
    return select(waiting.astype(np.int64), ["booked", "pending"])


def transaction_type(event: Ints, account: Any, data: Data) -> Text:
    kind = kind_of(event)
    usual = data["transaction_kinds"]["transaction_type"].take(kind)
    return where(kind == NUMBER["income"], account.income_kind.map(INCOME_LABELS.__getitem__), usual)


def direction(event: Ints, data: Data) -> Text:
    return data["transaction_kinds"]["direction"].take(kind_of(event))


def channel(event: Ints, data: Data) -> Text:
    return data["transaction_kinds"]["channel"].take(kind_of(event))


def role(event: Ints, data: Data) -> Text:
    return data["transaction_kinds"]["role"].take(kind_of(event))


def currency_symbol(event: Ints, data: Data) -> Text:
    return Text.constant(currency_of(data).symbol, len(event))


def description(event: Ints, counterparty_name: Text, data: Data) -> Text:
    return join(data["transaction_kinds"]["text"].take(kind_of(event)), " ", counterparty_name)
