"""Lists of any length, and tuples of a fixed one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

import numpy as np
import pyarrow as pa
from attrs import evolve, frozen

from datamimic.columns.buffers import arrow_numbers
from datamimic.columns.containers import Column, Lists, kept, take
from datamimic.columns.value_types.nested import Nested, decoded_array, or_none
from datamimic.columns.value_types.single_values import from_json, json_schema, misfit, to_json
from datamimic.columns.value_types.value_type import Shape, ValueType
from datamimic.errors import DefinitionError


@frozen
class ListOf(Nested):
    """Lists of any length: a `Lists`."""

    item: ValueType

    shape: ClassVar[Shape] = "list"
    form: ClassVar[type] = Lists

    @property
    def python(self) -> Any:
        return list[self.item.python]  # type: ignore[name-defined]

    @property
    def name(self) -> str:
        return f"list[{self.item}]"

    @property
    def arrow(self) -> pa.DataType:
        return pa.list_(self.item.arrow)

    @property
    def schema(self) -> dict[str, Any]:
        return {"type": "array", "items": json_schema(self.item)}

    def in_zone(self, zone: str) -> ValueType:
        return evolve(self, item=self.item.in_zone(zone))

    def stands_for(self, made: ValueType) -> bool:
        return type(self) is type(made) and made.item is not None and self.item.stands_for(made.item)

    def conformed(self, column: Any, where: str) -> Any:
        if self.item.shape == "entity":
            # Children of a row, which a relation gives.
            return column
        return super().conformed(column, where)

    def nulls(self, length: int) -> Column:
        return Lists(np.zeros(length, np.int64), self.item.nulls(0), np.zeros(length, np.bool_))

    def to_arrow(self, column: Any, target: pa.DataType | None = None) -> pa.Array:
        offsets = arrow_numbers(column.offsets.astype(np.int32))
        mask = None if column.present is None else arrow_numbers(~column.present)
        return pa.ListArray.from_arrays(offsets, decoded_array(self.item, column.values), mask=mask)

    def objects(self, column: Any) -> list[Any]:
        return or_none(self._split(self.item.objects(column.values), column.lengths), column.present)

    def _split(self, items: list[Any], lengths: Any) -> list[Any]:
        result, start = [], 0
        for length in lengths.tolist():
            result.append(items[start : start + length])
            start += length
        return result

    def _gathered(self, values: Sequence[Any], where: str) -> Column:
        lengths = np.array([len(value) for value in values], dtype=np.int64)
        return Lists(lengths, self.item.from_objects([item for value in values for item in value], where))

    def _from_plain(self, values: Sequence[Any], where: str) -> Column:
        lengths = np.array([len(value) for value in values], dtype=np.int64)
        return Lists(lengths, self.item.from_plain([item for value in values for item in value], where))

    def accepts(self, value: Any) -> bool:
        return isinstance(value, Sequence) and not isinstance(value, str | bytes)

    def misfit(self, value: Any, where: str) -> str | None:
        if type(value) is not list:
            return f"{where} is a {type(value).__name__}, but declared {self}"
        found = (misfit(item, self.item, f"{where}[{number}]") for number, item in enumerate(value))
        return next((sentence for sentence in found if sentence), None)

    def to_json(self, value: Any) -> Any:
        return [*value] if self.item.is_plain else [to_json(item, self.item) for item in value]

    def from_json(self, value: Any, path: str) -> Any:
        if not self.accepts(value):
            raise self.not_this(value, path)
        return [from_json(item, self.item, f"{path}[{number}]") for number, item in enumerate(value)]


@frozen
class TupleOf(ListOf):
    """Tuples of a fixed number of values of one kind: a `Lists` whose lengths are all `length`, or a matrix (rows, length)
    of numbers; Arrow fixed_size_list, a JSON array."""

    length: int = 1

    @property
    def python(self) -> Any:
        return tuple[(self.item.python,) * self.length]  # type: ignore[misc]

    @property
    def name(self) -> str:
        return f"tuple[{', '.join([str(self.item)] * self.length)}]"

    @property
    def arrow(self) -> pa.DataType:
        return pa.list_(self.item.arrow, self.length)

    @property
    def schema(self) -> dict[str, Any]:
        items = json_schema(self.item)
        return {"type": "array", "items": items, "minItems": self.length, "maxItems": self.length}

    def conformed(self, column: Any, where: str) -> Any:
        if isinstance(column, np.ndarray) and column.ndim == 2 and column.shape[1] == self.length:
            column = Lists(np.full(len(column), self.length), column.reshape(-1))
        made = super().conformed(column, where)
        assert isinstance(made, Lists)
        lengths = made.lengths if made.present is None else made.lengths[made.present]
        if (lengths != self.length).any():
            raise DefinitionError(
                "wrong_type", f"{where} is declared {self}, but is of another length in some row", hint=f"{self.length}"
            )
        return made

    def to_arrow(self, column: Any, target: pa.DataType | None = None) -> pa.Array:
        values = column.values
        if column.present is None or column.present.all():
            return pa.FixedSizeListArray.from_arrays(decoded_array(self.item, values), self.length)
        # Where the tuple is null, Arrow keeps room for it.
        places = np.repeat(np.maximum(np.cumsum(column.present) - 1, 0) * self.length, self.length)
        places += np.tile(np.arange(self.length), len(column))
        room = np.repeat(column.present, self.length)
        spread = kept(take(values, places), room) if len(values) else self.item.nulls(len(room))
        items = decoded_array(self.item, spread)
        return pa.FixedSizeListArray.from_arrays(items, self.length, mask=arrow_numbers(~column.present))

    def _split(self, items: list[Any], lengths: Any) -> list[Any]:
        return [tuple(part) for part in super()._split(items, lengths)]

    def accepts(self, value: Any) -> bool:
        return super().accepts(value) and len(value) == self.length

    def misfit(self, value: Any, where: str) -> str | None:
        if type(value) is not tuple or len(value) != self.length:
            return f"{where} is {value!r}, but declared {self}"
        return super().misfit(list(value), where)

    def from_json(self, value: Any, path: str) -> Any:
        return tuple(super().from_json(value, path))
