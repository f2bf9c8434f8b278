"""The columns of a table whose rows exist, where the model does not list them: those of the file, of the narrowest type that
holds its first rows, or of the database, as it declares them."""

from __future__ import annotations

from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
from attrs import evolve

from datamimic import DatamimicError, columns_of_table, read_batches
from datamimic_models.model import Column, ColumnType, Mistakes, Model, Table
from datamimic_models.model.arrow_types import type_of_arrow
from datamimic_models.model.sources import SourcePlace, not_trusted, refuse_outside, source_place
from datamimic_models.model.types import TypeName

_TRIED: tuple[tuple[TypeName, pa.DataType], ...] = (
    ("int", pa.int64()),
    ("float", pa.float64()),
    ("date", pa.date32()),
    ("datetime", pa.timestamp("us")),
)


def with_given_columns(model: Model, mistakes: Mistakes, *, trusted: bool = False) -> Model:
    """The model with the columns of its files and of tables of databases. A file elsewhere is a mistake, where the model is not
    trusted, whether its columns are listed or not."""
    tables = tuple(_with_columns(each, model, mistakes, trusted) if each.source else each for each in model.tables)
    return evolve(model, tables=tables)


def _with_columns(table: Table, model: Model, mistakes: Mistakes, trusted: bool) -> Table:
    place = source_place(table, model.folder)
    try:
        if not trusted:
            refuse_outside(table, place, model.folder)
        if table.columns:
            return table
        found = _found(table, place, trusted)
    except DatamimicError as error:
        if error.code == "models.outside_folder":
            mistakes.add(error.code, error.message, table.place, hint=error.hint)
            return table
        code = error.code if error.code == "models.not_trusted" else "models.unreadable"
        mistakes.add(code, f"the rows of {table.name}: {error.message}", table.place, hint=error.hint)
        return table
    if not found:
        mistakes.add("models.empty", f"the file of {table.name} has no row", table.place, hint="list its columns")
        return table
    columns = tuple(
        Column(name=name, type=kind, nullable=nullable and name not in table.primary_key, place=table.place)
        for name, kind, nullable in found
    )
    return evolve(table, columns=columns)


def _found(table: Table, place: SourcePlace, trusted: bool) -> list[tuple[str, ColumnType, bool]]:
    """(name, type, whether it may be null) of the columns; none of a file without a row."""
    settings: dict[str, Any] = dict(table.settings)
    if place.file is None and not trusted:
        raise not_trusted(table)
    if place.in_database:
        return [(each.name, type_of_arrow(each.type), each.nullable) for each in columns_of_table(place.location)]
    assert place.file is not None
    batch = next(iter(read_batches(place.file, settings.pop("format", None), settings=settings)), None)
    if batch is None:
        return []
    return [(name, _type(column), True) for name, column in zip(batch.schema.names, batch.columns, strict=True)]


def _type(column: pa.Array) -> ColumnType:
    kind = column.type
    if pa.types.is_dictionary(kind):
        column, kind = column.cast(kind.value_type), kind.value_type
    if not (pa.types.is_string(kind) or pa.types.is_large_string(kind)):
        return type_of_arrow(kind)
    filled = column.filter(pc.not_equal(column, "")).drop_null()
    for name, wanted in _TRIED if len(filled) else ():
        try:
            cast = filled.cast(wanted)
        except (pa.ArrowInvalid, pa.ArrowNotImplementedError):
            continue
        # 007 is no number: what is not written so again stays text.
        if name != "int" or cast.cast(filled.type).equals(filled):
            return ColumnType(name)
    return ColumnType("str")
