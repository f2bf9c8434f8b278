"""Where schools stand: those that need a town of some size in one, colleges and universities in towns that have some."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from attrs import frozen

from datamimic import Alias, Data, Draw, Table
from datamimic.columns import Bools, Ints

TERTIARY = 5
"""The first ISCED level of colleges and universities."""
FORMER = "former_state_code"


def place(drawn_place: Ints, kind_row: Ints, draw: Draw, data: Data) -> Ints:
    """The place that was drawn where schools of the kind may stand in it, or else one of its state where they may."""
    places, kinds = data["common.places"], data["school_types"]
    sites = _sites(places, kinds, data["university_towns"])
    demand = sites.demand_of_kind[kind_row]
    other = draw.pick(sites.alias, sites.group[sites.state[drawn_place], demand])
    return np.where(sites.allowed[demand, drawn_place], drawn_place, other)


@frozen(eq=False)
class Sites:
    """Demands of kinds of schools on a place: whether each place meets them, and groups of places by state and demand."""

    demand_of_kind: Ints
    allowed: Bools
    state: Ints
    group: Ints
    alias: Alias


@lru_cache(maxsize=16)
def _sites(places: Table, kinds: Table, towns: Table) -> Sites:
    states, known = places[FORMER if FORMER in places else "state_code"].coding()
    has = {*zip(towns.columns["city"], towns.columns["state_code"], strict=True)}
    pairs = zip(places.columns["city"], places.columns[FORMER if FORMER in places else "state_code"], strict=True)
    academic = np.array([pair in has for pair in pairs], dtype=np.bool_)
    people = places.ints("population")
    demands = [-1 if isced >= TERTIARY and not town else town for isced, town in
               zip(kinds.ints("isced").tolist(), kinds.ints("town").tolist(), strict=True)]  # fmt: skip
    distinct = sorted(set(demands))
    allowed = np.stack([academic if demand < 0 else people >= demand for demand in distinct])
    weights = np.asarray(places.weights)
    groups = np.zeros((len(known.values), len(distinct)), dtype=np.int64)
    made: list[tuple[list[int], list[float]]] = []
    for state in range(len(known.values)):
        own = np.flatnonzero(states == state)
        for number, demand in enumerate(distinct):
            rows = own[allowed[number, own]]
            if not len(rows):
                # A state without any has them in its largest town.
                rows = own[people[own] == people[own].max()] if demand else own
            groups[state, number] = len(made)
            # A large town has more students, and fewer universities for each.
            pull = weights[rows] / np.sqrt(people[rows]) if demand < 0 else weights[rows]
            made.append((rows.tolist(), pull.tolist()))
    number_of = np.array([distinct.index(demand) for demand in demands], dtype=np.int64)
    return Sites(number_of, allowed, states.astype(np.int64), groups, Alias.build(made))
