"""Which doctor is asked: one nearby, of the specialty that fits."""

from __future__ import annotations

from functools import partial
from typing import Any

import numpy as np

from datamimic import Bits, Data, Table
from datamimic.columns import Ints
from datamimic_pack_common.places.catchment import Catchment, pick_of_kind, positions_of
from datamimic_pack_healthcare.regions import region_column

CHILD_UNTIL = 18
GENERALISTS = ("Family Medicine", "Internal Medicine")
GENERAL, ANY = -2, -1
"""Stand for specialties: one of the generalists', and whichever."""
REACH = 2.0
"""Kilometres at which a doctor is an eighth as likely as one next door; an estimate: primary care is a few kilometres away."""


def in_use(world: Any, data: Data) -> int:
    """How many doctors a world refers to: as many as asked for, else the country's number for the world's people, and as many
    at least as people need to have one near."""
    spec = world.spec("healthcare.doctor")
    size = int(world.size(spec))
    if "healthcare.doctor" in world.origin.sizes:
        return size
    customs: Table = data["country_customs"]
    own = customs.of_country(data.country)
    people = world.size(world.spec("healthcare.patient"))
    needed = int(people * customs.floats("doctors")[own] / 1000)
    return min(size, max(needed, int(customs.ints("least_doctors")[own])))


def doctors_near(world: Any, data: Data, place: Ints, specialty: Ints, bits: Bits) -> Ints:
    """Row numbers of doctors of each specialty (a row of the table `specialties`, or `GENERAL`) who work near each place, in
    its state, by random bits; where a world has none of the specialty, of any doctor near."""
    return pick_of_kind(partial(_working, world, data), place, specialty, bits, otherwise=ANY)


def primary_specialty(age: Ints, data: Data) -> Ints:
    """The specialty of the doctor whom a patient of this age sees first: a row of the table `specialties`, or `GENERAL`."""
    return np.where(age < CHILD_UNTIL, data["specialties"].position("specialty", "Pediatrics"), GENERAL)


def _working(world: Any, data: Data, specialty: int) -> Catchment:
    """The doctors of the specialty where they work."""
    places: Table = data["common.places"]

    def build() -> Catchment:
        specialties: Ints = world.memo(("doctors", "specialties"), lambda: _specialties(world, data))
        own = np.ones(len(specialties), dtype=np.bool_)
        if specialty == GENERAL:
            names = data["specialties"].columns["specialty"]
            own = np.isin(specialties, [names.index(name) for name in GENERALISTS])
        elif specialty != ANY:
            own = specialties == specialty
        rows = np.flatnonzero(own)
        work = world.refer(world.spec("healthcare.doctor").cls, rows).hospital.place
        return Catchment(positions_of(places, region_column(data)), rows, work, REACH)

    found: Catchment = world.memo(("doctors", "near", specialty), build)
    return found


def _specialties(world: Any, data: Data) -> Ints:
    """The specialty of every doctor in use."""
    rows = np.arange(in_use(world, data), dtype=np.int64)
    found: Ints = world.refer(world.spec("healthcare.doctor").cls, rows).specialty_row
    return found
