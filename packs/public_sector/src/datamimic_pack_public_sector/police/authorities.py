"""The police authorities of a country: one for each area that has its own, and how many officers serve there.

A row of `police_department` is one of them. Rows are distinct authorities until each has had its turn; after that they come
again, with the same facts, since everything about an authority is drawn at its number.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from attrs import frozen

from datamimic import Clock, Data, Draw, Permutation, Table
from datamimic.columns import Ints
from datamimic_pack_public_sector.areas import COMMUNE, COUNTY, STATE, TOWN, Areas, areas_of
from datamimic_pack_public_sector.identity import at
from datamimic_pack_public_sector.towns import EVERYWHERE, towns_of

NUMBERED = 5
"""Stations of a city that are told apart by their number."""
KINDS = {
    "city": TOWN, "of_city": TOWN, "commune": COMMUNE, "district": COUNTY, "province": STATE, "state": STATE, "none": STATE,
    "number": NUMBERED,
}  # fmt: skip
"""Which areas have an authority of their own, by the stem of its name."""
PER_STATION = 90_000
"""Inhabitants for each numbered station of a city: Berlin has 36 for 3.4 million, Hamburg 24 for 1.9 million."""
LEAST, MOST = 0.4, 2.0
"""How far the strength of an authority may be from what is usual for its people."""
_STRIDE = 1 << 24


@frozen(eq=False)
class Authorities:
    """Of each authority: the `kind` of area, the number `area` among those of its kind (of a town for numbered stations),
    its `people`, the `number` that tells it from others of its city (0: none), and the `row` of `police_strengths`.

    `published` is the number of officers where a table has it, else 0. `types` are rows of `police_department_types` in the
    order of `size_keys`; those of authority `i` start at `group[i] * _STRIDE`.
    """

    kind: Ints
    area: Ints
    people: Ints
    number: Ints
    row: Ints
    published: Ints
    group: Ints
    types: Ints
    size_keys: Ints

    def smallest(self, authority: Ints) -> Ints:
        """The fewest officers that one of its kind and state has."""
        first = self.group[authority] * _STRIDE
        return self.size_keys[np.searchsorted(self.size_keys, first)] - first

    def type_of(self, authority: Ints, officers: Ints) -> Ints:
        """The row of `police_department_types` for authorities with so many officers, `smallest` or more."""
        return self.types[np.searchsorted(self.size_keys, self.group[authority] * _STRIDE + officers, side="right") - 1]


def identity(rows: Ints, draw: Draw, data: Data, clock: Clock) -> Ints:
    """The authority of each row: all of the country in an order that the seed says, and then again."""
    size = len(authorities_of(data, clock).kind)
    return Permutation(size, draw.address.labelled("order")).forward(rows % size)


def strength(identity: Ints, draw: Draw, data: Data, clock: Clock) -> Ints:
    """Officers for the people of the area, more in one than in another; as published where they are."""
    known, table = authorities_of(data, clock), data["police_strengths"]
    row = known.row[identity]
    relative = np.clip(1 + table.floats("spread")[row] * at(draw, identity).normal("strength"), LEAST, MOST)
    usual = known.people[identity] * table.floats("per_1000")[row] / 1_000
    count = np.rint(usual * relative).astype(np.int64)
    count = np.clip(count, table.ints("least")[row], table.ints("most")[row])
    published = known.published[identity]
    return np.maximum(np.where(published > 0, published, count), known.smallest(identity))


def place(identity: Ints, draw: Draw, data: Data, clock: Clock) -> Ints:
    """A postal code of the town, or of the seat of a larger area."""
    known, places = authorities_of(data, clock), data["common.places"]
    kind, area = known.kind[identity], known.area[identity]
    in_town = (kind == TOWN) | (kind == NUMBERED)
    found = towns_of(places).place(np.where(in_town, area, 0), at(draw, identity).uniform("postal code"))
    for each in np.unique(kind[~in_town]).tolist():
        own = kind == each
        found[own] = areas_of(data, clock, each).seat[area[own]]
    return found


def type_row(identity: Ints, officer_count: Ints, data: Data, clock: Clock) -> Ints:
    """What an authority of the kind and size is in its state at the clock's date."""
    return authorities_of(data, clock).type_of(identity, officer_count)


