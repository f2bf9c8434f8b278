"""Values made of values: lists, tuples of fixed length, mappings, records, and entities that are part of others."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, ClassVar

import numpy as np
import pyarrow as pa
from attrs import evolve, field, frozen

from datamimic.base.arrays import Bools
from datamimic.columns.buffers import arrow_numbers
from datamimic.columns.containers import Column, Lists, Maps, Struct, kept, take
from datamimic.columns.text import Text
from datamimic.columns.value_types.texts import Str
from datamimic.columns.value_types.value_type import Misfit, Shape, ValueType
from datamimic.errors import DefinitionError

_TEXT = Str()


@frozen
class _Nested(ValueType):
    """What is read from JSON where a table has text for it."""

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


@frozen
class ListOf(_Nested):
    """Lists of any length: a `Lists`."""

    item: ValueType

    shape: ClassVar[Shape] = "list"

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
        if isinstance(column, pa.Array | pa.ChunkedArray):
            return self.from_arrow(_whole(column), where)
        if not isinstance(column, Lists):
            raise self.unfit(column, where)
        return column

    def nulls(self, length: int) -> Column:
        return Lists(np.zeros(length, np.int64), self.item.nulls(0), np.zeros(length, np.bool_))

    def to_arrow(self, column: Any, target: pa.DataType | None = None) -> pa.Array:
        offsets = arrow_numbers(column.offsets.astype(np.int32))
        mask = None if column.present is None else arrow_numbers(~column.present)
        return pa.ListArray.from_arrays(offsets, _decoded(self.item, column.values), mask=mask)

    def objects(self, column: Any) -> list[Any]:
        return _or_none(self._split(self.item.objects(column.values), column.lengths), column.present)

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
        return [to_json(item, self.item) for item in value]

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
            return pa.FixedSizeListArray.from_arrays(_decoded(self.item, values), self.length)
        # Where the tuple is null, Arrow keeps room for it.
        places = np.repeat(np.maximum(np.cumsum(column.present) - 1, 0) * self.length, self.length)
        places += np.tile(np.arange(self.length), len(column))
        room = np.repeat(column.present, self.length)
        spread = kept(take(values, places), room) if len(values) else self.item.nulls(len(room))
        items = _decoded(self.item, spread)
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


@frozen
class MapOf(_Nested):
    """Mappings of text to values of one kind: a `Maps`."""

    value: ValueType = _TEXT

    shape: ClassVar[Shape] = "map"

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

    def conformed(self, column: Any, where: str) -> Any:
        if isinstance(column, pa.Array | pa.ChunkedArray):
            return self.from_arrow(_whole(column), where)
        if not isinstance(column, Maps):
            raise self.unfit(column, where)
        return column

    def nulls(self, length: int) -> Column:
        return Maps(np.zeros(length, np.int64), Text.of([]), self.value.nulls(0), np.zeros(length, np.bool_))

    def to_arrow(self, column: Any, target: pa.DataType | None = None) -> pa.Array:
        offsets = np.concatenate(([0], np.cumsum(column.lengths))).astype(np.int32)
        # A null offset makes a null of the mapping that begins there.
        missing = None if column.present is None else np.append(~column.present, False)
        values = _decoded(self.value, column.values)
        return pa.MapArray.from_arrays(arrow_numbers(offsets, missing), column.keys.arrow(), values)

    def objects(self, column: Any) -> list[Any]:
        pairs = list(zip(column.keys.tolist(), self.value.objects(column.values), strict=True))
        result, start = [], 0
        for length in column.lengths.tolist():
            result.append(dict(pairs[start : start + length]))
            start += length
        return _or_none(result, column.present)

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


@frozen
class Record(_Nested):
    """Records, which are classes of `@record`: a `Struct`. A table that is read may have some of the members only."""

    python: Any
    members: Mapping[str, ValueType] = field(eq=lambda members: tuple(members.items()))

    shape: ClassVar[Shape] = "record"

    @property
    def name(self) -> str:
        return str(getattr(self.python, "__name__", self.python))

    @property
    def arrow(self) -> pa.DataType:
        return pa.struct([pa.field(name, kind.arrow, kind.nullable) for name, kind in self.members.items()])

    @property
    def schema(self) -> dict[str, Any]:
        members = {name: json_schema(kind) for name, kind in self.members.items()}
        return {"type": "object", "additionalProperties": False, "properties": members, "required": [*members]}

    def in_zone(self, zone: str) -> ValueType:
        return evolve(self, members={name: kind.in_zone(zone) for name, kind in self.members.items()})

    def stands_for(self, made: ValueType) -> bool:
        return made.shape == self.shape

    def conformed(self, column: Any, where: str) -> Any:
        if isinstance(column, pa.Array | pa.ChunkedArray):
            return self.from_arrow(_whole(column), where)
        if not isinstance(column, Struct):
            raise self.unfit(column, where)
        return column

    def nulls(self, length: int) -> Column:
        return Struct({name: kind.nulls(length) for name, kind in self.members.items()}, np.zeros(length, np.bool_))

    def _present_members(self, column: Struct) -> dict[str, ValueType]:
        held = column.columns
        return {name: kind for name, kind in self.members.items() if name in held}

    def to_arrow(self, column: Any, target: pa.DataType | None = None) -> pa.Array:
        arrays = {name: _decoded(kind, getattr(column, name)) for name, kind in self._present_members(column).items()}
        fields = [pa.field(name, array.type) for name, array in arrays.items()]
        mask = None if column.present is None else arrow_numbers(~column.present)
        return pa.StructArray.from_arrays([*arrays.values()], fields=fields, mask=mask)

    def objects(self, column: Any) -> list[Any]:
        members = self._shown(column)
        columns = [kind.objects(getattr(column, name)) for name, kind in members.items()]
        return _or_none(instances(self.python, tuple(members), columns), column.present)

    def _shown(self, column: Struct) -> Mapping[str, ValueType]:
        return self.members

    def _gathered(self, values: Sequence[Any], where: str) -> Column:
        return Struct(
            {
                name: kind.from_objects([_member(value, name) for value in values], f"{where}.{name}")
                for name, kind in self.members.items()
            }
        )

    def _from_plain(self, values: Sequence[Any], where: str) -> Column:
        # A member that no record has is not there; where there is no record, none is known to lack.
        names = [name for name in self.members if not values or any(name in value for value in values)]
        return Struct(
            {
                name: self.members[name].from_plain([value.get(name) for value in values], f"{where}.{name}")
                for name in names
            }
        )

    def accepts(self, value: Any) -> bool:
        return isinstance(value, self.python | Mapping)

    def misfit(self, value: Any, where: str) -> str | None:
        if not isinstance(value, self.python):
            return f"{where} is a {type(value).__name__}, but declared {self}"
        found = (misfit(getattr(value, name), kind, f"{where}.{name}") for name, kind in self._held(value).items())
        return next((sentence for sentence in found if sentence), None)

    def _held(self, value: Any) -> Mapping[str, ValueType]:
        """The members that a value has."""
        return self.members

    def to_json(self, value: Any) -> Any:
        return {name: to_json(getattr(value, name), kind) for name, kind in self._held(value).items()}

    def from_json(self, value: Any, path: str) -> Any:
        if isinstance(value, self.python):
            return value
        if not isinstance(value, Mapping):
            raise self.not_this(value, path)
        for name in self.members:
            if name not in value:
                raise Misfit(f"{self.name} needs {name}", path)
        return self._made(value, path)

    def _made(self, value: Mapping[str, Any], path: str) -> Any:
        for name in value:
            if name not in self.members:
                raise Misfit("there is no such attribute", f"{path}.{name}")
        columns = [[from_json(value[name], self.members[name], f"{path}.{name}")] for name in value]
        return instances(self.python, tuple(value), columns)[0]


@frozen
class EntityOf(Record):
    """An entity that is a part of another, or that a field refers to; `python` is its class, and knows its members."""

    members: Mapping[str, ValueType] = field(init=False, eq=False, repr=False)

    shape: ClassVar[Shape] = "entity"

    def __attrs_post_init__(self) -> None:
        # Looked up when they are asked for, since the class may not be complete yet.
        object.__setattr__(self, "members", _Members(self.python))

    @property
    def schema(self) -> dict[str, Any]:
        members = {name: json_schema(kind) for name, kind in self._shown_members().items()}
        return {"type": "object", "additionalProperties": False, "properties": members}

    def _shown_members(self) -> dict[str, ValueType]:
        spec = self.python.__entity__
        return {each.name: each.kind for each in spec.columns if not each.is_relation} if spec else {}

    def in_zone(self, zone: str) -> ValueType:
        return self

    def conformed(self, column: Any, where: str) -> Any:
        return column

    def _shown(self, column: Struct) -> Mapping[str, ValueType]:
        shown = self._shown_members()
        return {name: shown[name] for name in column.columns if name in shown}

    def _held(self, value: Any) -> Mapping[str, ValueType]:
        return {name: kind for name, kind in self._shown_members().items() if name in vars(value)}

    def from_json(self, value: Any, path: str) -> Any:
        if isinstance(value, self.python):
            return value
        if not isinstance(value, Mapping):
            raise self.not_this(value, path)
        return self._made(value, path)


class _Members(Mapping[str, ValueType]):
    """The fields of an entity class and their kinds."""

    def __init__(self, cls: Any) -> None:
        self._cls = cls

    def _fields(self) -> Mapping[str, Any]:
        spec = self._cls.__entity__
        return spec.fields if spec else {}

    def __getitem__(self, name: str) -> ValueType:
        kind: ValueType = self._fields()[name].kind
        return kind

    def __iter__(self) -> Any:
        return iter(self._fields())

    def __len__(self) -> int:
        return len(self._fields())


# -- of single values, null among them --------------------------------------------------------------------------------


def json_schema(kind: ValueType) -> dict[str, Any]:
    """The JSON Schema of a kind's values, null among them where it may be."""
    schema = dict(kind.schema)
    if kind.nullable:
        schema["type"] = [schema["type"], "null"]
        if "enum" in schema:
            schema["enum"] = [*schema["enum"], None]
    return schema


