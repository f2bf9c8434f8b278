"""What an endorsement tells of a change: only what was changed, before and after."""

from __future__ import annotations

from typing import Any

import numpy as np

from datamimic import Data, Ref, World
from datamimic.columns import Dates, Ints, Masked, Text
from datamimic_pack_insurance.endorsements.adjustment import before
from datamimic_pack_insurance.lives.changes import DRIVER, MILEAGE, SUM, VEHICLE
from datamimic_pack_insurance.policies.term import term_on
from datamimic_pack_insurance.vehicles import vin_of_kind


def term(policy: Any, effective_on: Dates) -> Ints:
    return term_on(policy, effective_on)


def make(change: Any, data: Data) -> Text:
    return data["vehicles"]["make"].take(np.maximum(change.model, 0)).where(change.kind == VEHICLE)


def model(change: Any, data: Data) -> Text:
    return data["vehicles"]["model"].take(np.maximum(change.model, 0)).where(change.kind == VEHICLE)


def model_year(change: Any) -> Masked:
    return np.ma.MaskedArray(change.model_year, change.kind != VEHICLE)


def vin(change: Any, policy: Any, data: Data) -> Text:
    maker = data["markets"].columns["manufacturer_code"][0]
    vehicle = change.kind == VEHICLE
    return vin_of_kind(maker, np.where(vehicle, change.model_year, 2000), policy.rows, change.vin_kind).where(vehicle)


def driver_id(change: Any, world: World) -> Text:
    rows = np.where(change.kind == DRIVER, change.driver, -1)
    return Ref(world, world.spec("common.person"), rows).column("person_id", Text)


def mileage_before(change: Any, policy: Any, place: Ints) -> Masked:
    first = np.ma.filled(policy.risk_profile.annual_mileage, 0)
    return np.ma.MaskedArray(before(policy, place, "annual_mileage", first), change.kind != MILEAGE)


def mileage_after(change: Any) -> Masked:
    return np.ma.MaskedArray(change.annual_mileage, change.kind != MILEAGE)


def sum_before(change: Any, policy: Any, place: Ints) -> Masked:
    return np.ma.MaskedArray(before(policy, place, "sum_insured", policy.assessed_sum), ~of_a_sum(change))


def sum_after(change: Any) -> Masked:
    return np.ma.MaskedArray(change.sum_insured, ~of_a_sum(change))


def of_a_sum(change: Any) -> Any:
    return (change.kind == VEHICLE) | (change.kind == SUM)
