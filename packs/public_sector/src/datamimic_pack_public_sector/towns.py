"""Where an institution stands: towns of a state within a range of inhabitants, and the counties they belong to.

`common.places` has a row for each postal code; here a town is drawn first (every town as likely, or by rank of size) and
then one of its postal codes. All results are positions in `common.places`.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from attrs import frozen

from datamimic import Table, Text
from datamimic.columns import Floats, Ints

EVERYWHERE = "*"
"""Stands for a whole country where tables are kept by state."""
NEAR = 10
EAST = 0.7
"""About how much shorter a degree of longitude is than one of latitude."""
_STRIDE = 1_000_000_000


@frozen(eq=False)
class Towns:
    """The towns of a country, those of a state together, from the smallest to the largest.

    The last group holds all towns of the country; `names` and `number_of_place` give the number within the state.
    `near[town]` are the towns of the state that are nearest to a town, itself among them. `first` and `count` say which
    `rows` (positions in the places) a town has.
    """

    states: dict[str, int]
    starts: Ints
    keys: Ints
    first: Ints
    count: Ints
    rows: Ints
    names: dict[tuple[str, str], int]
    number_of_place: Ints
    near: Ints

    def within(self, states: Text, least: Ints, most: Ints) -> tuple[Ints, Ints]:
        """Of each row the range [low, high) of towns of its state with `least` to `most` inhabitants; all of the state where
        there is none."""
        group = self._groups(states)
        low = np.searchsorted(self.keys, group * _STRIDE + least)
        high = np.searchsorted(self.keys, group * _STRIDE + most, side="right")
        none = low >= high
        return np.where(none, self.starts[group], low), np.where(none, self.starts[group + 1], high)

    def by_rank(self, states: Text, rank: Floats) -> Ints:
        """The town at `rank` (0 smallest, 1 largest) of all towns of the state."""
        group = self._groups(states)
        size = self.starts[group + 1] - self.starts[group]
        return self.starts[group] + np.minimum((np.clip(rank, 0, 1) * size).astype(np.int64), size - 1)

    def place(self, town: Ints, uniform: Floats) -> Ints:
        """A place (postal code) of each town."""
        return self.rows[self.first[town] + (uniform * self.count[town]).astype(np.int64)]

    def _groups(self, states: Text) -> Ints:
        if states.codes is None or states.vocabulary is None:
            return np.array([self.states[value or EVERYWHERE] for value in states.tolist()], dtype=np.int64)
        numbers = np.array([self.states.get(value, -1) for value in states.vocabulary.values], dtype=np.int64)
        return numbers[states.codes]


@lru_cache(maxsize=32)
def towns_of(places: Table) -> Towns:
    """The towns of a places table (`city`, `state_code`, `population`)."""
    cities, states = places.columns["city"], places.columns["state_code"]
    population = places.ints("population").tolist()
    rows: dict[tuple[str, str], list[int]] = {}
    # Towns of one name in former provinces that are one today are two towns.
    former = places.columns["former_state_code" if "former_state_code" in places else "state_code"]
    for position, town in enumerate(zip(cities, former, strict=True)):
        rows.setdefault(town, []).append(position)
    state_of = dict(zip(former, states, strict=True))
    groups = {state: number for number, state in enumerate(sorted(set(states)))}
    groups[EVERYWHERE] = len(groups)
    entries = [(groups[state_of[town[1]]], population[own[0]], town, own) for town, own in rows.items()]
    entries += [(groups[EVERYWHERE], inhabitants, town, own) for _, inhabitants, town, own in entries]
    entries.sort(key=lambda entry: (entry[0], entry[1], entry[2]))
    group = np.array([entry[0] for entry in entries], dtype=np.int64)
    count = np.array([len(entry[3]) for entry in entries], dtype=np.int64)
    own = [(number, entry) for number, entry in enumerate(entries) if entry[0] != groups[EVERYWHERE]]
    number_of_place = np.zeros(len(places), dtype=np.int64)
    for number, entry in own:
        number_of_place[entry[3]] = number
    return Towns(
        groups,
        np.searchsorted(group, np.arange(len(groups) + 1)),
        group * _STRIDE + np.array([entry[1] for entry in entries], dtype=np.int64),
        np.cumsum(count) - count,
        count,
        np.array([row for entry in entries for row in entry[3]], dtype=np.int64),
        {entry[2]: number for number, entry in own},
        number_of_place,
        _neighbours(places, group, [entry[3][0] for entry in entries], groups[EVERYWHERE]),
    )


def _neighbours(places: Table, group: Ints, first_place: list[int], everywhere: int) -> Ints:
    """Numbers of the `NEAR` nearest towns of the same state (again and again where it has fewer)."""
    north, east = places.floats("latitude")[first_place], places.floats("longitude")[first_place] * EAST
    near = np.zeros((len(group), NEAR), dtype=np.int64)
    # Towns of one of today's Vietnamese provinces may have been in different ones before July 2025.
    province = places["former_state_code" if "former_state_code" in places else "state_code"].codes
    assert province is not None
    parts = np.where(group < everywhere, province[first_place], -1)
    for part in np.unique(parts[parts >= 0]):
        own = np.flatnonzero(parts == part)
        down, across = north[own][:, None] - north[own], east[own][:, None] - east[own]
        order = np.argsort(down * down + across * across, axis=1, kind="stable")
        near[own] = own[order[:, np.arange(NEAR) % len(own)]]
    return near


@frozen(eq=False)
class Counties:
    """The counties of a country by state and kind: `seat` is the town (of `Towns`) where the offices of each row are."""

    groups: dict[tuple[str, str], int]
    starts: Ints
    order: Ints
    seat: Ints

    def pick(self, states: Text, kinds: Text, uniform: Floats) -> Ints:
        """A row of the counties table with the state and kind of each row; -1 where there is none."""
        state_values = states.vocabulary.values if states.vocabulary else ()
        kind_values = kinds.vocabulary.values if kinds.vocabulary else ()
        table = np.array([[self.groups.get((s, k), -1) for k in kind_values] for s in state_values], dtype=np.int64)
        group = table[states.codes, kinds.codes]
        own = np.maximum(group, 0)
        size = self.starts[own + 1] - self.starts[own]
        found = self.order[self.starts[own] + (uniform * size).astype(np.int64)]
        return np.where(group >= 0, found, -1)


@lru_cache(maxsize=32)
def counties_of(counties: Table, places: Table) -> Counties:
    """The counties of a table (`state_code`, `kind`, `county`, `town`), whose towns the places hold."""
    keys = [*zip(counties.columns["state_code"], counties.columns["kind"], strict=True)]
    distinct = sorted(set(keys))
    numbers = {key: number for number, key in enumerate(distinct)}
    group = np.array([numbers[key] for key in keys], dtype=np.int64)
    order = np.argsort(group, kind="stable")
    towns = towns_of(places)
    seats = zip(counties.columns["town"], counties.columns["state_code"], strict=True)
    return Counties(
        numbers,
        np.searchsorted(group[order], np.arange(len(distinct) + 1)),
        order,
        np.array([towns.names[seat] for seat in seats], dtype=np.int64),
    )


def state_key(table: Table, states: Text) -> Text:
    """The states as the table keeps them: `*` for all of a country with one system."""
    if EVERYWHERE in table.columns["state_code"]:
        return Text.constant(EVERYWHERE, len(states))
    return states
