"""Changes of contracts within their terms: another vehicle, mileage or sum insured, a driver more; and what was so on a day."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import numpy as np
from attrs import frozen

from datamimic import Data, Draw, record
from datamimic.columns import Dates, Floats, Ints, Lists, Struct, Text, numbered, ordered
from datamimic_pack_insurance.lives.change_numbers import days
from datamimic_pack_insurance.lives.risk import Risk
from datamimic_pack_insurance.months import days_between, year_of
from datamimic_pack_insurance.timelines import up_to
from datamimic_pack_insurance.vehicles import KINDS as KINDS_OF_VIN

KINDS = ("vehicle replaced", "mileage changed", "driver added", "sum insured changed")
VEHICLE, MILEAGE, DRIVER, SUM = range(4)


@record
class Change:
    """A change and what is so from its day on: row of `vehicles` and model year (-1 for none), number that the vehicle's VIN
    is made of, sum insured, yearly mileage, row of the driver among people (-1 for none), and what the risk is of that on the
    first day of cover."""

    kind: int
    day: date
    model: int
    model_year: int
    vin_kind: int
    sum_insured: Decimal
    annual_mileage: int
    driver: int
    risk: float


FIELDS = ("model", "model_year", "sum_insured", "annual_mileage", "driver")


@frozen(eq=False)
class Assessed:
    """What was insured on the first day of cover: a column for each of `FIELDS`."""

    columns: dict[str, Ints]

    @classmethod
    def of(cls, risk_profile: Any, start_date: Dates) -> Assessed:
        vehicle = risk_profile.vehicle
        there = vehicle.model >= 0
        return cls(
            {
                "model": np.asarray(vehicle.model, dtype=np.int64),
                "model_year": np.where(there, year_of(start_date) - np.maximum(vehicle.age, 0), -1),
                "sum_insured": np.ma.filled(risk_profile.sum_insured, 0).astype(np.int64),
                "annual_mileage": np.ma.filled(risk_profile.annual_mileage, 0).astype(np.int64),
                "driver": np.full(len(start_date), -1, dtype=np.int64),
            }
        )


def changes(
    drawn_changes: Struct,
    change_count: Ints,
    start_date: Dates,
    at_risk_from: Dates,
    period_months: Ints,
    calendar_year: Any,
    product_row: Ints,
    product_code: Text,
    risk_profile: Any,
    policy_holder: Any,
    draw: Draw,
    data: Data,
) -> Lists:
    rates, insures = data["endorsement_rates"], data["products"]["insures"].take(product_row)
    counts, span = change_count, drawn_changes.span
    own = np.repeat(np.arange(len(counts)), counts)
    each = draw.items(counts, "each")
    day = days(own, each.uniform("day"), span, at_risk_from, start_date, period_months, calendar_year)
    order = ordered(own, days_between("1970-01-01", day))
    kind = rates.ints("kind")[each.pick(rates.by("insures"), insures.take(own), label="kind")]
    people = policy_holder.person
    partner = np.where(people.is_null(), -1, people.column("partner").rows)
    risk = Risk.of(risk_profile, policy_holder, product_code, data)
    state = follow(
        Assessed.of(risk_profile, start_date), counts, kind, day[order], each, partner, product_row, product_code, data
    )
    return Lists(
        counts,
        Struct(
            {
                **state, "day": day[order], "vin_kind": each.integers(0, KINDS_OF_VIN - 1, "vin"),
                "risk": risk.relative(own, state["sum_insured"], state["annual_mileage"], state["driver"], day[order]),
            }
        ),
    )  # fmt: skip


def changed_on(changes: Lists) -> Lists:
    return Lists(changes.lengths, changes.values.day)


def follow(
    assessed: Assessed, counts: Ints, kind: Ints, day: Dates, each: Draw, partner: Ints, product_row: Ints,
    product_code: Text, data: Data,
) -> dict[str, Ints]:  # fmt: skip
    """What is so after each change, and its kind: one after the other, each from what the one before left."""
    first = np.cumsum(counts) - counts
    now = {name: np.array(column) for name, column in assessed.columns.items()}
    after = {name: np.zeros(len(kind), dtype=np.int64) for name in (*FIELDS, "kind")}
    for place in range(int(counts.max(initial=0))):
        policy = np.flatnonzero(counts > place)
        at = first[policy] + place
        made = kind[at]
        made = np.where((made == DRIVER) & ((partner[policy] < 0) | (now["driver"][policy] >= 0)), MILEAGE, made)
        after["kind"][at] = made
        draw = each.take(at)
        new = np.flatnonzero(made == VEHICLE)
        if len(new):
            own, year = policy[new], year_of(day[at[new]])
            oldest = np.maximum(year - now["model_year"][own] - 1, 0)
            model, years, value = another_vehicle(
                draw.take(new), product_row[own], product_code.take(own), oldest, data
            )
            now["model"][own], now["model_year"][own], now["sum_insured"][own] = model, year - years, value * 100
        new = np.flatnonzero(made == MILEAGE)
        now["annual_mileage"][policy[new]] = another_mileage(draw.take(new), now["annual_mileage"][policy[new]], data)
        new = np.flatnonzero(made == DRIVER)
        now["driver"][policy[new]] = partner[policy[new]]
        new = np.flatnonzero(made == SUM)
        now["sum_insured"][policy[new]] = another_sum(
            draw.take(new), now["sum_insured"][policy[new]], product_row[policy[new]], data
        )
        for name in FIELDS:
            after[name][at] = now[name][policy]
    return after


def another_vehicle(
    draw: Draw, product_row: Ints, product_code: Text, oldest: Ints, data: Data
) -> tuple[Ints, Ints, Ints]:
    """(row of `vehicles`, its age, its value in whole units): as old as insured vehicles are, but newer than the one before."""
    models, ages = data["vehicles"], data["vehicle_ages"]
    model = draw.pick(models.by("insures"), data["products"]["insures"].take(product_row), label="model")
    age = np.minimum(ages.ints("vehicle_age")[draw.pick(ages.by("product_code"), product_code, label="age")], oldest)
    value = models.ints("price_new")[model] * data["vehicle_values"].ints("percent")[age] // 100
    return model, age, value


def another_mileage(draw: Draw, before: Ints, data: Data) -> Ints:
    table = data["annual_mileages"]
    distance = table.ints("annual_mileage")
    row = draw.pick(table, label="mileage")
    return np.where(distance[row] == before, distance[(row + 1) % len(distance)], distance[row])


def another_sum(draw: Draw, before: Ints, product_row: Ints, data: Data) -> Ints:
    """The next of the product's sums, mostly the higher one."""
    table = data["sums_insured"]
    owner = data["products"].lookup("product_code", table["product_code"])
    sums = table.ints("sum_insured") * 100
    order = np.lexsort((sums, owner))
    keys = owner[order] * SCALE + sums[order]
    at = np.searchsorted(keys, product_row * SCALE + before)
    low, high = np.searchsorted(owner[order], product_row), np.searchsorted(owner[order], product_row, side="right") - 1
    up = (draw.chance(0.8, "up") & (at < high)) | (at <= low)
    return sums[order][np.clip(np.where(up, at + 1, at - 1), low, high)]


