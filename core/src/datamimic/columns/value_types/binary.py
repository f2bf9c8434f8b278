"""Bytes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

import numpy as np
import pyarrow as pa
from attrs import frozen

from datamimic.columns.containers import Column, kept
from datamimic.columns.value_types.value_type import ValueType


@frozen
class Bytes(ValueType):
    """Bytes: an object array of `bytes`, None where null; text in JSON and CSV is hexadecimal."""

    python = bytes
    name = "bytes"
    arrow = pa.binary()
    schema: ClassVar[dict[str, Any]] = {"type": "string", "pattern": "^([0-9a-f]{2})*$"}

    def conformed(self, column: Any, where: str) -> Any:
        if isinstance(column, pa.Array | pa.ChunkedArray):
            return self.gathered(column.cast(pa.binary()).to_pylist(), None, where)
        if isinstance(column, np.ndarray) and column.dtype.kind == "S":
            # Zero bytes at the end would be lost.
            raise self.unfit(column, where)
        if not isinstance(column, np.ndarray) or column.dtype != object:
            raise self.unfit(column, where)
        if isinstance(column, np.ma.MaskedArray):
            return kept(column.data, ~np.ma.getmaskarray(column))
        return column

    def nulls(self, length: int) -> Column:
        return np.full(length, None, dtype=object)

    def to_arrow(self, column: Any, target: pa.DataType | None = None) -> pa.Array:
        values = column.tolist()
        present = np.array([value is not None for value in values], dtype=np.bool_)
        offsets = np.zeros(len(values) + 1, dtype=np.int64)
        np.cumsum([0 if value is None else len(value) for value in values], out=offsets[1:])
        if int(offsets[-1]) >= 1 << 31:
            raise ValueError(f"{len(values)} values take {int(offsets[-1])} bytes: make smaller batches")
        validity = None if present.all() else pa.py_buffer(np.packbits(present, bitorder="little"))
        body = pa.py_buffer(b"".join(value for value in values if value is not None))
        return pa.BinaryArray.from_buffers(
            pa.binary(), len(values), [validity, pa.py_buffer(offsets.astype(np.int32)), body]
        )

    def from_arrow(self, array: pa.Array, where: str) -> Column:
        values = array.to_pylist()
        if pa.types.is_string(array.type) or pa.types.is_large_string(array.type):
            empty = None if self.nullable else b""
            values = [None if value is None else bytes.fromhex(value) or empty for value in values]
        return self.gathered(values, None, where)

    def objects(self, column: Any) -> list[Any]:
        return column.tolist()

    def gathered(self, values: Sequence[Any], present: Any, where: str) -> Column:
        made = np.empty(len(values), dtype=object)
        made[:] = values
        return made

    def accepts(self, value: Any) -> bool:
        return isinstance(value, bytes)

    def misfit(self, value: Any, where: str) -> str | None:
        return None if type(value) is bytes else f"{where} is {value!r} ({type(value).__name__}), but declared {self}"

    def to_json(self, value: Any) -> Any:
        return value.hex()

    def from_json(self, value: Any, path: str) -> Any:
        if isinstance(value, bytes):
            return value
        try:
            return bytes.fromhex(value)
        except (ValueError, TypeError):
            raise self.not_this(value, path) from None
