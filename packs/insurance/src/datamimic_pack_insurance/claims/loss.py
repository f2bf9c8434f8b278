"""What happened, when, and whether the policy covers it."""

from __future__ import annotations

from typing import Any

import numpy as np

from datamimic import Clock, Data, Draw
from datamimic.columns import Bools, Dates, Floats, Ints, Text
from datamimic_pack_insurance.months import days_between, plus_days
from datamimic_pack_insurance.office_days import office_days


def cause_row(product_code: Text, draw: Draw, data: Data) -> Ints:
    """Row of `claim_causes`: a cause that a coverage of the policy's product answers for."""
    return draw.pick(data["claim_causes"].by("product_code"), product_code)


def coverage(cause_row: Ints, data: Data) -> Ints:
    """The first rows of InsuranceCoverage are the catalogue's."""
    return data["coverages"].lookup("coverage_key", data["claim_causes"]["coverage_key"])[cause_row]


def cover_ends(policy: Any) -> Dates:
    """The first day without cover."""
    cancelled = policy.cancellation_date
    end = policy.end_date
    return np.where(np.ma.getmaskarray(cancelled), end, np.minimum(np.ma.getdata(cancelled), end))


def loss_date(policy: Any, cover_ends: Dates, draw: Draw, clock: Clock) -> Dates:
    """A day on which the policy gave cover, up to the clock."""
    start = policy.start_date
    days = days_between(start, np.minimum(cover_ends, plus_days(clock.date, np.ones(len(start), dtype=np.int64))))
    return plus_days(start, np.floor(days * draw.uniform()).astype(np.int64))


def settles(coverage: Any, data: Data) -> Text:
    return data["coverages"]["settles"].take(coverage.rows)


def report_date(loss_date: Dates, settles: Text, draw: Draw, data: Data, clock: Clock) -> Dates:
    pace = data["claim_pace"].by("settles")
    days = np.floor(pace.quantiles_at(draw.uniform(), settles, value="report_days")).astype(np.int64)
    # What would be reported after the clock is not known yet; those that are were reported on some day before.
    since = days_between(loss_date, clock.date)
    sooner = np.floor((since + 1) * draw.uniform("sooner")).astype(np.int64)
    return plus_days(loss_date, np.where(days > since, sooner, days))


def due_days(report_date: Dates, settles: Text, draw: Draw, data: Data) -> Ints:
    """Days from the report to the end of the claim, an office day; at least one."""
    pace = data["claim_pace"].by("settles")
    days = np.floor(pace.quantiles_at(draw.uniform(), settles, value="settle_days")).astype(np.int64)
    return days_between(report_date, office_days(data).next(plus_days(report_date, np.maximum(days, 1))))


def denied(settles: Text, draw: Draw, data: Data) -> Bools:
    """Will the claim be denied in the end?"""
    table = data["claim_decisions"]
    return (table["denied"] == "true")[draw.pick(table.by("settles"), settles)]


def progress(report_date: Dates, due_days: Ints, data: Data, clock: Clock) -> Floats:
    """Up to the last office day: on others nothing is done. Negative for what was reported after it."""
    return days_between(report_date, last_office_day(data, clock)) / due_days


def last_office_day(data: Data, clock: Clock) -> Dates:
    """The clock's day, or the last one before it on which insurers worked; one date."""
    return office_days(data).previous(np.array([clock.date]))
