"""Rows of a parent in their order: the row before tells of the next one, and what moves by steps is told by these.

    orders.day = the parent's first day, then the day before + a gap        order and gaps
    readings.weight = the first, then the one before + a change             drift
    bookings.balance = the one before + the amount                          where that holds without exception
    states.state given the state before                                     histories

First values are hidden columns of the parent, so that they depend on what it is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np
import pyarrow as pa
from attrs import evolve, field, frozen

from datamimic.columns import Ints
from datamimic_learning.learning.columns import one_array
from datamimic_learning.learning.counting import Counting, histogram
from datamimic_learning.learning.names import said, sayable
from datamimic_learning.learning.network import information
from datamimic_learning.learning.prepared import Coded
from datamimic_learning.learning.steps import Moving, Step, is_moment, ticks
from datamimic_models.solving.made import ranks

_FEWEST: Final = 50
"""Rows that have one before them, that anything is said of these."""
_LONGEST: Final = 4_096
"""Rows of a parent: a walk makes all of them up to the one that is asked for."""
_TELLS: Final = 0.01
"""Nats that the row before tells of a column at least, that it is asked."""
_MOST: Final = 320


@frozen(eq=False)
class Ordered:
    """A table whose `rows` lie family after family, each in its order; `before` is the row before each, -1 for the first."""

    rows: pa.Table
    before: Ints
    steps: Sequence[Step] = ()
    positions: Mapping[str, int] = field(factory=dict)
    """Columns that count the rows of a parent, and from where on."""


def sequence_of(
    table: pa.Table, family: Ints, parents: int, name: str, reference: str, keys: set[str], counting: Counting
) -> Ordered | None:
    """The order of the rows, whose parents are `family`; None where rows hardly ever have one before. `reference` is the column
    that names the parent, or `parent`; `keys` are columns that are not looked at."""
    if not have_order(family, parents):
        return None
    arrays = {each: one_array(table.column(each)) for each in table.column_names if each not in keys}
    positions = numbers_of_rows(arrays, family)
    clock = clock_of({each: column for each, column in arrays.items() if each not in positions}, family)
    told = arrays[clock] if clock else arrays[next(iter(positions))] if positions else None
    order = np.lexsort((np.arange(len(family)), *(() if told is None else (ticks(told),)), family))
    rows, family = table.take(pa.array(order)), family[order]
    before = np.arange(len(family), dtype=np.int64) - 1
    before[np.concatenate(([True], family[1:] != family[:-1]))] = -1
    there = sayable(table.column_names)
    ordered = {each: one_array(rows.column(each)) for each in arrays if each not in positions and each in there}
    steps = []
    if reference in there or reference == "parent":
        moving = Moving(ordered, family, before, parents, name, reference, {*table.column_names}, counting)
        steps = [step for each in ordered if (step := moving.step(each, each == clock)) is not None]
    return Ordered(rows, before, steps, positions)


def rows_before(columns: Sequence[Coded], before: Ints, all_of: frozenset[str]) -> list[Coded]:
    """Columns of the row before, as columns of this one: those that tell something of themselves, and `all_of` some."""
    later, there = before >= 0, sayable(each.name for each in columns)
    found = []
    for each in columns:
        if each.size < 2 or each.name not in there:
            continue
        if each.name not in all_of:
            if each.size > _MOST:
                continue
            flat = each.codes[before[later]] * each.size + each.codes[later]
            if information(histogram(flat, each.size**2).reshape(each.size, each.size)) < _TELLS:
                continue
        null = each.size if each.null is None else each.null
        codes = np.where(later, each.codes[np.maximum(before, 0)], null)
        size = max(each.size, null + 1)
        found.append(evolve(each, name=f"previous.{said(each.name)}", codes=codes, size=size, null=null))
    return found


def have_order(family: Ints, parents: int) -> bool:
    """Have enough rows one before, and no parent too many?"""
    sizes = np.bincount(family, minlength=parents)
    return len(family) - int((sizes > 0).sum()) >= _FEWEST and int(sizes.max()) <= _LONGEST


def numbers_of_rows(columns: Mapping[str, pa.Array], family: Ints) -> dict[str, int]:
    """Columns that count the rows of each parent, and from where on."""
    place = ranks(family)
    return {name: first for name, each in columns.items() if (first := _counts(each, family, place)) is not None}


def _counts(column: pa.Array, family: Ints, place: Ints) -> int | None:
    """From where on the column counts the rows of each parent, in whatever order these lie."""
    if not pa.types.is_integer(column.type) or column.null_count:
        return None
    numbers = column.cast(pa.int64(), safe=False).to_numpy(zero_copy_only=False)
    order = np.lexsort((numbers, family))
    within = place[np.argsort(family, kind="stable")]
    first = int(numbers.min())
    return first if bool((numbers[order] == first + within).all()) else None


def clock_of(arrays: Mapping[str, pa.Array], family: Ints) -> str | None:
    """The column of moments that the rows of a parent are ordered by: that which orders them as they lie, else the one with the
    most different ones."""
    found: list[tuple[bool, float, int, str]] = []
    order = np.argsort(family, kind="stable")
    same = family[order][1:] == family[order][:-1]
    for number, (name, column) in enumerate(arrays.items()):
        if not is_moment(column.type) or column.null_count:
            continue
        gaps = np.diff(ticks(column)[order])[same]
        sorted_ = float((gaps >= 0).mean())
        found.append((sorted_ > 0.99, float((gaps > 0).mean()), -number, name))
    return max(found)[3] if found else None
