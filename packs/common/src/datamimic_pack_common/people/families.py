"""Children who live with their parents: rows of people, found from the parent by arithmetic."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np
from attrs import frozen

from datamimic import Ref, Table, positions
from datamimic.columns import Ints

GROWN, TRAINED = 18, 25
"""Children depend on their parents below the first age, students below the second."""


@frozen(eq=False)
class Offspring:
    """Of each row of the table of members, places within the household of his or her children: `places[starts[row]]` and the
    `counts[row] - 1` that follow; `own` is the place of the row itself."""

    starts: Ints
    counts: Ints
    places: Ints
    own: Ints


@lru_cache(maxsize=16)
def offspring_of(members: Table) -> Offspring:
    """Read once per country from the table `household_members`."""
    first: dict[str, int] = {}
    own = np.array([row - first.setdefault(key, row) for row, key in enumerate(members.columns["template"])])
    begins = np.arange(len(own)) - own
    found = sorted(
        {
            (int(begins[row] + parent), int(own[row]))
            for column in ("mother", "father")
            for row, parent in enumerate(members.ints(column).tolist())
            if parent >= 0
        }
    )
    rows = np.array([row for row, _ in found], dtype=np.int64)
    counts = np.bincount(rows, minlength=len(own)).astype(np.int64)
    places = np.array([place for _, place in found], dtype=np.int64)
    return Offspring(np.cumsum(counts) - counts, counts, places, own)


def children_at_home(people: Ref, members: Table) -> tuple[Ints, Ints]:
    """How many children of each of these people live in the same household, and their rows, one after the other; none of
    nobody, and none of people of a population of their own. `members` is the country's table `household_members`."""
    offspring = offspring_of(members)
    member: Ints = people.column("member")
    known = ~people.is_null() & (member >= 0)
    row = np.where(known, member, 0)
    counts = np.where(known, offspring.counts[row], 0)
    parent = np.repeat(np.arange(len(row)), counts)
    place = offspring.places[offspring.starts[row][parent] + positions(counts)]
    return counts, people.rows[parent] - offspring.own[row][parent] + place


def dependants_at_home(people: Ref, members: Table, world: Any) -> tuple[Ints, Ints]:
    """The same, of those children only who are not of age, or are students of up to 24 years."""
    counts, rows = children_at_home(people, members)
    children = world.refer("common.person", rows)
    age: Ints = children.age
    depends = age < GROWN
    young = np.flatnonzero((age >= GROWN) & (age < TRAINED))
    if len(young):
        depends[young] = world.refer("common.person", rows[young]).employment == "student"
    parent = np.repeat(np.arange(len(counts)), counts)
    return np.bincount(parent[depends], minlength=len(counts)).astype(np.int64), rows[depends]
