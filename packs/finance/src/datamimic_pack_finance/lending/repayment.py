"""How far a loan is paid back on the day on which one looks: what follows from the months that fell due."""

from __future__ import annotations

from typing import Any

import numpy as np

from datamimic import Clock, Data, Draw, Lists, Struct, Text, positions, record, segment_sums
from datamimic.columns import Dates, Ints, select
from datamimic_pack_finance.lending.annuity import Schedule, course, schedule
from datamimic_pack_finance.lending.due import due_dates, months_between
from datamimic_pack_finance.money import currency_of

DEFAULT_AFTER = 90
"""Days past due from which a loan counts as in default (Regulation (EU) No 575/2013, article 178: more than 90 days; in the
United States 90 make a loan substandard, 65 FR 36903)."""
BUCKETS = ("current", "1-29", "30-59", "60-89", "90+")
DAYS = np.array([1, 30, 60, 90], dtype=np.int64)
"""Days past due with which the buckets after the first begin."""


@record
class Standing:
    """Months that fell due and that are settled, payments of the plan among these, and is the latest one of interest only?"""

    due: int
    settled: int
    made: int
    deferred: bool


def due_by_clock(start_date: Dates, clock: Clock) -> Ints:
    """Payments that fell due up to the clock's day."""
    return months_between(start_date, clock.date)


def standing(months: Lists, now: Dates) -> Struct:
    """A month is settled once it fell due and was paid."""
    today = np.repeat(now.astype("datetime64[D]").astype(np.int64), months.lengths)
    made = months.values
    due = made.due <= today
    settled = due & (made.paid <= today)
    number = segment_sums(due.astype(np.int64), months.lengths)
    last = np.cumsum(months.lengths) - months.lengths + number - 1
    resting = np.zeros(len(number), dtype=np.bool_)
    some = np.flatnonzero(number > 0)
    resting[some] = made.deferred[last[some]]
    plan = (settled & ~made.deferred).astype(np.int64)
    return Struct({
        "due": number,
        "settled": segment_sums(settled.astype(np.int64), months.lengths),
        "made": segment_sums(plan, months.lengths),
        "deferred": resting,
    })  # fmt: skip


def payment_days(months: Lists, written_off_on: Any, recovered_on: Any, clock: Clock) -> Lists:
    """The days up to the clock on which a payment falls due, is late a day longer or is made, or something is recovered."""
    number = len(months.lengths)
    own, made = np.repeat(np.arange(number, dtype=np.int64), months.lengths), months.values
    gone = np.where(np.ma.getmaskarray(written_off_on), clock.date, np.ma.getdata(written_off_on)).astype(np.int64)
    span = np.maximum(np.minimum(made.paid, gone[own]) - made.due, 0) + 1
    day = np.repeat(made.due, span) + positions(span)
    back = np.flatnonzero(~np.ma.getmaskarray(recovered_on))
    day = np.concatenate((day, np.ma.getdata(recovered_on)[back].astype(np.int64)))
    packed = np.unique((np.concatenate((np.repeat(own, span), back)) << 32) + day)
    lengths = np.bincount(packed >> 32, minlength=number).astype(np.int64)
    return Lists(lengths, (packed & 0xFFFFFFFF).astype("datetime64[D]"))


def days_past_due(start_date: Dates, standing: Any, write_off_days: Ints, now: Dates) -> Ints:
    """Of a loan that was written off those at that time."""
    oldest = due_dates(start_date, standing.settled + 1)
    days = (now.astype("datetime64[D]") - oldest).astype(np.int64)
    return np.where(standing.settled < standing.due, np.clip(days, 0, write_off_days), 0)


def arrears_bucket(days_past_due: Ints) -> Text:
    return select(np.searchsorted(DAYS, days_past_due, side="right"), list(BUCKETS))


def status(standing: Any, payments_made: Ints, term_months: Ints, days_past_due: Ints, write_off_days: Ints) -> Text:
    index = np.where(
        days_past_due >= DEFAULT_AFTER, 3, np.where(days_past_due > 0, 2, np.where(standing.deferred, 1, 0))
    )
    index = np.where(days_past_due >= write_off_days, 4, np.where(payments_made >= term_months, 5, index))
    return select(index, ["current", "deferred", "delinquent", "default", "written off", "paid off"])


def amortisation(principal: Ints, annual_rate: Ints, term_months: Ints, payment: Ints, data: Data) -> Schedule:
    return schedule(principal, annual_rate, term_months, payment, currency_of(data).unit)


def course_so_far(
    principal: Ints, annual_rate: Ints, term_months: Ints, payment: Ints, payments_made: Ints, data: Data
) -> Struct:
    unit = currency_of(data).unit
    balance, last = course(principal, annual_rate, term_months, payment, payments_made, unit)
    interest = payment * (term_months - 1) + last - principal
    return Struct({"balance": balance, "interest": interest, "last_payment": last})


def instalments(
    start_date: Dates, principal: Ints, annual_rate: Ints, term_months: Ints, payment: Ints, data: Data
) -> Lists:
    plan = amortisation(principal, annual_rate, term_months, payment, data)
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


def next_payment_date(start_date: Dates, standing: Any, status: Text) -> Any:
    over = status.isin({"paid off", "written off"})
    return np.ma.MaskedArray(due_dates(start_date, standing.settled + 1), over)


def recovered_on(written_off_on: Any, draw: Draw, clock: Clock) -> Any:
    """Half a year to three years after the write-off; null while it has not come."""
    off = np.ma.getmaskarray(written_off_on)
    day = np.ma.getdata(written_off_on) + draw.integers(180, 1100).astype("timedelta64[D]")
    return np.ma.MaskedArray(day, off | (day > clock.date))


def recovered_amount(balance: Ints, loan_type: Text, recovered_on: Any, draw: Draw, data: Data) -> Any:
    """What the collateral and the borrower still brought in."""
    table, unit = data["loan_recoveries"], currency_of(data).unit
    row = table.lookup("loan_type", loan_type)
    low, high = table.ints("percent_from")[row], table.ints("percent_to")[row]
    share = (low + (high - low) * draw.uniform()) / 100
    amount = np.maximum((balance * share / unit).astype(np.int64), 1) * unit
    return np.ma.MaskedArray(amount, np.ma.getmaskarray(recovered_on))
