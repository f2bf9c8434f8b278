"""Loans whose schedule amortises to zero, to the minor unit; rate by score, collateral and loan to value."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import numpy as np

from datamimic import Clock, Data, Entity, Text, check, entity, field, from_row, record, ref, serial, via
from datamimic.columns import Bools, Dates, Floats, Ints
from datamimic_pack_common import Person
from datamimic_pack_common.people_services import HoldersService
from datamimic_pack_finance.annuity import monthly_payment
from datamimic_pack_finance.entities.bank_account import BankAccount
from datamimic_pack_finance.generators.vin import vin_is_valid
from datamimic_pack_finance.lending import repayment, security, terms
from datamimic_pack_finance.money import currency_of


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


@entity(
    "loan",
    happens="booked_at",
    tables=(
        "currencies", "account_types", "loan_products", "credit_scores", "loan_terms", "loan_base_rates", "loan_spreads",
        "loan_amounts", "collaterals",
        "loan_to_value", "loan_arrears", "missed_payments", "bank_holidays",
    ),
)  # fmt: skip
class Loan(Entity):
    """An annuity loan of an account's holder: mortgage, car, personal or student loan."""

    # identity
    loan_id: str = field(serial("LOAN-{country}-########"), key=True, doc="unique id")
    number_base: str = field(serial("########"), internal=True, doc="free digits")
    wanted_type: str = field(terms.wanted_type, internal=True, doc="type of the account that pays")

    # who borrows
    account: BankAccount = field(
        ref(BankAccount, same={"wanted_type": "account_type"}), doc="the current account that pays the installments"
    )
    borrower: Person = field(ref(Person, by=terms.borrower), doc="who owes the loan, the holder of the account")
    borrower_name: str = field(via("borrower.full_name"), doc="full name of the borrower")

    # what for
    place: int = field(terms.place, internal=True, doc="row of the table of products")
    loan_type: str = field(
        from_row("loan_products", "loan_type", row="place"), doc="mortgage, auto, personal or student"
    )
    purpose: str = field(
        from_row("loan_products", "purpose", row="place"), doc="home purchase, new car, debt consolidation …"
    )
    score_name: str = field(terms.score_name, doc="what the credit score is called in the country")
    score: int = field(terms.score, doc="credit score at the start; higher is better")

    # terms
    currency: str = field(via("account.currency"), doc="currency of the account")
    principal: Decimal = field(terms.principal, doc="amount lent")
    annual_rate: Decimal = field(terms.annual_rate, doc="nominal interest a year; falls as the score rises", unit="%")
    term_months: int = field(terms.term_months, doc="number of monthly payments", unit="mo")
    start_date: date = field(terms.start_date, doc="day of the payout")
    booked_at: datetime = field(
        terms.booked_at, internal=True, doc="when it was paid out, and there was an account for it"
    )
    first_payment_date: date = field(
        lambda start_date: repayment.due_dates(start_date, np.ones(len(start_date), dtype=np.int64)),
        doc="a month after the start",
    )
    maturity_date: date = field(
        lambda start_date, term_months: repayment.due_dates(start_date, term_months),
        doc="day of the last payment: start plus term",
    )

    # can it be afforded?
    payment: Decimal = field(terms.payment, doc="constant monthly payment; the last one adjusts")
    household_income: Decimal = field(
        terms.household_income, doc="income before tax a month that the decision counted on"
    )
    debt_to_income: float = field(terms.debt_to_income, doc="payment divided by that income, 4 decimals")

    # what secures it
    collateral: int = field(security.collateral, internal=True, doc="row of the table of collaterals")
    collateral_type: str | None = field(security.collateral_type, doc="property, vehicle, or null for unsecured loans")
    collateral_description: str | None = field(security.collateral_description, doc="what secures the loan")
    collateral_value: Decimal | None = field(security.collateral_value, doc="value of the collateral at the start")
    loan_to_value: float | None = field(
        security.loan_to_value, doc="principal divided by the value of the collateral, 4 decimals"
    )
    vin: str | None = field(
        security.vin, doc="identification number of the vehicle, with check digit and a maker code that nobody has"
    )

    # how it is repaid
    due_by_clock: int = field(repayment.due_by_clock, internal=True, doc="payments that fell due up to the clock")
    missed_by_clock: int = field(
        repayment.missed_by_clock, stream="missed", internal=True, doc="the last of them, which are in arrears"
    )
    payment_days: list[date] = field(
        repayment.payment_days, internal=True, doc="days on which something falls due or is longer past due"
    )
    due: int = field(repayment.due, hidden=True, changes="payment_days", doc="payments that fell due so far")
    missed: int = field(repayment.missed, hidden=True, doc="payments in arrears")
    payments_made: int = field(repayment.payments_made, doc="payments made up to the clock")
    days_past_due: int = field(
        repayment.days_past_due, doc="days since the oldest payment in arrears fell due, else 0", unit="d"
    )
    status: str = field(repayment.status, doc="current, delinquent (payments late), default (90 days late), paid off")
    course: Course = field(repayment.course_so_far, internal=True, doc="what is owed and what the term costs")

    # what is left
    balance: Decimal = field(via("course.balance"), doc="principal still owed")
    total_interest: Decimal = field(via("course.interest"), doc="interest over the whole term")
    last_payment: Decimal = field(via("course.last_payment"), doc="the last payment, which brings the balance to zero")
    next_payment_date: date | None = field(
        repayment.next_payment_date, doc="day of the oldest payment not made; null when paid off"
    )
    schedule: list[Installment] = field(
        repayment.instalments, hidden=True, doc="every payment with interest, principal and balance"
    )


