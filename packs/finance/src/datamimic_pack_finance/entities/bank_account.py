"""Bank accounts whose balance is the opening balance plus the transactions, to the minor unit."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from random import Random
from typing import TYPE_CHECKING, Any

import numpy as np

from datamimic import (
    Children,
    Clock,
    Data,
    Draw,
    Locale,
    Service,
    Struct,
    Text,
    World,
    apportioned,
    check,
    children,
    entity,
    field,
    from_row,
    number,
    record,
    ref,
    segment_sums,
    serial,
    via,
)
from datamimic.columns import Bools, Dates, Ints, from_bytes, select
from datamimic_pack_common import DemographicConfig, Person
from datamimic_pack_finance import booking, customers
from datamimic_pack_finance.calendar import bank_days
from datamimic_pack_finance.entities.bank import Bank
from datamimic_pack_finance.generators.digits import characters, numbers_of
from datamimic_pack_finance.generators.german_account import METHODS, german_account_is_valid
from datamimic_pack_finance.generators.iban import (
    ACCOUNT_LENGTHS,
    LENGTHS,
    account_digits,
    bban,
    has_iban,
    iban_is_valid,
    iban_text,
)
from datamimic_pack_finance.money import QuantileMatrix, currency_of, hundredths
from datamimic_pack_finance.statement import SAVINGS_PACE, Standing, lowest_running, standing, window_days

if TYPE_CHECKING:
    from datamimic_pack_finance.entities.transaction import Transaction

DAY = np.timedelta64(1, "D")
EPOCH = np.datetime64("1940-01-01", "us")
"""Times of a ledger are seconds since then."""


@record
class Ledger:
    """Sums over the transactions of an account, in hundredths; `last` in seconds since 1940."""

    number: int
    credits: int
    debits: int
    lowest: int
    last: int


# -- whose account, at which bank -------------------------------------------------------------------------------------


def _holder(account_type: Text, draw: Draw, world: World) -> Ints:
    oldest = np.where(account_type == "student_checking", 29, 200)
    return customers.adult_rows(draw, world, oldest=oldest)


def _transaction_profile(holder: Any, draw: Draw, data: Data) -> Text:
    return customers.profile(
        holder.transaction_profile, holder.employment, holder.marital_status, holder.age, holder.income, draw, data
    )


def _product(account_type: Text, data: Data) -> Ints:
    return data["account_types"].lookup("account_type", account_type)


def _currency(rows: Ints, locale: Locale) -> Text:
    return Text.constant(currency_of(locale).code, len(rows))


def _account_number(number_base: Text, bank: Any, locale: Locale) -> Text:
    digits = account_digits(locale.country, numbers_of(characters(number_base, 8)), bank)
    return from_bytes((digits + 48).astype(np.uint8))


def _iban(account_number: Text, bank: Any, locale: Locale) -> Text:
    country = locale.country
    if not has_iban(country):
        return Text.constant(None, len(account_number))
    account = numbers_of(characters(account_number, ACCOUNT_LENGTHS[country]))
    return iban_text(country, bban(country, bank.bank_code, bank.routing_number, account))


# -- money that comes and goes every month ----------------------------------------------------------------------------


def _monthly_income(holder: Any, account_class: Text, locale: Locale, data: Data) -> Ints:
    """Hundredths a month, 0 for savings accounts and people without income."""
    money = currency_of(locale)
    step = max(money.price, 100)
    net = customers.net_monthly(holder.income, step, data)
    return np.where(account_class == "current", net, 0)


def _income_kind(holder: Any) -> Text:
    return customers.income_kind(holder.employment)


def _payer(income_kind: Text, draw: Draw, data: Data) -> Text:
    table = data["counterparties"]
    return table["counterparty"].take(draw.pick(table.by("role"), income_kind))


def _payday(draw: Draw, data: Data) -> Ints:
    table = data["paydays"]
    return table.ints("day")[draw.pick(table)]


def _rent(monthly_income: Ints, transaction_profile: Text, draw: Draw, data: Data, locale: Locale) -> Ints:
    profiles = data["customer_profiles"]
    percent = profiles.ints("rent_percent")[profiles.lookup("profile", transaction_profile)]
    shares = data["rent_shares"]
    share = shares.ints("percent")[draw.pick(shares, label="share")]
    step = max(currency_of(locale).price, 500)
    amount = monthly_income * share // 100 // step * step
    return np.where(draw.chance(percent / 100, "pays"), amount, 0)


def _landlord(draw: Draw, data: Data, rows: Ints) -> Text:
    table = data["counterparties"]
    return table["counterparty"].take(draw.pick(table.by("role"), Text.constant("landlord", len(rows))))


def _plan(monthly_income: Ints, draw: Draw, data: Data) -> Ints:
    table = data["savings_plans"]
    amount = hundredths(table.floats("amount"))[draw.pick(table, label="amount")]
    return np.where(draw.chance(0.3, "saves") & (monthly_income > 4 * amount), amount, 0)


def _buffer(account_type: Text, overdraft_limit: Ints, draw: Draw, data: Data, locale: Locale) -> Ints:
    """What the account holds at its lowest point; below zero for some that may be overdrawn."""
    matrix = QuantileMatrix.of(data["balance_buffers"], "account_type")
    unit = currency_of(locale).unit
    held = hundredths(matrix.at(_group(account_type, matrix), draw.uniform("held")), unit)
    owed = (overdraft_limit * draw.uniform("owed") * 0.95 / unit).astype(np.int64) * unit
    return np.where(draw.chance(0.12, "overdrawn") & (overdraft_limit > 0), -owed, held)


def _group(text: Text, matrix: QuantileMatrix) -> Ints:
    assert text.codes is not None and text.vocabulary is not None
    return matrix.numbers(text.vocabulary.values)[text.codes]


def _interest(balance_buffer: Ints, interest_rate: Ints, locale: Locale) -> Ints:
    """A month's interest on what the account holds, hundredths."""
    unit = currency_of(locale).unit
    return np.maximum(balance_buffer, 0) * interest_rate // (120_000 * unit) * unit