def authorities_of(data: Data, clock: Clock) -> Authorities:
    """The authorities that there are at the clock's date."""
    types: Table = data["police_department_types"]
    day = int(str(clock.date).replace("-", ""))
    since = max(each for each in types.ints("valid_from").tolist() if each <= day)
    places: Table = data["common.places"]
    wide = tuple(areas_of(data, clock, kind) for kind in (COMMUNE, COUNTY, STATE))
    officers: dict[str, int] = {}
    if "state_police" in data:
        table: Table = data["state_police"]
        officers = dict(zip(table.columns["state_code"], table.ints("officers").tolist(), strict=True))
    return _authorities(places, types, data["police_strengths"], tuple(officers.items()), since, wide)


@lru_cache(maxsize=16)
def _authorities(
    places: Table, types: Table, strengths: Table, published: tuple[tuple[str, int], ...], since: int, wide: tuple[Areas, ...]
) -> Authorities:  # fmt: skip
    groups, rows, size_keys = _groups(types, since)
    towns = towns_of(places)
    count = int(towns.number_of_place.max()) + 1
    first = towns.rows[towns.first[:count]]
    inhabitants = places.ints("population")[first]
    seats = {TOWN: first, NUMBERED: first} | {
        kind: each.seat for kind, each in zip((COMMUNE, COUNTY, STATE), wide, strict=True)
    }
    people = {TOWN: inhabitants, NUMBERED: inhabitants} | {
        kind: each.people for kind, each in zip((COMMUNE, COUNTY, STATE), wide, strict=True)
    }
    states, districts = places.columns["state_code"], places.columns["district"]
    everywhere = EVERYWHERE in types.columns["state_code"]
    rates = _rates(strengths)
    officers = dict(published)
    found: list[tuple[int, int, int, int, int, int, int]] = []
    last: dict[str, int] = {}
    for kind in sorted({kind for _, kind in groups}):
        for area, (seat, inhabited) in enumerate(zip(seats[kind].tolist(), people[kind].tolist(), strict=True)):
            group = groups.get((EVERYWHERE if everywhere else states[seat], kind))
            if group is None or (kind == COUNTY and not districts[seat]):
                continue
            stations = max(1, round(inhabited / PER_STATION)) if kind == NUMBERED else 1
            row = max((known for known in rates[kind] if known[0] <= inhabited // stations), default=None)
            if row is None:
                continue
            own = officers.get(states[seat], 0) if kind == STATE else 0
            for _ in range(stations):
                called = last[states[seat]] = last.get(states[seat], 0) + 1 if kind == NUMBERED else 0
                found.append((kind, area, inhabited // stations, called, row[1], own, group))
    kinds, numbers, people_of, number, row_of, own_officers, group_of = np.array(found, dtype=np.int64).T.copy()
    return Authorities(kinds, numbers, people_of, number, row_of, own_officers, group_of, rows, size_keys)


def _groups(types: Table, since: int) -> tuple[dict[tuple[str, int], int], Ints, Ints]:
    """A number for each state and kind of area; the rows of the types in force and their keys, both in ascending order."""
    numbers: dict[tuple[str, int], int] = {}
    keyed: list[tuple[int, int]] = []
    columns = zip(types.columns["state_code"], types.columns["stem"], strict=True)
    for row, (state, stem) in enumerate(columns):
        if types.ints("valid_from")[row] == since:
            group = numbers.setdefault((state, KINDS[stem]), len(numbers))
            keyed.append((group * _STRIDE + int(types.ints("size_from")[row]), row))
    keyed.sort()
    return (
        numbers,
        np.array([row for _, row in keyed], dtype=np.int64),
        np.array([key for key, _ in keyed], dtype=np.int64),
    )


def _rates(strengths: Table) -> dict[int, list[tuple[int, int]]]:
    """(inhabitants from, row) of the strengths of each kind of area; areas with fewer inhabitants have no authority."""
    found: dict[int, list[tuple[int, int]]] = {}
    for row, (stem, least) in enumerate(
        zip(strengths.columns["stem"], strengths.ints("people_from").tolist(), strict=True)
    ):
        found.setdefault(KINDS[stem], []).append((least, row))
    return found
