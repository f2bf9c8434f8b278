"""What happened, when, and whether the policy covers it."""

from __future__ import annotations

from typing import Any

import numpy as np

from datamimic import Clock, Data, Draw
from datamimic.columns import Bools, Dates, Floats, Ints, Text
from datamimic_pack_insurance.months import days_between, plus_days


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
    return np.minimum(plus_days(loss_date, days), clock.date)


def due_days(settles: Text, draw: Draw, data: Data) -> Ints:
    """Days from the report to the end of the claim, at least one."""
    pace = data["claim_pace"].by("settles")
    days = np.floor(pace.quantiles_at(draw.uniform(), settles, value="settle_days")).astype(np.int64)
    return np.maximum(days, 1)


def denied(settles: Text, draw: Draw, data: Data) -> Bools:
    """Will the claim be denied in the end?"""
    table = data["claim_decisions"]
    return (table["denied"] == "true")[draw.pick(table.by("settles"), settles)]


def progress(report_date: Dates, due_days: Ints, clock: Clock) -> Floats:
    return days_between(report_date, clock.date) / due_days