def _overdraft_limit(account_type: Text, draw: Draw, data: Data) -> Ints:
    table = data["overdraft_limits"]
    limits = np.rint(table.floats("overdraft_limit") * 100).astype(np.int64)
    return limits[draw.pick(table.by("account_type"), account_type)]


# -- when -------------------------------------------------------------------------------------------------------------


def _status(holder: Any, draw: Draw) -> Text:
    dormant = draw.chance(0.06) & (holder.age >= 25)
    return select(dormant.astype(np.int64), ["active", "dormant"])


def _last_active(status: Text, draw: Draw, clock: Clock) -> Dates:
    """The last day of the window of transactions: the two weeks before the clock, or long ago."""
    recent = draw.integers(1, 12, "recent")
    ago = draw.integers(400, 1500, "ago")
    return clock.date - np.where(status == "dormant", ago, recent).astype("timedelta64[D]")


def _window_start(
    last_active: Dates, transaction_profile: Text, account_class: Text, transactions: Children, data: Data
) -> Dates:
    profiles = data["customer_profiles"]
    pace = profiles.ints("payments_per_month")[profiles.lookup("profile", transaction_profile)]
    days = window_days(transactions.counts, np.where(account_class == "savings", SAVINGS_PACE, pace))
    return last_active - days.astype("timedelta64[D]")


def _created_date(window_start: Dates, holder: Any, draw: Draw, data: Data) -> Any:
    """On a bank day in office hours, before the first transaction, at the age of 16 or later."""
    youngest = holder.birthdate.astype("datetime64[D]") + (16 * 365 + 5) * DAY
    room = np.maximum((window_start - 15 * DAY - youngest).astype(np.int64), 0)
    share = draw.uniform("years")
    ago = np.minimum((share * share * 9000).astype(np.int64), room)
    day = bank_days(data).next(window_start - 15 * DAY - ago.astype("timedelta64[D]"))
    seconds = draw.integers(9 * 3600, 17 * 3600, "time")
    return day.astype("datetime64[us]") + seconds.astype("timedelta64[s]")


