"""Values of columns as the drivers take them."""

from __future__ import annotations

from typing import Any

from datamimic_models.filling.tables import FilledTable
from datamimic_models.schemas.schema import SqlColumn
from datamimic_models.solving.made import Made
from datamimic_models.solving.texts import texts_of


def texts(table: FilledTable, column: SqlColumn) -> list[str | None]:
    """One text per new row, as SQL writes values; of bytes, hexadecimal digits."""
    return _texts(table, column, table.made[column.name])


def _texts(table: FilledTable, column: SqlColumn, made: Made) -> list[str | None]:
    axis = table.axes.get(column.name)
    found: list[Any] = texts_of(made.values, axis) if axis is not None else made.values.tolist()
    if made.null.any():
        return [None if null else text for text, null in zip(found, made.null.tolist(), strict=True)]
    return found


def values(table: FilledTable, column: SqlColumn) -> list[Any]:
    """One Python value per new row: whole numbers and truth as int, bytes as bytes, everything else as text."""
    made = table.made[column.name]
    axis = table.axes.get(column.name)
    if axis is not None and axis.kind in ("number", "bool") and axis.decimals == 0:
        found: list[Any] = made.values.tolist()
        return [None if null else number for number, null in zip(found, made.null.tolist(), strict=True)]
    said = _texts(table, column, made)
    if column.type.name == "bytes":
        return [None if each is None else bytes.fromhex(each) for each in said]
    if axis is not None and axis.decimals and column.type.name == "float":
        return [None if each is None else float(each) for each in said]
    return list(said)
