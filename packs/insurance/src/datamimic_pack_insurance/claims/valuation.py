"""How a claim stood at the end of each period: what had been paid, and what was reserved."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import numpy as np

from datamimic import Clock, Data, option, options, record
from datamimic.columns import Dates, Ints, Struct, numbered
from datamimic_pack_insurance.claims import reserving
from datamimic_pack_insurance.months import last_of_period, period_of, plus_days, year_of
from datamimic_pack_insurance.settlement import STATUSES
from datamimic_pack_insurance.timelines import up_to

YEAR = 12


@options
class ValuationOptions:
    """How often claims are valued."""

    every_months: int = option(
        YEAR, doc="claims are valued at the end of every so many months of the year", choices=(1, 3, 6, YEAR)
    )


@record
class Position:
    """Where a claim stood on a day: the number of its status, what was paid by then and by the valuation before, reserve."""

    standing: int
    paid: Decimal
    paid_before: Decimal
    reserve: Decimal


def closing_day(clock: Clock) -> Dates:
    """The day that runs at the clock, or at midnight the one that has just ended; one date."""
    return (np.asarray([clock.instant], dtype="datetime64[us]") - np.timedelta64(1, "us")).astype("datetime64[D]")


def first_period(report_date: Dates, months: int, clock: Clock) -> Ints:
    return period_of(np.minimum(report_date, closing_day(clock)), months)


def number(report_date: Dates, options: ValuationOptions, clock: Clock) -> Ints:
    """One at the end of each period from the report on, and one at the clock."""
    months = options.every_months
    return period_of(closing_day(clock), months) - first_period(report_date, months, clock) + 1


def period(claim: Any, options: ValuationOptions, clock: Clock) -> Ints:
    return np.asarray(claim.index + first_period(claim.report_date, options.every_months, clock), dtype=np.int64)


def ends(period: Ints, months: int, clock: Clock) -> Dates:
    """The last day of each period, of the one that runs the clock's day."""
    running = period_of(closing_day(clock), months)
    return np.where(period == running, clock.date, last_of_period(period, months))


def valuation_date(period: Ints, options: ValuationOptions, clock: Clock) -> Dates:
    return ends(period, options.every_months, clock)


def development_months(period: Ints, accident_year: Ints, options: ValuationOptions, clock: Clock) -> Ints:
    """From the start of the accident year to the end of the period; of the one that runs, to the end of its month."""
    months = options.every_months
    last = np.minimum(last_of_period(period, months), closing_day(clock))
    return np.maximum((year_of(last) - accident_year) * YEAR + period_of(last, 1) % YEAR + 1, 1)


def position(
    claim: Any, period: Ints, valuation_date: Dates, options: ValuationOptions, data: Data, clock: Clock
) -> Struct:
    rows, own = numbered(claim.rows)
    claims = claim.world.refer("insurance.claim", rows)
    history, payments = claims.whole_history, claims.payments_by_clock
    codes, vocabulary = history.values.status.coding()
    numbers = np.array([STATUSES.index(each) for each in vocabulary.values], dtype=np.int64)
    at = up_to(history, history.values.changed_on, own, valuation_date)
    standing = numbers[codes[np.maximum(at - 1, history.offsets[own])]]

    total = np.concatenate(([0], np.cumsum(payments.values.amount)))
    start = total[payments.offsets[own]]
    paid = total[up_to(payments, payments.values.paid_on, own, valuation_date)] - start
    before = ends(period - 1, options.every_months, clock)
    before = np.where(claim.index == 0, plus_days(claim.report_date, np.full(len(own), -1)), before)
    paid_before = total[up_to(payments, payments.values.paid_on, own, before)] - start
    reserve = reserving.reserve(standing, claims.first_estimate[own], claims.worth[own], paid, data)
    return Struct({"standing": standing, "paid": paid, "paid_before": paid_before, "reserve": reserve})