def _income_day(payday: Ints, account_class: Text) -> Ints:
    return np.where(account_class == "current", payday, 28)


def _standing(
    window_start: Dates, last_active: Dates, income_day: Ints, rent_day: Ints, plan_day: Ints, monthly_income: Ints,
    rent: Ints, plan: Ints, monthly_fee: Ints,
    account_class: Text, interest: Ints, transactions: Children, data: Data,
) -> Struct:  # fmt: skip
    current = account_class == "current"
    late = np.full(len(income_day), 31, dtype=np.int64)
    due = {
        "income": (income_day, np.where(current, monthly_income > 0, interest > 0)),
        "rent": (rent_day, current & (rent > 0)),
        "plan": (plan_day, current & (plan > 0)),
        "fee": (late, current & (monthly_fee > 0)),
    }
    return standing(transactions.counts, window_start, last_active, bank_days(data), due)


# -- the balance ------------------------------------------------------------------------------------------------------


def _booked(transactions: Children) -> Struct:
    """Per account: number, credits, debits, the lowest running sum and the latest time of its transactions."""
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


def _last_transaction_date(booked: Any) -> Any:
    at = EPOCH + booked.last.astype("timedelta64[s]")
    return np.ma.MaskedArray(at, booked.number == 0)


@entity(
    "bank_account",
    size=65_536,
    tables=(
        "account_types", "overdraft_limits", "balance_buffers", "customer_profiles", "net_incomes", "paydays",
        "counterparties", "rent_shares", "savings_plans", "transaction_counts", *booking.TABLES,
    ),
)  # fmt: skip
class BankAccount:
    """An account of an adult at a bank; its balance is the opening balance plus its transactions."""

    account_id: str = field(serial("ACC-########"), key=True, doc="unique id")
    number_base: str = field(serial("########"), hidden=True, doc="the free digits of the account number, unique")
    account_type: str = field(
        apportioned("account_types", "account_type", minimum=1),
        doc="checking, premium_checking, student_checking, savings or money_market",
    )
    transactions: list[Transaction] = field(
        children("finance.transaction"), doc="what was booked on the account, in order"
    )
    product: int = field(_product, hidden=True, doc="row of the table of account types")
    account_class: str = field(
        from_row("account_types", "account_class", row="product"), hidden=True, doc="current or savings"
    )
    product_name: str = field(
        from_row("account_types", "product_name", row="product"),
        doc="what the bank calls the product, in the country's language",
    )
    holder: Person = field(ref(Person, by=_holder), doc="who owns the account, an adult")
    home_city: str = field(via("holder.address.city"), hidden=True, doc="city in which the holder shops")
    holder_name: str = field(via("holder.full_name"), doc="full name of the holder")
    bank: Bank = field(ref(Bank), doc="the bank that keeps the account")
    bank_name: str = field(via("bank.name"), doc="name of the bank")
    bank_code: str = field(via("bank.bank_code"), doc="national code of the bank")
    bic: str = field(via("bank.bic"), doc="BIC of the bank")
    bin: str = field(via("bank.bin"), doc="first six digits of the bank's debit cards; in Viet Nam its NAPAS code")
    routing_number: str = field(via("bank.routing_number"), doc="what routes a domestic payment to the bank")
    account_number: str = field(_account_number, doc="account number with national check digits, unique")
    iban: str | None = field(_iban, doc="IBAN; null where the country has none (US, VN)")
    currency: str = field(_currency, doc="currency of the country, ISO 4217")
    transaction_profile: str = field(
        _transaction_profile,
        doc="spending profile of the holder: student, employee, family, affluent, self_employed, retiree",
    )
    income_kind: str = field(_income_kind, hidden=True, doc="salary, business, pension, allowance or benefit")
    monthly_income: Decimal = field(_monthly_income, hidden=True, doc="net income booked every month")
    payer: str = field(_payer, hidden=True, doc="who pays the monthly income")
    payday: int = field(_payday, hidden=True, doc="day of the month of the income")
    rent: Decimal = field(_rent, hidden=True, doc="monthly rent, 0 for owners")
    landlord: str = field(_landlord, hidden=True, doc="who receives the rent")
    plan: Decimal = field(_plan, hidden=True, doc="monthly savings plan, 0 without")
    monthly_fee: Decimal = field(from_row("account_types", "monthly_fee", row="product"), doc="account fee a month")
    interest_rate: Decimal = field(
        from_row("account_types", "interest_rate", row="product"), doc="interest on credit balances a year", unit="%"
    )
    overdraft_limit: Decimal = field(_overdraft_limit, doc="how far below zero the balance may go")
    balance_buffer: Decimal = field(_buffer, hidden=True, doc="balance at the lowest point")
    interest: Decimal = field(_interest, hidden=True, doc="interest booked every month")
    status: str = field(_status, doc="active, or dormant when nothing was booked for more than a year")
    last_active: date = field(_last_active, hidden=True, doc="last day of the window of transactions")
    window_start: date = field(_window_start, hidden=True, doc="day before the window of transactions")
    created_date: datetime = field(_created_date, doc="when the account was opened, before its first transaction")
    income_day: int = field(_income_day, hidden=True, doc="day of the month of income or interest")
    rent_day: int = field(number(1, 3), hidden=True, doc="day of the month of the rent")
    plan_day: int = field(number(2, 16), hidden=True, doc="day of the month of the savings plan")
    standing: Standing = field(_standing, hidden=True, doc="what falls due every month")
    booked: Ledger = field(_booked, hidden=True, doc="sums over the transactions")
    transaction_count: int = field(via("booked.number"), doc="transactions of the account in this world")
    last_transaction_date: datetime | None = field(
        _last_transaction_date, doc="time of the last transaction; null without any"
    )
    opening_balance: Decimal = field(
        lambda balance_buffer, booked: balance_buffer - booked.lowest, doc="balance before the first transaction"
    )
    credits_total: Decimal = field(via("booked.credits"), doc="sum of the incoming transactions")
    debits_total: Decimal = field(via("booked.debits"), doc="sum of the outgoing transactions")
    balance: Decimal = field(
        lambda opening_balance, credits_total, debits_total: opening_balance + credits_total - debits_total,
        doc="opening balance plus all transactions",
    )
    lowest_balance: Decimal = field(
        lambda opening_balance, booked: opening_balance + booked.lowest,
        doc="lowest balance from the opening to the last transaction",
    )
    available_balance: Decimal = field(
        lambda balance, overdraft_limit: balance + overdraft_limit, doc="balance plus overdraft limit"
    )


