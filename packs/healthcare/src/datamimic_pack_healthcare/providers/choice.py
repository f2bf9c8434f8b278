"""Which doctor is asked: one nearby, of the specialty that fits, and never the patient."""

from __future__ import annotations

from functools import partial
from typing import Any

import numpy as np

from datamimic import Bits, Data, Table, holders_among
from datamimic.columns import Ints
from datamimic.errors import InvalidOption
from datamimic_pack_common.places.catchment import Catchment, pick_of_kind, positions_of
from datamimic_pack_common.places.spacing import needed
from datamimic_pack_healthcare.providers.need import PATIENTS, doctors_per_person, people_of, share_of
from datamimic_pack_healthcare.regions import region_column

CHILD_UNTIL = 18
GENERALISTS = ("Family Medicine", "Internal Medicine")
GENERAL, ANY = -2, -1
"""Stand for specialties: one of the generalists', and whichever."""
REACH = 2.0
"""Kilometres at which a doctor is an eighth as likely as one next door; an estimate: primary care is a few kilometres away."""


DOCTOR, PERSON = "healthcare.doctor", "common.person"
LEAST = 2
"""A doctor needs another one."""


def in_use(world: Any, data: Data) -> int:
    """From how many doctors people choose: as many as asked for; else those among so many people, where it is asked for people;
    else the country's number for the world's people, and as many at least as people need to have one near.

    Raises `InvalidOption` (`too_few_rows`) for fewer than two."""
    doctors, people = (world.origin.sizes.get(path) for path in (DOCTOR, PERSON))
    if doctors is not None:
        return _enough(world, DOCTOR, int(doctors), int(doctors))
    among = None if people is None else holders_among(world, DOCTOR, people)
    if people is not None and among is not None:
        return _enough(world, PERSON, int(people), among)
    customs: Table = data["country_customs"]
    least = int(customs.ints("least_doctors")[customs.of_country(data.country)])
    return min(int(world.size(world.spec(DOCTOR))), max(int(people_of(world) * doctors_per_person(data)), least))


def _enough(world: Any, path: str, asked: int, doctors: int) -> int:
    """The number of doctors that so many rows of the entity make, if it is enough."""
    if doctors >= LEAST:
        return doctors
    least = asked
    while path == PERSON and (holders_among(world, DOCTOR, least) or 0) < LEAST:
        least += 1
    least = LEAST if path == DOCTOR else least
    raise InvalidOption(
        "too_few_rows",
        f"{path}={asked} is too few for {world.locale.country}: {least} are the least, with {LEAST} doctors, so that "
        "nobody is his or her own",
        hint=f"ask for {path}={least} or more, or leave {path} out: then only the rows that are referred to are written",
        path=f"$.sizes.{path}",
        details={"entity": path, "rows": asked, "least": least},
    )


def doctors_near(world: Any, data: Data, place: Ints, specialty: Ints, bits: Bits, self: Ints) -> Ints:
    """Row numbers of doctors of each specialty (a row of the table `specialties`, or `GENERAL`) who work near each place, in
    its state, by random bits; where a world has none of the specialty, of any doctor near. `self` are the doctors who the
    patients are themselves, -1 for those who are none: nobody is his or her own doctor."""
    found = pick_of_kind(partial(_working, world, data), place, specialty, bits, otherwise=ANY)
    own = np.flatnonzero((found == self) & (self >= 0))
    if len(own):
        found[own] = _others(world, data, specialty[own].tolist(), self[own].tolist())
    return found


def _others(world: Any, data: Data, specialties: list[int], doctors: list[int]) -> Ints:
    """For each doctor another one of the region, of the specialty if there is one: neighbours in a catchment are near."""
    pairs = list(zip(specialties, doctors, strict=True))
    found = _of_the_region(world, [[doctor, *_beside(world, data, own, doctor)] for own, doctor in pairs])
    # Where all doctors work is worked out for those alone who need it.
    for at in np.flatnonzero(found < 0).tolist():
        specialty, doctor = pairs[at]
        beside = [*_beside(world, data, specialty, doctor), *_beside(world, data, ANY, doctor)]
        beside += [(doctor + 1) % in_use(world, data)] if len(beside) < 4 else []
        near = int(_of_the_region(world, [[doctor, *beside]])[0])
        found[at] = near if near >= 0 else beside[0]
    return found


def _of_the_region(world: Any, rows: list[list[int]]) -> Ints:
    """Of doctors, each followed by others, the first of the others who is of the doctor's region; -1 where nobody is."""
    lengths = [len(each) for each in rows]
    codes, _ = world.refer(world.spec(DOCTOR).cls, np.array([row for each in rows for row in each])).region.coding()
    regions = np.split(codes, np.cumsum(lengths)[:-1])
    near = [np.flatnonzero(of[1:] == of[0]) for of in regions]
    return np.array([own[1 + at[0]] if len(at) else -1 for own, at in zip(rows, near, strict=True)], dtype=np.int64)


def _beside(world: Any, data: Data, kind: int, doctor: int) -> list[int]:
    """The next of the specialty and the one before; nobody where there is nobody else."""
    rows = _working(world, data, kind).rows
    if len(rows) > 1 and (own := np.flatnonzero(rows == doctor)).size:
        at = int(own[0])
        return [int(rows[(at + 1) % len(rows)]), int(rows[at - 1])]
    return []


def primary_specialty(age: Ints, data: Data) -> Ints:
    """The specialty of the doctor whom a patient of this age sees first: a row of the table `specialties`, or `GENERAL`."""
    return np.where(age < CHILD_UNTIL, data["specialties"].position("specialty", "Pediatrics"), GENERAL)


def _working(world: Any, data: Data, specialty: int) -> Catchment:
    """The doctors of the specialty where they work, no more than people need."""
    places: Table = data["common.places"]

    def build() -> Catchment:
        specialties: Ints = world.memo(("doctors", "specialties"), lambda: _specialties(world, data))
        people = people_of(world)
        if specialty == GENERAL:
            own, count = np.isin(specialties, _generalists(data)), people / PATIENTS
        elif specialty == ANY:
            own, count = np.ones(len(specialties), dtype=np.bool_), people * doctors_per_person(data)
        else:
            own = specialties == specialty
            count = people * doctors_per_person(data) * share_of(np.array([specialty]), data)
        rows = np.flatnonzero(own)
        work = world.refer(world.spec(DOCTOR).cls, rows).hospital.place
        positions = positions_of(places, region_column(data))
        kept = needed(positions, places, work, count)
        return Catchment(positions, rows[kept], work[kept], REACH)

    found: Catchment = world.memo(("doctors", "near", specialty), build)
    return found


def _generalists(data: Data) -> Ints:
    names = data["specialties"].columns["specialty"]
    return np.array([names.index(name) for name in GENERALISTS], dtype=np.int64)


def _specialties(world: Any, data: Data) -> Ints:
    """The specialty of every doctor in use."""
    rows = np.arange(in_use(world, data), dtype=np.int64)
    found: Ints = world.refer(world.spec(DOCTOR).cls, rows).specialty_row
    return found
