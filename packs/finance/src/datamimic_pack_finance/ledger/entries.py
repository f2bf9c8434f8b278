"""What an entry of the ledger is: its dates, status, type, direction, channel and amounts."""

from __future__ import annotations

from typing import Any

import numpy as np

from datamimic import Clock, Data, Text
from datamimic.columns import Bools, Dates, Floats, Ints, join, select, where
from datamimic_pack_finance import booking
from datamimic_pack_finance.booking import NUMBER, among, kind_of
from datamimic_pack_finance.calendar import bank_days
from datamimic_pack_finance.money import currency_of

INCOME_LABELS = {
    "salary": "Salary",
    "business": "Business Income",
    "pension": "Pension",
    "allowance": "Allowance",
    "benefit": "Benefit",
}
CARDS = ("card_pos", "card_online", "card_foreign", "card_abroad", "atm", "atm_abroad")


def kind(event: Ints) -> Ints:
    return kind_of(event)


def transaction_date(event: Ints) -> Any:
    return booking.time_of(event)


def booking_date(day: Ints, data: Data, clock: Clock) -> Any:
    posted = bank_days(data).next(day.astype("datetime64[D]"))
    return np.ma.MaskedArray(posted, posted > clock.date)


def value_date(day: Ints, kind: Ints, booking_date: Any, data: Data) -> Any:
    """From when on the amount bears interest: that of the day for cash and interest, of the bank day for the rest, of the next
    one for payments by card."""
    days = bank_days(data)
    value = days.next(day.astype("datetime64[D]"))
    later = among(kind, "card_pos", "card_online", "card_foreign", "card_abroad", "refund")
    value = np.where(later, days.add(value, 1), value)
    return np.ma.MaskedArray(value, np.ma.getmaskarray(booking_date))


def status(booking_date: Any, now: Dates) -> Text:
    waiting = np.ma.getmaskarray(booking_date) | (np.ma.getdata(booking_date) > now)
    return select(waiting.astype(np.int64), ["booked", "pending"])


def transaction_type(kind: Ints, account: Any, data: Data) -> Text:
    usual = data["transaction_kinds"]["transaction_type"].take(kind)
    return where(kind == NUMBER["income"], account.income_kind.map(INCOME_LABELS.__getitem__), usual)


def direction(kind: Ints, data: Data) -> Text:
    return data["transaction_kinds"]["direction"].take(kind)


def channel(kind: Ints, data: Data) -> Text:
    return data["transaction_kinds"]["channel"].take(kind)


def role(kind: Ints, data: Data) -> Text:
    return data["transaction_kinds"]["role"].take(kind)


def currency_symbol(rows: Ints, data: Data) -> Text:
    return Text.constant(currency_of(data).symbol, len(rows))


def amount(signed: Ints) -> Ints:
    return np.abs(signed)


def is_international(kind: Ints) -> Bools:
    return among(kind, "card_foreign", "card_abroad", "atm_abroad")


def original_amount(is_international: Bools, original: Ints) -> Any:
    return np.ma.MaskedArray(original, ~is_international)


def exchange_rate(is_international: Bools, rate: Ints) -> Any:
    rates: Floats = rate.view(np.float64)
    return np.ma.MaskedArray(rates, ~is_international)


def exchange_fee(is_international: Bools, fee: Ints) -> Any:
    return np.ma.MaskedArray(fee, ~is_international)


def description(kind: Ints, counterparty_name: Text, data: Data) -> Text:
    return join(data["transaction_kinds"]["text"].take(kind), " ", counterparty_name)
