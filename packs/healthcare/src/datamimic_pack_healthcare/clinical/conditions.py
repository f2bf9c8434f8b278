"""Which conditions a patient has: drawn one after the other, each by age, sex and the conditions that raise its risk."""

from __future__ import annotations

import csv
from collections.abc import Collection
from functools import cache, lru_cache

import numpy as np
from attrs import frozen
from importlib_resources import files
from numpy.typing import NDArray

from datamimic import Clock, Data, Draw, Lists, Table, Text
from datamimic.columns import Bools, Floats, Ints
from datamimic.errors import InvalidOption, UnknownName
from datamimic_pack_healthcare.clinical.bits import Bits, members, numbers_of, quarters, sixteen
from datamimic_pack_healthcare.clinical.codes import codes_of

SEXES = ("female", "male")
OBESITY = "Obesity"
_AGE = "age_"


@frozen
class Limits:
    """Who can have a condition; ages are inclusive."""

    name: str
    sex: str
    min_age: int
    max_age: int


@cache
def limits() -> dict[str, Limits]:
    """The conditions of the pack, the same in all countries, by name."""
    text = files("datamimic_pack_healthcare").joinpath("data/conditions.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(text.splitlines())
    return {
        row["condition"]: Limits(row["condition"], row["sex"], int(row["min_age"]), int(row["max_age"])) for row in rows
    }


def known_conditions(names: Collection[str], option: str) -> frozenset[str]:
    """The names as the pack spells them, letter case and outer spaces aside. Raises `UnknownName` with a suggestion."""
    spelt = {name.casefold(): name for name in limits()}
    for name in sorted(names):
        if name.strip().casefold() not in spelt:
            raise UnknownName("condition", name, [*limits()], owner=option, path=f"$.{option}")
    return frozenset(spelt[name.strip().casefold()] for name in names)


def sex_codes(sex: Text) -> Ints:
    """Positions in SEXES, int64."""
    codes, vocabulary = sex.coding()
    places = np.array([SEXES.index(value) for value in vocabulary.values], dtype=np.int64)
    return places[codes]


@frozen(eq=False)
class ConditionModel:
    """Chances of every condition, by sex and age band, and by which of its `parents` a person has: numbers of conditions, and
    behind them those of `groups` of people (see risks.py).

    `thresholds[c]` is uint16 of 2 ** len(parents) * len(SEXES) * len(ages) chances, see `bits.sixteen`. Nobody of the country
    has the conditions in `absent`; those in `needed` are parents.
    """

    names: tuple[str, ...]
    groups: tuple[str, ...]
    ages: Ints
    parents: tuple[tuple[int, ...], ...]
    thresholds: tuple[NDArray[np.uint16], ...]
    needed: frozenset[int]
    absent: frozenset[int]
    never_together: frozenset[tuple[int, int]]
    only_with: frozenset[tuple[int, int]]

    def place(self, name: str) -> int:
        return self.names.index(name)

    def stratum(self, sex: Text, age: Ints) -> Ints:
        """The column of the threshold tables for each row."""
        band = np.searchsorted(self.ages, np.arange(131), side="right") - 1
        return sex_codes(sex) * len(self.ages) + band[np.clip(age, 0, 130)]

    def draw(
        self, draw: Draw, sex: Text, age: Ints, obese: Bools, risks: dict[str, Bools], include: frozenset[str],
        exclude: frozenset[str],
    ) -> Bits:  # fmt: skip
        """One bit per condition. `obese` settles the condition Obesity, which follows from the body mass index; `risks` says
        who is in which of the groups.

        An included condition is there wherever age and sex allow it, with what it needs and without what rules it out.
        """
        wanted, barred = self._forced(include, exclude)
        stratum = self.stratum(sex, age)
        # Cells of the largest table fit into sixteen bits, in which adding is four times as fast.
        narrow = stratum.astype(np.int16)
        width = len(SEXES) * len(self.ages)
        held: dict[int, Bools] = {len(self.names) + k: risks[name] for k, name in enumerate(self.groups)}
        nobody = np.zeros(len(age), dtype=np.bool_)
        result = np.zeros(len(age), dtype=np.uint64)
        random = np.zeros((4, 0), dtype=np.uint16)
        for c, name in enumerate(self.names):
            if c % 4 == 0:
                random = quarters(draw.bits(f"conditions {c // 4}"))
            table, parents = self.thresholds[c], self.parents[c]
            if name == OBESITY:
                flags = obese
            elif c in barred or c in self.absent:
                flags = nobody
            elif c in wanted:
                flags = table[:width].take(stratum) > 0
                if any((c, parent) in self.only_with for parent in parents):
                    flags = np.logical_and.reduce([held[p] for p in parents if (c, p) in self.only_with])
            elif parents:
                cell = narrow
                for k, parent in enumerate(parents):
                    cell = cell + held[parent] * np.int16(width << k)
                flags = random[c % 4] < table.take(cell)
            else:
                flags = random[c % 4] < table.take(stratum)
            if c in self.needed:
                held[c] = flags
            if flags is not nobody:
                result[flags.nonzero()[0]] |= np.uint64(1 << c)
        return result

    def _forced(self, include: frozenset[str], exclude: frozenset[str]) -> tuple[set[int], set[int]]:
        wanted = {self.place(name) for name in include}
        for child, parent in sorted(self.only_with, reverse=True):
            if child in wanted:
                wanted.add(parent)
        barred = {self.place(name) for name in exclude}
        for one, other in self.never_together:
            if one in wanted:
                barred.add(other)
            if other in wanted:
                barred.add(one)
        if wanted & barred:
            clash = ", ".join(sorted(self.names[c] for c in wanted & barred))
            raise InvalidOption(
                "impossible_constraint",
                f"the conditions include and rule out {clash}",
                hint="drop it from one of the two",
                path="$.conditions",
            )
        return wanted, barred


@lru_cache(maxsize=16)
def condition_model(conditions: Table, prevalence: Table, comorbidity: Table) -> ConditionModel:
    """Read once per country from the tables `conditions`, `condition_prevalence` and `comorbidity`."""
    names = tuple(value for value in conditions["condition"].tolist() if value)
    ages = [int(column.removeprefix(_AGE)) for column in prevalence.columns if column.startswith(_AGE)]
    percent = np.stack([prevalence.floats(f"{_AGE}{age}") for age in ages], axis=1)
    rows = {
        key: row
        for row, key in enumerate(zip(*(prevalence.columns[c] for c in ("condition", "given", "gender")), strict=True))
    }
    known = [*names, *dict.fromkeys(g for g in comorbidity.columns["given"] if g not in names)]
    parents, thresholds = [], []
    nobody = np.zeros(len(ages), dtype=np.uint16)
    for name in names:
        given = [
            g for c, g in zip(comorbidity.columns["condition"], comorbidity.columns["given"], strict=True) if c == name
        ]
        table = []
        for state in range(1 << len(given)):
            text = " + ".join(g for k, g in enumerate(given) if state >> k & 1)
            # Of what nobody can be at a time there are no rows.
            table += [
                sixteen(percent[rows[name, text, gender]]) if (name, text, gender) in rows else nobody
                for gender in SEXES
            ]
        parents.append(tuple(known.index(g) for g in given))
        thresholds.append(np.concatenate(table))
    pairs = {
        (known.index(c), known.index(g)): ratio
        for c, g, ratio in zip(*(comorbidity.columns[c] for c in ("condition", "given", "odds_ratio")), strict=True)
    }
    return ConditionModel(
        names, tuple(known[len(names) :]), np.array(ages), tuple(parents), tuple(thresholds),
        frozenset(parent for each in parents for parent in each),
        frozenset(c for c, table in enumerate(thresholds) if not table.any()),
        frozenset(pair for pair, ratio in pairs.items() if ratio == "0"),
        frozenset(pair for pair, ratio in pairs.items() if ratio == "only together"),
    )  # fmt: skip


# -- rules ----------------------------------------------------------------------------------------------------------


def condition_places(condition_bits: Ints) -> Lists:
    """Rows of the table `conditions`, in ascending order."""
    return Lists(*members(condition_bits))


def conditions(condition_places: Lists, data: Data) -> Lists:
    return Lists(condition_places.lengths, data["conditions"]["condition"].take(condition_places.values))


def condition_names(condition_places: Lists, data: Data) -> Lists:
    return Lists(condition_places.lengths, data["condition_names"]["name"].take(condition_places.values))


def condition_codes(condition_places: Lists, age: Ints, bmi: Floats, data: Data, clock: Clock) -> Lists:
    place, row = numbers_of(condition_places), condition_places.parents
    day = np.full(len(row), clock.date)
    return Lists(condition_places.lengths, codes_of(place, age[row], bmi[row], day, data))
