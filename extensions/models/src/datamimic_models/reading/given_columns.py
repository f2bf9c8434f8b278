"""The columns of a table whose rows exist, where the model does not list them: those of the file, of the narrowest type that
holds its first rows."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
from attrs import evolve

from datamimic import DatamimicError, read_batches
from datamimic_models.model import Column, ColumnType, Mistakes, Model, Table
from datamimic_models.model.types import TypeName

_TRIED: tuple[tuple[TypeName, pa.DataType], ...] = (
    ("int", pa.int64()),
    ("float", pa.float64()),
    ("date", pa.date32()),
    ("datetime", pa.timestamp("us")),
)


def with_given_columns(model: Model, mistakes: Mistakes) -> Model:
    """The model with the columns of its files."""
    tables = tuple(
        _with_columns(each, model, mistakes) if each.source and not each.columns else each for each in model.tables
    )
    return evolve(model, tables=tables)


def _with_columns(table: Table, model: Model, mistakes: Mistakes) -> Table:
    settings: dict[str, Any] = dict(table.settings)
    path = Path(model.folder or ".") / str(table.source)
    try:
        batch = next(iter(read_batches(path, settings.pop("format", None), settings=settings)), None)
    except DatamimicError as error:
        mistakes.add("models.unreadable", f"the rows of {table.name}: {error.message}", table.place, hint=error.hint)
        return table
    if batch is None:
        mistakes.add("models.empty", f"the file of {table.name} has no row", table.place, hint="list its columns")
        return table
    columns = tuple(
        Column(name=name, type=_type(column), nullable=name not in table.primary_key, place=table.place)
        for name, column in zip(batch.schema.names, batch.columns, strict=True)
    )
    return evolve(table, columns=columns)


def _type(column: pa.Array) -> ColumnType:
    kind = column.type
    if pa.types.is_dictionary(kind):
        column, kind = column.cast(kind.value_type), kind.value_type
    if not (pa.types.is_string(kind) or pa.types.is_large_string(kind)):
        return _of_arrow(kind)
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


def _of_arrow(kind: pa.DataType) -> ColumnType:
    tests: tuple[tuple[Any, TypeName], ...] = (
        (pa.types.is_boolean, "bool"),
        (pa.types.is_integer, "int"),
        (pa.types.is_floating, "float"),
        (pa.types.is_date, "date"),
        (pa.types.is_timestamp, "datetime"),
        (pa.types.is_time, "time"),
        (pa.types.is_duration, "duration"),
        (pa.types.is_binary, "bytes"),
    )
    if pa.types.is_decimal(kind):
        return ColumnType("decimal", precision=kind.precision, scale=kind.scale)
    return ColumnType(next((name for test, name in tests if test(kind)), "str"))