@check(BankAccount, "the balance is the opening balance plus credits minus debits")
def balance_adds_up(opening_balance: Ints, credits_total: Ints, debits_total: Ints, balance: Ints) -> Bools:
    return balance == opening_balance + credits_total - debits_total


@check(BankAccount, "the balance was never below the overdraft limit; savings were never negative")
def within_overdraft(lowest_balance: Ints, balance: Ints, overdraft_limit: Ints, account_type: Text) -> Bools:
    savings = account_type.isin({"savings", "money_market"})
    return (lowest_balance >= -overdraft_limit) & (balance >= lowest_balance) & (~savings | (lowest_balance >= 0))


@check(BankAccount, "the available balance is the balance plus the overdraft limit")
def available_is_balance_plus_overdraft(available_balance: Ints, balance: Ints, overdraft_limit: Ints) -> Bools:
    return available_balance == balance + overdraft_limit


@check(BankAccount, "amounts have no more decimals than the currency")
def whole_minor_units(
    opening_balance: Ints, credits_total: Ints, debits_total: Ints, overdraft_limit: Ints, locale: Locale
) -> Bools:
    unit = currency_of(locale).unit
    return (
        (opening_balance % unit == 0)
        & (credits_total % unit == 0)
        & (debits_total % unit == 0)
        & (overdraft_limit % unit == 0)
    )


