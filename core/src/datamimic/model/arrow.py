"""Columns as Arrow arrays: without copies where the layouts agree."""

from __future__ import annotations

from typing import Any

import pyarrow as pa

from datamimic.columns.value_types import ValueType
from datamimic.errors import DatamimicError, DefinitionError

_TEXT_BYTES = 24
_ITEMS = 3


def rows_within(schema: pa.Schema, room: int, most: int) -> int:
    """How many rows take about `room` bytes as Arrow arrays: a power of two from 16,384 to `most`. It follows from the types
    of the columns alone, a text being taken for 24 bytes and a list for three items."""
    return _halved(most, 16_384, sum(_width(field.type) for field in schema), room)


def rows_like(batch: pa.RecordBatch, room: int, most: int) -> int:
    """How many rows like those of a batch take about `room` bytes: a power of two from 512 to `most`. Dictionaries, which
    batches share, count for nothing; lists are as long as they are."""
    return _halved(most, 512, sum(map(_mean_width, batch.columns)), room)


def _halved(rows: int, least: int, width: float, room: int) -> int:
    while rows > least and rows * width > room:
        rows //= 2
    return rows


def _mean_width(array: pa.Array) -> float:
    kind = array.type
    if pa.types.is_struct(kind):
        return sum(map(_mean_width, array.flatten()))
    if pa.types.is_list(kind) or pa.types.is_map(kind):
        items = array.flatten() if pa.types.is_list(kind) else array.values
        return 4 + _mean_width(items) * len(items) / max(len(array), 1) if len(items) else 4
    return _width(kind)


def _width(kind: pa.DataType) -> int:
    types = pa.types
    if types.is_dictionary(kind):
        return _width(kind.index_type)
    if types.is_struct(kind):
        return sum(_width(field.type) for field in kind)
    if types.is_map(kind):
        return 4 + _ITEMS * (_width(kind.key_type) + _width(kind.item_type))
    if types.is_fixed_size_list(kind):
        return kind.list_size * _width(kind.value_type)
    if types.is_list(kind) or types.is_large_list(kind):
        return 4 + _ITEMS * _width(kind.value_type)
    if types.is_null(kind):
        return 0
    fixed = types.is_primitive(kind) or types.is_decimal(kind) or types.is_fixed_size_binary(kind)
    return max(1, kind.bit_width // 8) if fixed else _TEXT_BYTES


def decoded(array: pa.Array) -> pa.Array:
    """The array with dictionaries replaced by their values."""
    if isinstance(array, pa.ChunkedArray):
        array = array.combine_chunks()
    return array.cast(array.type.value_type) if pa.types.is_dictionary(array.type) else array


def column_from(array: pa.Array | pa.ChunkedArray, kind: ValueType, where: str) -> Any:
    """The column in flight of an Arrow array, of the kind's own type or of text that stands for it (a CSV cell, JSON).

    An empty text is null where the kind is not text. Raises `DatamimicError` (`bad_input`) naming `where` and the value
    that does not fit.
    """
    array = decoded(array)
    if kind.shape == "entity" and not pa.types.is_struct(array.type) and not pa.types.is_string(array.type):
        raise DatamimicError("bad_input", f"{where} holds {array.type}, not {kind}")
    try:
        return kind.from_arrow(array, where)
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError, ValueError, TypeError, KeyError, DefinitionError) as error:
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise DatamimicError(
            "bad_input", f"{where} is not {kind}: {reason}", hint="see `dm describe` for the column's type"
        ) from None
