"""Samples as data frames of pandas, and back: what other learners take and give."""

from __future__ import annotations

from typing import Any

import pyarrow as pa

from datamimic_learning.samples.sample import SampleTable


def frame_of(table: SampleTable) -> Any:
    """A data frame of pandas, text as objects."""
    return table.read().to_pandas()


def table_of(frame: Any, schema: pa.Schema) -> pa.Table:
    """In the columns and types of the schema; values that are none of the type are missing."""
    columns = []
    for field in schema:
        column = pa.Array.from_pandas(frame[field.name])
        if column.type != field.type:
            column = _cast(column, field.type)
        columns.append(column)
    return pa.Table.from_arrays(columns, schema=pa.schema([each.with_nullable(True) for each in schema]))


def _cast(column: pa.Array, kind: pa.DataType) -> pa.Array:
    if pa.types.is_integer(kind) and pa.types.is_floating(column.type):
        column = pa.compute.round(column)
    try:
        return column.cast(kind, safe=False)
    except pa.ArrowInvalid:
        return column.cast(pa.string()).cast(kind)