@check(BankAccount, "the account was opened before its last transaction, and that lies before the clock")
def dates_in_order(created_date: Dates, last_transaction_date: Any, clock: Clock) -> Bools:
    return (created_date < last_transaction_date) & (last_transaction_date <= clock.instant)


@check(BankAccount, "the account was opened before the clock")
def opened_before_clock(created_date: Dates, clock: Clock) -> Bools:
    return created_date <= clock.instant


@check(BankAccount, "an account has a last transaction exactly if it has transactions")
def last_transaction_if_any(transaction_count: Ints, last_transaction_date: Any) -> Bools:
    return (transaction_count > 0) == ~np.ma.getmaskarray(last_transaction_date)


@check(
    BankAccount,
    "the IBAN has the country's length and its mod-97 check holds; where the country has no IBAN there is none",
)
def iban_check_digits(iban: Text, account_number: Text, locale: Locale) -> Bools:
    if not has_iban(locale.country):
        return iban.is_null()
    return iban_is_valid(locale.country, iban) & ~iban.is_null()


@check(BankAccount, "the IBAN holds the account's bank code and account number")
def iban_holds_account(iban: Text, bank_code: Text, account_number: Text, locale: Locale) -> Bools:
    country = locale.country
    if not has_iban(country):
        return iban.is_null()
    start = LENGTHS[country] - (2 if country == "FR" else 0) - ACCOUNT_LENGTHS[country]
    width = {"DE": 8, "GB": 4, "FR": 5}[country]
    stop = LENGTHS[country] - (2 if country == "FR" else 0)
    return (iban.slice(4, 4 + width) == bank_code) & (iban.slice(start, stop) == account_number)


@check(BankAccount, "a German account number fits the check-digit method of its bank")
def german_check_digit(account_number: Text, bank_code: Text, data: Data, locale: Locale) -> Bools:
    if locale.country != "DE":
        return np.ones(len(account_number), dtype=np.bool_)
    table = data["banks"]
    place = table.lookup("bank_code", bank_code)
    fits: Bools = (place >= 0) & (account_number.lengths() == 10)
    at = np.flatnonzero(fits)
    methods = table["account_check"].take(place[at])
    known = methods.isin(METHODS)
    digits = numbers_of(characters(Text.plain(account_number.take(at).arrow()), 10))
    fits[at] = known & german_account_is_valid(digits, methods)
    return fits


@check(BankAccount, "name, code, BIC and routing number are of one bank")
def bank_agrees(bank_name: Text, bank_code: Text, bic: Text, routing_number: Text, data: Data) -> Bools:
    table = data["banks"]
    place = table.lookup("bank_code", bank_code)
    return (
        (place >= 0)
        & (table["name"].take(place) == bank_name)
        & (table["bic"].take(place) == bic)
        & (table["routing_number"].take(place) == routing_number)
    )


@check(BankAccount, "the account is in the country's currency")
def home_currency(currency: Text, locale: Locale) -> Bools:
    return currency == currency_of(locale).code


@check(BankAccount, "an account that shows something booked in the last 13 months is active")
def dormant_accounts_rest(status: Text, last_transaction_date: Any, clock: Clock) -> Bools:
    recent = last_transaction_date > clock.instant - 395 * DAY
    return ~recent | (status == "active")


class BankAccountService(Service[BankAccount]):
    """Accounts with their bank, holder and balance: `BankAccountService(dataset="DE", seed=1).generate()`."""

    entity = BankAccount

    def __init__(
        self,
        dataset: str | None = None,
        rng: Random | None = None,
        reference_now: datetime | None = None,
        *,
        demographic_config: DemographicConfig | None = None,
        seed: str | int | None = None,
    ) -> None:
        asked = customers.asked_of_holders(demographic_config)
        super().__init__(dataset, rng=rng, seed=seed, clock=reference_now, **asked)
