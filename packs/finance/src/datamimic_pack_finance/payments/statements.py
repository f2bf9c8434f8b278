"""The statement of an account: balances, sums and entries, written as standards write amounts.

It covers the calendar month of the account's last transaction, up to the bank day on which that is posted or the day on which
one looks. What is posted by then is booked and makes the closing balance; the rest is pending.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import numpy as np

from datamimic import Data, Lists, Struct, Text, World, record, segment_sums
from datamimic.columns import Bools, Dates, Ints, digits, join, money_text, number_text, select
from datamimic_pack_finance.money import currency_of
from datamimic_pack_finance.payments import codes
from datamimic_pack_finance.payments.period import Period


@record
class Entry:
    """One line of a statement; amounts have the decimals of their currency."""

    reference: str
    booking_date: date | None
    value_date: date
    status: str
    mark: str
    amount: str
    domain: str
    family: str
    sub_family: str
    swift_type: str
    text: str
    owner_reference: str
    other_name: str
    end_to_end_id: str | None
    instruction_id: str | None
    uetr: str | None
    mandate_id: str | None
    debtor_name: str | None
    debtor_iban: str | None
    debtor_number: str | None
    debtor_bic: str | None
    creditor_name: str | None
    creditor_iban: str | None
    creditor_number: str | None
    creditor_bic: str | None
    original_amount: str | None
    original_currency: str | None
    exchange_rate: str | None
    home_amount: str | None
    home_currency: str | None


@record
class Statement:
    """What stands above the entries and below them; `mark`s are CRDT or DBIT, sums without a sign."""

    statement_id: str
    number: int
    created: datetime
    first_day: date
    last_day: date
    opening: str
    opening_mark: str
    closing: str
    closing_mark: str
    expected: str
    expected_mark: str
    available: str
    available_mark: str
    entry_count: int
    entry_sum: str
    net: str
    net_mark: str
    credit_count: int
    credit_sum: str
    debit_count: int
    debit_sum: str
    pending_credit_count: int
    pending_credit_sum: str
    pending_debit_count: int
    pending_debit_sum: str


def amount_text(hundredths: Ints, data: Data) -> Text:
    """Amounts with the decimals of the country's currency, without a sign."""
    whole = currency_of(data).unit == 100
    return number_text(np.abs(hundredths) // 100) if whole else money_text(np.abs(hundredths))


def is_booked(period: Period, last_day: Ints) -> Bools:
    """Of each transaction: is it posted by the statement's last day?"""
    days = period.column("settlement_date").astype(np.int64)
    posted: Bools = days <= np.repeat(last_day, period.counts)
    return posted


def opening(opening_balance: Ints, covered: Any) -> Ints:
    """The balance before the first transaction of the statement, hundredths."""
    return opening_balance + covered.before


def statement(
    account_id: Text, created_date: Dates, period_start: Ints, statement_end: Ints, statement_opening: Ints,
    overdraft_limit: Ints, covered: Any, now: Dates, world: World, data: Data,
) -> Struct:  # fmt: skip
    there, end = Period.of(covered, world), statement_end.astype("datetime64[D]")
    counts, signed = there.counts, there.column("signed")
    booked = is_booked(there, statement_end)
    credit = signed > 0

    def count(which: Bools) -> Ints:
        return segment_sums(which.astype(np.int64), counts)

    def total(which: Bools) -> Ints:
        return segment_sums(np.where(which, np.abs(signed), 0), counts)

    def money(hundredths: Ints) -> Text:
        return amount_text(hundredths, data)

    credits, debits = total(booked & credit), total(booked & ~credit)
    waiting_credits, waiting_debits = total(~booked & credit), total(~booked & ~credit)
    closing = statement_opening + credits - debits
    expected = closing + waiting_credits - waiting_debits
    available = expected + overdraft_limit
    ends = end.astype("datetime64[us]") + np.timedelta64(22, "h")
    months = (end.astype("datetime64[M]") - created_date.astype("datetime64[M]")).astype(np.int64)
    number = months + 1
    return Struct(
        {
            "statement_id": join("STM", account_id.slice(4, 6), account_id.slice(7, 15), digits(number, 5)),
            "number": number,
            "created": np.minimum(ends, np.maximum(now, end.astype("datetime64[us]"))),
            "first_day": np.minimum(period_start.astype("datetime64[D]"), end),
            "last_day": end,
            "opening": money(statement_opening),
            "opening_mark": sign(statement_opening),
            "closing": money(closing),
            "closing_mark": sign(closing),
            "expected": money(expected),
            "expected_mark": sign(expected),
            "available": money(available),
            "available_mark": sign(available),
            "entry_count": count(booked),
            "entry_sum": money(credits + debits),
            "net": money(credits - debits),
            "net_mark": sign(credits - debits),
            "credit_count": count(booked & credit),
            "credit_sum": money(credits),
            "debit_count": count(booked & ~credit),
            "debit_sum": money(debits),
            "pending_credit_count": count(~booked & credit),
            "pending_credit_sum": money(waiting_credits),
            "pending_debit_count": count(~booked & ~credit),
            "pending_debit_sum": money(waiting_debits),
        }
    )


def sign(hundredths: Ints) -> Text:
    """CRDT, or DBIT below zero."""
    return select((hundredths < 0).astype(np.int64), ["CRDT", "DBIT"])


def entries(statement_end: Ints, covered: Any, world: World, data: Data) -> Lists:
    there = Period.of(covered, world)
    return Lists(there.counts, _entries(there, is_booked(there, statement_end), data))


def booked_entries(entries: Lists) -> Lists:
    return entries.only(entries.values.status == "BOOK")


def _entries(there: Period, booked: Bools, data: Data) -> Struct:
    event, other, direction = there.column("event"), there.column("other"), there.column("direction")
    credit = direction == "credit"
    has_iban = ~other.iban.is_null()
    abroad = there.column("is_international")
    parties: dict[str, Any] = {}
    for name, mine in (("debtor", credit), ("creditor", ~credit)):
        parties |= {
            f"{name}_name": other.name.where(mine),
            f"{name}_iban": other.iban.where(mine),
            f"{name}_number": other.account_number.where(mine & ~has_iban),
            f"{name}_bic": other.bic.where(mine),
        }
    original = np.ma.getdata(there.column("original_amount"))
    value_date = there.column("settlement_date")
    amount = amount_text(there.column("signed"), data)
    return Struct(
        {
            "reference": there.column("booking_reference"),
            "booking_date": np.ma.MaskedArray(value_date, ~booked),
            "value_date": value_date,
            "status": select(booked.astype(np.int64), ["PDNG", "BOOK"]),
            "mark": codes.mark(direction),
            "amount": amount,
            "domain": codes.domain(event, data),
            "family": codes.family(event, data),
            "sub_family": codes.sub_family(event, data),
            "swift_type": codes.swift_type(event, data),
            "text": there.column("description"),
            "owner_reference": there.column("instruction_id").fill("NONREF"),
            "other_name": other.name,
            "end_to_end_id": there.column("end_to_end_id"),
            "instruction_id": there.column("instruction_id"),
            "uetr": there.column("uetr"),
            "mandate_id": there.column("mandate_id"),
            **parties,
            "original_amount": original_text(original, there.column("original_currency")).where(abroad),
            "original_currency": there.column("original_currency"),
            "exchange_rate": rate_text(np.ma.getdata(there.column("exchange_rate"))).where(abroad),
            "home_amount": amount.where(abroad),
            "home_currency": there.column("currency").where(abroad),
        }
    )


def original_text(hundredths: Ints, currency: Text) -> Text:
    """Amounts with the decimals of each one's currency."""
    whole = currency.fill("").isin(WITHOUT_DECIMALS)
    return select(whole.astype(np.int64), [money_text(hundredths), number_text(hundredths // 100)])


WITHOUT_DECIMALS = frozenset({"JPY", "VND", "KRW"})
"""Currencies of merchants abroad that have no minor unit (ISO 4217)."""


def rate_text(rates: Any) -> Text:
    """Exchange rates with ten decimals, which fit into the eleven digits of the standard below ten."""
    values, inverse = np.unique(rates, return_inverse=True)
    return Text.coded(
        inverse.astype(np.int64), [f"{value:.10f}".rstrip("0").rstrip(".")[:12] for value in values.tolist()]
    )
