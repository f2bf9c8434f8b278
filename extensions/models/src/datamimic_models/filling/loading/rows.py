"""Values of columns as the drivers take them."""

from __future__ import annotations

import re
import struct
from typing import Any, Final

from datamimic_models.filling.tables import FilledTable
from datamimic_models.schemas.schema import SqlColumn
from datamimic_models.solving.made import Made
from datamimic_models.solving.natives import base_name
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


_PLANE: Final = {"point": 1, "geometry": 1, "linestring": 2, "polygon": 3, "multipoint": 4}
"""Types of geometry in MariaDB and MySQL, with their number in well-known binary."""


def _binary(kind: str, text: str) -> bytes:
    """Points that a text names as MySQL holds geometry: no reference system, then well-known binary."""
    found = list(map(float, re.findall(r"-?\d+(?:\.\d+)?", text)))
    points = [struct.pack("<dd", *found[at : at + 2]) for at in range(0, len(found) - 1, 2)]
    number = _PLANE[kind]
    head = struct.pack("<IBI", 0, 1, number)
    if number == 1:
        return head + points[0]
    if number == 3:
        points.append(points[0])
        head += struct.pack("<I", 1)
    mark = struct.pack("<BI", 1, 1) if number == 4 else b""
    return head + struct.pack("<I", len(points)) + b"".join(mark + point for point in points)


def values(table: FilledTable, column: SqlColumn, *, mysql: bool = False) -> list[Any]:
    """One Python value per new row: whole numbers and truth as int, bytes as bytes, everything else as text; geometry as
    `mysql` holds it."""
    made = table.made[column.name]
    axis = table.axes.get(column.name)
    if axis is not None and axis.kind in ("number", "bool") and axis.decimals == 0:
        found: list[Any] = made.values.tolist()
        return [None if null else number for number, null in zip(found, made.null.tolist(), strict=True)]
    said = _texts(table, column, made)
    if mysql and (kind := base_name(column.native)) in _PLANE:
        return [None if each is None else _binary(kind, each) for each in said]
    if column.type.name == "bytes":
        return [None if each is None else bytes.fromhex(each) for each in said]
    if axis is not None and axis.decimals and column.type.name == "float":
        return [None if each is None else float(each) for each in said]
    return list(said)
