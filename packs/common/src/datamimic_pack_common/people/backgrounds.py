"""Foreigners, those born abroad and their children: which background somebody has, where it began and what follows from it."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from datamimic import Data, Draw, Locale, ParentRef, Table, Text, World
from datamimic.columns import Bools, Floats, Ints, Vocabulary, overlaid
from datamimic_pack_common.demographics.population import HIGHEST_AGE
from datamimic_pack_common.people import kinship, roots

NONE, FOREIGN_NAME, ABROAD, STEP = 0, 1, 2, 4
"""A descent is 0 for who has no background abroad; else a row of `origin_kinds` and what holds, in one number:
(row + 1) * STEP + ABROAD of those born abroad + FOREIGN_NAME of those with a given name of the background."""


def rows_of_kinds(descent: Ints) -> Ints:
    """Rows of `origin_kinds`, of those who have a background."""
    return (descent >> 2) - 1


@frozen(eq=False)
class Areas:
    """Where backgrounds are how frequent, as the table `origins` of a country says."""

    first_cell: Ints
    """Per row of the table of places the first cell of its area: a cell is an area and a band of ages."""
    ages: Ints
    """From which age of the head of the household on the bands begin."""
    below: NDArray[np.uint64]
    """Per cell: who has a background are those whose 64 random bits are a number below."""
    drawn: Table
    """The table without those who have none; `cell` is area and age."""
    cells: Vocabulary
    kind: Ints
    """Per row of `drawn` the row of `origin_kinds`."""
    abroad: Floats
    """Per row of `origin_kinds` and year of age, one kind after the other, the share born abroad."""

    @classmethod
    def of(cls, data: Data) -> Areas:
        return _of(data["origins"], data["places"], data["origin_kinds"], data["origin_generations"])

    def bands(self, age: Ints) -> Ints:
        return np.searchsorted(self.ages, age, side="right") - 1


@lru_cache(maxsize=16)  # worlds are many, and the tables of a country the same in all of them
def _of(table: Table, places: Table, kinds: Table, generations: Table) -> Areas:
    areas = table.columns["area"]
    names = list(dict.fromkeys(areas))
    number = {name: place for place, name in enumerate(names)}
    towns = [
        number.get(f"{state}:{city}", number.get(state, 0))
        for state, city in zip(places.columns["state_code"], places.columns["city"], strict=True)
    ]
    ages = np.unique(table.ints("age_from"))
    cell = np.array([number[area] for area in areas]) * len(ages)
    cell += np.searchsorted(ages, table.ints("age_from"))
    weights, settled = table.floats("weight"), table["origin"] == ""
    whole = np.bincount(cell, weights)
    own = np.bincount(cell, np.where(settled, weights, 0.0))
    kept = np.flatnonzero(~settled)
    number_of_cell = [str(each) for each in cell[kept].tolist()]
    cells = Vocabulary([str(each) for each in range(len(names) * len(ages))])
    columns = {name: [*map(table.columns[name].__getitem__, kept.tolist())] for name in ("origin", "weight")}
    drawn = Table(table.name, {"cell": number_of_cell, **columns}, file=table.file, country=table.country)
    years = np.unique(generations.ints("age_from"))
    band = np.searchsorted(years, np.arange(HIGHEST_AGE + 1), side="right") - 1
    abroad = generations.floats("born_abroad").reshape(len(kinds), len(years))[:, band].ravel()
    first = np.array(towns, dtype=np.int64) * len(ages)
    below = ((1 - own / whole) * 2**53).astype(np.uint64) << np.uint64(11)
    return Areas(first, ages, below, drawn, cells, kinds.lookup("origin", drawn["origin"]), abroad)


def _areas(world: World, data: Data) -> Areas:
    made: Areas = world.memo(("areas of origins", data.country), lambda: Areas.of(data))
    return made


def _bands(world: World, data: Data, ages: str) -> Ints:
    """Per row of the table of members the band of one of the ages in `Roots`."""
    made: Ints = world.memo(
        ("bands of origins", data.country, ages),
        lambda: _areas(world, data).bands(getattr(roots.of_members(world, data), ages)),
    )
    return made


def drawn(draw: Draw, root: Ints, place: Ints, band: Ints, areas: Areas) -> tuple[Ints, Ints]:
    """Which roots have a background, and which row of `origin_kinds` it is."""
    own = roots.of_root(draw, root)
    cell = areas.first_cell.take(place) + band
    at = np.flatnonzero(own.bits("has one") < areas.below.take(cell))
    if not len(at):
        return at, at
    cells = Text.coded(cell.take(at), areas.cells)
    return at, areas.kind.take(own.take(at).pick(areas.drawn.by("cell"), cells, label="which"))


def descent(root: Ints, member: Ints, age: Ints, place: Ints, draw: Draw, data: Data, world: World) -> Ints:
    """Background, whether somebody was born abroad and how named: families come at one time, so that who is older than the
    first of them to be born here was born abroad; and they name the children who are born here in one way."""
    areas = _areas(world, data)
    band = areas.bands(age) if kinship.lives_apart(member) else _bands(world, data, "age").take(member)
    found = np.zeros(len(root), dtype=np.int64)
    at, kind = drawn(draw, root, place, band, areas)
    if not len(at):
        return found
    kinds, own = data["origin_kinds"], roots.of_root(draw, root[at])
    abroad = own.uniform("abroad") < areas.abroad.take(kind * (HIGHEST_AGE + 1) + age.take(at))
    named = abroad | (own.uniform("names") < kinds.floats("given_here").take(kind))
    found[at] = (kind + 1) * STEP + ABROAD * abroad + FOREIGN_NAME * named
    return found


def name_origin(
    descent: Ints,
    family_line: Ints,
    member: Ints,
    household: ParentRef,
    place: Ints,
    draw: Draw,
    data: Data,
    world: World,
) -> Ints:
    """The background of the family name that somebody bears: that of the other where it was taken in marriage."""
    if kinship.lives_apart(member):
        return descent
    made = roots.of_members(world, data)
    could = np.flatnonzero(made.may_take.take(member))
    born = data["household_members"].ints("line")[member[could]]
    moved = could[family_line[could] - household.rows[could] * kinship.LINES != born]
    return _of_others(descent, moved, made.taken, "taken_age", member, household, place, draw, data, world)


def share_of_two(data: Data, kind: str) -> float:
    """How many people bear a second name, `given` or `family`."""
    table: Table = data["common.second_names"]
    return float(table.floats(f"second_{kind}_name")[table.of_country(data.country)])


def second_name_origin(
    descent: Ints, member: Ints, household: ParentRef, place: Ints, draw: Draw, data: Data, world: World
) -> Ints:
    """The background of the second family name, where people bear those of both parents."""
    if kinship.lives_apart(member) or not share_of_two(data, "family"):
        return descent
    made = roots.of_members(world, data)
    moved = np.flatnonzero((made.second != made.born)[member])
    return _of_others(descent, moved, made.second, "second_age", member, household, place, draw, data, world)


def _of_others(
    descent: Ints,
    at: Ints,
    root: Ints,
    ages: str,
    member: Ints,
    household: ParentRef,
    place: Ints,
    draw: Draw,
    data: Data,
    world: World,
) -> Ints:
    """`descent`, in some rows that of another root of the household."""
    if not len(at):
        return descent
    found, some = descent.copy(), member[at]
    number, band = household.rows[at] * kinship.LINES + root[some], _bands(world, data, ages)[some]
    has, kind = drawn(draw, number, place[at], band, _areas(world, data))
    of_others = np.zeros(len(at), dtype=np.int64)
    of_others[has] = (kind + 1) * STEP
    found[at] = of_others + descent[at] % STEP
    return found


def born_abroad(descent: Ints) -> Bools:
    return (descent & ABROAD) > 0


def nationality(descent: Ints, root: Ints, draw: Draw, data: Data, locale: Locale) -> Text:
    """That of the country, or of the one that the family came from; families are naturalised together, the young first."""
    here = Text.coded(np.zeros(len(descent), dtype=np.int32), [locale.country])
    at = np.flatnonzero(descent)
    kinds: Table = data["origin_kinds"]
    own = rows_of_kinds(descent[at])
    abroad = (descent[at] & ABROAD) > 0
    share = np.where(abroad, kinds.floats("national_abroad")[own], kinds.floats("national_here")[own])
    foreign = roots.of_root(draw, root[at]).uniform() >= share
    return overlaid(here, at[foreign], kinds["country_code"].take(own[foreign]))


def country_of_birth(descent: Ints, data: Data, locale: Locale) -> Text:
    here = Text.coded(np.zeros(len(descent), dtype=np.int32), [locale.country])
    at = np.flatnonzero(descent & ABROAD)
    return overlaid(here, at, data["origin_kinds"]["country_code"].take(rows_of_kinds(descent[at])))
