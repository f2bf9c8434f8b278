"""The type of a column: of what an element says, of kinds of the packs, and of sampled values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import Enum
from keyword import iskeyword
from typing import Any, Final
from uuid import UUID

from attrs import evolve

from datamimic import ValueType
from datamimic_models.model import ColumnType
from datamimic_models.model.types import TypeName
from datamimic_models.xml.arrow import plain

DECLARED: Final[Mapping[str, ColumnType]] = {
    "int": ColumnType("int"),
    "integer": ColumnType("int"),
    "float": ColumnType("float"),
    "string": ColumnType("str"),
    "bool": ColumnType("bool"),
    "boolean": ColumnType("bool"),
    "decimal": ColumnType("decimal", precision=18, scale=4),
    "binary": ColumnType("bytes"),
    "date": ColumnType("date"),
    "datetime": ColumnType("datetime"),
}
"""By the `type` of an element."""
_PYTHON: Final[tuple[tuple[type, TypeName], ...]] = (
    (bool, "bool"),
    (int, "int"),
    (float, "float"),
    (str, "str"),
    (datetime, "datetime"),
    (date, "date"),
    (time, "time"),
    (timedelta, "duration"),
    (bytes, "bytes"),
    (UUID, "uuid"),
)
TYPED: Final = (UUID, datetime)
"""What stays as it is in plain values of a model, since columns have these types."""
_MOST_DIGITS: Final = 18


def type_of_kind(kind: ValueType) -> ColumnType | None:
    """The type that holds values of a kind; None for entities, and what holds some."""
    members = kind.members
    if members:
        found = {name: type_of_kind(each) for name, each in members.items()}
        if any(each is None for each in found.values()):
            return None
        typed = tuple((name, evolve(each, nullable=members[name].nullable)) for name, each in found.items() if each)
        return ColumnType("struct", members=typed)
    item = getattr(kind, "item", None)
    if item is not None:
        inner = type_of_kind(item)
        return None if inner is None else ColumnType("list", item=inner)
    python: Any = kind.python
    if python is Decimal:
        return ColumnType("decimal", precision=getattr(kind, "precision", 15), scale=getattr(kind, "scale", 2))
    if isinstance(python, type) and issubclass(python, Enum):
        return ColumnType("str")
    for each, name in _PYTHON:
        if python is each:
            return ColumnType(name)
    return None


def type_of_values(values: Iterable[Any]) -> ColumnType | None:
    """The type that holds all of these values; None where they are all null, or no type does."""
    held = [plain(each, TYPED) for each in values if each is not None]
    if not held:
        return None
    if all(isinstance(each, dict) for each in held):
        return _of_records(held)
    if all(isinstance(each, list) for each in held):
        items = [item for each in held for item in each]
        inner = type_of_values(items) or ColumnType("str")
        return ColumnType("list", item=evolve(inner, nullable=any(item is None for item in items)))
    if all(isinstance(each, int | float) and not isinstance(each, bool) for each in held):
        return ColumnType("float" if any(isinstance(each, float) for each in held) else "int")
    if all(isinstance(each, Decimal) for each in held):
        scale = max(max(0, -int(each.as_tuple().exponent)) for each in held)
        return ColumnType("decimal", precision=_MOST_DIGITS, scale=min(scale, 9))
    for python, name in _PYTHON:
        if all(isinstance(each, python) for each in held):
            return ColumnType(name)
    return None


def _of_records(records: Sequence[Mapping[str, Any]]) -> ColumnType | None:
    names = list(dict.fromkeys(name for each in records for name in each))
    members = []
    for name in names:
        column = [each.get(name) for each in records]
        kind = type_of_values(column) or ColumnType("str")
        members.append((name, evolve(kind, nullable=True)))
    if not members or not all(map(may_be_member, names)):
        return None
    return ColumnType("struct", members=tuple(members))


def may_be_member(name: str) -> bool:
    """Can a member of a record be called so?"""
    return name.isidentifier() and not name.startswith("_") and not iskeyword(name)


def fitted(value: Any, kind: ColumnType) -> Any:
    """A plain value as a document says it for a column of the type: members that are not there are null."""
    if value is None:
        return None
    if kind.name == "struct" and isinstance(value, dict):
        return {name: fitted(value.get(name), each) for name, each in kind.members}
    if kind.name == "list" and isinstance(value, list) and kind.item is not None:
        return [fitted(each, kind.item) for each in value]
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if kind.name == "str" and not isinstance(value, str):
        return str(value)
    if kind.name == "float" and isinstance(value, int):
        return float(value)
    return str(value) if isinstance(value, Decimal | UUID) else value
