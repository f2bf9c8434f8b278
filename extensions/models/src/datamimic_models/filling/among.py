"""Rows for which alone something is unique, and how rows stop being among them."""

from __future__ import annotations

from collections.abc import Set
from typing import Final

import numpy as np
from attrs import define, field

from datamimic_models.filling.by_cases import draw, most_varied, too_many
from datamimic_models.filling.distinct import same
from datamimic_models.filling.tables import FilledTable, group_of
from datamimic_models.schemas.expressions import parsed
from datamimic_models.schemas.schema import Dialect, SqlUnique
from datamimic_models.solving.atoms import Allowed
from datamimic_models.solving.axes import Ints
from datamimic_models.solving.cases import Translation
from datamimic_models.solving.drawing import drawn
from datamimic_models.solving.holding import allowed
from datamimic_models.solving.made import Bools, Made, codes, repeated
from datamimic_models.solving.plans import SolvedCase
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
            if self._give(case[0], rows, attempt):
                return True
        return False

    def _give(self, atom: Allowed, rows: Ints, attempt: int) -> bool:
        table = self.table
        [number] = group_of(table.plan, [atom.column])
        group = table.plan.groups[number]
        chosen = table.cases.get(number, np.zeros(table.rows, dtype=np.int64))[rows]
        given = False
        for at, case in enumerate(group.cases):
            of_case = rows[chosen == at]
            met = case.values[atom.column].meet(atom.values)
            if met is None or not len(of_case):
                continue
            narrow = SolvedCase({**case.values, atom.column: met}, case.relations)
            fixed = {name: table.made[name].take(of_case) for name in group.columns if name != atom.column}
            asked = Asked(table.address, table.numbers()[of_case], attempt)
            made = drawn(narrow, [atom.column], fixed, table.axes, {atom.column: Source()}, asked)
            table.made[atom.column].put(of_case, made[atom.column])
            given = True
        return given


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
    columns = []
    for name in names:
        column = table.all_of(name)
        if name not in table.axes:
            column = Made(np.array([same(str(text)) for text in column.values], dtype=object), column.null)
        columns.append(column)
    inside = np.concatenate((np.ones(table.held, dtype=np.bool_), among))
    return repeated(np.where(inside, codes(columns), -1))[table.held :]
