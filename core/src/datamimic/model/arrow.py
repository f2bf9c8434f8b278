"""Columns as Arrow arrays: without copies where the layouts agree."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from datamimic.columns import Lists, Maps, Struct, Text
from datamimic.columns.buffers import arrow_numbers
from datamimic.columns.value_types import ValueType
from datamimic.errors import DatamimicError
from datamimic.model.spec import spec_of

DICTIONARY = pa.dictionary(pa.int32(), pa.string())
_TEXT_BYTES = 24
_ITEMS = 3


def arrow_array(column: Any, kind: ValueType, target: pa.DataType | None = None) -> pa.Array:
    """The Arrow array of a column. `target` settles whether text leaves coded or plain; without it text leaves as it is."""
    if isinstance(column, Text):
        coded = column.is_coded if target is None else pa.types.is_dictionary(target)
        return column.dictionary() if coded else column.arrow()
    if kind.shape == "scalar":
        return _scalar(column, kind)
    if isinstance(column, Lists):
        assert kind.item is not None
        offsets = arrow_numbers(column.offsets.astype(np.int32))
        mask = None if column.present is None else arrow_numbers(~column.present)
        return pa.ListArray.from_arrays(offsets, _plain(column.values, kind.item), mask=mask)
    if isinstance(column, Maps):
        offsets = np.concatenate(([0], np.cumsum(column.lengths))).astype(np.int32)
        # A null offset makes a null of the mapping that begins there.
        missing = None if column.present is None else np.append(~column.present, False)
        return pa.MapArray.from_arrays(arrow_numbers(offsets, missing), column.keys.arrow(), column.values.arrow())
    assert isinstance(column, Struct)
    members = struct_kinds(kind)
    names = [name for name in members if name in column.columns]
    arrays = [_plain(getattr(column, name), members[name]) for name in names]
    fields = [pa.field(name, array.type) for name, array in zip(names, arrays, strict=True)]
    mask = None if column.present is None else arrow_numbers(~column.present)
    return pa.StructArray.from_arrays(arrays, fields=fields, mask=mask)


def rows_within(schema: pa.Schema, room: int, most: int) -> int:
    """How many rows take about `room` bytes as Arrow arrays: a power of two from 16,384 to `most`. It follows from the types
    of the columns alone, a text being taken for 24 bytes and a list for three items."""
    rows = most
    while rows > 16_384 and rows * sum(_width(field.type) for field in schema) > room:
        rows //= 2
    return rows


def _width(kind: pa.DataType) -> int:
    types = pa.types
    if types.is_dictionary(kind):
        return _width(kind.index_type)
    if types.is_struct(kind):
        return sum(_width(field.type) for field in kind)
    if types.is_map(kind):
        return 4 + _ITEMS * (_width(kind.key_type) + _width(kind.item_type))
    if types.is_list(kind):
        return 4 + _ITEMS * _width(kind.value_type)
    return _TEXT_BYTES if types.is_string(kind) else max(1, kind.bit_width // 8)


def struct_kinds(kind: ValueType) -> dict[str, ValueType]:
    """The members of a record or embedded entity."""
    if kind.shape == "entity":
        return {name: spec.kind for name, spec in spec_of(kind.python).fields.items()}
    return dict(kind.members or {})


def _plain(column: Any, kind: ValueType) -> pa.Array:
    return arrow_array(column, kind, pa.string())


def _scalar(column: Any, kind: ValueType) -> pa.Array:
    mask = None
    if isinstance(column, np.ma.MaskedArray):
        mask = np.ma.getmaskarray(column)
        column = column.data
    if kind.scalar == "date":
        return arrow_numbers(column.astype(np.int64).astype(np.int32), mask).view(pa.date32())
    if kind.scalar == "datetime":
        return arrow_numbers(column.astype(np.int64), mask).view(pa.timestamp("us", tz="UTC"))
    if kind.scalar == "decimal":
        return _decimal(column, mask)
    return pa.array(column, mask=mask) if column.dtype.kind in "OSUV" else arrow_numbers(column, mask)


def _decimal(cents: Any, mask: Any) -> pa.Array:
    """decimal128(18, 2) from int64 hundredths: sixteen little-endian bytes, the upper eight the sign."""
    words = np.empty((len(cents), 2), dtype="<i8")
    words[:, 0] = cents
    words[:, 1] = np.asarray(cents) >> 63
    validity = None
    if mask is not None and mask.any():
        validity = pa.py_buffer(np.packbits(~mask, bitorder="little"))
    return pa.Array.from_buffers(pa.decimal128(18, 2), len(cents), [validity, pa.py_buffer(words)])


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
        if kind.shape == "scalar":
            return _scalar_from(array, kind)
        values = array.to_pylist()
        if pa.types.is_string(array.type) or pa.types.is_large_string(array.type):
            values = [json.loads(value) if value else None for value in values]
        return _nested_from(values, kind, where)
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError, ValueError, TypeError, KeyError) as error:
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise DatamimicError(
            "bad_input", f"{where} is not {kind}: {reason}", hint="see `dm describe` for the column's type"
        ) from None


def _scalar_from(array: pa.Array, kind: ValueType) -> Any:
    if kind.scalar == "str":
        text = Text.plain(array.cast(pa.string()))
        return text.where(text != "") if kind.nullable else text.fill("")
    if pa.types.is_string(array.type) or pa.types.is_large_string(array.type):
        array = pc.if_else(pc.equal(array, ""), pa.scalar(None, array.type), array)
    if kind.scalar == "decimal":
        return _masked(_cents(array), np.dtype(np.int64))
    if kind.scalar == "datetime":
        if pa.types.is_string(array.type):
            array = array.cast(pa.timestamp("us", tz="UTC"))
        return _masked(array.cast(pa.timestamp("us", tz="UTC")).cast(pa.int64()), np.dtype("datetime64[us]"))
    if kind.scalar == "date":
        return _masked(array.cast(pa.date32()).cast(pa.int32()).cast(pa.int64()), np.dtype("datetime64[D]"))
    dtype = {"int": np.int64, "float": np.float64, "bool": np.bool_}[str(kind.scalar)]
    return _masked(array.cast(kind.arrow), np.dtype(dtype))


def _cents(array: pa.Array) -> pa.Array:
    """Hundredths: of decimals and of their text exactly, where hundredths hold them; else the nearest ones."""
    if pa.types.is_decimal(array.type) or pa.types.is_string(array.type):
        try:
            return pc.multiply(array.cast(pa.decimal128(30, 2)), pa.scalar(Decimal(100))).cast(pa.int64())
        except pa.ArrowInvalid:
            pass
    return pc.round(pc.multiply(array.cast(pa.float64()), 100.0)).cast(pa.int64())


def _masked(array: pa.Array, dtype: np.dtype[Any]) -> Any:
    if not array.null_count:
        return np.asarray(array).astype(dtype) if dtype.kind != "M" else np.asarray(array).view(dtype)
    mask = np.asarray(array.is_null())
    filled = np.asarray(array.fill_null(False if dtype.kind == "b" else 0))
    return np.ma.MaskedArray(filled.view(dtype) if dtype.kind == "M" else filled.astype(dtype), mask)


def _nested_from(values: list[Any], kind: ValueType, where: str) -> Any:
    if kind.shape == "scalar":
        if kind.scalar in ("date", "datetime", "decimal"):
            values = [None if value is None else str(value) for value in values]
        return (
            _scalar_from(pa.array(values), kind)
            if any(v is not None for v in values)
            else _scalar_from(pa.array(values, pa.string()), kind)
        )
    present = np.array([value is not None for value in values], dtype=np.bool_)
    if kind.shape == "list":
        assert kind.item is not None
        listed = [value or [] for value in values]
        items = _nested_from([item for v in listed for item in v], kind.item, where)
        return Lists(np.array([len(v) for v in listed]), items, None if present.all() else present)
    if kind.shape == "map":
        maps = [dict(value or {}) for value in values]
        texts = Text.of([text for value in maps for text in value.values()])
        keys = Text.of([key for value in maps for key in value])
        return Maps(np.array([len(v) for v in maps]), keys, texts, None if present.all() else present)
    members = struct_kinds(kind)
    # A part that no record has is not there; where there is no record, none is known to lack.
    names = [name for name in members if not present.any() or any(name in (value or ()) for value in values)]
    columns = {
        name: _nested_from([(value or {}).get(name) for value in values], members[name], f"{where}.{name}")
        for name in names
    }
    return Struct(columns, None if present.all() else present)