def to_json(value: Any, kind: ValueType) -> Any:
    """A value of a kind, or None, as `json.dumps` takes it."""
    return None if value is None else kind.to_json(value)


def from_json(value: Any, kind: ValueType, path: str) -> Any:
    """The value that `to_json` gave. Raises `Misfit`."""
    if value is None:
        if kind.nullable:
            return None
        raise kind.not_this(value, path)
    return kind.from_json(value, path)


def misfit(value: Any, kind: ValueType, where: str) -> str | None:
    """None where a value is what its field's annotation declares, else a sentence that names the part that is not."""
    if value is None:
        return None if kind.nullable else f"{where} is None, but declared {kind}"
    return kind.misfit(value, where)


def instances(cls: type[Any], names: tuple[str, ...], columns: list[list[Any]]) -> list[Any]:
    """One object of the class per row, with these attributes, made without its `__init__`."""
    if len(names) != len(columns):
        raise ValueError(f"{len(columns)} columns for the attributes {', '.join(names)}")
    made = []
    new, put = object.__new__, object.__setattr__
    if hasattr(new(cls), "__dict__"):
        for values in zip(*columns, strict=True):
            instance = new(cls)
            put(instance, "__dict__", dict(zip(names, values, strict=False)))
            made.append(instance)
        return made
    for values in zip(*columns, strict=True):
        instance = new(cls)
        for name, value in zip(names, values, strict=True):
            put(instance, name, value)
        made.append(instance)
    return made


def _decoded(kind: ValueType, column: Any) -> pa.Array:
    return kind.to_arrow(column, pa.string())


def _whole(array: pa.Array | pa.ChunkedArray) -> pa.Array:
    return array.combine_chunks() if isinstance(array, pa.ChunkedArray) else array


def _or_none(values: list[Any], present: Bools | None) -> list[Any]:
    """The values, None where there is none."""
    if present is None:
        return values
    return [value if there else None for value, there in zip(values, present.tolist(), strict=True)]


def _member(value: Any, name: str) -> Any:
    return value[name] if isinstance(value, Mapping) else getattr(value, name)
