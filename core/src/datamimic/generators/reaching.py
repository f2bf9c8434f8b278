"""Columns that are there already: in a row of a table, behind a reference, among siblings, of children."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

import numpy as np

from datamimic.columns import Column, Struct
from datamimic.columns.value_types import Decimals, Float, Int, Later
from datamimic.errors import DefinitionError, excerpt
from datamimic.generators.field_path import FieldPath
from datamimic.model.context import Context
from datamimic.model.generator import Generator
from datamimic.model.spec import FieldSpec, spec_of


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
        kind = context.batch.spec.fields[context.name].kind
        if isinstance(kind, Decimals):
            return np.rint(table.floats(self.value_column) * 10**kind.scale).astype(np.int64)[rows]
        if isinstance(kind, Int | Float):
            numbers = table.ints(self.value_column) if isinstance(kind, Int) else table.floats(self.value_column)
            return numbers[rows]
        return table[self.value_column].take(rows)


class CopyOf(Generator[Any]):
    """See `copy_of` and `via`."""

    copies = True

    def __init__(self, path: str) -> None:
        self.path = path
        self._names: tuple[str, ...] | None = None
        way = FieldPath.parse(path)
        if way is None:
            raise DefinitionError(
                "bad_field",
                f"{excerpt(path)} leads to nothing",
                hint='name a field, or a field and what it reaches: "bank.name"',
            )
        self._way = way
        self.needs = (way.head,)

    def names(self) -> tuple[str, ...]:
        return super().names() if self._names is None else self._names

    def follow(self, field: Any, fields: Mapping[str, Any]) -> None:
        if field.kind.shape != "entity" and not field.is_relation:
            return
        source = fields.get(self._way.head)
        for part in self._way.parts:
            known = {} if source is None else _fields_of(source, field.owner, fields)
            source = known.get(part)
        if source is None:
            # Of a target that is not defined yet it is not known what its field is: a part.
            self.embeds, self.target = True, field.kind.python
            if issubclass(self.target, Later):
                raise DefinitionError(
                    "bad_field",
                    f"{field.owner.__name__}.{field.name}: {self.target.__name__} is not defined yet",
                    hint="define the entity that is copied before this one",
                )
            return
        self.relates, self.embeds, self.target = (
            source.generator.relates,
            source.generator.embeds,
            source.generator.target,
        )
        if self.embeds:
            self._names = source.generator.names()
        elif not self.relates:
            raise DefinitionError(
                "type_mismatch",
                f"{field.owner.__name__}.{field.name} is annotated {field.kind}, but {self.path} is {source.kind}",
                hint="change the annotation or the path",
            )

    def column(self, context: Context) -> Column:
        column = self._way.column(context)
        if self.embeds and not isinstance(column, Struct):
            raise DefinitionError(
                "wrong_type",
                f"{context.batch.where(context.name)}: {self.path} is no part that could be copied, but refers to an entity",
                hint=f"write ref(…, by=lambda {self._way.head}: {self.path}.rows)",
            )
        return cast(Column, column)


def _fields_of(source: FieldSpec, owner: type, own: Mapping[str, FieldSpec]) -> Mapping[str, FieldSpec]:
    """The fields that a field reaches; none where its target is not defined yet."""
    target = source.generator.target
    if isinstance(target, type):
        return spec_of(target).fields
    annotated = source.kind.python
    return own if isinstance(annotated, type) and annotated.__name__ == owner.__name__ else {}


class Via(CopyOf):
    """See `via`."""

    def __init__(self, path: str) -> None:
        super().__init__(path)
        if not self._way.parts:
            raise DefinitionError(
                "bad_field",
                f"via({excerpt(path)}) leads to nothing",
                hint='name a field and what it reaches: via("bank.name")',
            )


class OfFamily(Generator[Any]):
    """See `of_family`."""

    def __init__(self, name: str) -> None:
        self.name = name

    def column(self, context: Context) -> Column:
        family = context.family
        return family.column(self.name)[family.positions]


def from_row(table: str, column: str, *, row: str) -> Generator[Any]:
    """A column of the table row whose number the field `row` holds: `from_row("payers", "coverage_type", row="payer_row")`.

    The field's type decides how the cells are read: as text, whole numbers, floats, or money (rounded to hundredths).
    """
    return FromRow(table, column, row)


def copy_of(path: str) -> Generator[Any]:
    """Another field of the entity, or what a `path` from a field reaches: `copy_of("bic")`, `copy_of("customer.address")`.

    An embedded entity is copied whole, as a part of this one; a reference refers to the same row. Behind a null reference the
    copy is null.
    """
    return CopyOf(path)


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
