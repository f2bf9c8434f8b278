"""Kinds of values: what a field's annotation means in Python, in flight, in Arrow and in JSON."""

from __future__ import annotations

import types
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Literal, Union, get_args, get_origin

import numpy as np
import pyarrow as pa
from attrs import evolve, fields, frozen, has

from datamimic.base.standard import Standard, standard
from datamimic.columns.containers import Column, Lists, Maps, Struct
from datamimic.columns.text import Text
from datamimic.errors import DefinitionError, excerpt

Scalar = Literal["int", "float", "bool", "str", "date", "datetime", "decimal", "bytes"]

_SCALARS: dict[type, Scalar] = {
    bool: "bool",
    int: "int",
    float: "float",
    str: "str",
    Standard.datetime: "datetime",
    Standard.date: "date",
    Decimal: "decimal",
    bytes: "bytes",
}
_ARROW: dict[Scalar, pa.DataType] = {
    "int": pa.int64(),
    "float": pa.float64(),
    "bool": pa.bool_(),
    "str": pa.string(),
    "date": pa.date32(),
    "datetime": pa.timestamp("us", tz="UTC"),
    "decimal": pa.decimal128(18, 2),
    "bytes": pa.binary(),
}
_DTYPES: dict[Scalar, np.dtype[Any]] = {
    "int": np.dtype(np.int64),
    "float": np.dtype(np.float64),
    "bool": np.dtype(np.bool_),
    "date": np.dtype("datetime64[D]"),
    "datetime": np.dtype("datetime64[us]"),
    "decimal": np.dtype(np.int64),
}
CENTS = 100
"""Decimals travel as whole hundredths; Arrow sees decimal128(18, 2)."""


@frozen
class ValueType:
    """One of: a scalar, a list of a kind (`item`), a mapping of text to text, a record (`record`, `members`), an entity."""

    shape: Literal["scalar", "list", "map", "record", "entity"]
    python: Any
    scalar: Scalar | None = None
    nullable: bool = False
    item: ValueType | None = None
    members: Mapping[str, ValueType] | None = None

    def __str__(self) -> str:
        if self.shape == "list":
            text = f"list[{self.item}]"
        elif self.shape == "map":
            text = "dict[str, str]"
        elif self.shape == "scalar":
            text = "Decimal" if self.scalar == "decimal" else str(self.scalar)
        else:
            text = getattr(self.python, "__name__", str(self.python))
        return f"{text} | None" if self.nullable else text

    @property
    def dtype(self) -> np.dtype[Any]:
        """The NumPy type of a scalar's array in flight; not for text and bytes, which travel otherwise."""
        assert self.scalar is not None
        return _DTYPES[self.scalar]

    @property
    def arrow(self) -> pa.DataType:
        """The Arrow type of a decoded column; text that is coded leaves as dictionary<int32, string>."""
        if self.shape == "scalar":
            assert self.scalar is not None
            return _ARROW[self.scalar]
        if self.shape == "list":
            assert self.item is not None
            return pa.list_(self.item.arrow)
        if self.shape == "map":
            return pa.map_(pa.string(), pa.string())
        assert self.members is not None
        return pa.struct([pa.field(name, kind.arrow, kind.nullable) for name, kind in self.members.items()])


class Later:
    """Stands for an entity class that is defined after the one whose field is annotated with it."""

    __entity__ = None


def kind_of(annotation: Any, where: str) -> ValueType:
    """Raises `DefinitionError` (`bad_field`) naming `where` for an annotation that no column can hold."""
    annotation = standard(annotation)
    origin = get_origin(annotation)
    if origin in (Union, types.UnionType):
        arguments = [part for part in get_args(annotation) if part is not type(None)]
        if len(arguments) == 1 and len(get_args(annotation)) == 2:
            return evolve(kind_of(arguments[0], where), nullable=True)
    elif annotation in _SCALARS:
        return ValueType("scalar", annotation, _SCALARS[annotation])
    elif origin is list:
        (item,) = get_args(annotation)
        kind = kind_of(item, where)
        return ValueType("list", annotation, item=kind)
    elif origin is dict and get_args(annotation) == (str, str):
        return ValueType("map", annotation)
    elif isinstance(annotation, type) and hasattr(annotation, "__entity__"):
        return ValueType("entity", annotation)
    elif isinstance(annotation, type) and has(annotation):
        members = {a.name: kind_of(a.type, f"{where}.{a.name}") for a in fields(annotation)}
        return ValueType("record", annotation, members=members)
    raise DefinitionError(
        "bad_field",
        f"{where}: no column holds {excerpt(annotation)}",
        hint="use int, float, bool, str, date, datetime, Decimal, a record, an entity, list[...], dict[str, str] or X | None",
    )


def nulls(kind: ValueType, length: int) -> Column:
    """A column of a kind that holds values, null in every row."""
    missing = np.ones(length, dtype=np.bool_)
    if kind.shape == "scalar":
        if kind.scalar == "str":
            # Plain, whatever the values would be: text that is coded can be written plain, and never the other way round.
            return Text.of([None] * length)
        if kind.scalar == "bytes":
            return np.full(length, None, dtype=object)
        return np.ma.MaskedArray(np.zeros(length, kind.dtype), missing)
    none = np.zeros(length, dtype=np.int64)
    if kind.shape == "list":
        assert kind.item is not None
        return Lists(none, nulls(kind.item, 0), ~missing)
    if kind.shape == "map":
        return Maps(none, Text.of([]), Text.of([]), ~missing)
    return Struct({name: nulls(member, length) for name, member in (kind.members or {}).items()}, ~missing)
