"""The areas that offices and police serve: communes, counties and states, with their people and where their seats are."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from attrs import frozen

from datamimic import Clock, Data, Table
from datamimic.columns import Floats, Ints
from datamimic_pack_common.places.postal import VIETNAMESE_REFORM

TOWN, COMMUNE, COUNTY, STATE, PART_OF_COUNTY = range(5)
KINDS = {"commune": COMMUNE, "district": COUNTY, "province": STATE, "township": PART_OF_COUNTY}
"""What an office is for, by the stem of its name; a town where the stem is another."""


@frozen(eq=False)
class Areas:
    """Of one kind: `of_place` is the number of each place's area; of each area `people`, the place of its `seat` (the largest
    town's), and which of `rows` (positions in the places) it has."""

    of_place: Ints
    people: Ints
    seat: Ints
    rows: Ints
    starts: Ints
    counts: Ints

    def any_place(self, area: Ints, uniform: Floats) -> Ints:
        return self.rows[self.starts[area] + (uniform * self.counts[area]).astype(np.int64)]


def areas_of(data: Data, clock: Clock, kind: int) -> Areas:
    """The areas of a kind as they are at the clock. Where the places name no communes, a town is one."""
    places: Table = data["common.places"]
    former = "former_state" in places and bool(np.datetime64(clock.date) < VIETNAMESE_REFORM)
    return _areas(places, former, kind)


@lru_cache(maxsize=64)
def _areas(places: Table, former: bool, kind: int) -> Areas:
    state = "former_state_code" if former else "state_code"
    if kind == STATE:
        columns = [state]
    elif kind in (COUNTY, PART_OF_COUNTY):
        columns = ["district", "former_state_code" if "former_state_code" in places else state]
    else:
        columns = ["former_commune" if former else "commune", state] if "commune" in places else ["city", state]
        columns += ["district"] if former else []
    codes = np.stack([places[name].coding()[0].astype(np.int64) for name in columns], axis=1)
    _, number = np.unique(codes, axis=0, return_inverse=True)
    number = number.ravel()
    weights, population = np.array(places.weights), places.ints("population")
    # Viet Nam's provinces have their seat in a city, though a rural district may have more people.
    rural = places["district"].matches(_is_rural)
    order = np.lexsort((-weights, -population, rural, number))
    starts = np.searchsorted(number[order], np.arange(int(number.max()) + 1))
    counts = np.bincount(number)
    people = np.rint(np.add.reduceat(weights[order], starts)).astype(np.int64)
    return Areas(number, np.maximum(people, 1), order[starts], order, starts, counts)


def _is_rural(district: str) -> bool:
    return district.startswith(("Huyện ", "Thị xã "))


def kinds_of(stems: tuple[str, ...]) -> Ints:
    """The kind of area of each row of a table of names."""
    return np.array([KINDS.get(stem, TOWN) for stem in stems], dtype=np.int64)
