"""What an entry of the ledger is: its dates, status, type, direction and channel."""

from __future__ import annotations

from typing import Any

import numpy as np

from datamimic import Clock, Data, Text
from datamimic.columns import Dates, Ints, join, select, where
from datamimic_pack_finance.calendar import bank_days
from datamimic_pack_finance.ledger import booking
from datamimic_pack_finance.ledger.booking import NUMBER, among, kind_of
from datamimic_pack_finance.money import currency_of

INCOME_LABELS = {
    "salary": "Salary",
    "business": "Business Income",
    "pension": "Pension",
    "allowance": "Allowance",
    "benefit": "Benefit",
}

BY_CARD = {"Card Payment", "Online Card Payment", "International Card Payment", "Cash Withdrawal", "Refund"}
"""Types of transactions that a card makes."""


def kind(event: Ints) -> Ints:
    return kind_of(event)


def transaction_date(event: Ints) -> Any:
    return booking.time_of(event)


def settlement_date(day: Ints, data: Data) -> Dates:
    """The bank day on which it is posted, even where that is not over yet."""
    return bank_days(data).next(day.astype("datetime64[D]"))


def booking_date(settlement_date: Dates, clock: Clock) -> Any:
    return np.ma.MaskedArray(settlement_date, settlement_date > clock.date)


def value_date(settlement_date: Dates, kind: Ints, booking_date: Any, data: Data) -> Any:
    """From when on the amount counts: the bank day, the next one for payments by card."""
    later = among(kind, "card_pos", "card_online", "card_foreign", "card_abroad", "refund")
    value = np.where(later, bank_days(data).add(settlement_date, 1), settlement_date)
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


def amount(signed: Ints) -> Ints:
    return np.abs(signed)


def card(by_card: Ints) -> Any:
    return np.ma.MaskedArray(np.maximum(by_card, 0), by_card < 0)


def loan(by_loan: Ints) -> Any:
    return np.ma.MaskedArray(np.maximum(by_loan, 0), by_loan < 0)


def loan_payment_number(by_loan: Ints, number_of_it: Ints) -> Any:
    return np.ma.MaskedArray(number_of_it + 1, by_loan < 0)


def card_payment_number(by_card: Ints, number_of_it: Ints) -> Any:
    return np.ma.MaskedArray(number_of_it + 1, by_card < 0)


def currency_symbol(event: Ints, data: Data) -> Text:
    return Text.constant(currency_of(data).symbol, len(event))


def description(kind: Ints, counterparty_name: Text, data: Data) -> Text:
    return join(data["transaction_kinds"]["text"].take(kind), " ", counterparty_name)
