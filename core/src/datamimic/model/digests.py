"""The digest of a column: the same for the same values, whatever the batches, dictionaries and slices they came in."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

import numpy as np
import pyarrow as pa

from datamimic.columns.buffers import arrow_text, numpy_values, true_values
from datamimic.model.arrow import decoded


def column_digest(column: pa.Array) -> bytes:
    """32 bytes of SHA-256 over the column's logical content: type, validity and values, dictionaries resolved."""
    hasher = hashlib.sha256()
    _feed(hasher.update, decoded(column))
    return hasher.digest()


def _feed(update: Callable[[bytes | memoryview], None], array: pa.Array) -> None:
    array = decoded(array)
    kind = array.type
    update(f"{_name(kind)}:{len(array)}:{array.null_count};".encode())
    if array.null_count:
        update(np.packbits(numpy_values(array.is_valid()), bitorder="little").tobytes())
    if pa.types.is_struct(kind):
        for index, field in enumerate(kind):
            update(field.name.encode())
            _feed(update, array.field(index))
    elif pa.types.is_map(kind) or pa.types.is_list(kind):
        update(_lengths(array))
        # flatten() respects slices and nulls, which the raw children do not.
        values = (
            array.flatten() if pa.types.is_list(kind) else array.cast(pa.list_(pa.struct([*_pairs(kind)]))).flatten()
        )
        _feed(update, values)
    elif pa.types.is_fixed_size_list(kind):
        # As the list that some formats keep instead.
        update(np.where(numpy_values(array.is_valid()), kind.list_size, 0).astype("<i4").tobytes())
        _feed(update, array.flatten())
    elif pa.types.is_string(kind) or pa.types.is_binary(kind):
        filled = array.fill_null(arrow_text("").cast(kind)) if array.null_count else array
        offsets = np.frombuffer(filled.buffers()[1], dtype=np.int32)[filled.offset : filled.offset + len(filled) + 1]
        update(np.diff(offsets).astype("<i4").tobytes())
        if len(filled) and filled.buffers()[2] is not None:
            update(memoryview(filled.buffers()[2])[int(offsets[0]) : int(offsets[-1])])
    elif pa.types.is_boolean(kind):
        update(np.packbits(true_values(array), bitorder="little").tobytes())
    else:
        width = kind.bit_width // 8
        if array.null_count:
            array = array.fill_null(_zero(kind))
        body = array.buffers()[1]
        if len(array):
            update(memoryview(body)[array.offset * width : (array.offset + len(array)) * width])


def _lengths(array: pa.Array) -> bytes:
    offsets = np.frombuffer(array.buffers()[1], dtype=np.int32)[array.offset : array.offset + len(array) + 1]
    lengths = np.diff(offsets)
    if array.null_count:
        lengths = np.where(numpy_values(array.is_valid()), lengths, 0)
    return lengths.astype("<i4").tobytes()


def _pairs(kind: pa.DataType) -> list[pa.Field]:
    return [pa.field("key", kind.key_type, False), pa.field("value", kind.item_type)]


def _zero(kind: pa.DataType) -> pa.Scalar:
    return pa.Array.from_buffers(kind, 1, [None, pa.py_buffer(bytes(kind.bit_width // 8))])[0]


def _name(kind: pa.DataType) -> str:
    if pa.types.is_struct(kind):
        return "struct"
    if pa.types.is_map(kind):
        return "map"
    return "list" if pa.types.is_list(kind) or pa.types.is_fixed_size_list(kind) else str(kind)
