"""Loans whose schedule amortises to zero, to the minor unit; rate by score, collateral and loan to value."""

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
    Lists,
    Locale,
    Service,
    Struct,
    Text,
    check,
    entity,
    field,
    from_row,
    record,
    ref,
    serial,
    via,
)
from datamimic.columns import Bools, Dates, Floats, Ints, select
from datamimic_pack_common import DemographicConfig, Person
from datamimic_pack_common.check_digits import number_of
from datamimic_pack_finance import customers
from datamimic_pack_finance.annuity import Schedule, course, monthly_payment, schedule
from datamimic_pack_finance.calendar import month_day
from datamimic_pack_finance.entities.bank_account import BankAccount
from datamimic_pack_finance.generators.digits import characters, numbers_of
from datamimic_pack_finance.generators.vin import vin_is_valid, vins
from datamimic_pack_finance.money import currency_of, hundredths

DEFAULT_AFTER = 90
"""Days past due from which a loan counts as in default."""


@record
class Installment:
    """One payment of a schedule; `balance` is what is owed after it."""

    number: int
    due_date: date
    payment: Decimal
    interest: Decimal
    principal: Decimal
    balance: Decimal


@record
class Course:
    """How a loan goes, in hundredths: what is owed now and what the whole term costs."""

    balance: int
    interest: int
    last_payment: int


def _wanted_type(rows: Ints, draw: Draw, data: Data) -> Text:
    types = data["account_types"]
    return types["account_type"].take(draw.pick(types.by("account_class"), Text.constant("current", len(rows))))


def _borrower(account: Any) -> Ints:
    return account.holder.rows


def _place(draw: Draw, data: Data) -> Ints:
    return draw.pick(data["loan_products"])


def _score(draw: Draw, data: Data) -> Ints:
    return np.floor(data["credit_scores"].quantiles().at(draw.uniform())).astype(np.int64)


def _score_name(rows: Ints, data: Data) -> Text:
    return Text.constant(data["credit_scores"].columns["score_name"][0], len(rows))


def _term_months(loan_type: Text, draw: Draw, data: Data) -> Ints:
    table = data["loan_terms"]
    return table.ints("term_months")[draw.pick(table.by("loan_type"), loan_type)]


def _start_date(account: Any, draw: Draw, clock: Clock) -> Dates:
    """In the eight years before the clock, at the borrower's age of 18 or later."""
    grown = account.holder.birthdate.astype("datetime64[D]") + (18 * 365 + 5) * np.timedelta64(1, "D")
    begun = clock.date - draw.integers(1, 2900).astype("timedelta64[D]")
    return np.minimum(np.maximum(begun, grown), clock.date)


def _annual_rate(loan_type: Text, purpose: Text, score: Ints, start_date: Dates, draw: Draw, data: Data) -> Ints:
    """The year's rate for the product, plus the spread of the score, plus or minus a little: hundredths of a percent."""
    base, spread = data["loan_base_rates"], data["loan_spreads"]
    year = start_date.astype("datetime64[Y]").astype(np.int64) + 1970
    usual = base.floats("rate")[base.by("loan_type", "purpose", "year_from").first(loan_type, purpose, year)]
    extra = spread.floats("spread")[spread.by("loan_type", "score_from").first(loan_type, score)]
    noise = (draw.integers(-30, 30, "first") + draw.integers(-30, 30, "second")) / 200.0
    return np.maximum(np.rint((usual + extra + noise) * 100), 25).astype(np.int64)


def _principal(loan_type: Text, purpose: Text, draw: Draw, data: Data, locale: Locale) -> Ints:
    value = data["loan_amounts"].by("loan_type", "purpose").quantiles_at(draw.uniform(), loan_type, purpose)
    return hundredths(value, 100_000_000 if currency_of(locale).code == "VND" else 10_000)


def _payment(principal: Ints, annual_rate: Ints, term_months: Ints, locale: Locale) -> Ints:
    return monthly_payment(principal, annual_rate, term_months, currency_of(locale).unit)


