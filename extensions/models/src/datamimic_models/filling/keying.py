"""Unique columns of the rows to be filled that are no foreign keys."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import numpy as np
from attrs import define

from datamimic import Draw
from datamimic_models.filling.by_cases import draw, draw_ranges, most_varied, single_case, too_many
from datamimic_models.filling.combining import combined
from datamimic_models.filling.distinct import alike, capacity, distinct
from datamimic_models.filling.tables import FilledTable, group_of
from datamimic_models.model.missing import NULL_SHARE
from datamimic_models.schemas.schema import SqlColumn, SqlSchema
from datamimic_models.solving.axes import Ints
from datamimic_models.solving.made import Made, codes, ranks, repeated
from datamimic_models.solving.natives import is_range
from datamimic_models.solving.values import Values

TRIES: Final = 40
TEXTS: Final = 2
"""Texts that are still twice after so many draws are told apart."""


@define
class Keys:
    """Of `tables`, by their key in the `schema`."""

    schema: SqlSchema
    tables: Mapping[tuple[str | None, str], FilledTable]

    def done(self, table: FilledTable) -> bool:
        """Whether all columns that others need are made."""
        return all(name in table.made for name in self.columns(table))

    def columns(self, table: FilledTable) -> set[str]:
        """Those of unique sets, and those that others refer to."""
        found = {name for unique in table.unique_sets() if not unique.where for name in unique.columns}
        for other in self.tables.values():
            for key in other.keys:
                if self.schema.parent(other.sql, key).key == table.sql.key:
                    found |= set(self.schema.parent_columns(other.sql, key))
        return {name for name in found if table.sql.column(name).given}

    def make(self, table: FilledTable) -> bool:
        """Fill up the unique sets whose foreign keys are made; whether any was."""
        moved = False
        referring = table.referring()
        # The smaller first: what is unique already makes larger sets around it unique too.
        for unique in sorted(table.unique_sets(), key=lambda each: len(each.columns)):
            free = [
                name
                for name in unique.columns
                if name not in table.made and name not in referring and table.sql.column(name).given
            ]
            ready = all(name in table.made for name in unique.columns if name in referring)
            if not free or not ready or unique.where:
                continue
            rest = [name for name in unique.columns if name not in free]
            self._fill_up(table, free, rest, unique.nulls_alike)
            moved = True
        for name in sorted(self.columns(table)):
            if (
                name not in table.made
                and name not in referring
                and not any(name in u.columns for u in table.unique_sets())
            ):
                draw(table, [name])
                moved = True
        return moved

    def _fill_up(self, table: FilledTable, free: list[str], rest: list[str], nulls_alike: bool) -> None:
        """Values of the free columns with which all columns together are unique."""
        apart = [name for name in free if is_range(table.sql.column(name)) and _is_excluded(table, name)]
        if apart:
            # Ranges that never overlap are other ones in every row.
            draw(table, [name for name in free if name not in apart])
            for name in apart:
                draw_ranges(table, table.sql.column(name), self.schema.dialect)
            return
        column = most_varied(table, free)
        draw(table, [name for name in free if name != column.name])
        others = [*rest, *(name for name in free if name != column.name)]
        case = single_case(table, column.name)
        axis = table.axes.get(column.name)
        counted = case is not None and axis is not None and axis.kind == "number" and axis.decimals == 0
        if others and counted and column.identity is None and case is not None and axis is not None:
            values = case.values[column.name]
            groups = codes([table.all_of(name) for name in others], nulls_alike=nulls_alike)
            start = values.low if values.low is not None and values.low > max(axis.low, 0) else 1
            step, left_over = values.remainder or (1, 0)
            start += (left_over - start) % step
            place = step * ranks(groups[table.held :]) + self._first(table, column.name, groups, start, step)
            fits = values.choices is None and not values.excluded
            if fits and (values.high is None or int(place.max(initial=0)) <= values.high):
                table.made[column.name] = Made(place, np.zeros(table.rows, dtype=np.bool_))
                return
        common = _in_every_case(table, column.name) if case is None and axis is not None else None
        if common is not None and capacity(column, (common,), axis) < table.held + table.rows:
            common = None
        if (others and column.identity is None) or (case is None and common is None):
            draw(table, [column.name])
            self._redraw_repeated(table, column, [*others, column.name], free, nulls_alike)
            return
        values = common or table.plan.values(column.name)[0]
        made = distinct(table, column, values, table.existing.get(column.name))
        if len(made) < table.rows:
            raise too_many(table, column.name)
        if values.null == "may":
            none = Draw((*table.address, column.name + "?"), table.numbers()).chance(NULL_SHARE, "null")
            made.null |= none
        table.made[column.name] = made

    def _first(self, table: FilledTable, name: str, groups: Ints, start: int, step: int) -> Ints:
        """Of every new row, where the numbers of its group go on after those that are there."""
        size = int(groups.max(initial=0)) + 1
        first = np.full(size, start, dtype=np.int64)
        if table.held:
            there = table.existing[name]
            known = ~there.null & (groups[: table.held] >= 0)
            np.maximum.at(first, groups[: table.held][known], there.values[known] + step)
        found: Ints = first[groups[table.held :]]
        return found

    def _redraw_repeated(
        self, table: FilledTable, column: SqlColumn, unique: list[str], free: list[str], nulls_alike: bool
    ) -> None:
        """Draw the column again where it is twice; where that does not help, it differs from all others, or else the free
        columns are dealt by combinations."""
        for attempt in range(1, TRIES):
            twice = np.flatnonzero(repeated(alike(table, unique, nulls_alike=nulls_alike))[table.held :])
            if not len(twice):
                return
            if column.name not in table.axes and attempt > TEXTS and _apart(table, column, twice):
                return
            draw(table, [column.name], twice, attempt)
        if not combined(table, free, [each for each in unique if each not in free]):
            raise too_many(table, ", ".join(unique))


def _apart(table: FilledTable, column: SqlColumn, rows: Ints) -> bool:
    """Give these rows values of the column that no other row has, each by the case that it is of; False where there are too
    few."""
    name = column.name
    [number] = group_of(table.plan, [name])
    group, chosen = table.plan.groups[number], table.chosen(number)[rows]
    others = np.setdiff1d(np.arange(table.rows, dtype=np.int64), rows)
    taken = table.made[name].take(others)
    if name in table.existing:
        taken = taken.after(table.existing[name])
    found = table.made[name].take(rows)
    for at, case in enumerate(group.cases):
        of_case = np.flatnonzero(chosen == at)
        if not len(of_case):
            continue
        if any(name in each.columns for each in case.relations):
            return False
        made = distinct(table, column, case.values[name], taken, rows[of_case])
        if len(made) < len(of_case):
            return False
        found.put(of_case, made)
        taken = made.after(taken)
    table.made[name].put(rows, found)
    return True


def _is_excluded(table: FilledTable, name: str) -> bool:
    return any((name, "&&") in each.elements for each in table.sql.exclusions)


def _in_every_case(table: FilledTable, name: str) -> Values | None:
    """What the column may have whatever case its row is of; None for nothing."""
    found: Values | None = Values()
    for each in table.plan.values(name):
        found = None if found is None else found.meet(each)
    return found if found is not None and found.null != "always" else None
