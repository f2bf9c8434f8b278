"""Which kind an annotation means."""

from __future__ import annotations

import types
from datetime import time, timedelta
from decimal import Decimal
from enum import Enum
from typing import Annotated, Any, Literal, Union, get_args, get_origin
from uuid import UUID

from attrs import fields, has

from datamimic.base.standard import Standard, standard
from datamimic.columns.value_types.binary import Bytes
from datamimic.columns.value_types.exact_numbers import Money
from datamimic.columns.value_types.lists import ListOf, TupleOf
from datamimic.columns.value_types.mappings import MapOf
from datamimic.columns.value_types.moments import Date, DateTime, Duration, TimeOfDay
from datamimic.columns.value_types.numbers import Bool, Float, Int
from datamimic.columns.value_types.records import EntityOf, Record
from datamimic.columns.value_types.texts import Str, Uuid, choice_of
from datamimic.columns.value_types.value_type import ValueType
from datamimic.errors import DefinitionError, excerpt

_PLAIN: dict[Any, ValueType] = {
    bool: Bool(),
    int: Int(),
    float: Float(),
    str: Str(),
    bytes: Bytes(),
    Decimal: Money(),
    UUID: Uuid(),
    time: TimeOfDay(),
    timedelta: Duration(),
    Standard.datetime: DateTime(),
    Standard.date: Date(),
}
_INSTEAD = {
    set: "use list[...]",
    frozenset: "use list[...]",
    complex: "use a record of two floats",
    bytearray: "use bytes",
    object: "say what it is",
}


class Later:
    """Stands for an entity class that is defined after the one whose field is annotated with it."""

    __entity__ = None


def kind_of(annotation: Any, where: str) -> ValueType:
    """Raises `DefinitionError` (`bad_field`) naming `where` for an annotation that no column can hold."""
    annotation = standard(annotation)
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin in (Union, types.UnionType):
        parts = [part for part in arguments if part is not type(None)]
        if len(parts) == 1:
            return kind_of(parts[0], where).or_null()
        raise _refused(annotation, where, "of several kinds, a field has one: use a field for each, or text")
    if origin is Annotated:
        return _annotated(annotation, where)
    try:
        known = _PLAIN.get(annotation)
    except TypeError:
        known = None
    if known is not None:
        return known
    if origin is list:
        return ListOf(_value(arguments[0], f"{where}[]", entities=True))
    if origin is tuple:
        return _tuple(annotation, where)
    if origin is dict:
        if arguments[0] is not str:
            raise _refused(annotation, where, "the keys of a mapping are str, as in JSON")
        return MapOf(_value(arguments[1], f"{where}[]"))
    if origin is Literal:
        return _choice(annotation, arguments, where)
    if isinstance(annotation, type):
        if hasattr(annotation, "__entity__"):
            return EntityOf(annotation)
        if issubclass(annotation, Enum):
            return _choice(annotation, [*annotation], where)
        if has(annotation):
            members = {a.name: _value(a.type, f"{where}.{a.name}") for a in fields(annotation)}
            return Record(annotation, members)
    raise _refused(annotation, where, _INSTEAD.get(origin or annotation, ""))


def _value(annotation: Any, where: str, *, entities: bool = False) -> ValueType:
    kind = kind_of(annotation, where)
    if kind.shape == "entity" and not entities:
        raise _refused(annotation, where, "an entity is embedded in an entity, not in a value: copy what is needed")
    return kind


def _annotated(annotation: Any, where: str) -> ValueType:
    plain, *more = get_args(annotation)
    kinds = [each for each in more if isinstance(each, ValueType)]
    if not kinds:
        if plain is Decimal and any(isinstance(each, str | int) for each in more):
            raise _refused(annotation, where, "a decimal of four places is Annotated[Decimal, decimals(4)]")
        return kind_of(plain, where)
    if len(kinds) > 1 or standard(plain) != kinds[0].python:
        raise _refused(annotation, where, f"{kinds[0].name} is of {excerpt(kinds[0].python)}")
    return kinds[0]


def _tuple(annotation: Any, where: str) -> ValueType:
    arguments = get_args(annotation)
    if not arguments or Ellipsis in arguments:
        raise _refused(annotation, where, "a tuple has a fixed length: use list[...] for any length")
    kinds = [_value(each, f"{where}[{place}]") for place, each in enumerate(arguments)]
    if any(kind != kinds[0] for kind in kinds):
        raise _refused(annotation, where, "the values of a tuple are of one kind: use a record for several")
    return TupleOf(kinds[0], length=len(kinds))


def _choice(annotation: Any, values: Any, where: str) -> ValueType:
    raw = [value.value if isinstance(value, Enum) else value for value in values]
    kinds = {type(value) for value in raw}
    if len(kinds) != 1 or not kinds <= {str, int}:
        raise _refused(annotation, where, "the values of an Enum or Literal are all str, or all int")
    return choice_of(annotation, [*values], _PLAIN[kinds.pop()])


def _refused(annotation: Any, where: str, remedy: str) -> DefinitionError:
    return DefinitionError(
        "bad_field",
        f"{where}: no column holds {excerpt(annotation)}",
        hint=remedy
        or "use int, float, bool, str, bytes, date, datetime, time, timedelta, Decimal, UUID, an Enum, Literal, a record, an "
        "entity, list[...], tuple[...], dict[str, ...], X | None, or a ValueType of your own in Annotated",
    )