SCALE = 1 << 44
"""More hundredths than any sum insured."""


def standing(changes: Lists, own: Ints, day: Dates, name: str, before: Any) -> Any:
    """A field of the last change up to each day, of the policy `own` of those whose changes these are; else `before`."""
    at = up_to(changes, changes.values.day, own, day) - 1
    some = at >= changes.offsets[own]
    column = changes.values.columns[name]
    return np.where(some, np.append(column, 0)[np.where(some, at, -1)], before)


def replaced(changes: Lists) -> Lists:
    """Those of them that are of another vehicle."""
    return changes.only(changes.values.kind == VEHICLE)


def sum_on(policy: Any, day: Dates) -> Ints:
    """The sum insured of each policy on a day."""
    rows, own = numbered(policy.rows)
    policies = policy.world.refer("insurance.insurance_policy", rows)
    return np.asarray(standing(policies.changes, own, day, "sum_insured", policies.assessed_sum[own]), dtype=np.int64)


def risk_on(policy: Any, day: Dates) -> Floats:
    """What changes up to a day have made of the risk, 1 without any."""
    rows, own = numbered(policy.rows)
    policies = policy.world.refer("insurance.insurance_policy", rows)
    return np.asarray(standing(policies.changes, own, day, "risk", 1.0), dtype=np.float64)
