"""Columns as Arrow arrays: without copies where the layouts agree."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa

from datamimic.columns import Lists, Maps, Struct, Text
from datamimic.kinds import Kind

DICTIONARY = pa.dictionary(pa.int32(), pa.string())


def arrow_array(column: Any, kind: Kind, target: pa.DataType | None = None) -> pa.Array:
    """The Arrow array of a column. `target` settles whether text leaves coded or plain; without it text leaves as it is."""
    if isinstance(column, Text):
        coded = column.is_coded if target is None else pa.types.is_dictionary(target)
        return column.dictionary() if coded else column.arrow()
    if kind.shape == "scalar":
        return _scalar(column, kind)
    if isinstance(column, Lists):
        assert kind.item is not None
        offsets = pa.array(column.offsets.astype(np.int32))
        return pa.ListArray.from_arrays(offsets, _plain(column.values, kind.item))
    if isinstance(column, Maps):
        offsets = pa.array(np.concatenate(([0], np.cumsum(column.lengths))).astype(np.int32))
        return pa.MapArray.from_arrays(offsets, column.keys.arrow(), column.values.arrow())
    assert isinstance(column, Struct)
    members = struct_kinds(kind)
    names = [name for name in members if name in column.columns]
    arrays = [_plain(getattr(column, name), members[name]) for name in names]
    fields = [pa.field(name, array.type) for name, array in zip(names, arrays, strict=True)]
    mask = None if column.present is None else pa.array(~column.present)
    return pa.StructArray.from_arrays(arrays, fields=fields, mask=mask)


def struct_kinds(kind: Kind) -> dict[str, Kind]:
    """The members of a record or embedded entity."""
    if kind.shape == "entity":
        from datamimic.definition import spec_of

        return {name: spec.kind for name, spec in spec_of(kind.python).fields.items()}
    return dict(kind.members or {})


def _plain(column: Any, kind: Kind) -> pa.Array:
    return arrow_array(column, kind, pa.string())


def _scalar(column: Any, kind: Kind) -> pa.Array:
    mask = None
    if isinstance(column, np.ma.MaskedArray):
        mask = np.ma.getmaskarray(column)
        column = column.data
    if kind.scalar == "date":
        return pa.array(column.astype(np.int64).astype(np.int32), mask=mask).view(pa.date32())
    if kind.scalar == "datetime":
        return pa.array(column.astype(np.int64), mask=mask).view(pa.timestamp("us", tz="UTC"))
    if kind.scalar == "decimal":
        return _decimal(column, mask)
    return pa.array(column, mask=mask)


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
