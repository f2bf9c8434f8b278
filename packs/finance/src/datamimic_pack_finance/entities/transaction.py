"""Transactions in booking order, with a running balance that never passes the overdraft limit."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from random import Random
from typing import Any

import numpy as np

from datamimic import (
    Clock,
    Data,
    Draw,
    Family,
    Locale,
    Service,
    Text,
    check,
    entity,
    field,
    of_family,
    parent,
    serial,
    via,
)
from datamimic.columns import Bools, Dates, Ints, join, select, where
from datamimic_pack_finance import booking
from datamimic_pack_finance.booking import NUMBER, kind_of
from datamimic_pack_finance.calendar import bank_days
from datamimic_pack_finance.entities.bank_account import BankAccount
from datamimic_pack_finance.money import currency_of
from datamimic_pack_finance.statement import lowest_running

INCOME_LABELS = {
    "salary": "Salary",
    "business": "Business Income",
    "pension": "Pension",
    "allowance": "Allowance",
    "benefit": "Benefit",
}
CASH_MCC = "6011"
"""Automated cash disbursements."""
CASH_CATEGORY = "Cash Withdrawal"


# -- the ledger, computed for whole families --------------------------------------------------------------------------


def _slot(account: Any, draw: Draw, data: Data) -> Ints:
    return booking.slots(account, draw, data)


def _ledger_event(family: Family) -> Ints:
    return booking.in_order(family)


def _ledger_merchant(ledger_event: Ints, draw: Draw, data: Data) -> Ints:
    return booking.merchants(ledger_event, draw, data)


def _ledger_foreign(draw: Draw, data: Data) -> Ints:
    return draw.pick(data["foreign_merchants"])


def _ledger_original(
    ledger_event: Ints, ledger_merchant: Ints, ledger_foreign: Ints, draw: Draw, data: Data, locale: Locale
) -> Ints:
    return booking.original_amounts(ledger_event, ledger_merchant, ledger_foreign, currency_of(locale), draw, data)


def _ledger_signed(
    ledger_event: Ints,
    ledger_original: Ints,
    ledger_foreign: Ints,
    account: Any,
    draw: Draw,
    data: Data,
    locale: Locale,
) -> Ints:
    amount = booking.amounts(ledger_event, ledger_original, ledger_foreign, account, currency_of(locale), draw, data)
    credit = (data["transaction_kinds"]["direction"] == "credit")[kind_of(ledger_event)]
    return np.where(credit, amount, -amount)


def _balance_after(family: Family) -> Ints:
    signed = family.column("ledger_signed")
    first = np.cumsum(family.lengths) - family.lengths
    buffer = family.column("account").balance_buffer[first] if len(first) else np.zeros(0, dtype=np.int64)
    opening = np.repeat(buffer - lowest_running(signed, family.lengths), family.lengths)
    return opening[family.here] + family.running(signed)


# -- what stands in the table -----------------------------------------------------------------------------------------


def _amount(family: Family) -> Ints:
    return np.abs(family.column("ledger_signed")[family.here])


def _transaction_date(event: Ints) -> Any:
    return booking.time_of(event)


def _booking_date(event: Ints, data: Data, clock: Clock) -> Any:
    day = bank_days(data).next(booking.day_of(event))
    return np.ma.MaskedArray(day, day > clock.date)


def _status(booking_date: Any) -> Text:
    return select(np.ma.getmaskarray(booking_date).astype(np.int64), ["booked", "pending"])


def _transaction_type(event: Ints, account: Any, data: Data) -> Text:
    kind = kind_of(event)
    usual = data["transaction_kinds"]["transaction_type"].take(kind)
    return where(kind == NUMBER["income"], account.income_kind.map(INCOME_LABELS.__getitem__), usual)


def _direction(event: Ints, data: Data) -> Text:
    return data["transaction_kinds"]["direction"].take(kind_of(event))


def _channel(event: Ints, data: Data) -> Text:
    return data["transaction_kinds"]["channel"].take(kind_of(event))


def _role(event: Ints, data: Data) -> Text:
    return data["transaction_kinds"]["role"].take(kind_of(event))


def _counterparty_name(
    event: Ints, merchant: Ints, foreign: Ints, role: Text, account: Any, draw: Draw, data: Data
) -> Text:
    others = data["counterparties"]
    known = Text.coded(np.where(role == "savings", 1, 0), ("payee", "savings"))
    person = others["counterparty"].take(draw.pick(others.by("role"), known))
    choices: dict[str, Text] = {
        "merchant": data["merchants"]["merchant_name"].take(merchant),
        "foreign": data["foreign_merchants"]["merchant_name"].take(foreign),
        "bank": account.bank_name,
        "payee": person,
        "employer": account.payer,
        "landlord": account.landlord,
    }
    number = {"bill": 0, "savings": 3} | {name: place for place, name in enumerate(choices)}
    assert role.codes is not None and role.vocabulary is not None
    index = np.array([number[name] for name in role.vocabulary.values], dtype=np.int64)[role.codes]
    return select(index, list(choices.values()))


def _at_merchant(role: Text, event: Ints) -> Bools:
    return role.isin({"merchant", "foreign", "bill"}) | (kind_of(event) == NUMBER["atm"])


def _merchant_name(counterparty_name: Text, at_merchant: Bools) -> Text:
    return counterparty_name.where(at_merchant)


def _by_merchant(
    column: str, cash: str, event: Ints, merchant: Ints, foreign: Ints, role: Text, at_merchant: Bools, data: Data
) -> Text:
    """A column of the merchants' tables; `cash` for withdrawals, null without a merchant."""
    index = np.where(role == "foreign", 1, np.where(kind_of(event) == NUMBER["atm"], 2, 0))
    choices: list[Text | str | None] = [
        data["merchants"][column].take(merchant),
        data["foreign_merchants"][column].take(foreign),
        cash,
    ]
    return select(index, choices).where(at_merchant)


