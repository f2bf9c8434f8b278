"""Columns of a table, by the cases that its rows are of."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import count

import numpy as np

from datamimic import DatamimicError, Draw
from datamimic_models.filling.distinct import capacity
from datamimic_models.filling.range_ends import ends_of
from datamimic_models.filling.tables import FilledTable, group_of
from datamimic_models.model.missing import missing_share
from datamimic_models.schemas.schema import Dialect, Exclusion, SqlColumn
from datamimic_models.solving.axes import Ints
from datamimic_models.solving.drawing import drawn
from datamimic_models.solving.made import Made, codes, ranks
from datamimic_models.solving.natives import native_texts, range_slot, range_start, ranges
from datamimic_models.solving.plans import SolvedCase
from datamimic_models.solving.sources import Asked, Source


def choose_cases(table: FilledTable) -> None:
    """Say of every row which case of each group it is of."""
    for number, group in enumerate(table.plan.groups):
        if len(group.cases) > 1:
            draw = Draw((*table.address, "+".join(group.columns)[:200]), table.numbers())
            table.cases[number] = draw.integers(0, len(group.cases) - 1, "case")


def null_by_case(table: FilledTable, names: list[str]) -> Ints:
    """Of every row: 1 where its case wants a null, 0 where it wants none, -1 where it does not matter."""
    found = np.full(table.rows, -1, dtype=np.int64)
    for name in names:
        for number in group_of(table.plan, [name]):
            group = table.plan.groups[number]
            wants = np.array([{"always": 1, "never": 0}.get(case.values[name].null, -1) for case in group.cases])
            wanted = wants[table.chosen(number)]
            found = np.maximum(found, wanted) if len(names) > 1 else wanted
    return found


def single_case(table: FilledTable, name: str) -> SolvedCase | None:
    """The case of the column's group, where it has one and nothing relates the column to others."""
    group = table.plan.groups[group_of(table.plan, [name])[0]]
    one = group.cases[0]
    return one if len(group.cases) == 1 and not any(name in each.columns for each in one.relations) else None


def most_varied(table: FilledTable, free: list[str]) -> SqlColumn:
    """The column that can have the most values."""

    def rank(name: str) -> tuple[bool, bool, bool, bool]:
        axis = table.axes.get(name)
        limited = capacity(table.sql.column(name), table.plan.values(name), axis) < table.held + table.rows
        counted = table.sql.column(name).identity is not None
        return (not counted, limited, axis is None, axis is not None and axis.kind == "date")

    return table.sql.column(min(free, key=rank))


def draw(table: FilledTable, names: list[str], rows: Ints | None = None, attempt: int = 0) -> None:
    """The columns of these rows (or all), by the cases that the rows are of."""
    numbers = table.numbers()
    chosen_rows = np.arange(table.rows, dtype=np.int64) if rows is None else rows
    for name in names:
        if name not in table.made:
            table.made[name] = Made.nothing(table.rows, ticks=name in table.axes)
            table.made[name].null[:] = True
    fresh = set(names)
    for number in group_of(table.plan, names):
        group = table.plan.groups[number]
        wanted = [name for name in group.columns if name in fresh]
        cases = table.cases.get(number)
        for at, case in enumerate(group.cases):
            of_case = chosen_rows if cases is None else chosen_rows[cases[chosen_rows] == at]
            if not len(of_case):
                continue
            fixed = {
                name: table.made[name].take(of_case)
                for name in group.columns
                if name in table.made and name not in fresh
            }
            sources = {name: _source(table, name, of_case, attempt) for name in wanted}
            asked = Asked(table.address, numbers[of_case], attempt)
            for name, made in drawn(case, wanted, fixed, table.axes, sources, asked).items():
                table.made[name].put(of_case, made)


def _source(table: FilledTable, name: str, rows: Ints, attempt: int) -> Source:
    source = table.sources.get(name, Source())
    proposal = source.proposal
    column = table.sql.column(name)
    if proposal is not None and not attempt:
        return Source(source.taste, proposal.take(rows))
    # What made sense and was not free is not proposed again.
    if name not in table.axes:
        draw = Draw((*table.address, f"{name}#{attempt}" if attempt else name), table.numbers()[rows])
        texts = native_texts(column, draw)
        if texts is not None:
            return Source(source.taste, Made(texts, draw.chance(missing_share(column.nullable), "null")))
    return source if proposal is None else Source(source.taste, None)


def draw_ranges(table: FilledTable, column: SqlColumn, dialect: Dialect) -> None:
    """A column of ranges within what checks say of their ends, which do not overlap where an exclusion says so."""
    exclusions = [each for each in table.sql.exclusions if column.name in [name for name, _ in each.elements]]
    draw = Draw((*table.address, column.name), table.numbers())
    starts = _slots(table, column, exclusions) if exclusions else None
    texts = ranges(column, starts, draw, ends_of(table.sql, column, dialect))
    table.made[column.name] = Made(texts, draw.chance(missing_share(column.nullable), "null"))


def _slots(table: FilledTable, column: SqlColumn, exclusions: Sequence[Exclusion]) -> Ints:
    """One after the other, of rows that must not overlap; after as many slots as there are rows already."""
    groups = [_alike_by(table, each) for each in exclusions]
    slots = ranks(groups[0]) if len(groups) == 1 else _first_free(groups)
    return range_start(column) + (slots + table.held) * range_slot(column) * 2


def _alike_by(table: FilledTable, exclusion: Exclusion) -> Ints:
    """A number of every row, the same of those that must not overlap."""
    names = [name for name, operator in exclusion.elements if operator.strip() == "=" and name in table.made]
    return codes([table.made[name] for name in names]) if names else np.zeros(table.rows, dtype=np.int64)


def _first_free(groups: Sequence[Ints]) -> Ints:
    """Of every row the first slot that no row before it has in any of its groups."""
    taken: dict[tuple[int, int], set[int]] = {}
    lowest: dict[tuple[int, int], int] = {}
    found = []
    for own in zip(*(each.tolist() for each in groups), strict=True):
        keys = list(enumerate(own))
        held = [taken.setdefault(each, set()) for each in keys]
        start = max(lowest.get(each, 0) for each in keys)
        slot = next(slot for slot in count(start) if not any(slot in each for each in held))
        found.append(slot)
        for key, each in zip(keys, held, strict=True):
            each.add(slot)
            while lowest.get(key, 0) in each:
                lowest[key] = lowest.get(key, 0) + 1
    return np.array(found, dtype=np.int64)


def too_many(table: FilledTable, what: str) -> DatamimicError:
    """The error of a table whose unique columns have too few values."""
    return DatamimicError(
        "models.too_many_rows",
        f"{table.name}: there are too few values of ({what}) for {table.rows} rows, and it is unique",
        hint=f"fewer rows: --table {table.sql.name}=…",
    )
