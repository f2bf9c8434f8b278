"""Which school is near: for a child one that has its year, for a teacher one that has the years that he or she teaches."""

from __future__ import annotations

from functools import partial
from typing import Any

import numpy as np
from attrs import frozen

from datamimic import Bits, Data
from datamimic.columns import Ints
from datamimic_pack_common.places.catchment import Catchment, pick_of_kind, positions_of
from datamimic_pack_common.places.spacing import needed
from datamimic_pack_public_sector.offers import Sets, sets_of

INSTITUTION = "public_sector.educational_institution"
YOUNGEST, OLDEST = 5, 18
"""Ages of the pupils of schools, whose years are counted here."""
REACH = 1.5
"""Kilometres at which a school is an eighth as likely as one next door; an estimate: most children go to one nearby."""
PEOPLE = 2_500
"""People for whom a country has a school: 2,570 in the United States (129,069 of 2019/20, NCES Digest, table 105.50) and
in Germany (32,206 general ones of 2021/22, Destatis)."""
LOOKED_AT = 16_384
"""Institutions among which a world's schools are."""
PER_PUPILS = 50
"""A school of twice as many pupils is twice as likely, counted in steps of so many."""
MOST = 40
_BITS = OLDEST + 1


@frozen(eq=False)
class Schools:
    """The schools among a world's institutions: row, position in the places, how likely, and bits for the ages of pupils."""

    rows: Ints
    place: Ints
    pull: Ints
    ages: Ints


def years_of(data: Data) -> Sets:
    """The years of each kind of school, by `school_key`."""
    return sets_of(data["school_grades"], "school_key", "grade", "share")


def near(world: Any, data: Data, place: Ints, age: Ints, bits: Bits) -> Ints:
    """Row numbers of schools near each place, in its state, that pupils of each age attend; where all the world has none for
    the age, one that those a year older do."""
    wanted = np.clip(age, YOUNGEST, OLDEST)
    taken = world.memo(("schools", "ages"), lambda: _ages(_all(world, data)))
    # Children of five start next year where kindergartens are no schools.
    return pick_of_kind(
        partial(_teaching, world, data),
        place,
        np.where(taken[wanted], wanted, wanted + 1),
        bits,
        otherwise=YOUNGEST + 3,
    )


def _ages(schools: Schools) -> Any:
    union = int(np.bitwise_or.reduce(schools.ages)) if len(schools.ages) else 0
    return np.array([bool(union >> age & 1) for age in range(_BITS + 1)])


def _teaching(world: Any, data: Data, age: int) -> Catchment:
    """The schools that pupils of the age attend, no more than people need."""
    places = data["common.places"]

    def build() -> Catchment:
        schools: Schools = _all(world, data)
        own = np.flatnonzero(schools.ages >> age & 1)
        positions = positions_of(places, "former_state_code" if "former_state_code" in places else "state_code")
        own = own[needed(positions, places, schools.place[own], people_of(world) / PEOPLE)]
        times = schools.pull[own]
        return Catchment(positions, np.repeat(schools.rows[own], times), np.repeat(schools.place[own], times), REACH)

    found: Catchment = world.memo(("schools", "near", age), build)
    return found


def people_of(world: Any) -> int:
    """How many people a world has, as far as references may point to them."""
    return int(world.size(world.spec("common.person")))


def _all(world: Any, data: Data) -> Schools:
    def build() -> Schools:
        spec = world.spec(INSTITUTION)
        rows = np.arange(min(int(world.size(spec)), LOOKED_AT), dtype=np.int64)
        found = world.refer(spec.cls, rows)
        years = years_of(data)
        count = (years.items[years.of(found.school_key)] >= 0).sum(axis=1)
        low = data["school_types"].ints("age_from")[found.kind_row]
        high = np.minimum(low + count, OLDEST + 1)
        # Vocational schools and colleges have no years that follow from the age.
        low = np.where(found.isced_level <= 3, np.minimum(np.maximum(low, YOUNGEST), high), high)
        ages = (np.int64(1) << high) - (np.int64(1) << low)
        pull = np.clip(found.student_count // PER_PUPILS, 1, MOST)
        kept = ages > 0
        return Schools(rows[kept], found.place[kept], pull[kept], ages[kept])

    made: Schools = world.memo(("schools", "all"), build)
    return made