def _merchant_category(event: Ints, merchant: Ints, foreign: Ints, role: Text, at_merchant: Bools, data: Data) -> Text:
    return _by_merchant("merchant_category", CASH_CATEGORY, event, merchant, foreign, role, at_merchant, data)


def _mcc(event: Ints, merchant: Ints, foreign: Ints, role: Text, at_merchant: Bools, data: Data) -> Text:
    return _by_merchant("mcc", CASH_MCC, event, merchant, foreign, role, at_merchant, data)


def _is_international(event: Ints) -> Bools:
    return kind_of(event) == NUMBER["card_foreign"]


def _merchant_country(is_international: Bools, foreign: Ints, at_merchant: Bools, data: Data, locale: Locale) -> Text:
    return where(is_international, data["foreign_merchants"]["country"].take(foreign), locale.country).where(
        at_merchant
    )


def _location(is_international: Bools, foreign: Ints, channel: Text, account: Any, data: Data) -> Text:
    away = data["foreign_merchants"]
    index = np.where(
        is_international, 2, np.where(channel.isin({"pos", "atm", "branch"}), 0, np.where(channel == "online", 1, 3))
    )
    return select(index, [account.home_city, "Online", away["city"].take(foreign), None])


def _currency_symbol(event: Ints, locale: Locale) -> Text:
    return Text.constant(currency_of(locale).symbol, len(event))


def _original_amount(is_international: Bools, family: Family) -> Any:
    return np.ma.MaskedArray(family.column("ledger_original")[family.here], ~is_international)


def _original_currency(is_international: Bools, foreign: Ints, data: Data) -> Text:
    return data["foreign_merchants"]["currency"].take(foreign).where(is_international)


def _exchange_rate(is_international: Bools, foreign: Ints, data: Data) -> Any:
    return np.ma.MaskedArray(data["foreign_merchants"].floats("exchange_rate")[foreign], ~is_international)


def _description(event: Ints, counterparty_name: Text, data: Data) -> Text:
    return join(data["transaction_kinds"]["text"].take(kind_of(event)), " ", counterparty_name)