@check(Loan, "the payment is that of an annuity, to the minor unit")
def payment_is_annuity(principal: Ints, annual_rate: Ints, term_months: Ints, payment: Ints, data: Data) -> Bools:
    unit = currency_of(data).unit
    return np.abs(monthly_payment(principal, annual_rate, term_months, unit) - payment) <= unit


@check(Loan, "payments made and balance follow from the annuity; all payments together are principal plus interest")
def balance_follows_schedule(
    principal: Ints, annual_rate: Ints, term_months: Ints, payment: Ints, payments_made: Ints, balance: Ints,
    total_interest: Ints, last_payment: Ints,
    data: Data,
) -> Bools:  # fmt: skip
    then = repayment.course_so_far(
        principal, annual_rate, term_months, payment, np.clip(payments_made, 0, term_months), data
    )
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
    return (repayment.due_dates(start_date, term_months) == maturity_date) & (
        repayment.due_dates(start_date, one) == first_payment_date
    )


@check(Loan, "days past due are above zero exactly for loans in arrears, and 90 or more for those in default")
def arrears_fit_status(status: Text, days_past_due: Ints) -> Bools:
    late = status.isin({"delinquent", "default"})
    return (late == (days_past_due > 0)) & ((status == "default") == (days_past_due >= repayment.DEFAULT_AFTER))


@check(Loan, "the payments made fit the clock and the arrears")
def payments_fit_clock(
    start_date: Dates, payments_made: Ints, term_months: Ints, days_past_due: Ints, now: Dates
) -> Bools:
    due = np.minimum(repayment.due(start_date, now), term_months)
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
def whole_minor_units(principal: Ints, payment: Ints, balance: Ints, total_interest: Ints, data: Data) -> Bools:
    unit = currency_of(data).unit
    return (principal % unit == 0) & (payment % unit == 0) & (balance % unit == 0) & (total_interest % unit == 0)


@check(Loan, "a loan starts before the clock")
def starts_before_clock(start_date: Dates, clock: Clock) -> Bools:
    return start_date <= clock.date


class LoanService(HoldersService[Loan]):
    """Loans with their schedule: `LoanService("US", seed=1).generate().schedule`."""
