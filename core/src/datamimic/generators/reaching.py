"""Columns that are there already: in a row of a table, behind a reference, among siblings, of children."""

from __future__ import annotations

from typing import Any

import numpy as np

from datamimic.columns import Column
from datamimic.errors import DefinitionError, excerpt
from datamimic.model.context import Context
from datamimic.model.generator import Generator


class FromRow(Generator[Any]):
    """See `from_row`."""

    def __init__(self, table: str, column: str, row: str) -> None:
        self.table = table
        self.value_column = column
        self.row = row
        self.tables = (self.table,)
        self.needs = (self.row,)

    def column(self, context: Context) -> Column:
        table = context.data[self.table]
        rows = context.column(self.row)
        scalar = context.batch.spec.fields[context.name].kind.scalar
        if scalar == "decimal":
            return np.rint(table.floats(self.value_column) * 100).astype(np.int64)[rows]
        if scalar in ("int", "float"):
            numbers = table.ints(self.value_column) if scalar == "int" else table.floats(self.value_column)
            return numbers[rows]
        return table[self.value_column].take(rows)


class Via(Generator[Any]):
    """See `via`."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.head, *self.parts = path.split(".")
        if not self.parts or not all(part.isidentifier() for part in (self.head, *self.parts)):
            raise DefinitionError(
                "bad_field",
                f"via({excerpt(path)}) leads to nothing",
                hint='name a field and what it reaches: via("bank.name")',
            )
        self.needs = (self.head,)

    def column(self, context: Context) -> Column:
        column = context.column(self.head)
        for part in self.parts:
            column = getattr(column, part)
        return column


class OfFamily(Generator[Any]):
    """See `of_family`."""

    def __init__(self, name: str) -> None:
        self.name = name

    def column(self, context: Context) -> Column:
        family = context.family
        return family.column(self.name)[family.positions]


class SumOf(Generator[Any]):
    """See `sum_of`."""

    def __init__(self, children: str, column: str) -> None:
        self.children = children
        self.summed = column
        self.needs = (self.children,)

    def column(self, context: Context) -> Column:
        return context.column(self.children).sum(self.summed)


class CountOf(Generator[Any]):
    """See `count_of`."""

    python_type = int

    def __init__(self, children: str) -> None:
        self.children = children
        self.needs = (self.children,)

    def column(self, context: Context) -> Column:
        return context.column(self.children).counts


def from_row(table: str, column: str, *, row: str) -> Generator[Any]:
    """A column of the table row whose number the field `row` holds: `from_row("payers", "coverage_type", row="payer_row")`.

    The field's type decides how the cells are read: as text, whole numbers, floats, or money (rounded to hundredths).
    """
    return FromRow(table, column, row)


def via(path: str) -> Generator[Any]:
    """What a field of the same row reaches: `via("bank.name")`, `via("holder.address.city")`, `via("order.index")`.

    The first name is a field: a reference, a parent, an embedded entity or a record; the rest are its fields. Raises
    `DefinitionError` (`bad_field`) for a path of fewer than two names.
    """
    return Via(path)


def of_family(name: str) -> Generator[Any]:
    """On a child: its own place in a column that is made for all siblings at once, such as a running sum.

    `name` is a field whose rule asks for `family`, or any other; raises `DefinitionError` (`bad_rule`) without a parent.
    """
    return OfFamily(name)


def sum_of(children: str, column: str) -> Generator[Any]:
    """On a parent: the sum of an integer or money column of its children, 0 without any: `sum_of("lines", "line_total")`."""
    return SumOf(children, column)


def count_of(children: str) -> Generator[int]:
    """On a parent: how many children it has."""
    return CountOf(children)