@entity(
    "transaction",
    tables=("counterparties", *booking.TABLES),
)  # fmt: skip
class Transaction:
    """What was booked on an account: income, rent, card payments, cash, transfers, fees and interest."""

    transaction_id: str = field(serial("TXN-############"), key=True, doc="unique id")
    account: BankAccount = field(parent(BankAccount, counts="transaction_counts"), doc="the account it is booked on")
    account_number: str = field(via("account.account_number"), doc="number of that account")
    booking_number: int = field(lambda account: account.index + 1, doc="1, 2, … in booking order of the account")
    slot: int = field(_slot, hidden=True, doc="event by position among the siblings, before sorting")
    ledger_event: int = field(_ledger_event, hidden=True, doc="time and kind, in booking order")
    ledger_merchant: int = field(_ledger_merchant, hidden=True, doc="row of merchants")
    ledger_foreign: int = field(_ledger_foreign, hidden=True, doc="row of foreign merchants")
    ledger_original: int = field(_ledger_original, hidden=True, doc="merchant's price in its own currency")
    ledger_signed: int = field(_ledger_signed, hidden=True, doc="booked amount, negative for debits")
    event: int = field(of_family("ledger_event"), hidden=True, doc="time and kind")
    merchant: int = field(of_family("ledger_merchant"), hidden=True, doc="row of merchants")
    foreign: int = field(of_family("ledger_foreign"), hidden=True, doc="row of foreign merchants")
    role: str = field(_role, hidden=True, doc="whose name stands in it")
    at_merchant: bool = field(_at_merchant, hidden=True, doc="is there a merchant or a cash machine?")
    transaction_date: datetime = field(_transaction_date, doc="when it was made")
    booking_date: date | None = field(_booking_date, doc="bank day on which it is posted; null while pending")
    status: str = field(_status, doc="booked, or pending until its bank day")
    transaction_type: str = field(_transaction_type, doc="Salary, Rent, Card Payment, Cash Withdrawal, Direct Debit …")
    direction: str = field(_direction, doc="credit (money comes in) or debit")
    amount: Decimal = field(_amount, doc="amount in the account's currency, above zero")
    currency: str = field(via("account.currency"), doc="currency of the account, ISO 4217")
    currency_symbol: str = field(_currency_symbol, doc="symbol of the currency")
    balance_after: Decimal = field(_balance_after, doc="balance of the account after this transaction")
    channel: str = field(_channel, doc="pos, online, atm, mobile_app, branch, direct_debit, standing_order or batch")
    counterparty_name: str = field(_counterparty_name, doc="merchant, payee, employer, landlord or bank")
    merchant_name: str | None = field(_merchant_name, doc="name of the merchant, or of the bank of the cash machine")
    merchant_category: str | None = field(_merchant_category, doc="category of the merchant")
    mcc: str | None = field(_mcc, doc="merchant category code, ISO 18245")
    merchant_country: str | None = field(_merchant_country, doc="country of the merchant")
    location: str | None = field(_location, doc="city of the merchant or machine, Online, or null")
    is_international: bool = field(_is_international, doc="was it paid to a merchant abroad?")
    original_amount: Decimal | None = field(
        _original_amount, doc="amount in the merchant's currency, for payments abroad"
    )
    original_currency: str | None = field(_original_currency, doc="currency of the merchant abroad")
    exchange_rate: float | None = field(_exchange_rate, doc="account currency per unit of the original currency")
    description: str = field(_description, doc="text as the bank prints it")
    reference_number: str = field(serial("REF##############"), doc="unique reference of the booking")


@check(Transaction, "amounts are above zero and have no more decimals than the currency")
def amount_in_minor_units(amount: Ints, balance_after: Ints, locale: Locale) -> Bools:
    unit = currency_of(locale).unit
    return (amount > 0) & (amount % unit == 0) & (balance_after % unit == 0)


@check(Transaction, "type, direction and channel fit each other")
def direction_fits_type(transaction_type: Text, direction: Text, channel: Text, data: Data) -> Bools:
    kinds = data["transaction_kinds"]
    known = {
        f"{kind}|{way}|{how}"
        for kind, way, how in zip(
            kinds.columns["transaction_type"], kinds.columns["direction"], kinds.columns["channel"], strict=True
        )
    }
    known |= {f"{label}|credit|batch" for label in INCOME_LABELS.values()}
    return join(transaction_type, "|", direction, "|", channel).isin(known)


@check(Transaction, "merchant, category and category code belong together")
def merchant_fits_category(
    merchant_name: Text, merchant_category: Text, mcc: Text, is_international: Bools, data: Data
) -> Bools:
    known = set()
    for name in ("merchants", "foreign_merchants"):
        table = data[name]
        known |= {
            "|".join(part)
            for part in zip(
                table.columns["merchant_name"], table.columns["merchant_category"], table.columns["mcc"], strict=True
            )
        }
    cash = (merchant_category == CASH_CATEGORY) & (mcc == CASH_MCC)
    none = merchant_name.is_null() & merchant_category.is_null() & mcc.is_null()
    return none | cash | join(merchant_name.fill(""), "|", merchant_category.fill(""), "|", mcc.fill("")).isin(known)


