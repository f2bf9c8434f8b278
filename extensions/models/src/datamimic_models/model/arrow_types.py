"""The type of a column of the model that holds what a column of Arrow does."""

from __future__ import annotations

from typing import Any

import pyarrow as pa
from attrs import evolve

from datamimic_models.model.types import ColumnType, TypeName


def type_of_arrow(kind: pa.DataType) -> ColumnType:
    """Text where no other type is alike."""
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
    if pa.types.is_list(kind) or pa.types.is_large_list(kind):
        return ColumnType("list", item=evolve(type_of_arrow(kind.value_type), nullable=True))
    if pa.types.is_struct(kind) and kind.num_fields:
        members = ((each.name, evolve(type_of_arrow(each.type), nullable=each.nullable)) for each in kind)
        return ColumnType("struct", members=tuple(members))
    if pa.types.is_decimal(kind):
        return ColumnType("decimal", precision=kind.precision, scale=kind.scale)
    return ColumnType(next((name for test, name in tests if test(kind)), "str"))
