"""What falls due of loans, month by month, and how it is paid: interest and principal of each payment add up to it."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import numpy as np

from datamimic import Clock, Data, Entity, Service, Text, check, entity, field, parent, serial, simulated, via
from datamimic.columns import Bools, Dates, Ints
from datamimic_pack_finance.calendar import bank_days
from datamimic_pack_finance.entities.loan import Loan
from datamimic_pack_finance.ledger.siblings import above, follows
from datamimic_pack_finance.lending import payments, repayment
from datamimic_pack_finance.money import currency_of
from datamimic_pack_finance.payments import collecting, references

MADE = simulated(payments.payments, block=payments.BLOCK, kept=4)


@entity("loan_payment", happens="told_at", tables=("currencies", "bank_holidays", "loan_write_offs"))
class LoanPayment(Entity):
    """A payment of a loan that fell due: in time, late, of interest only while the loan is deferred, or not made."""

    # which payment
    payment_id: str = field(serial("LPM-{country}-############", grows=True), key=True, doc="unique id")
    loan: Loan = field(parent(Loan, counts=lambda month_count: month_count), doc="the loan")
    payment_number: int = field(lambda loan: loan.index + 1, doc="1, 2, … of the loan, one for each month")
    plan_number: int = field(MADE["number"], doc="number in the schedule; of a deferred month that of the one before")
    deferred: bool = field(MADE["deferred"], doc="is interest only due, as the principal is deferred?")

    mandate_id: str = field(
        lambda loan: collecting.of_loan(loan.rows), doc="mandate by which it is collected from the account"
    )
    end_to_end_id: str = field(
        lambda loan, data: references.instalment(data.country, loan.rows, loan.index),
        doc="what the bank calls it, on the account's statement too",
    )

    # what is due
    due: int = field(MADE["due"], internal=True, doc="due date, since 1970")
    due_date: date = field(lambda due: due.astype("datetime64[D]"), doc="day on which it falls due")
    told_at: datetime = field(
        lambda due_date, loan: np.maximum(due_date.astype("datetime64[us]"), loan.booked_at),
        internal=True,
        doc="when it fell due, and there was an account for the loan",
    )
    currency: str = field(via("loan.currency"), doc="currency of the loan")
    interest: Decimal = field(MADE["interest"], doc="interest of the month")
    principal: Decimal = field(MADE["principal"], doc="what is paid back with it; 0 while the loan is deferred")
    due_amount: Decimal = field(lambda interest, principal: interest + principal, doc="interest and principal")
    balance_after: Decimal = field(MADE["balance"], doc="principal still owed once it is paid")

    # how it was paid
    paid: int = field(MADE["paid"], internal=True, doc="day of the payment, since 1970")
    gone: int = field(MADE["gone"], internal=True, doc="day of the write-off, since 1970")
    paid_date: date | None = field(
        payments.paid_date, since="paid_date", doc="bank day on which it was paid; null while it is not"
    )
    paid_amount: Decimal | None = field(
        lambda due_amount, paid_date: np.ma.MaskedArray(due_amount, np.ma.getmaskarray(paid_date)),
        since="paid_date",
        doc="what was paid: all of it",
    )
    late_days: list[date] = field(payments.late_days, internal=True, doc="days on which it is late a day longer")
    days_past_due: int = field(
        payments.days_past_due,
        changes="late_days",
        doc="days by which it was late, or is so far; up to the write-off",
        unit="d",
    )
    arrears_bucket: str = field(repayment.arrears_bucket, doc="current, 1-29, 30-59, 60-89 or 90+ days past due")
    status: str = field(payments.status, doc="paid, paid late, due (today), overdue, or written off with the loan")


@check(LoanPayment, "interest and principal are what is due, both at least 0")
def parts_add_up(interest: Ints, principal: Ints, due_amount: Ints) -> Bools:
    return (interest + principal == due_amount) & (interest >= 0) & (principal >= 0)


@check(LoanPayment, "while a loan is deferred interest only is due")
def deferred_pays_interest(deferred: Bools, principal: Ints) -> Bools:
    return ~deferred | (principal == 0)


@check(LoanPayment, "what is still owed falls by the principal of each payment")
def balance_falls(loan: Any, payment_number: Ints, principal: Ints, balance_after: Ints) -> Bools:
    falls = ~follows(loan.rows, payment_number) | (balance_after == above(balance_after) - principal)
    return falls & (balance_after >= 0)


@check(LoanPayment, "what was paid is what was due, on a bank day up to the clock")
def paid_in_full(due_amount: Ints, paid_date: Any, paid_amount: Any, data: Data, clock: Clock) -> Bools:
    none = np.ma.getmaskarray(paid_date)
    day = np.where(none, clock.date, np.ma.getdata(paid_date).astype("datetime64[D]"))
    fits = (np.ma.getdata(paid_amount) == due_amount) & (day <= clock.date) & bank_days(data).is_open(day)
    return (none == np.ma.getmaskarray(paid_amount)) & (none | fits)


@check(
    LoanPayment,
    "the status fits what was paid and the days past due; none is past due longer than the write-off allows",
)
def status_fits(status: Text, paid_date: Any, days_past_due: Ints, arrears_bucket: Text, data: Data) -> Bools:
    paid = ~np.ma.getmaskarray(paid_date)
    fits = (status.isin({"paid", "paid late"}) == paid) & (days_past_due <= data["loan_write_offs"].ints("days").max())
    fits &= ~status.isin({"paid", "due"}) | (days_past_due == 0)
    fits &= ~status.isin({"paid late", "overdue"}) | (days_past_due > 0)
    return fits & (repayment.arrears_bucket(days_past_due) == arrears_bucket)


@check(LoanPayment, "amounts have no more decimals than the currency")
def whole_minor_units(interest: Ints, principal: Ints, balance_after: Ints, data: Data) -> Bools:
    unit = currency_of(data).unit
    return (interest % unit == 0) & (principal % unit == 0) & (balance_after % unit == 0)


@check(LoanPayment, "a payment falls due up to the clock")
def due_before_clock(due_date: Dates, clock: Clock) -> Bools:
    return due_date <= clock.date


class LoanPaymentService(Service[LoanPayment]):
    """Payments, loan after loan: `LoanPaymentService(dataset="US", seed=1).generate_batch(12)`."""
