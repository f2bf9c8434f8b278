"""Values that make sense: what the compiler makes of columns whose names mean something, as proposals. They are kept where no
constraint speaks against them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

import numpy as np
import pyarrow as pa
from attrs import evolve

from datamimic import DatamimicError, Draw, World, installed_packs
from datamimic_models.compiling.names import identifier
from datamimic_models.compiling.planning import plan_of
from datamimic_models.compiling.surroundings import Surroundings
from datamimic_models.filling.tables import FilledTable
from datamimic_models.model import Column, Mistakes, Model, RowCount, Table
from datamimic_models.model_reader import described
from datamimic_models.rules.kinds import usual_rule
from datamimic_models.schemas.schema import SqlColumn
from datamimic_models.solving.axes import Axis
from datamimic_models.solving.drawing import NULL_SHARE, Source
from datamimic_models.solving.made import Made

MODEL: Final = "filled"
KINDS: Final = ("str", "int", "decimal", "float", "date", "datetime", "bool")


def propose(tables: Iterable[FilledTable], seed: str, locale: str, mistakes: Mistakes) -> None:
    """Give every table the values that its columns mean, of its new rows."""
    wanted: dict[int, tuple[FilledTable, Table]] = {}
    for number, table in enumerate(tables):
        columns = [_column(each) for each in table.columns if _free(table, each)]
        if columns and table.rows:
            name = identifier(table.sql.name, f"table_{number}", [made.name for _, made in wanted.values()])
            made = Table(
                name=name, columns=tuple(columns), comment=table.sql.comment, rows=RowCount(table.held + table.rows)
            )
            wanted[number] = (table, made)
    kept = _meant(wanted, locale)
    if not kept:
        return
    model = Model(name=MODEL, tables=tuple(made for _, made in kept), locale=locale)
    try:
        world = World(seed, locale, models=[described(model)])
        for table, made in kept:
            found = world[f"{MODEL}.{made.name}"][table.held : table.held + table.rows].to_arrow()
            for column in made.columns:
                if column.name in found.schema.names:
                    _take(table, table.sql.column(column.name), found.column(column.name))
    except DatamimicError as error:
        mistakes.warn("models.no_sense", f"values are made by type alone: {error.message}")


def _meant(wanted: dict[int, tuple[FilledTable, Table]], locale: str) -> list[tuple[FilledTable, Table]]:
    """The tables with the columns that the compiler has more for than their type."""
    packs = installed_packs()
    model = Model(name=MODEL, tables=tuple(made for _, made in wanted.values()), locale=locale)
    mistakes = Mistakes()
    plan = plan_of(model, packs, mistakes)
    if mistakes.errors:
        return []
    found = []
    for table, made in wanted.values():
        around = Surroundings(plan.model, plan.tables[made.name].table, packs, plan.fields)
        usual = {each.name: around.usual(each) for each in made.columns}
        meant = tuple(
            each for each in made.columns if usual[each.name] not in (None, usual_rule(each.type, unique=False))
        )
        if meant:
            found.append((table, evolve(made, columns=meant)))
    return found


def _free(table: FilledTable, column: SqlColumn) -> bool:
    """Whether the column is no key and has a type that values can be proposed for."""
    key = column.name in table.referring() or column.name in table.sql.primary_key
    return not key and column.identity is None and column.type.name in KINDS and not column.type.choices


def _column(column: SqlColumn) -> Column:
    return Column(name=column.name, type=column.type, comment=column.comment)


def _take(table: FilledTable, column: SqlColumn, values: Any) -> None:
    array = values.combine_chunks() if isinstance(values, pa.ChunkedArray) else values
    if pa.types.is_dictionary(array.type):
        array = array.dictionary_decode()
    null = np.asarray(array.is_null().to_numpy(zero_copy_only=False), dtype=np.bool_)
    axis = table.axes.get(column.name)
    data = _texts(array) if axis is None else _ticks(array, axis)
    if column.nullable:
        null = null | Draw((*table.address, column.name), table.numbers()).chance(NULL_SHARE, "null")
    table.sources[column.name] = Source(None, Made(data, null))


def _texts(array: pa.Array) -> Any:
    return np.array(["" if each is None else str(each) for each in array.to_pylist()], dtype=object)


def _ticks(array: pa.Array, axis: Axis) -> Any:
    kind = array.type
    if pa.types.is_date(kind):
        days = array.cast(pa.date32()).cast(pa.int32()).fill_null(0).to_numpy(zero_copy_only=False).astype(np.int64)
        return days if axis.kind == "date" else days * 86_400_000_000
    if pa.types.is_timestamp(kind):
        return array.cast(pa.timestamp("us", kind.tz)).cast(pa.int64()).fill_null(0).to_numpy(zero_copy_only=False)
    if pa.types.is_integer(kind) or pa.types.is_boolean(kind):
        whole = array.cast(pa.int64()).fill_null(0).to_numpy(zero_copy_only=False)
        return whole * int(1 / axis.unit)
    return np.array([0 if each is None else int(axis.ticks(each)) for each in array.to_pylist()], dtype=np.int64)
