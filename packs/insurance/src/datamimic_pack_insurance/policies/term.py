"""Who insures what, from when to when, and how the contract stands."""

from __future__ import annotations

from typing import Any

import numpy as np

from datamimic import Clock, Data, Draw, World, positions, segment_sums, to_utc
from datamimic.columns import Bools, Dates, Ints, Lists, Masked, Struct, Text, join, select, where
from datamimic_pack_insurance.lives import endings
from datamimic_pack_insurance.lives.chain import begins
from datamimic_pack_insurance.lives.changes import Assessed, replaced, standing
from datamimic_pack_insurance.months import add_months, birthday, days_between, plus_days
from datamimic_pack_insurance.vehicles import KINDS, vin_of_kind

EARLIEST = 42
"""Days before its start at which a contract may be made."""
STATUSES = ("pending", "active", "lapsed", "expired", "cancelled")


def policy_holder(risk_profile: Any) -> Ints:
    return risk_profile.insured.rows


def product(risk_profile: Any) -> Ints:
    return risk_profile.product.rows


def company(product: Any) -> Ints:
    return product.company.rows


def agreed_months(risk_profile: Any, draw: Draw, data: Data) -> Ints:
    table = data["policy_terms"]
    picked = draw.pick(table.by("product_code", "issue_age_from"), risk_profile.product_code, risk_profile.age)
    endless = (data["renewals"]["unlimited"] == "true")[risk_profile.product_row]
    return np.where(endless, 0, table.ints("term_months")[picked])


def term_months(agreed_months: Ints) -> Masked:
    return np.ma.MaskedArray(agreed_months, agreed_months == 0)


def period_months(agreed_months: Ints) -> Ints:
    return endings.period_months(agreed_months)


def at_risk_from(start_date: Dates, period_months: Ints, calendar_year: Bools, first_term: Ints) -> Dates:
    return begins(start_date, period_months, calendar_year, first_term)


def begun(
    start_date: Dates, period_months: Ints, calendar_year: Bools, first_term: Ints, ending: Any, clock: Clock
) -> Lists:
    counts = endings.term_count(start_date, period_months, calendar_year, first_term, ending, clock)
    own = np.repeat(np.arange(len(counts)), counts)
    number = first_term[own] + positions(counts)
    return Lists(counts, begins(start_date[own], period_months[own], calendar_year[own], number))


def running(begun: Lists, now: Dates) -> Ints:
    """The place of the term that runs among those of the books; of what has not begun, the first."""
    there = (begun.values <= now[begun.parents]).astype(np.int64)
    return np.maximum(segment_sums(there, begun.lengths) - 1, 0)


def current_term(rows: Ints, begun: Lists, now: Dates, world: World) -> Ints:
    first = world.refer("insurance.insurance_policy", rows).children("insurance.policy_term").first
    return first + running(begun, now)


def term_on(policy: Any, day: Dates) -> Ints:
    """The term of each policy, a row of PolicyTerm, in which the day lies."""
    counts = policy.begun
    first = policy.world.refer("insurance.insurance_policy", policy.rows).children("insurance.policy_term").first
    begun = (counts.values <= day[counts.parents]).astype(np.int64)
    return np.asarray(first + np.maximum(segment_sums(begun, counts.lengths) - 1, 0), dtype=np.int64)


def end_date(
    start_date: Dates,
    period_months: Ints,
    calendar_year: Bools,
    first_term: Ints,
    agreed_months: Ints,
    begun: Lists,
    now: Dates,
) -> Masked:
    """The end of the term that runs; of a longer term its end, whatever year of it runs."""
    following = begins(start_date, period_months, calendar_year, first_term + running(begun, now) + 1)
    whole = add_months(start_date, np.maximum(agreed_months, 1))
    return np.ma.MaskedArray(np.where(agreed_months > 12, whole, following), agreed_months == 0)


def created_date(start_date: Dates, draw: Draw, clock: Clock, risk_profile: Any) -> Dates:
    """Office hours where the holder lives, up to six weeks before the start, as an adult, and not after the clock."""
    # Two days: one for time zones in which the clock's day has not begun, one for the hour.
    fewest = np.clip(days_between(clock.date, start_date) + 2, 1, EARLIEST)
    ahead = fewest + np.floor((EARLIEST + 1 - fewest) * draw.uniform("days")).astype(np.int64)
    insured = risk_profile.insured
    day = np.maximum(plus_days(start_date, -ahead), birthday(insured.birthdate, 18))
    second = draw.integers(8 * 3600, 19 * 3600 - 1, "second")
    # On the day of the start in the morning, which is the same day of UTC everywhere.
    second = np.where(day < start_date, second, 8 * 3600 + (second - 8 * 3600) * 5 // 11)
    moment = day.astype("datetime64[us]") + second.astype("timedelta64[s]")
    return np.minimum(to_utc(moment, insured.address.time_zone), clock.instant)


def booked_at(created_date: Dates, at_risk_from: Dates, first_term: Ints) -> Dates:
    """A contract older than the books is in them from the first of its terms that they hold."""
    return np.where(first_term == 0, created_date, at_risk_from.astype("datetime64[us]"))


def status(start_date: Dates, ends_on: Dates, ending: Any, now: Dates) -> Text:
    over = ends_on <= now
    kind = np.array([1, 4, 2, 3, 4, 4], dtype=np.int64)[ending.kind]
    return select(np.where(over, kind, np.where(start_date > now, 0, 1)), STATUSES)


def insured_object(
    product: Any, risk_profile: Any, start_date: Dates, changes: Lists, changed_on: Lists, now: Dates, rows: Ints,
    draw: Draw, data: Data,
) -> Struct:  # fmt: skip
    """What is insured at the moment: what was on the first day, or what took its place."""
    models = data["vehicles"]
    assessed = Assessed.of(risk_profile, start_date).columns
    own, day = np.arange(len(rows)), now.astype("datetime64[D]")
    so = {name: standing(changes, own, day, name, assessed[name]) for name in ("model", "model_year", "sum_insured")}
    vehicle = so["model"] >= 0
    model, year = np.maximum(so["model"], 0), so["model_year"]
    make, name = models["make"].take(model), models["model"].take(model)
    maker = data["markets"].columns["manufacturer_code"][0]
    number = standing(replaced(changes), own, day, "vin_kind", draw.integers(0, KINDS - 1, "kind"))
    other = where(risk_profile.two_lives, Text.constant(TWO_LIVES, len(rows)), product.insures.map(object_text))
    return Struct(
        {
            "kind": product.insures,
            "description": where(
                vehicle,
                join(make, " ", name, " (", models["body"].take(model), ", ", models["fuel"].take(model), ")"),
                other,
            ),
            "make": make.where(vehicle),
            "model": name.where(vehicle),
            "model_year": np.ma.MaskedArray(year, ~vehicle),
            "vin": vin_of_kind(maker, np.where(vehicle, year, 2000), rows, number).where(vehicle),
            "value": np.ma.MaskedArray(so["sum_insured"], so["sum_insured"] == 0),
        }
    )


OBJECTS = {
    "house": "owner-occupied house at the holder's address",
    "dwelling": "contents of the holder's dwelling",
    "person": "the policy holder",
}


TWO_LIVES = "the policy holder and the partner, first death"


def object_text(insures: str) -> str:
    return OBJECTS.get(insures, insures)
