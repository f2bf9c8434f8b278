"""Columns of a document's tables that are called after the key of another one: they refer to it."""

from __future__ import annotations

from attrs import evolve

from datamimic_models.model import Column, ForeignKey, Table
from datamimic_models.reading.shaped_names import table_name


def with_references(tables: list[Table]) -> list[Table]:
    """`petId` of an order refers to the `id` of `pet`, where there is such a table with such a key."""
    return [_with_keys(each, tables) for each in tables]


def _with_keys(table: Table, tables: list[Table]) -> Table:
    columns, keys = list(table.columns), list(table.foreign_keys)
    for place, column in enumerate(columns):
        parent = None if (column.name,) == table.primary_key else _parent(column, table, tables)
        if parent is not None:
            columns[place] = evolve(column, rule=None)
            keys.append(
                ForeignKey(
                    columns=(column.name,),
                    parent_table=parent.name,
                    parent_columns=parent.primary_key,
                    place=column.place,
                )
            )
    return evolve(table, columns=tuple(columns), foreign_keys=tuple(keys))


def _parent(column: Column, table: Table, tables: list[Table]) -> Table | None:
    said = table_name(column.name)
    for other in tables:
        if other is table or len(other.primary_key) != 1:
            continue
        key = other.column(other.primary_key[0])
        names = {f"{other.name}_id", f"{other.name.removesuffix('s')}_id"} - {"id"}
        if said in names and key.type.name == column.type.name and not column.type.choices:
            return other
    return None
