"""Instalments: when they fall due, which are paid, and what is left."""

from __future__ import annotations

from typing import Any

import numpy as np

from datamimic import Clock, Data, Draw, Lists, Struct, Text, positions
from datamimic.columns import Dates, Ints, select
from datamimic_pack_finance.annuity import Schedule, course, schedule
from datamimic_pack_finance.calendar import month_day
from datamimic_pack_finance.money import currency_of

DEFAULT_AFTER = 90
"""Days past due from which a loan counts as in default."""


def due_by_clock(start_date: Dates, clock: Clock) -> Ints:
    """Payments that fell due up to the clock's day."""
    return months_between(start_date, clock.date)


def due(start_date: Dates, now: Dates) -> Ints:
    """Payments that fell due up to the day on which one looks."""
    return months_between(start_date, now.astype("datetime64[D]"))


def missed_by_clock(score: Ints, due_by_clock: Ints, term_months: Ints, draw: Draw, data: Data) -> Ints:
    """Payments in arrears: none for most, the chance falls with the score; loans past their term are paid."""
    arrears, table = data["loan_arrears"], data["missed_payments"]
    chance = arrears.floats("percent")[arrears.by("score_from").first(score)] / 100
    count = table.ints("payments")[draw.pick(table, label="count")]
    late = draw.chance(chance, "late") & (due_by_clock < term_months) & (due_by_clock >= count)
    return np.where(late, count, 0)


def missed(due: Ints, due_by_clock: Ints, missed_by_clock: Ints, term_months: Ints) -> Ints:
    """Of the payments that fell due so far those that are not made by the clock: the last ones."""
    made = np.minimum(due_by_clock, term_months) - missed_by_clock
    return np.maximum(np.minimum(due, term_months) - made, 0)


def payment_days(
    start_date: Dates, due_by_clock: Ints, missed_by_clock: Ints, term_months: Ints, clock: Clock
) -> Lists:
    """The days up to the clock on which a payment falls due, and those on which one is past due a day longer."""
    number = np.minimum(due_by_clock, term_months)
    paid = number - missed_by_clock
    late = np.where(missed_by_clock > 0, (clock.date - due_dates(start_date, paid + 1)).astype(np.int64), 0)
    lengths = paid + np.where(missed_by_clock > 0, late + 1, 0)
    own, place = np.repeat(np.arange(len(lengths)), lengths), positions(lengths)
    each = np.minimum(place, paid[own]) + 1
    more = np.maximum(place - paid[own], 0).astype("timedelta64[D]")
    return Lists(lengths, due_dates(start_date[own], each) + more)


def payments_made(due: Ints, term_months: Ints, missed: Ints) -> Ints:
    return np.minimum(due, term_months) - missed


def days_past_due(start_date: Dates, payments_made: Ints, missed: Ints, now: Dates) -> Ints:
    oldest = due_dates(start_date, payments_made + 1)
    return np.where(missed > 0, (now.astype("datetime64[D]") - oldest).astype(np.int64), 0)


def status(payments_made: Ints, term_months: Ints, days_past_due: Ints) -> Text:
    index = np.where(
        payments_made >= term_months, 3, np.where(days_past_due >= DEFAULT_AFTER, 2, np.where(days_past_due > 0, 1, 0))
    )
    return select(index, ["current", "delinquent", "default", "paid off"])


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


def due_dates(start: Dates, number: Ints) -> Dates:
    """The day of the `number`-th payment: the start's day of the month that many months later, or the month's last."""
    month = start.astype("datetime64[M]")
    day = (start - month.astype("datetime64[D]")).astype(np.int64) + 1
    return month_day(month + number.astype("timedelta64[M]"), day)


def months_between(start: Dates, end: Any) -> Ints:
    until = np.full(len(start), end).astype("datetime64[M]")
    months = (until - start.astype("datetime64[M]")).astype(np.int64)
    return months - (due_dates(start, months) > end)


def next_payment_date(start_date: Dates, payments_made: Ints, status: Text) -> Any:
    return np.ma.MaskedArray(due_dates(start_date, payments_made + 1), status == "paid off")
