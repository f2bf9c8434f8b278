"""How many of a world's doctors its people need, and which: as many as the country has for so many people, and one near.

A world of few people is spread over a whole country. It has a doctor of each specialty in every cell of some kilometres in
which one works, and more of them where its people are many enough for more (`datamimic_pack_common.places.spacing`).
"""

from __future__ import annotations

from typing import Any

from datamimic import Data, Table
from datamimic.columns import Ints

PATIENTS = 1_600
"""People for whom a country has a general practitioner: 1,300 to 2,000, as countries count them; an estimate."""


def people_of(world: Any) -> int:
    """How many people a world has, as far as references may point to them."""
    return int(max(world.size(world.spec("common.person")), world.size(world.spec("healthcare.patient"))))


def doctors_per_person(data: Data) -> float:
    """Of all specialties."""
    customs: Table = data["country_customs"]
    return float(customs.floats("doctors")[customs.of_country(data.country)]) / 1000


def share_of(specialties: Ints, data: Data) -> float:
    """The share of these specialties (rows of the table) among doctors."""
    weights = data["specialties"].floats("weight")
    return float(weights[specialties].sum() / weights.sum())
