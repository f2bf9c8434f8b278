"""How many changes a contract has within its terms: by the time that it is in the books, and at most a few."""

from __future__ import annotations

from typing import Any

import numpy as np

from datamimic import Data, Draw, Room, World, record
from datamimic.columns import Dates, Floats, Ints, Struct
from datamimic_pack_insurance.lives.chain import begins, begun_by
from datamimic_pack_insurance.lives.endings import DEATH, LAST_AGE, WITHIN
from datamimic_pack_insurance.lives.frequency import YEAR, number
from datamimic_pack_insurance.months import days_between, plus_days

MOST = 6
"""Changes of one contract in the books, at most."""


def last_day(start_date: Dates, period_months: Ints, calendar_year: Any, ending: Any, cover_until: Dates) -> Dates:
    """The day before which changes are made: nobody changes what is about to be given up within its term."""
    before = plus_days(np.minimum(ending.day, cover_until), np.full(len(start_date), -1))
    term = begins(
        start_date, period_months, calendar_year, np.maximum(begun_by(start_date, period_months, calendar_year, before) - 1, 0)
    )  # fmt: skip
    given_up = np.isin(ending.kind, (WITHIN, LAST_AGE, DEATH)) & (ending.day <= cover_until)
    return np.where(given_up, np.minimum(term, cover_until), cover_until)


@record
class Drawn:
    """How many changes of a contract are drawn, and expected; the most that there can be, and the days in which they fall."""

    number: int
    mean: float
    most: int
    span: int


def drawn(
    start_date: Dates,
    at_risk_from: Dates,
    cover_until: Dates,
    period_months: Ints,
    calendar_year: Any,
    product_row: Ints,
    ending: Any,
    draw: Draw,
    data: Data,
) -> Struct:
    rates = data["endorsement_rates"]
    insures = data["products"]["insures"].take(product_row)
    yearly = np.zeros(len(product_row), dtype=np.float64)
    for insured, rate in zip(rates["insures"].tolist(), rates.floats("per_1000_years").tolist(), strict=True):
        yearly += np.where(insures == str(insured), rate / 1000.0, 0.0)
    yearly = np.where((insures == "house") | (insures == "dwelling"), yearly * can_change(data)[product_row], yearly)
    until = last_day(start_date, period_months, calendar_year, ending, cover_until)
    span = np.maximum(days_between(at_risk_from, until), 0)
    mean, most = yearly * span / YEAR, np.clip(span - 1, 0, MOST)
    counts = np.minimum(number(mean, draw, data, "number"), most)
    return Struct({"number": counts, "mean": mean, "most": most, "span": span})


def number_drawn(drawn_changes: Struct) -> Ints:
    return np.asarray(drawn_changes.number, dtype=np.int64)


def room(drawn_changes: Struct) -> Room:
    return Room(np.zeros(len(drawn_changes.number), dtype=np.int64), drawn_changes.most, drawn_changes.mean)


def can_change(data: Data) -> Ints:
    """Of each product 1 where it is sold for several sums."""
    sums, products = data["sums_insured"], data["products"]
    own = np.bincount(products.lookup("product_code", sums["product_code"]), minlength=len(products))
    return (own > 1).astype(np.int64)


def days(
    own: Ints, part: Floats, span: Ints, at_risk_from: Dates, start_date: Dates, period_months: Ints, calendar_year: Any
) -> Dates:
    """The days of changes of the contracts `own`: none is the first of a term, whose premium would know of it already."""
    day = plus_days(at_risk_from[own], 1 + np.floor((span[own] - 1) * part).astype(np.int64))
    start, months, january = start_date[own], period_months[own], calendar_year[own]
    first = begins(start, months, january, begun_by(start, months, january, day) - 1)
    return np.where(day == first, plus_days(day, np.full(len(day), -1)), day)


def change_count(rows: Ints, world: World) -> Ints:
    return world.refer("insurance.insurance_policy", rows).children("insurance.endorsement").counts
