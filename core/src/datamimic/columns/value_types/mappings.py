"""Mappings of text to values of one kind."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

import numpy as np
import pyarrow as pa
from attrs import evolve, frozen

from datamimic.columns.buffers import arrow_numbers
from datamimic.columns.containers import Column, Maps
from datamimic.columns.text import Text
from datamimic.columns.value_types.nested import Nested, decoded_array, or_none
from datamimic.columns.value_types.single_values import from_json, json_schema, misfit, to_json
from datamimic.columns.value_types.texts import Str
from datamimic.columns.value_types.value_type import Shape, ValueType

_TEXT = Str()


@frozen
class MapOf(Nested):
    """Mappings of text to values of one kind: a `Maps`."""

    value: ValueType = _TEXT

    shape: ClassVar[Shape] = "map"
    form: ClassVar[type] = Maps

    @property
    def python(self) -> Any:
        return dict[str, self.value.python]  # type: ignore[name-defined]

    @property
    def name(self) -> str:
        return f"dict[str, {self.value}]"

    @property
    def arrow(self) -> pa.DataType:
        return pa.map_(pa.string(), self.value.arrow)

    @property
    def schema(self) -> dict[str, Any]:
        return {"type": "object", "additionalProperties": json_schema(self.value)}

    def in_zone(self, zone: str) -> ValueType:
        return evolve(self, value=self.value.in_zone(zone))

    def stands_for(self, made: ValueType) -> bool:
        return isinstance(made, MapOf) and self.value.stands_for(made.value)

    def nulls(self, length: int) -> Column:
        return Maps(np.zeros(length, np.int64), Text.of([]), self.value.nulls(0), np.zeros(length, np.bool_))

    def to_arrow(self, column: Any, target: pa.DataType | None = None) -> pa.Array:
        offsets = np.concatenate(([0], np.cumsum(column.lengths))).astype(np.int32)
        # A null offset makes a null of the mapping that begins there.
        missing = None if column.present is None else np.append(~column.present, False)
        values = decoded_array(self.value, column.values)
        return pa.MapArray.from_arrays(arrow_numbers(offsets, missing), column.keys.arrow(), values)

    def objects(self, column: Any) -> list[Any]:
        pairs = list(zip(column.keys.tolist(), self.value.objects(column.values), strict=True))
        result, start = [], 0
        for length in column.lengths.tolist():
            result.append(dict(pairs[start : start + length]))
            start += length
        return or_none(result, column.present)

    def _gathered(self, values: Sequence[Any], where: str) -> Column:
        keys = Text.of([key for value in values for key in value])
        items = self.value.from_objects([item for value in values for item in value.values()], where)
        return Maps(np.array([len(value) for value in values], dtype=np.int64), keys, items)

    def _from_plain(self, values: Sequence[Any], where: str) -> Column:
        maps = [dict(value) for value in values]
        keys = Text.of([key for value in maps for key in value])
        items = self.value.from_plain([item for value in maps for item in value.values()], where)
        return Maps(np.array([len(value) for value in maps], dtype=np.int64), keys, items)

    def accepts(self, value: Any) -> bool:
        return isinstance(value, Mapping) and all(isinstance(key, str) for key in value)

    def misfit(self, value: Any, where: str) -> str | None:
        if type(value) is not dict or not all(type(key) is str for key in value):
            return f"{where} is {value!r}, but declared {self}"
        found = (misfit(item, self.value, f"{where}[{key!r}]") for key, item in value.items())
        return next((sentence for sentence in found if sentence), None)

    def to_json(self, value: Any) -> Any:
        return {key: to_json(item, self.value) for key, item in value.items()}

    def from_json(self, value: Any, path: str) -> Any:
        if not self.accepts(value):
            raise self.not_this(value, path)
        return {key: from_json(item, self.value, f"{path}.{key}") for key, item in value.items()}
