"""Columns of values in flight: one value per record of a page, in whatever form is fastest to work with.

Same      one value for all records
Plain     a NumPy array or Text; an object array holds values of any kind
Typed     a column of the engine with its kind, as a field of an entity
Entities  rows of an entity, whose fields are columns made when they are asked for
Built     records and lists that are put together when they are read
Listed    a list per record: lengths, and the items of all records one after the other
A record in a record is a `Frame`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, Protocol

import numpy as np
import pyarrow as pa
from attrs import define, field, frozen
from numpy.typing import NDArray

from datamimic import Text, ValueType, spec_of
from datamimic.columns import Column, Ints, Lists, concat, take
from datamimic_models.xml.arrow import arrow_of_objects
from datamimic_models.xml.described_names import other_name

TITLES: Final = frozenset({"academic_title", "nobility_title"})
"""Fields of people that scripts join to names: who has none has empty text."""


class Value(Protocol):
    """A column. `objects` gives one Python value per record, `member` the column of a part of every value."""

    def __len__(self) -> int: ...
    def take(self, rows: Ints) -> Value: ...
    def member(self, name: str) -> Value | None: ...
    def objects(self) -> list[Any]: ...
    def column(self) -> Any:
        """A NumPy array or Text for expressions; None where only `objects` will do."""
        ...

    def arrow(self) -> pa.Array: ...


@frozen(eq=False)
class Same:
    value: Any
    length: int

    def __len__(self) -> int:
        return self.length

    def take(self, rows: Ints) -> Value:
        return Same(self.value, len(rows))

    def member(self, name: str) -> Value | None:
        value = part_of(self.value, name)
        return None if value is MISSING else Same(value, self.length)

    def objects(self) -> list[Any]:
        return [self.value] * self.length

    def column(self) -> Any:
        value = self.value
        if isinstance(value, str):
            return Text.constant(value, self.length)
        if isinstance(value, bool | float) or (isinstance(value, int) and -(2**63) <= value < 2**63):
            return np.full(self.length, value)
        return None

    def arrow(self) -> pa.Array:
        if isinstance(self.value, str):
            return pa.DictionaryArray.from_arrays(np.zeros(self.length, np.int32), pa.array([self.value]))
        one = arrow_of_objects([self.value])
        return one.take(pa.array(np.zeros(self.length, np.int64)))


class _Missing:
    """There is no such part."""


MISSING = _Missing()


def part_of(value: Any, name: str) -> Any:
    """The part of a plain value that is called so, else MISSING."""
    if isinstance(value, Mapping):
        return value.get(name, MISSING)
    if value is not None and hasattr(type(value), "__attrs_attrs__") and not name.startswith("_"):
        return getattr(value, name, MISSING)
    return MISSING


@frozen(eq=False)
class Plain:
    """`data` is a NumPy array (masked where values are null), or Text."""

    data: NDArray[Any] | Text

    def __len__(self) -> int:
        return len(self.data)

    def take(self, rows: Ints) -> Value:
        return Plain(take(self.data, rows))

    def member(self, name: str) -> Value | None:
        if not isinstance(self.data, np.ndarray) or self.data.dtype != object:
            return None
        parts = [part_of(value, name) for value in self.data.tolist()]
        if all(part is MISSING for part in parts):
            return None
        return Plain(object_array([None if part is MISSING else part for part in parts]))

    def objects(self) -> list[Any]:
        if isinstance(self.data, np.ndarray) and self.data.dtype.kind == "M":
            return self.data.astype("datetime64[us]").tolist()
        return self.data.tolist()

    def column(self) -> Any:
        if isinstance(self.data, Text):
            return self.data
        return None if self.data.dtype == object else self.data

    def arrow(self) -> pa.Array:
        if isinstance(self.data, Text):
            return self.data.arrow() if self.data.codes is None else self.data.dictionary()
        if self.data.dtype == object:
            return arrow_of_objects(self.data.tolist())
        if isinstance(self.data, np.ma.MaskedArray):
            return pa.array(self.data.data, mask=np.ma.getmaskarray(self.data))
        return pa.array(self.data)


@define(eq=False)
class Built:
    """Records and lists that are put together when somebody reads them: a list per record, a record without what is empty."""

    size: int
    build: Callable[[], list[Any]]
    _made: list[Any] | None = field(init=False, default=None)

    def __len__(self) -> int:
        return self.size

    def take(self, rows: Ints) -> Value:
        def taken() -> list[Any]:
            values = self.objects()
            return [values[row] for row in rows.tolist()]

        return Built(len(rows), taken)

    def member(self, name: str) -> Value | None:
        return Plain(object_array(self.objects())).member(name)

    def objects(self) -> list[Any]:
        if self._made is None:
            self._made = self.build()
        return self._made

    def column(self) -> Any:
        return None

    def arrow(self) -> pa.Array:
        return arrow_of_objects(self.objects())


@frozen(eq=False)
class Typed:
    data: Column
    kind: ValueType

    def __len__(self) -> int:
        return len(self.data)

    def take(self, rows: Ints) -> Value:
        return Typed(take(self.data, rows), self.kind)

    def member(self, name: str) -> Value | None:
        members = self.kind.members
        if members is None or name not in members:
            return None
        return Typed(getattr(self.data, name), members[name])

    def objects(self) -> list[Any]:
        return self.kind.objects(self.data)

    def column(self) -> Any:
        if isinstance(self.data, Text):
            return self.data
        plain = self.kind.python in (int, float, bool) and isinstance(self.data, np.ndarray)
        return self.data if plain else None

    def arrow(self) -> pa.Array:
        return self.kind.to_arrow(self.data)


@frozen(eq=False)
class Entities:
    """`reference` refers to rows of an entity (`World.refer`); `rows` are all of its rows."""

    reference: Any
    rows: Any

    def __len__(self) -> int:
        return len(self.reference)

    def take(self, rows: Ints) -> Value:
        return Entities(self.reference.take(rows), self.rows)

    def member(self, name: str) -> Value | None:
        found = field_of(self.reference, self.rows.spec, self.rows.world, name)
        if name in TITLES and isinstance(found, Typed) and isinstance(found.data, Text):
            return Plain(found.data.fill(""))
        return found

    def objects(self) -> list[Any]:
        return self.rows.objects(self.reference.rows)

    def column(self) -> Any:
        return None

    def arrow(self) -> pa.Array:
        return arrow_of_objects([each.to_dict() for each in self.objects()])


@frozen(eq=False)
class Part:
    """An entity that is part of another, as the address of a person."""

    data: Column
    kind: ValueType
    spec: Any
    world: Any

    def __len__(self) -> int:
        return len(self.data)

    def take(self, rows: Ints) -> Value:
        return Part(take(self.data, rows), self.kind, self.spec, self.world)

    def member(self, name: str) -> Value | None:
        return field_of(self.data, self.spec, self.world, name)

    def objects(self) -> list[Any]:
        return self.kind.objects(self.data)

    def column(self) -> Any:
        return None

    def arrow(self) -> pa.Array:
        return self.kind.to_arrow(self.data)


def field_of(column: Any, spec: Any, world: Any, name: str) -> Value | None:
    """The field of entities that is called so; None where they have none."""
    field = spec.fields.get(name)
    if field is None:
        found = [each for each in spec.fields.values() if each.column_name == name]
        if not found:
            return _by_other_name(column, spec, world, name)
        key = getattr(column, found[0].name).key()
        return Typed(key, world.spec(found[0].generator.target).key.kind)
    data = getattr(column, name)
    if field.is_embedded:
        return Part(data, field.kind, spec_of(field.generator.target), world)
    if field.is_relation:
        if not hasattr(data, "is_null"):
            return Plain(object_array([None] * len(column)))
        return Entities(data, world[world.path(data.target)])
    return Typed(data, field.kind)


def _by_other_name(column: Any, spec: Any, world: Any, name: str) -> Value | None:
    if name == "dataset":
        return Same(world.locale.country, len(column))
    way = other_name(spec, world, name)
    if way is None:
        return None
    found: Value | None = Entities(column, world[world.path(column.target)]) if hasattr(column, "target") else None
    for part in way:
        found = found and found.member(part)
    return found


@frozen(eq=False)
class Listed:
    lengths: Ints
    items: Value

    def __len__(self) -> int:
        return len(self.lengths)

    def take(self, rows: Ints) -> Value:
        places = Lists(self.lengths, np.arange(len(self.items), dtype=np.int64)).take(rows)
        return Listed(places.lengths, self.items.take(places.values))

    def member(self, name: str) -> Value | None:
        return None

    def objects(self) -> list[Any]:
        items, ends = self.items.objects(), np.cumsum(self.lengths).tolist()
        return [items[start:end] for start, end in zip([0, *ends], ends, strict=False)]

    def column(self) -> Any:
        return None

    def arrow(self) -> pa.Array:
        offsets = np.concatenate(([0], np.cumsum(self.lengths))).astype(np.int32)
        return pa.ListArray.from_arrays(pa.array(offsets), self.items.arrow())


@frozen(eq=False)
class Rows(Listed):
    """The rows of a query per record; a member is that of the first row, null where there is none."""

    def take(self, rows: Ints) -> Value:
        taken = Listed.take(self, rows)
        assert isinstance(taken, Listed)
        return Rows(taken.lengths, taken.items)

    def member(self, name: str) -> Value | None:
        there = np.flatnonzero(self.lengths)
        column = self.items.take((np.cumsum(self.lengths) - self.lengths)[there]).member(name)
        return None if column is None else spread(column, there, len(self))


def spread(values: Value, there: Ints, length: int) -> Value:
    """The values at these places of so many, null elsewhere."""
    if len(there) == length:
        return values
    made = np.full(length, None, dtype=object)
    made[there] = object_array(values.objects())
    return Plain(made)


def object_array(values: Sequence[Any]) -> NDArray[np.object_]:
    """One object per value, whatever the values are."""
    made = np.empty(len(values), dtype=object)
    for place, value in enumerate(values):
        made[place] = value
    return made


def of_objects(values: Sequence[Any]) -> Value:
    """A column of plain values, in the form of a typed array where they are all alike."""
    kinds = {type(value) for value in values}
    if kinds == {str}:
        return Plain(Text.of(list(values)))
    if kinds == {int} and all(-(2**63) <= value < 2**63 for value in values):
        return Plain(np.array(values, dtype=np.int64))
    if kinds == {float}:
        return Plain(np.array(values, dtype=np.float64))
    if kinds == {bool}:
        return Plain(np.array(values, dtype=np.bool_))
    return Plain(object_array(values))


def joined(parts: Sequence[Value]) -> Value:
    """One column of several, one after the other."""
    if len(parts) == 1:
        return parts[0]
    if all(isinstance(each, Plain) for each in parts):
        data = [each.data for each in parts if isinstance(each, Plain)]
        arrays = [each for each in data if not isinstance(each, Text)]
        if not arrays or (len(arrays) == len(data) and len({each.dtype for each in arrays}) == 1):
            return Plain(concat(data))
    typed = [each for each in parts if isinstance(each, Typed)]
    if len(typed) == len(parts) and len({each.kind for each in typed}) == 1:
        return Typed(concat([each.data for each in typed]), typed[0].kind)
    return of_objects([value for each in parts for value in each.objects()])
