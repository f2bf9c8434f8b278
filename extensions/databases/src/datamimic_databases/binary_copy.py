"""Record batches in PostgreSQL's binary COPY format, a column at a time.

Every value is its length in four bytes and its bytes, -1 for null; a row is preceded by its number of columns. Layouts after
the `send` functions of PostgreSQL's types; all numbers are big-endian.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from datamimic.related import is_uuid, json_text

HEADER = b"PGCOPY\n\xff\r\n\0" + bytes(8)
TRAILER = b"\xff\xff"
_EPOCH_DAYS = 10_957
_EPOCH_MICROSECONDS = _EPOCH_DAYS * 86_400_000_000
_BINARY = pa.binary()
_HEX_PLACES = [place for place in range(36) if place not in (8, 13, 18, 23)]


def copy_rows(batch: pa.RecordBatch) -> memoryview:
    """The rows of a batch as they stand between HEADER and TRAILER."""
    count = np.array([batch.num_columns], dtype=">i2").tobytes()
    parts: list[Any] = [pa.scalar(count, _BINARY)]
    for field, column in zip(batch.schema, batch.columns, strict=True):
        parts += [_fixed(_uuid(column), column)] if is_uuid(field) else _parts(column)
    rows = pc.binary_join_element_wise(*parts, pa.scalar(b"", _BINARY))
    if not len(rows):
        return memoryview(b"")
    offsets = memoryview(rows.buffers()[1]).cast("i")
    return memoryview(rows.buffers()[2])[offsets[rows.offset] : offsets[rows.offset + len(rows)]]


def _parts(column: pa.Array) -> list[Any]:
    """One binary array, or two to be joined: values with their lengths before them, none of them null."""
    kind = column.type
    if pa.types.is_nested(kind):
        return _varying(json_text(column, null=""), column.is_null() if column.null_count else None, b"\x01")
    if pa.types.is_dictionary(kind):
        # The few distinct values get their lengths once; null is one more value.
        values = _framed(column.dictionary)
        codes = column.indices
        if codes.null_count:
            values = pa.concat_arrays([values, pa.array([b"\xff\xff\xff\xff"], _BINARY)])
            codes = codes.fill_null(pa.scalar(len(values) - 1, codes.type))
        return [values.take(codes)]
    if pa.types.is_string(kind) or pa.types.is_binary(kind):
        return _varying(column, column.is_null() if column.null_count else None)
    return [_fixed(_body(column), column)]


def _framed(texts: pa.Array) -> pa.Array:
    return pc.binary_join_element_wise(*_varying(texts, None), pa.scalar(b"", _BINARY))


def _varying(texts: pa.Array, nulls: pa.Array | None, before: bytes = b"") -> list[Any]:
    """[lengths, bytes] of text or binary values; `before` stands at the beginning of each."""
    lengths = np.asarray(pc.fill_null(pc.binary_length(texts), 0)).astype(np.int64) + len(before)
    values = texts.cast(_BINARY)
    if before:
        values = pc.binary_join_element_wise(
            pa.scalar(before, _BINARY), pc.fill_null(values, b""), pa.scalar(b"", _BINARY)
        )
    if nulls is not None:
        lengths = np.where(np.asarray(nulls), -1, lengths)
        values = pc.if_else(nulls, pa.scalar(b"", _BINARY), values)
    return [_bytes_array(lengths.astype(">i4").view(np.uint8).reshape(-1, 4)), values]


def _fixed(body: NDArray[np.uint8], column: pa.Array) -> pa.Array:
    """Values of one width, the bytes of shape (rows, width); null where the column is."""
    rows, width = body.shape
    framed = np.empty((rows, width + 4), dtype=np.uint8)
    framed[:, :4] = np.frombuffer(np.array([width], dtype=">i4").tobytes(), dtype=np.uint8)
    framed[:, 4:] = body
    values = _bytes_array(framed)
    if not column.null_count:
        return values
    return pc.if_else(column.is_null(), pa.scalar(b"\xff\xff\xff\xff", _BINARY), values)


def _body(column: pa.Array) -> NDArray[np.uint8]:
    kind = column.type
    if pa.types.is_boolean(kind):
        return np.asarray(column.fill_null(False)).astype(np.uint8).reshape(-1, 1)
    if pa.types.is_decimal(kind):
        words = np.frombuffer(column.buffers()[1], dtype="<i8")[
            2 * column.offset : 2 * (column.offset + len(column)) : 2
        ]
        units = np.where(np.asarray(column.is_valid()), words, 0)
        return _numeric(np.abs(units).astype(np.uint64), units < 0, kind.scale)
    if pa.types.is_uint64(kind):
        units = np.asarray(column.fill_null(0))
        return _numeric(units, np.zeros(len(units), dtype=np.bool_), 0)
    if pa.types.is_time(kind):
        return _big_endian(np.asarray(column.cast(pa.int64()).fill_null(0)), ">i8")
    if pa.types.is_duration(kind):
        micros = np.asarray(column.cast(pa.int64()).fill_null(0))
        # Microseconds, and of days and months, four bytes each, none.
        return np.concatenate((_big_endian(micros, ">i8"), np.zeros((len(micros), 8), dtype=np.uint8)), axis=1)
    if pa.types.is_date(kind):
        days = np.asarray(column.cast(pa.int32()).fill_null(0)) - _EPOCH_DAYS
        return _big_endian(days, ">i4")
    if pa.types.is_timestamp(kind):
        return _big_endian(np.asarray(column.cast(pa.int64()).fill_null(0)) - _EPOCH_MICROSECONDS, ">i8")
    if pa.types.is_floating(kind):
        return _big_endian(np.asarray(column.fill_null(0.0)), ">f8")
    return _big_endian(np.asarray(column.cast(pa.int64()).fill_null(0)), ">i8")


def _big_endian(numbers: NDArray[Any], kind: str) -> NDArray[np.uint8]:
    swapped = numbers.astype(kind)
    return swapped.view(np.uint8).reshape(len(numbers), swapped.itemsize)


def _numeric(units: NDArray[np.uint64], negative: NDArray[np.bool_], scale: int) -> NDArray[np.uint8]:
    """`numeric` of whole units of 10**-scale: digits to the base 10,000, five before the point and as many as `scale` needs
    after it; leading zeros are allowed."""
    base, after = np.uint64(10_000), -(-scale // 4)
    fields = np.zeros((len(units), 9 + after), dtype=">i2")
    fields[:, 0], fields[:, 1], fields[:, 3] = 5 + after, 4, scale
    fields[:, 2] = np.where(negative, 0x4000, 0)
    whole, rest = np.divmod(units, np.uint64(10**scale))
    for place in (8, 7, 6, 5, 4):
        whole, digit = np.divmod(whole, base)
        fields[:, place] = digit
    left = scale
    for place in range(9, 9 + after):
        left -= 4
        if left >= 0:
            digit, rest = np.divmod(rest, np.uint64(10**left))
        else:
            digit = rest * np.uint64(10**-left)
        fields[:, place] = digit
    return fields.view(np.uint8).reshape(len(units), 2 * fields.shape[1])


def _uuid(column: pa.Array) -> NDArray[np.uint8]:
    """Sixteen bytes for each text of 36 characters; zeros where it is null."""
    texts = column.cast(pa.string()).fill_null("0" * 36).cast(_BINARY)
    letters = np.frombuffer(b"".join(texts.to_pylist()), dtype=np.uint8).reshape(-1, 36)[:, _HEX_PLACES]
    digits = np.where(letters > ord("9"), (letters | 0x20) - ord("a") + 10, letters - ord("0")).astype(np.uint8)
    octets: NDArray[np.uint8] = digits[:, 0::2] * np.uint8(16) + digits[:, 1::2]
    return octets


def _bytes_array(matrix: NDArray[np.uint8]) -> pa.Array:
    """One binary value per row of a (rows, width) byte matrix."""
    rows, width = matrix.shape
    offsets = np.arange(rows + 1, dtype=np.int32) * np.int32(width)
    return pa.Array.from_buffers(
        _BINARY, rows, [None, pa.py_buffer(offsets), pa.py_buffer(np.ascontiguousarray(matrix))]
    )
