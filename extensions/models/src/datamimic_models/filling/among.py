"""Rows for which alone something is unique, and how rows stop being among them."""

from __future__ import annotations

from collections.abc import Set
from typing import Final

import numpy as np
from attrs import define, evolve, field

from datamimic import Draw
from datamimic_models.filling.by_cases import draw, most_varied, too_many
from datamimic_models.filling.distinct import alike
from datamimic_models.filling.tables import FilledTable, group_of
from datamimic_models.schemas.expressions import parsed
from datamimic_models.schemas.schema import Dialect, SqlUnique
from datamimic_models.solving.atoms import Allowed
from datamimic_models.solving.axes import Ints
from datamimic_models.solving.cases import Translation
from datamimic_models.solving.drawing import drawn
from datamimic_models.solving.holding import allowed, fits, one_that_fits
from datamimic_models.solving.made import Bools, repeated
from datamimic_models.solving.sources import Asked, Source
from datamimic_models.solving.sql_comparisons import Case
from datamimic_models.solving.sql_terms import Unsolved

TRIES: Final = 40


@define
class Among:
    """The rows of a `table` for which the condition `where` is true; all rows, where it is not understood."""

    table: FilledTable
    where: str
    dialect: Dialect
    _inside: list[Case] = field(init=False, factory=list)
    _outside: list[Case] = field(init=False, factory=list)

    def __attrs_post_init__(self) -> None:
        types = {each.name: each.type for each in self.table.columns}
        tree = parsed(self.where, self.dialect)
        try:
            if tree is not None:
                translation = Translation(types)
                self._inside, self._outside = translation.cases(tree), translation.cases(tree, False)
        except (Unsolved, KeyError, TypeError, ValueError, AttributeError):
            self._inside, self._outside = [], []

    def rows(self) -> Bools:
        """Which of the new rows; of comparisons that are unknown, also those."""
        everything = np.ones(self.table.rows, dtype=np.bool_)
        if not self._inside:
            return everything
        return np.logical_or.reduce(
            [np.logical_and.reduce([everything, *map(self._holds, case)]) for case in self._inside]
        )

    def _holds(self, atom: object) -> Bools:
        if not isinstance(atom, Allowed):
            return np.ones(self.table.rows, dtype=np.bool_)
        made = self.table.made[atom.column]
        if atom.values.null == "always":
            return made.null
        good = allowed(atom.values, made.values, atom.column in self.table.axes) | made.null
        return good & ~made.null if atom.values.null == "never" else good

    def leave(self, rows: Ints, bound: Set[str], attempt: int) -> bool:
        """Other values of a column that is not `bound`, so that the condition is false; whether there are any."""
        for case in self._outside:
            if len(case) != 1 or not isinstance(case[0], Allowed) or case[0].column in bound:
                continue
            if self._give(case[0], rows, bound, attempt):
                return True
        return False

    def _give(self, atom: Allowed, rows: Ints, bound: Set[str], attempt: int) -> bool:
        """By the case that a row is of, where that allows it; else by another, with all columns that are not `bound`."""
        table = self.table
        [number] = group_of(table.plan, [atom.column])
        group = table.plan.groups[number]
        narrowed = [case.values[atom.column].meet(atom.values) for case in group.cases]
        chosen = table.chosen(number)[rows]
        stuck = np.array([narrowed[at] is None for at in chosen], dtype=np.bool_)
        if stuck.any():
            moved = self._other_case(number, [each is not None for each in narrowed], rows[stuck], bound, attempt)
            chosen[stuck] = moved
            there = moved >= 0
            table.cases[number][rows[stuck][there]] = moved[there]
        given = False
        for at, (case, met) in enumerate(zip(group.cases, narrowed, strict=True)):
            for of_case, again in (
                (rows[(chosen == at) & ~stuck], [atom.column]),
                (rows[(chosen == at) & stuck], [name for name in group.columns if name not in bound]),
            ):
                if met is None or not len(of_case):
                    continue
                narrow = evolve(case, values={**case.values, atom.column: met}, usual={**case.usual, atom.column: met})
                fixed = {name: table.made[name].take(of_case) for name in group.columns if name not in again}
                asked = Asked(table.address, table.numbers()[of_case], attempt)
                sources = {name: Source() for name in again}
                for name, made in drawn(narrow, again, fixed, table.axes, sources, asked).items():
                    table.made[name].put(of_case, made)
                given = True
        return given

    def _other_case(self, number: int, open_: list[bool], rows: Ints, bound: Set[str], attempt: int) -> Ints:
        """Of every row one of the open cases of a group that what is bound of it fits; -1 where it fits none."""
        table = self.table
        group = table.plan.groups[number]
        fixed = {name: table.made[name].take(rows) for name in group.columns if name in bound}
        fitting = fits(group.cases, fixed, table.axes, len(rows)) & np.array(open_, dtype=np.bool_)[:, None]
        draw = Draw((*table.address, f"{'+'.join(group.columns)[:200]}#{attempt}"), table.numbers()[rows])
        return one_that_fits(fitting, draw.integers(0, 1 << 31, "other case"))


def part_of_rows(table: FilledTable, unique: SqlUnique, dialect: Dialect, bound: Set[str]) -> None:
    """Unique among some rows: where columns of it can be other ones, they are; else rows stop being among those."""
    names = [name for name in unique.columns if name in table.made]
    among = Among(table, unique.where, dialect)
    free = [name for name in names if name not in bound]
    for attempt in range(1, TRIES):
        twice = _twice(table, names, among.rows())
        if not twice.any():
            return
        chosen = np.flatnonzero(twice)
        if free and attempt < 4:
            draw(table, [most_varied(table, free).name], chosen, attempt)
        elif not among.leave(chosen, bound, attempt):
            break
    raise too_many(table, f"{', '.join(names)} where {unique.where}")


def _twice(table: FilledTable, names: list[str], among: Bools) -> Bools:
    """New rows of those `among` which one is unique that are like an earlier one."""
    inside = np.concatenate((np.ones(table.held, dtype=np.bool_), among))
    return repeated(np.where(inside, alike(table, names), -1))[table.held :]
