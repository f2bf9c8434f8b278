"""Entities as objects: attributes computed when first read, and entities as dictionaries and JSON."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from enum import Enum
from typing import TYPE_CHECKING, Any, Self

import attrs

from datamimic.base.html_table import html_table
from datamimic.columns.value_types import Misfit, PlainForm, ValueType, from_json, kind_of
from datamimic.errors import DatamimicError, excerpt
from datamimic.model.spec import key_kind, spec_of

ORIGIN = "_origin"


_COMPUTED = "_computed"


if TYPE_CHECKING:

    @attrs.frozen  # so that `attrs.evolve` takes one
    class Entity:
        def to_dict(self) -> dict[str, Any]:
            """The entity as plain values: dates as ISO 8601 text, money as numbers, nested records as dictionaries."""

        @classmethod
        def from_dict(cls, values: Mapping[str, Any]) -> Self:
            """The entity that `to_dict` made the dictionary of."""

else:

    class Entity:
        """What `@entity` adds to a class, for type checkers and editors, which do not see what a decorator adds.

        `class Vehicle(Entity):` is the same at run time as `class Vehicle:`; checkers know `to_dict` and `from_dict` of it.
        """


class LazyAttribute:
    """An attribute that is computed when first read: a reference, a list of children, or a hidden field."""

    def __init__(self, name: str, doc: str) -> None:
        self.name = name
        self.__doc__ = doc

    def __get__(self, instance: Any, owner: type) -> Any:
        if instance is None:
            return self
        known = instance.__dict__.setdefault(_COMPUTED, {})
        if self.name not in known:
            origin = instance.__dict__.get(ORIGIN)
            if origin is None:
                raise DatamimicError(
                    "invalid_request",
                    f"{owner.__name__}.{self.name} can only be reached from an entity that a world made",
                    hint="from_dict and __init__ give entities that stand alone",
                )
            rows, row = origin
            known[self.name] = rows.reach(row, self.name)
        return known[self.name]


def own_values(instance: Any) -> dict[str, Any]:
    """The values that an entity or record holds itself: its columns, without what was reached from it."""
    names = [attribute.name for attribute in attrs.fields(type(instance))]
    if not hasattr(instance, "__dict__"):
        return {name: getattr(instance, name) for name in names}
    values = instance.__dict__
    return {name: values[name] for name in names if name in values}


def entity_state(self: Any) -> dict[str, Any]:
    """What is pickled and copied: not what was reached, which is reached again where the copy is."""
    return {name: value for name, value in self.__dict__.items() if name != _COMPUTED}


def to_dict(self: Any) -> dict[str, Any]:
    """The entity as plain values: dates as ISO 8601 text, money as numbers, nested records as dictionaries."""
    cls: type = type(self)
    form: PlainForm = spec_of(cls).remembered.get("plain form", lambda: _plain_form(cls))
    return form.made(self.__dict__)


def _plain_form(cls: type) -> PlainForm:
    """In the order of the class; a subclass may hide what it inherits."""
    columns = {attribute: (column, kind) for column, (attribute, kind) in _columns(cls).items()}
    return PlainForm.of((each.name, *columns[each.name]) for each in attrs.fields(cls) if each.name in columns)


def _columns(cls: type) -> dict[str, tuple[str, ValueType]]:
    """The attributes and kinds of an entity's columns, by their names in tables; a reference shows a key, whose class may not
    be known."""
    spec = spec_of(cls)

    def made() -> dict[str, tuple[str, ValueType]]:
        return {
            each.column_name: (each.attribute_name, key_kind(each) if each.is_relation else each.kind)
            for each in spec.columns
        }

    return spec.remembered.get("columns of instances", made)


def plain(value: Any) -> Any:
    """Any value of an entity as what `json.dumps` takes."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, str | int | float | None):
        return value
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if hasattr(type(value), "__entity__"):
        return to_dict(value)
    if attrs.has(type(value)):
        return {attribute.name: plain(getattr(value, attribute.name)) for attribute in attrs.fields(type(value))}
    kind = kind_of(type(value), type(value).__name__)
    return kind.to_json(value)


def entity_repr(self: Any) -> str:
    """`Vehicle(kind='van', …)` of what the entity holds."""
    values = ", ".join(f"{name}={value!r}" for name, value in own_values(self).items())
    return f"{type(self).__name__}({values})"


def entity_html(self: Any) -> str:
    """What the entity holds, one value a line, for a notebook."""
    rows = ((name, plain(value)) for name, value in own_values(self).items())
    return html_table(["field", "value"], rows, type(self).__name__)


def entity_eq(self: Any, other: object) -> Any:
    """Entities are equal when they are of one class and hold the same values."""
    if type(self) is not type(other):
        return NotImplemented
    return own_values(self) == own_values(other)


def value_hash(self: Any) -> int:
    """What equal entities or records have in common; lists and mappings within count by what they hold."""
    return hash((type(self), *(_hashable(value) for value in own_values(self).values())))


def _hashable(value: Any) -> Any:
    if isinstance(value, list | tuple):
        return tuple(map(_hashable, value))
    if isinstance(value, Mapping):
        return frozenset((key, _hashable(item)) for key, item in value.items())
    return value


def from_dict(cls: type, values: Mapping[str, Any]) -> Any:
    """The entity that `to_dict` made the dictionary of; attributes that the dictionary lacks stay unset.

    Raises `DatamimicError` (`schema_validation_failed`) with the JSON path of the first value that does not fit.
    """
    columns = _columns(cls)
    if not isinstance(values, Mapping):
        raise _unfit(cls, f"{excerpt(values)} is not an object", "$")
    instance: Any = object.__new__(cls)
    for name, value in values.items():
        if name not in columns:
            raise _unfit(cls, "there is no such attribute", f"$.{name}")
        try:
            attribute, kind = columns[name]
            instance.__dict__[attribute] = from_json(value, kind, f"$.{name}")
        except Misfit as error:
            raise _unfit(cls, str(error), error.path) from None
    return instance


def _unfit(cls: type, message: str, path: str) -> DatamimicError:
    return DatamimicError("schema_validation_failed", f"{cls.__name__}: {message}", path=path)


@contextmanager
def collected_later() -> Iterator[None]:
    """Many objects are about to be made and none of them in a circle: looking for garbage meanwhile finds nothing, and takes
    a tenth of the time of a batch."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()
