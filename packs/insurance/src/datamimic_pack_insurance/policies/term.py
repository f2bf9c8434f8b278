"""Who insures what, from when to when, and how the contract stands."""

from __future__ import annotations

from typing import Any

import numpy as np

from datamimic import Clock, Data, Draw, to_utc
from datamimic.columns import Dates, Ints, Masked, Struct, Text, join, select, where
from datamimic_pack_insurance.months import add_months, birthday, days_between, first_of_year, plus_days, year_of
from datamimic_pack_insurance.vehicles import vin

EARLIEST = 42
"""Days before its start at which a contract may be made."""
STATUSES = ("pending", "active", "expired", "cancelled")


def policy_holder(risk_profile: Any) -> Ints:
    return risk_profile.insured.rows


def product(risk_profile: Any) -> Ints:
    return risk_profile.product.rows


def company(product: Any) -> Ints:
    return product.company.rows


def term_months(risk_profile: Any, draw: Draw, data: Data) -> Ints:
    table = data["policy_terms"]
    picked = draw.pick(table.by("product_code", "issue_age_from"), risk_profile.product_code, risk_profile.age)
    return table.ints("term_months")[picked]


def end_date(start_date: Dates, term_months: Ints, risk_profile: Any) -> Dates:
    """The term's end, or the next 1 January for what runs with the calendar year."""
    return np.where(
        risk_profile.calendar_year, first_of_year(year_of(start_date) + 1), add_months(start_date, term_months)
    )


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


def cancellation_date(
    start_date: Dates, end_date: Dates, risk_profile: Any, draw: Draw, data: Data, clock: Clock
) -> Masked:
    share = data["products"].floats("cancelled_share")[risk_profile.product_row]
    days = days_between(start_date, end_date)
    after = 1 + np.floor((days - 1) * draw.uniform("when")).astype(np.int64)
    day = plus_days(start_date, after)
    return np.ma.MaskedArray(day, ~draw.chance(share, "whether") | (day > clock.date))


def cancellation_reason(cancellation_date: Masked, product: Any, draw: Draw, data: Data) -> Text:
    table = data["cancellation_reasons"]
    picked = draw.pick(table.by("insures"), product.insures)
    return table["cancellation_reason"].take(picked).where(~np.ma.getmaskarray(cancellation_date))


def status(start_date: Dates, end_date: Dates, cancellation_date: Masked, now: Dates) -> Text:
    state = np.where(start_date > now, 0, np.where(end_date > now, 1, 2))
    cancelled = ~np.ma.getmaskarray(cancellation_date) & (np.ma.getdata(cancellation_date) <= now)
    return select(np.where(cancelled, 3, state), STATUSES)


def insured_object(product: Any, risk_profile: Any, start_date: Dates, rows: Ints, draw: Draw, data: Data) -> Struct:
    models = data["vehicles"]
    chosen = risk_profile.vehicle
    vehicle = chosen.model >= 0
    model = np.maximum(chosen.model, 0)
    make, name = models["make"].take(model), models["model"].take(model)
    year = year_of(start_date) - np.maximum(chosen.age, 0)
    maker = data["markets"].columns["manufacturer_code"][0]
    other = product.insures.map(object_text)
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
            "vin": vin(maker, year, rows, draw).where(vehicle),
            "value": risk_profile.sum_insured,
        }
    )


OBJECTS = {
    "house": "owner-occupied house at the holder's address",
    "dwelling": "contents of the holder's dwelling",
    "person": "the policy holder",
}


def object_text(insures: str) -> str:
    return OBJECTS.get(insures, insures)
