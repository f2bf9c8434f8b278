"""What kinds of values made of values have in common."""

from __future__ import annotations

import json
from collections.abc import Sequence
from decimal import Decimal
from typing import Any, ClassVar

import numpy as np
import pyarrow as pa
from attrs import frozen

from datamimic.base.arrays import Bools
from datamimic.columns.containers import Column, kept, take
from datamimic.columns.value_types.value_type import ValueType


@frozen
class Nested(ValueType):
    """What is read from JSON where a table has text for it; `form` is the class of its columns in flight."""

    form: ClassVar[type]

    def conformed(self, column: Any, where: str) -> Any:
        if isinstance(column, pa.Array | pa.ChunkedArray):
            return self.from_arrow(whole_array(column), where)
        if not isinstance(column, self.form):
            raise self.unfit(column, where)
        return column

    def from_arrow(self, array: pa.Array, where: str) -> Column:
        values = array.to_pylist()
        if pa.types.is_string(array.type) or pa.types.is_large_string(array.type):
            values = [json.loads(value, parse_float=Decimal) if value else None for value in values]
        return self.from_plain(values, where)

    def gathered(self, values: Sequence[Any], present: Any, where: str) -> Column:
        if present.all():
            return self._gathered(values, where)
        there = self._gathered([value for value in values if value is not None], where)
        made: Column = kept(take(there, np.maximum(np.cumsum(present) - 1, 0)), present)
        return made

    def _gathered(self, values: Sequence[Any], where: str) -> Column:
        raise NotImplementedError

    def from_plain(self, values: Sequence[Any], where: str) -> Column:
        present = np.array([value is not None for value in values], dtype=np.bool_)
        if not present.any() and len(values):
            return self.nulls(len(values))
        there = self._from_plain([value for value in values if value is not None], where)
        if present.all():
            return there
        made: Column = kept(take(there, np.maximum(np.cumsum(present) - 1, 0)), present)
        return made

    def _from_plain(self, values: Sequence[Any], where: str) -> Column:
        raise NotImplementedError


def decoded_array(kind: ValueType, column: Any) -> pa.Array:
    return kind.to_arrow(column, pa.string())


def whole_array(array: pa.Array | pa.ChunkedArray) -> pa.Array:
    return array.combine_chunks() if isinstance(array, pa.ChunkedArray) else array


def or_none(values: list[Any], present: Bools | None) -> list[Any]:
    """The values, None where there is none."""
    if present is None:
        return values
    return [value if there else None for value, there in zip(values, present.tolist(), strict=True)]
