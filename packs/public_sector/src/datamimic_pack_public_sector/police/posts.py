"""Where an officer serves: at an authority that polices the town where he or she works, which is the home town or one near it.

Of the authorities of a town (its own, a numbered station, the county's, the state's) each is as likely as it has officers for
the people of its area, so that over a country each gets as many officers as it has. In a world of so few departments that
none of them polices the town, officers serve at the nearest of those that there are.
"""

from __future__ import annotations

from functools import partial
from typing import Any

import numpy as np
from attrs import frozen

from datamimic import Clock, Data, Draw, Table, World
from datamimic.columns import Floats, Ints
from datamimic_pack_common.places.catchment import Catchment, positions_of
from datamimic_pack_public_sector.areas import COMMUNE, COUNTY, STATE, TOWN, areas_of
from datamimic_pack_public_sector.police.authorities import NUMBERED, Authorities, authorities_of
from datamimic_pack_public_sector.towns import towns_of

DEPARTMENT = "public_sector.police_department"
IN_TOWN = 0.6
"""Of officers, those who work where they live; the others live in one of the towns near by (estimate)."""
REACH = 10.0
"""Kilometres at which a department is an eighth as likely as one next door, where none polices the town."""
PER_OFFICERS = 10
"""There a department of twice as many officers is twice as likely, counted in steps of so many."""
MOST = 40
POLICED = (TOWN, COMMUNE, COUNTY, STATE, NUMBERED)


@frozen(eq=False)
class Posts:
    """Per kind of area, by number of the area: the `first` row of an authority and `count` of them in `rows`; of each authority
    (`rate`) how many officers it has for a person of its area. `near` is what is chosen from where none polices the town."""

    first: dict[int, Ints]
    count: dict[int, Ints]
    rows: Ints
    rate: Floats
    near: Catchment


def department(place: Ints, draw: Draw, data: Data, clock: Clock, world: World) -> Ints:
    """The row of the department of each officer, by the place of the home."""
    posts: Posts = world.memo(("police posts", data.country), partial(_posts, world, data, clock))
    places: Table = data["common.places"]
    towns = towns_of(places)
    near = towns.near[towns.number_of_place[place], draw.integers(0, towns.near.shape[1] - 1, "near")]
    elsewhere = towns.place(near, draw.uniform("postal code"))
    works = np.where(draw.chance(IN_TOWN, "in town"), place, elsewhere)
    which = draw.uniform("which")
    found = np.full((len(POLICED), len(place)), -1, dtype=np.int64)
    pull = np.zeros((len(POLICED), len(place)))
    for at, kind in enumerate(POLICED):
        area = _area(data, clock, kind, works)
        first, count = posts.first[kind][area], posts.count[kind][area]
        some = count > 0
        found[at, some] = posts.rows[first[some] + (which[some] * count[some]).astype(np.int64)]
        pull[at, some] = posts.rate[first[some]]
    ends = np.cumsum(pull, axis=0)
    chosen = (ends < draw.uniform() * ends[-1]).sum(axis=0)
    policed = ends[-1] > 0
    own = found[np.minimum(chosen, len(POLICED) - 1), np.arange(len(place))]
    return np.where(policed, own, posts.near.pick(place, draw.bits("elsewhere")))


def _area(data: Data, clock: Clock, kind: int, place: Ints) -> Ints:
    if kind in (TOWN, NUMBERED):
        return towns_of(data["common.places"]).number_of_place[place]
    return areas_of(data, clock, kind).of_place[place]


def _posts(world: Any, data: Data, clock: Clock) -> Posts:
    known: Authorities = authorities_of(data, clock)
    spec = world.spec(DEPARTMENT)
    rows = np.arange(min(int(world.size(spec)), len(known.kind)), dtype=np.int64)
    departments = world.refer(spec.cls, rows)
    identity, strength = departments.identity, departments.officer_count
    # Authorities of one kind and area stand together.
    order = np.argsort(identity, kind="stable")
    identity, rows, strength = identity[order], rows[order], strength[order]
    kind, area = known.kind[identity], known.area[identity]
    first, count = {}, {}
    for each in POLICED:
        own = np.flatnonzero(kind == each)
        size = int(_area(data, clock, each, np.arange(len(data["common.places"]))).max()) + 1
        count[each] = np.bincount(area[own], minlength=size)
        first[each] = np.zeros(size, dtype=np.int64)
        first[each][area[own][::-1]] = own[::-1]
    people = np.maximum(known.people[identity], 1)
    places: Table = data["common.places"]
    positions = positions_of(places, "former_state_code" if "former_state_code" in places else "state_code")
    times = np.clip(strength // PER_OFFICERS, 1, MOST)
    seats = departments.place[order]
    near = Catchment(positions, np.repeat(rows, times), np.repeat(seats, times), REACH)
    return Posts(first, count, rows, strength / people, near)