@check(Transaction, "the amount at a merchant lies in the range of its category")
def amount_fits_category(merchant_category: Text, amount: Ints, is_international: Bools, data: Data) -> Bools:
    table = data["merchant_amounts"]
    highest: dict[str, float] = {}
    for category, value in zip(table.columns["merchant_category"], table.floats("value").tolist(), strict=True):
        highest[category] = max(value, highest.get(category, 0.0))
    names = [*highest]
    limits = np.array([*highest.values(), np.inf])
    known = Text.plain(merchant_category.arrow()).dictionary()
    place = np.array(
        [names.index(name) if name in highest else -1 for name in known.dictionary.to_pylist()] + [-1], dtype=np.int64
    )
    code = np.asarray(known.indices.fill_null(len(place) - 1))
    # Prices end in .99 and the like, and those abroad are converted: a little more than the table's highest is right.
    return amount <= limits[place[code]] * 105 + 10_000


@check(Transaction, "cash from a machine comes in whole notes")
def cash_in_notes(transaction_type: Text, amount: Ints, locale: Locale) -> Bools:
    return (transaction_type != "Cash Withdrawal") | (amount % currency_of(locale).note == 0)


@check(Transaction, "a payment is posted on a bank day, within five bank days and not before it was made")
def posted_on_bank_day(booking_date: Any, transaction_date: Dates, data: Data) -> Bools:
    days = bank_days(data)
    posted = np.ma.getdata(booking_date)
    made = transaction_date.astype("datetime64[D]")
    return np.ma.getmaskarray(booking_date) | (
        days.is_open(np.where(np.ma.getmaskarray(booking_date), made, posted)) & (posted == days.next(made))
    )


@check(Transaction, "nothing is dated after the clock, and what is not posted yet is pending")
def not_in_the_future(transaction_date: Dates, booking_date: Any, status: Text, clock: Clock) -> Bools:
    waiting = np.ma.getmaskarray(booking_date)
    return (
        (transaction_date <= clock.instant)
        & (waiting == (status == "pending"))
        & (waiting | (np.ma.getdata(booking_date) <= clock.date))
    )


@check(Transaction, "an international payment has an original amount, and amount = original amount x rate")
def conversion_is_right(
    is_international: Bools,
    amount: Ints,
    original_amount: Any,
    exchange_rate: Any,
    merchant_country: Text,
    original_currency: Text,
    locale: Locale,
) -> Bools:
    unit = currency_of(locale).unit
    exact = np.ma.getdata(original_amount) * np.ma.getdata(exchange_rate)
    close = (np.abs(exact - amount) <= unit * 0.5001) | (amount == unit)
    abroad = ~merchant_country.is_null() & (merchant_country != locale.country)
    given = ~np.ma.getmaskarray(original_amount) & ~np.ma.getmaskarray(exchange_rate) & ~original_currency.is_null()
    return (abroad == is_international) & (given == is_international) & (~is_international | close)


def _follows(account_number: Text, booking_number: Ints) -> Bools:
    """Is the row above the transaction booked just before on the same account?"""
    follows = np.zeros(len(booking_number), dtype=np.bool_)
    if len(follows) > 1:
        same = account_number[1:] == account_number[:-1]
        follows[1:] = same & (booking_number[1:] == booking_number[:-1] + 1)
    return follows


@check(Transaction, "the balance after a transaction is the one before plus or minus its amount")
def running_balance(
    account_number: Text, booking_number: Ints, direction: Text, amount: Ints, balance_after: Ints
) -> Bools:
    signed = np.where(direction == "credit", amount, -amount)
    before = np.concatenate((balance_after[:1], balance_after[:-1]))
    return ~_follows(account_number, booking_number) | (balance_after == before + signed)


@check(Transaction, "transactions of an account stand in order of time")
def in_order_of_time(account_number: Text, booking_number: Ints, transaction_date: Dates) -> Bools:
    before = np.concatenate((transaction_date[:1], transaction_date[:-1]))
    return ~_follows(account_number, booking_number) | (transaction_date >= before)


@check(Transaction, "a transaction is in the currency of the country's accounts")
def home_currency(currency: Text, currency_symbol: Text, locale: Locale) -> Bools:
    money = currency_of(locale)
    return (currency == money.code) & (currency_symbol == money.symbol)


class TransactionService(Service[Transaction]):
    """Transactions, account after account: `TransactionService(dataset="US", seed=1).generate_batch(100)`."""

    entity = Transaction

    def __init__(
        self,
        dataset: str | None = None,
        rng: Random | None = None,
        reference_now: datetime | None = None,
        *,
        seed: str | int | None = None,
    ) -> None:
        super().__init__(dataset, rng=rng, seed=seed, clock=reference_now)
