"""Columns that are unique together, by construction: since one of them is unique alone, as combinations of what each can be, as
a position among the rows of a parent, or as pairs that are dealt out."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import date, timedelta
from itertools import product
from string import ascii_uppercase
from typing import Any, Final

from attrs import evolve, field, frozen

from datamimic_models.compiling.apart import kept_apart
from datamimic_models.compiling.counts import Counted, fewest_parents
from datamimic_models.compiling.names import identifier
from datamimic_models.compiling.once import comes_once, unique_sets
from datamimic_models.compiling.previous import PREVIOUS
from datamimic_models.compiling.surroundings import Surroundings
from datamimic_models.model import Column, ForeignKey, Mistakes, Model, Table, Unique
from datamimic_models.rules.choices import Choice
from datamimic_models.rules.computed import Computed
from datamimic_models.rules.kinds import usual_rule
from datamimic_models.rules.numbering import Serial, Uuid
from datamimic_models.rules.phrases import RandomBytes
from datamimic_models.rules.ranges import Grid, Range
from datamimic_models.rules.rule import RuleKind
from datamimic_models.rules.text_patterns import Pattern

_MOST_VALUES: Final = 100_000
_SHORT: Final = 3
"""Letters of a text that may be any code."""


@frozen
class Together:
    """How `columns` are unique together: `by` one of them that is made unique; or `sides`, what each can be (a parent table, a
    range or values); or the `position` of one among the rows of the parent; or `pairs` of a counted parent and another; or
    `alike`, pairs of the rows of two foreign keys, or `apart`, pairs of different rows of one table; or, among some rows alone,
    by others that stop being such (`leaves`). With none of these, one foreign key among them comes once, or one of them counts
    the rows of a parent or goes on from row to row: that is `believed`, and looked at before rows are written."""

    columns: tuple[str, ...]
    by: str | None = None
    sides: Mapping[str, Any] = field(factory=dict, eq=False)
    position: str | None = None
    pairs: tuple[str, str] | None = None
    alike: tuple[ForeignKey, ForeignKey] | None = field(default=None, eq=False)
    apart: tuple[ForeignKey, ForeignKey] | None = field(default=None, eq=False)
    leaves: Unique | None = None
    believed: bool = False


def together(
    table: Table, counts: Mapping[str, Counted], around: Surroundings, mistakes: Mistakes
) -> tuple[Together, ...]:
    """For every set of columns that is unique together. What cannot be is a mistake."""
    sets = [(each.columns, each.place) for each in table.uniques if len(each.columns) > 1 and not each.where]
    if len(table.primary_key) > 1:
        sets.insert(0, (table.primary_key, table.place))
    found: list[Together] = []
    for columns, place in sets:
        if any(set(each.columns) <= set(columns) for each in found):
            continue
        taken = {name for each in found for name in (*each.sides, *(each.pairs or ()))}
        taken |= {name for each in found for key in each.alike or each.apart or () for name in key.columns}
        made = _how(table, columns, counts, taken)
        if made is None:
            mistakes.add(
                "models.cannot_be_unique",
                f"{table.name}: nothing makes {', '.join(columns)} unique together",
                place,
                hint="a range, a choice or a serial for one of them; or foreign keys, whose pairs come once",
            )
            continue
        found.append(made)
        most = _capacity(made, counts)
        if most is not None and counts[table.name].rows > most:
            mistakes.add(
                "models.too_many_rows",
                f"{table.name} has {counts[table.name].rows} rows, but {', '.join(columns)} have {most} combinations",
                place,
                hint=f"rows: {most}",
            )
    by = {each.by for each in found}
    for unique in (each for each in table.uniques if each.where):
        if not by & set(unique.columns):
            found += _among_some(table, unique, counts[table.name].rows, around, mistakes)
    return tuple(found)


def few_enough(table: Table, model: Model, counts: Mapping[str, Counted], mistakes: Mistakes) -> Counted:
    """The rows of a table that says no number of its own: no more than there are combinations of columns that are unique
    together, or rows of a parent of which each comes once; of pairs of rows that have something in common, no more than there
    surely are. A group of *a* and *b* rows has about *a b* pairs, spread as products of Poisson numbers are."""
    counted = counts[table.name]
    if table.rows is not None or table.source is not None or counted.key is not None:
        return counted
    parents = fewest_parents(model, table, counts)
    if parents is not None:
        said = f"every row refers to another row of {parents.table}"
        counted = _cut(table, counted, parents.rows, said, mistakes)
    for columns in (table.primary_key, *(each.columns for each in table.uniques if not each.where)):
        how = _how(table, columns, counts, set()) if len(columns) > 1 else None
        if how is None:
            continue
        if how.alike is None:
            most = _capacity(how, counts)
            if most is not None:
                said = f"({', '.join(columns)}) have no more combinations"
                counted = _cut(table, counted, most, said, mistakes)
            continue
        one, other = how.alike
        shared = next((name for name in one.columns if name in other.columns), None)
        if shared is None:
            continue
        groups = max(1, counts[_root(table, shared, model)].rows)
        a, b = (counts[each.parent_table].rows / groups for each in (one, other))
        pairs = groups * a * b
        sure = max(1, int(max(pairs / 4, pairs - 3 * math.sqrt(pairs * (1 + a + b)))))
        counted = _cut(table, counted, sure, f"({', '.join(columns)}) have no more combinations", mistakes)
    return counted


def _cut(table: Table, counted: Counted, most: int, why: str, mistakes: Mistakes) -> Counted:
    if counted.rows <= most:
        return counted
    said = f"{table.name} has {most} rows instead of {counted.rows}: {why}"
    mistakes.warn("models.fewer_rows", said, table.place, hint=f"say it, rows: {most}")
    return evolve(counted, rows=most)


def _root(table: Table, column: str, model: Model) -> str:
    """The table where the values of a column come from, by foreign keys."""
    seen: set[str] = set()
    while table.name not in seen:
        seen.add(table.name)
        key = next((each for each in table.foreign_keys if column in each.columns), None)
        if key is None or key.parent_table == table.name:
            break
        column = key.parent_columns[key.columns.index(column)]
        table = model.table(key.parent_table)
    return table.name


def _among_some(table: Table, unique: Unique, rows: int, around: Surroundings, mistakes: Mistakes) -> list[Together]:
    """What is unique among some rows is made unique among all, by one column; or rows leave that are not the first."""
    keys = {name for key in table.foreign_keys for name in key.columns}
    if any(each <= set(unique.columns) for each in unique_sets(table)):
        return []
    for name in unique.columns:
        if name not in keys and _can_be_unique(table.column(name), rows):
            return [Together(unique.columns, by=name)]
    from datamimic_models.compiling.leaving import (
        leaving,  # With what solves conditions, which takes a moment to import.
    )

    if leaving(table, unique, around) is not None:
        return [Together(unique.columns, leaves=unique)]
    said = (
        f"{table.name}: {', '.join(unique.columns)} may come twice where {unique.where}: no column can make them unique"
    )
    mistakes.warn("models.cannot_be_unique", said, unique.place, hint="a unique column, or dm fill")
    return []


def _how(table: Table, columns: tuple[str, ...], counts: Mapping[str, Counted], taken: set[str]) -> Together | None:
    once = [each for each in table.foreign_keys if comes_once(each, table) and set(each.columns) <= set(columns)]
    if len(columns) > 1 and any(len(each.columns) > 1 for each in once):
        return Together(columns)
    alone = [each for each in columns if table.column(each).unique or isinstance(table.column(each).rule, Uuid)]
    if alone:
        return Together(columns, by=alone[0])
    keys = {name: key for key in reversed(table.foreign_keys) for name in key.columns}
    counting = counts[table.name].key
    own = [each for each in columns if each not in keys]
    if counting is not None and set(counting.columns) <= set(columns):
        rest = [each for each in columns if each not in counting.columns]
        if len(rest) == 1 and rest[0] in own and _may_be_position(table.column(rest[0])):
            return Together(columns, position=rest[0])
        if any(each in own and _goes_on(table.column(each)) for each in rest):
            return Together(columns, believed=True)
        if (
            len(columns) == 2
            and len(rest) == 1
            and rest[0] in keys
            and len(keys[rest[0]].columns) == 1
            and not taken & set(columns)
        ):
            return Together(columns, pairs=(counting.columns[0], rest[0]))
    if any(_counts(table.column(each)) for each in own) and (counting is None or set(counting.columns) <= set(columns)):
        return Together(columns)
    apart = next((pair for pair in kept_apart(table) if {*pair[0].columns, *pair[1].columns} == set(columns)), None)
    if apart is not None and counting is None and not taken & set(columns):
        return Together(columns, apart=apart)
    sides = {name: _side(table.column(name), keys.get(name)) for name in columns}
    if counting is None and not taken & set(columns) and all(each is not None for each in sides.values()):
        return Together(columns, sides=sides)
    pair = _pair(table, columns)
    if counting is None and pair is not None and not taken & set(columns):
        return Together(columns, alike=pair)
    for name in own:
        if name not in taken and _can_be_unique(table.column(name), counts[table.name].rows):
            return Together(columns, by=name)
    return None


def _pair(table: Table, columns: tuple[str, ...]) -> tuple[ForeignKey, ForeignKey] | None:
    """Two foreign keys, one of them of several columns, that are the columns together and nothing else."""
    within = [each for each in table.foreign_keys if set(each.columns) <= set(columns)]
    for number, one in enumerate(within):
        for other in within[number + 1 :]:
            whole = {*one.columns, *other.columns} == set(columns)
            free = not (comes_once(one, table) or comes_once(other, table))
            if whole and free and len(one.columns) + len(other.columns) > 2:
                return one, other
    return None


def _side(column: Column, key: ForeignKey | None) -> Any:
    """What a column can be: the parent table of a foreign key, a range, or values; None for what has too many."""
    if key is not None:
        return key.parent_table if len(key.columns) == 1 and key.pick == "evenly" else None
    rule = column.rule or usual_rule(column.type, unique=False)
    if column.conditional_rules:
        return None
    if column.rule is None and column.type.name == "str" and 0 < (column.type.length or 0) <= _SHORT:
        return tuple(map("".join, product(ascii_uppercase, repeat=column.type.length or 1)))
    if isinstance(rule, Range) and column.type.name == "date":
        return _days(rule.grid(column.type))
    if isinstance(rule, Range) and column.type.name == "int":
        grid = rule.grid(column.type)
        size = grid.size()
        if size is None:
            return None
        return range(grid.low.units, grid.low.units + size * grid.step, grid.step)
    if isinstance(rule, Choice) and column.type.name in ("str", "int", "bool"):
        values = tuple(dict.fromkeys(rule.listed()[0]))
        return values if len(values) <= _MOST_VALUES and None not in values else None
    return None


def _days(grid: Grid) -> tuple[date, ...] | None:
    size = None if grid.low.from_clock or grid.high.from_clock else grid.size()
    if size is None or not 0 < size <= _MOST_VALUES:
        return None
    return tuple(date(1970, 1, 1) + timedelta(days=grid.low.units + at * grid.step) for at in range(size))


def _capacity(how: Together, counts: Mapping[str, Counted]) -> int | None:
    """How many combinations there are; None where that is not known here."""
    if how.apart is not None:
        rows = counts[how.apart[0].parent_table].rows
        return rows * (rows - 1)
    if not how.sides:
        return None
    return math.prod(counts[each].rows if isinstance(each, str) else len(each) for each in how.sides.values())


def _counts(column: Column) -> bool:
    """Is each of its values another, of all rows, or of those of a parent that counts them?"""
    return isinstance(column.rule, RuleKind) and not column.conditional_rules and column.rule.counts(column.type)


def _goes_on(column: Column) -> bool:
    """Is it worked out of the row before, as a moment that is later than its moment? That it is another one each time is
    believed."""
    if column.conditional_rules or not isinstance(column.rule, Computed):
        return False
    return f"{PREVIOUS}.{identifier(column.name, 'column')}" in column.rule.expression


def _may_be_position(column: Column) -> bool:
    return column.type.name == "int" and not column.conditional_rules and isinstance(column.rule, Serial | None)


def _can_be_unique(column: Column, rows: int) -> bool:
    if column.conditional_rules:
        return False
    rule = column.rule or usual_rule(column.type, unique=True)
    if isinstance(rule, Serial | Pattern):
        capacity = rule.capacity()
        return capacity is None or capacity >= rows
    if isinstance(rule, RandomBytes):
        return column.type.length is None or column.type.length > 2
    capacity = rule.capacity_of(column.type) if isinstance(rule, Range) else None
    return isinstance(rule, Uuid) or (capacity is not None and capacity >= rows)
