"""Loans whose schedule amortises to zero, to the minor unit; rate by score, collateral and loan to value."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

import numpy as np

from datamimic import (
    Entity,
    apportioned,
    check,
    children,
    entity,
    field,
    from_row,
    record,
    ref,
    serial,
    via,
)
from datamimic_pack_common import Person
from datamimic_pack_common.people_services import HoldersService
from datamimic_pack_finance.entities.bank_account import BankAccount
from datamimic_pack_finance.lending import agreement, borrowers, paying_back, repayment, security, standing, terms
from datamimic_pack_finance.lending.due import due_dates
from datamimic_pack_finance.lending.paying_back import Month

if TYPE_CHECKING:
    from datamimic_pack_finance import LoanPayment


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
        "loan_to_value", "loan_arrears", "loan_transitions", "loan_write_offs", "loan_recoveries", "loan_borrowers",
        "loan_ages", "bank_holidays",
        "common.other_incomes",
    ),
)  # fmt: skip
class Loan(Entity):
    """An annuity loan of an account's holder: mortgage, car, personal or student loan."""

    # identity
    loan_id: str = field(serial("LOAN-{country}-########", grows=True), key=True, doc="unique id")
    number_base: str = field(serial("########"), internal=True, doc="free digits")
    wanted_purpose: str = field(
        apportioned("loan_products", "purpose"), internal=True, doc="purpose, if there is a home for it"
    )

    # what for
    place: int = field(borrowers.place, internal=True, doc="row of the table of products")
    loan_type: str = field(
        from_row("loan_products", "loan_type", row="place"), doc="mortgage, auto, personal or student"
    )
    purpose: str = field(
        from_row("loan_products", "purpose", row="place"), doc="home purchase, new car, debt consolidation …"
    )

    # who borrows
    account: BankAccount = field(
        ref(BankAccount, by=borrowers.account), doc="the current account that pays the installments"
    )
    borrower: Person = field(ref(Person, by=terms.borrower), doc="who owes the loan, the holder of the account")
    borrower_name: str = field(via("borrower.full_name"), doc="full name of the borrower")
    earned: int = field(
        lambda borrower: borrowers.earnings(borrower), internal=True, doc="hundredths a year that the household has"
    )
    age_at_start: int = field(terms.age_at_start, internal=True, doc="age of the borrower in months at the start")
    credit_standing: float = field(standing.credit_standing, internal=True, doc="what the score rises with")
    appetite: float = field(standing.appetite, internal=True, doc="what the amount rises with")
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
        lambda start_date: due_dates(start_date, np.ones(len(start_date), dtype=np.int64)),
        doc="a month after the start",
    )
    maturity_date: date = field(
        lambda start_date, term_months: due_dates(start_date, term_months),
        doc="day of the last payment by the contract: start plus term; deferrals come after it",
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
    write_off_days: int = field(
        paying_back.write_off_days, internal=True, doc="days past due from which it is written off"
    )
    months: list[Month] = field(paying_back.months, internal=True, doc="what fell due, and when it was paid")
    month_count: int = field(lambda months: months.lengths, internal=True, doc="months that fell due")
    written_off_on: date | None = field(
        paying_back.written_off_on, since="written_off_on", doc="day on which the bank gave it up; null for most"
    )
    recovered_on: date | None = field(
        repayment.recovered_on, since="recovered_on", doc="day on which something of it came in all the same"
    )
    payment_days: list[date] = field(
        repayment.payment_days, internal=True, doc="days on which something falls due, is paid or is longer past due"
    )
    standing: repayment.Standing = field(
        repayment.standing, hidden=True, changes="payment_days", doc="months that fell due and are settled"
    )
    payments_made: int = field(via("standing.made"), doc="payments of the plan made up to the clock")
    days_past_due: int = field(
        repayment.days_past_due,
        doc="days since the oldest payment in arrears fell due, else 0; those at the write-off",
        unit="d",
    )
    arrears_bucket: str = field(repayment.arrears_bucket, doc="current, 1-29, 30-59, 60-89 or 90+ days past due")
    status: str = field(
        repayment.status,
        doc="current, deferred (interest only), delinquent (payments late), default (90 days late), written off, paid off",
    )
    payments: list[LoanPayment] = field(children("finance.loan_payment"), doc="what fell due, and how it was paid")
    course: Course = field(repayment.course_so_far, internal=True, doc="what is owed and what the term costs")

    # what is left
    balance: Decimal = field(via("course.balance"), doc="principal still owed")
    total_interest: Decimal = field(via("course.interest"), doc="interest over the whole term")
    last_payment: Decimal = field(via("course.last_payment"), doc="the last payment, which brings the balance to zero")
    next_payment_date: date | None = field(
        repayment.next_payment_date, doc="day of the oldest payment not made; null when paid off or written off"
    )
    recovered_amount: Decimal | None = field(
        repayment.recovered_amount, since="recovered_on", doc="what came in after the write-off"
    )
    schedule: list[Installment] = field(
        repayment.instalments, hidden=True, doc="every payment with interest, principal and balance"
    )


check(Loan, "the payment is that of an annuity, to the minor unit")(agreement.payment_is_annuity)
check(Loan, "payments made and balance follow from the annuity; all payments together are principal plus interest")(
    agreement.balance_follows_schedule
)
check(Loan, "a loan is paid off exactly if nothing is owed")(agreement.paid_off_owes_nothing)
check(Loan, "start plus term is maturity, and the first payment is a month after the start")(agreement.term_fits_dates)
check(Loan, "the bucket and the status fit the days past due: default from 90 on, written off as the country has it")(
    agreement.arrears_fit_status
)
check(Loan, "no more payments are made than fell due, and none is missing of a loan that is not past due or deferred")(
    agreement.payments_fit_clock
)
check(Loan, "something comes in after the write-off, and no more than was owed")(agreement.recovery_fits)
check(
    Loan,
    "loan to value is principal divided by the collateral's value; mortgages have property, car loans a vehicle with VIN",
)(agreement.collateral_fits_type)
check(Loan, "the term fits the kind of loan: cars 2 to 7 years, mortgages 10 to 30")(agreement.term_fits_type)
check(Loan, "debt to income is payment divided by income, and at most 1.5")(agreement.debt_to_income_is_share)
check(Loan, "amounts have no more decimals than the currency")(agreement.whole_minor_units)
check(Loan, "a loan starts before the clock")(agreement.starts_before_clock)


class LoanService(HoldersService[Loan]):
    """Loans with their schedule: `LoanService("US", seed=1).generate().schedule`."""
