"""Records: the parts of an entity that are no entities themselves."""

from __future__ import annotations

import sys
from typing import Any, TypeVar, cast, dataclass_transform

import attrs

from datamimic.model.instances import value_hash

T = TypeVar("T")


@dataclass_transform(frozen_default=True, kw_only_default=True)
def record(cls: type[T]) -> type[T]:
    """Class decorator for the parts of an entity (an emergency contact, a line of a schedule): a frozen attrs class
    whose attributes can also be read as items, `contact["phone"]`."""
    own = {"__eq__", "__hash__"} & cls.__dict__.keys()
    made = attrs.frozen(kw_only=True)(cls)
    cast(Any, made).__getitem__ = _item
    if not own:
        setattr(made, "__hash__", value_hash)  # noqa: B010 - attrs hashes the values as they are, and lists have no hash
    # Annotations are resolved here, where their names are in scope.
    attrs.resolve_types(cast(Any, made), localns=sys._getframe(1).f_locals)
    return made


def _item(self: Any, name: str) -> Any:
    if name not in {a.name for a in attrs.fields(type(self))}:
        raise KeyError(name)
    return getattr(self, name)
