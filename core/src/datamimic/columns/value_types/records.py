"""Records, and entities that are parts of others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

import numpy as np
import pyarrow as pa
from attrs import evolve, field, frozen

from datamimic.columns.buffers import arrow_numbers
from datamimic.columns.containers import Column, Struct
from datamimic.columns.value_types.nested import Nested, decoded_array, or_none
from datamimic.columns.value_types.single_values import PlainForm, from_json, json_schema, misfit, to_json
from datamimic.columns.value_types.value_type import Misfit, Shape, ValueType


@frozen
class Record(Nested):
    """Records, which are classes of `@record`: a `Struct`. A table that is read may have some of the members only."""

    python: Any
    members: Mapping[str, ValueType] = field(eq=lambda members: tuple(members.items()))

    shape: ClassVar[Shape] = "record"
    form: ClassVar[type] = Struct

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

    def nulls(self, length: int) -> Column:
        return Struct({name: kind.nulls(length) for name, kind in self.members.items()}, np.zeros(length, np.bool_))

    def _present_members(self, column: Struct) -> dict[str, ValueType]:
        held = column.columns
        return {name: kind for name, kind in self.members.items() if name in held}

    def to_arrow(self, column: Any, target: pa.DataType | None = None) -> pa.Array:
        arrays = {
            name: decoded_array(kind, getattr(column, name)) for name, kind in self._present_members(column).items()
        }
        fields = [pa.field(name, array.type) for name, array in arrays.items()]
        mask = None if column.present is None else arrow_numbers(~column.present)
        return pa.StructArray.from_arrays([*arrays.values()], fields=fields, mask=mask)

    def objects(self, column: Any) -> list[Any]:
        members = self._shown(column)
        columns = [kind.objects(getattr(column, name)) for name, kind in members.items()]
        return or_none(instances(self.python, tuple(members), columns), column.present)

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

    def to_json(self, value: Any) -> Any:
        spec = self.python.__entity__
        form: PlainForm = spec.remembered.get(
            "plain form of a part",
            lambda: PlainForm.of((name, name, kind) for name, kind in self._shown_members().items()),
        )
        return form.made(vars(value))

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


def _member(value: Any, name: str) -> Any:
    return value[name] if isinstance(value, Mapping) else getattr(value, name)