def _household_income(payment: Ints, account: Any, draw: Draw, locale: Locale) -> Ints:
    """Before tax, a month: the borrower's own where it carries the loan, else that of a household which does."""
    own = account.holder.income // 12
    ratio = 0.08 + 0.36 * draw.uniform()
    step = max(currency_of(locale).price, 100)
    needed = np.rint(payment / ratio / step).astype(np.int64) * step
    return np.where(own * 0.45 >= payment, own // step * step, needed)


def _debt_to_income(payment: Ints, household_income: Ints) -> Floats:
    return np.rint(payment / household_income * 1e4) / 1e4


def _collateral(place: Ints, draw: Draw, data: Data) -> Ints:
    table = data["collaterals"]
    wanted = data["loan_products"]["collateral_type"].take(place)
    return draw.pick(table.by("collateral_type"), wanted)


def _collateral_type(collateral: Ints, data: Data) -> Text:
    kind = data["collaterals"]["collateral_type"].take(collateral)
    return kind.where(kind != "")


def _collateral_description(collateral: Ints, data: Data) -> Text:
    text = data["collaterals"]["description"].take(collateral)
    return text.where(text != "")


def _collateral_value(
    principal: Ints, loan_type: Text, collateral_type: Text, draw: Draw, data: Data, locale: Locale
) -> Any:
    table = data["loan_to_value"]
    secured = ~collateral_type.is_null()
    percent = np.full(len(principal), 100.0)
    at = np.flatnonzero(secured)
    percent[at] = table.by("loan_type").quantiles_at(draw.uniform()[at], loan_type.take(at))
    step = 100_000_000 if currency_of(locale).code == "VND" else 10_000
    value = np.maximum(np.rint(principal / percent * 100 / step), 1).astype(np.int64) * step
    return np.ma.MaskedArray(value, ~secured)


def _loan_to_value(principal: Ints, collateral_value: Any) -> Any:
    share = np.rint(principal / np.ma.getdata(collateral_value) * 1e4) / 1e4
    return np.ma.MaskedArray(share, np.ma.getmaskarray(collateral_value))


def _vin(number_base: Text, start_date: Dates, purpose: Text, collateral_type: Text, draw: Draw) -> Text:
    built = start_date.astype("datetime64[Y]").astype(np.int64) + 1970
    age = np.where(purpose == "used car", draw.integers(1, 9, "age"), 0)
    free = number_of(numbers_of(characters(number_base, 8))) % 1_000_000
    return vins(free, built - age, draw).where(collateral_type == "vehicle")


def _due(start_date: Dates, clock: Clock) -> Ints:
    """Payments that fell due up to the clock's day."""
    return _months_between(start_date, clock.date)


def _missed(score: Ints, due: Ints, term_months: Ints, draw: Draw, data: Data) -> Ints:
    """Payments in arrears: none for most, the chance falls with the score; loans past their term are paid."""
    arrears, table = data["loan_arrears"], data["missed_payments"]
    chance = arrears.floats("percent")[arrears.by("score_from").first(score)] / 100
    count = table.ints("payments")[draw.pick(table, label="count")]
    late = draw.chance(chance, "late") & (due < term_months) & (due >= count)
    return np.where(late, count, 0)


def _payments_made(due: Ints, term_months: Ints, missed: Ints) -> Ints:
    return np.minimum(due, term_months) - missed


def _days_past_due(start_date: Dates, payments_made: Ints, missed: Ints, clock: Clock) -> Ints:
    oldest = due_dates(start_date, payments_made + 1)
    return np.where(missed > 0, (clock.date - oldest).astype(np.int64), 0)


def _status(payments_made: Ints, term_months: Ints, days_past_due: Ints) -> Text:
    index = np.where(
        payments_made >= term_months, 3, np.where(days_past_due >= DEFAULT_AFTER, 2, np.where(days_past_due > 0, 1, 0))
    )
    return select(index, ["current", "delinquent", "default", "paid off"])


def _plan(principal: Ints, annual_rate: Ints, term_months: Ints, payment: Ints, locale: Locale) -> Schedule:
    return schedule(principal, annual_rate, term_months, payment, currency_of(locale).unit)


def _course(
    principal: Ints, annual_rate: Ints, term_months: Ints, payment: Ints, payments_made: Ints, locale: Locale
) -> Struct:
    unit = currency_of(locale).unit
    balance, last = course(principal, annual_rate, term_months, payment, payments_made, unit)
    interest = payment * (term_months - 1) + last - principal
    return Struct({"balance": balance, "interest": interest, "last_payment": last})


def _schedule(
    start_date: Dates, principal: Ints, annual_rate: Ints, term_months: Ints, payment: Ints, locale: Locale
) -> Lists:
    plan = _plan(principal, annual_rate, term_months, payment, locale)
    number = np.arange(1, len(plan.payment) + 1) - np.repeat(np.cumsum(term_months) - term_months, term_months)
    return Lists(
        term_months,
        Struct(
            {
                "number": number,
                "due_date": due_dates(np.repeat(start_date, term_months), number),
                "payment": plan.payment,
                "interest": plan.interest,
                "principal": plan.principal,
                "balance": plan.balance,
            }
        ),
    )


def due_dates(start: Dates, number: Ints) -> Dates:
    """The day of the `number`-th payment: the start's day of the month that many months later, or the month's last."""
    month = start.astype("datetime64[M]")
    day = (start - month.astype("datetime64[D]")).astype(np.int64) + 1
    return month_day(month + number.astype("timedelta64[M]"), day)


def _months_between(start: Dates, end: Any) -> Ints:
    until = np.full(len(start), end).astype("datetime64[M]")
    months = (until - start.astype("datetime64[M]")).astype(np.int64)
    return months - (due_dates(start, months) > end)


def _next_payment_date(start_date: Dates, payments_made: Ints, status: Text) -> Any:
    return np.ma.MaskedArray(due_dates(start_date, payments_made + 1), status == "paid off")


@entity(
    "loan",
    tables=(
        "account_types", "loan_products", "credit_scores", "loan_terms", "loan_base_rates", "loan_spreads",
        "loan_amounts", "collaterals",
        "loan_to_value", "loan_arrears", "missed_payments",
    ),
)  # fmt: skip
class Loan:
    """An annuity loan of an account's holder: mortgage, car, personal or student loan."""

    loan_id: str = field(serial("LOAN-########"), key=True, doc="unique id")
    number_base: str = field(serial("########"), hidden=True, doc="free digits")
    wanted_type: str = field(_wanted_type, hidden=True, doc="type of the account that pays")
    account: BankAccount = field(
        ref(BankAccount, same={"wanted_type": "account_type"}), doc="the current account that pays the installments"
    )
    borrower: Person = field(ref(Person, by=_borrower), doc="who owes the loan, the holder of the account")
    borrower_name: str = field(via("borrower.full_name"), doc="full name of the borrower")
    place: int = field(_place, hidden=True, doc="row of the table of products")
    loan_type: str = field(
        from_row("loan_products", "loan_type", row="place"), doc="mortgage, auto, personal or student"
    )
    purpose: str = field(
        from_row("loan_products", "purpose", row="place"), doc="home purchase, new car, debt consolidation …"
    )
    score_name: str = field(_score_name, doc="what the credit score is called in the country")
    score: int = field(_score, doc="credit score at the start; higher is better")
    currency: str = field(via("account.currency"), doc="currency of the account")
    principal: Decimal = field(_principal, doc="amount lent")
    annual_rate: Decimal = field(_annual_rate, doc="nominal interest a year; falls as the score rises", unit="%")
    term_months: int = field(_term_months, doc="number of monthly payments", unit="mo")
    start_date: date = field(_start_date, doc="day of the payout")
    first_payment_date: date = field(
        lambda start_date: due_dates(start_date, np.ones(len(start_date), dtype=np.int64)),
        doc="a month after the start",
    )
    maturity_date: date = field(
        lambda start_date, term_months: due_dates(start_date, term_months),
        doc="day of the last payment: start plus term",
    )
    payment: Decimal = field(_payment, doc="constant monthly payment; the last one adjusts")
    household_income: Decimal = field(_household_income, doc="income before tax a month that the decision counted on")
    debt_to_income: float = field(_debt_to_income, doc="payment divided by that income, 4 decimals")
    collateral: int = field(_collateral, hidden=True, doc="row of the table of collaterals")
    collateral_type: str | None = field(_collateral_type, doc="property, vehicle, or null for unsecured loans")
    collateral_description: str | None = field(_collateral_description, doc="what secures the loan")
    collateral_value: Decimal | None = field(_collateral_value, doc="value of the collateral at the start")
    loan_to_value: float | None = field(
        _loan_to_value, doc="principal divided by the value of the collateral, 4 decimals"
    )
    vin: str | None = field(
        _vin, doc="identification number of the vehicle, with check digit and a maker code that nobody has"
    )
    due: int = field(_due, hidden=True, doc="payments that fell due so far")
    missed: int = field(_missed, hidden=True, doc="payments in arrears")
    payments_made: int = field(_payments_made, doc="payments made up to the clock")
    days_past_due: int = field(
        _days_past_due, doc="days since the oldest payment in arrears fell due, else 0", unit="d"
    )
    status: str = field(_status, doc="current, delinquent (payments late), default (90 days late), paid off")
    course: Course = field(_course, hidden=True, doc="what is owed and what the term costs")
    balance: Decimal = field(via("course.balance"), doc="principal still owed")
    total_interest: Decimal = field(via("course.interest"), doc="interest over the whole term")
    last_payment: Decimal = field(via("course.last_payment"), doc="the last payment, which brings the balance to zero")
    next_payment_date: date | None = field(
        _next_payment_date, doc="day of the oldest payment not made; null when paid off"
    )
    schedule: list[Installment] = field(
        _schedule, hidden=True, doc="every payment with interest, principal and balance"
    )


@check(Loan, "the payment is that of an annuity, to the minor unit")
def payment_is_annuity(principal: Ints, annual_rate: Ints, term_months: Ints, payment: Ints, locale: Locale) -> Bools:
    unit = currency_of(locale).unit
    return np.abs(monthly_payment(principal, annual_rate, term_months, unit) - payment) <= unit


@check(Loan, "payments made and balance follow from the annuity; all payments together are principal plus interest")
def balance_follows_schedule(
    principal: Ints, annual_rate: Ints, term_months: Ints, payment: Ints, payments_made: Ints, balance: Ints,
    total_interest: Ints, last_payment: Ints,
    locale: Locale,
) -> Bools:  # fmt: skip
    then = _course(principal, annual_rate, term_months, payment, np.clip(payments_made, 0, term_months), locale)
    total = payment * (term_months - 1) + last_payment
    return (then.balance == balance) & (then.interest == total_interest) & (total == principal + total_interest)


@check(Loan, "a loan is paid off exactly if nothing is owed")
def paid_off_owes_nothing(status: Text, balance: Ints, payments_made: Ints, term_months: Ints) -> Bools:
    return (
        ((status == "paid off") == (balance == 0)) & ((payments_made == term_months) == (balance == 0)) & (balance >= 0)
    )


@check(Loan, "start plus term is maturity, and the first payment is a month after the start")
def term_fits_dates(start_date: Dates, first_payment_date: Dates, maturity_date: Dates, term_months: Ints) -> Bools:
    one = np.ones(len(term_months), dtype=np.int64)
    return (due_dates(start_date, term_months) == maturity_date) & (due_dates(start_date, one) == first_payment_date)


@check(Loan, "days past due are above zero exactly for loans in arrears, and 90 or more for those in default")
def arrears_fit_status(status: Text, days_past_due: Ints) -> Bools:
    late = status.isin({"delinquent", "default"})
    return (late == (days_past_due > 0)) & ((status == "default") == (days_past_due >= DEFAULT_AFTER))


@check(Loan, "the payments made fit the clock and the arrears")
def payments_fit_clock(
    start_date: Dates, payments_made: Ints, term_months: Ints, days_past_due: Ints, clock: Clock
) -> Bools:
    due = np.minimum(_months_between(start_date, clock.date), term_months)
    return (payments_made >= 0) & (payments_made <= due) & ((payments_made == due) == (days_past_due == 0))


@check(
    Loan,
    "loan to value is principal divided by the collateral's value; mortgages have property, car loans a vehicle with VIN",
)
def collateral_fits_type(
    loan_type: Text, collateral_type: Text, principal: Ints, collateral_value: Any, loan_to_value: Any, vin: Text
) -> Bools:
    secured = loan_type.isin({"mortgage", "auto"})
    share = (
        np.abs(np.ma.getdata(loan_to_value) - principal / np.maximum(np.ma.getdata(collateral_value), 1)) <= 0.5001e-4
    )
    null = np.ma.getmaskarray(collateral_value)
    kinds = (collateral_type == "property") == (loan_type == "mortgage")
    cars = ((collateral_type == "vehicle") == (loan_type == "auto")) & (vin.is_null() == (loan_type != "auto"))
    return (
        (secured == ~null)
        & (secured == ~np.ma.getmaskarray(loan_to_value))
        & (null | share)
        & kinds
        & cars
        & vin_is_valid(vin)
    )


@check(Loan, "the term fits the kind of loan: cars 2 to 7 years, mortgages 10 to 30")
def term_fits_type(loan_type: Text, term_months: Ints) -> Bools:
    auto = (loan_type != "auto") | ((term_months >= 24) & (term_months <= 84))
    return auto & ((loan_type != "mortgage") | ((term_months >= 120) & (term_months <= 360)))


@check(Loan, "debt to income is payment divided by income, and at most 1.5")
def debt_to_income_is_share(payment: Ints, household_income: Ints, debt_to_income: Floats) -> Bools:
    return (np.abs(debt_to_income * household_income - payment) <= household_income * 0.5001e-4) & (
        debt_to_income <= 1.5
    )


@check(Loan, "amounts have no more decimals than the currency")
def whole_minor_units(principal: Ints, payment: Ints, balance: Ints, total_interest: Ints, locale: Locale) -> Bools:
    unit = currency_of(locale).unit
    return (principal % unit == 0) & (payment % unit == 0) & (balance % unit == 0) & (total_interest % unit == 0)


@check(Loan, "a loan starts before the clock")
def starts_before_clock(start_date: Dates, clock: Clock) -> Bools:
    return start_date <= clock.date


class LoanService(Service[Loan]):
    """Loans with their schedule: `LoanService("US", seed=1).generate().schedule`."""

    entity = Loan

    def __init__(
        self,
        dataset: str | None = None,
        demographic_config: DemographicConfig | None = None,
        rng: Random | None = None,
        *,
        seed: str | int | None = None,
        reference_now: datetime | None = None,
    ) -> None:
        asked = customers.asked_of_holders(demographic_config)
        super().__init__(dataset, rng=rng, seed=seed, clock=reference_now, **asked)
