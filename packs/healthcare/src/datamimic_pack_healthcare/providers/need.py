"""How many of a world's doctors its people need, and which: as many as the country has for so many people, and one near.

A world of few people is spread over a whole country. It has a doctor of each specialty in every cell of `SIDE` kilometres in
which one works, and more of them where its people are many enough for more.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from datamimic import Data, Table
from datamimic.columns import Bools, Ints
from datamimic_pack_common.places.catchment import DEGREE, Positions, cosine

SIDE = 10.0
"""Kilometres: within a cell of this side a second doctor brings nobody much nearer."""
PATIENTS = 1_600
"""People for whom a country has a general practitioner: 1,300 to 2,000, as countries count them; an estimate."""
_COLUMNS = 1 << 20


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


def needed(positions: Positions, places: Table, work: Ints, count: float) -> Bools:
    """Which of the doctors who work at these places people need, where all of them together need `count`: of each cell the
    first, and as many more as its share of the people asks for."""
    homes = _cells(positions)
    cells, cell_of_place = np.unique(homes, return_inverse=True)
    people = np.bincount(cell_of_place.ravel(), weights=np.array(places.weights))
    wanted = np.maximum(np.ceil(people / people.sum() * count).astype(np.int64), 1)
    cell = np.searchsorted(cells, homes[work])
    order = np.argsort(cell, kind="stable")
    starts = np.searchsorted(cell[order], np.arange(len(cells)))
    rank = np.empty(len(cell), dtype=np.int64)
    rank[order] = np.arange(len(cell)) - starts[cell[order]]
    return rank < wanted[cell]


def _cells(positions: Positions) -> Ints:
    """Per place the cell of its region in which it lies, as a number."""
    at = positions.of_place
    north = np.floor(positions.latitude * DEGREE / SIDE)
    east = np.floor(positions.longitude * DEGREE * cosine(north * SIDE / DEGREE) / SIDE)
    cell: Ints = (positions.region * _COLUMNS + north.astype(np.int64)) * _COLUMNS + east.astype(np.int64)
    return cell[at]
