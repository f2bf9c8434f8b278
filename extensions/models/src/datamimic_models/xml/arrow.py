"""Python values as Arrow arrays."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from decimal import Decimal
from enum import Enum
from typing import Any, Final
from uuid import UUID

import pyarrow as pa
from attrs import fields, has

_PLAIN: Final = frozenset({str, int, float, bool, type(None)})


def plain(value: Any, kept: tuple[type, ...] = ()) -> Any:
    """The value as files hold it: entities as records, sets and tuples as lists, UUIDs as text, moments of a zone in UTC
    without it. What is of a type in `kept`, such as UUID and datetime, stays as it is."""
    kind = type(value)
    if kind in _PLAIN:
        return value
    # What nearly all values are comes first: files hold many of them.
    if kind is dict:
        return {
            name if type(name) is str else str(name): each if type(each) in _PLAIN else plain(each, kept)
            for name, each in value.items()
        }
    if kind is list:
        return [each if type(each) in _PLAIN else plain(each, kept) for each in value]
    if isinstance(value, Mapping):
        return {str(key): plain(each, kept) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [plain(each, kept) for each in value]
    if isinstance(value, set | frozenset):
        return [plain(each, kept) for each in sorted(value, key=lambda each: (type(each).__name__, str(each)))]
    if isinstance(value, Enum):
        return plain(value.value, kept)
    if isinstance(value, kept):
        return value
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, datetime) and value.tzinfo is not None:
        return value.astimezone(UTC).replace(tzinfo=None)
    if hasattr(value, "to_dict"):
        return plain(value.to_dict(), kept)
    if has(kind):
        return {each.name: plain(getattr(value, each.name), kept) for each in fields(kind)}
    return value


def without_classes(value: Any) -> Any:
    """The value, with entities and records in it as dictionaries; all else stays what it is."""
    kind = type(value)
    if kind in _PLAIN:
        return value
    if kind is dict:
        return {name: each if type(each) in _PLAIN else without_classes(each) for name, each in value.items()}
    if kind is list:
        return [each if type(each) in _PLAIN else without_classes(each) for each in value]
    if hasattr(value, "to_dict"):
        return value.to_dict()
    return {each.name: without_classes(getattr(value, each.name)) for each in fields(kind)} if has(kind) else value


def arrow_of_objects(values: Sequence[Any]) -> pa.Array:
    """An array of the values; values that have no type in common are text."""
    held = [plain(value) for value in values]
    kinds = {type(value) for value in held if value is not None}
    if kinds == {int, float}:
        held = [None if value is None else float(value) for value in held]
    elif Decimal in kinds and kinds <= {int, float, Decimal}:
        held = [None if value is None else Decimal(str(value)) for value in held]
    try:
        if len(kinds) > 1 and kinds not in ({int, float}, {list}, {dict}) and not kinds <= {int, float, Decimal}:
            raise pa.ArrowInvalid("values of several kinds")
        return pa.array(held)
    except (pa.ArrowInvalid, pa.ArrowTypeError, pa.ArrowNotImplementedError, OverflowError):
        return pa.array([None if value is None else text_of(value) for value in held], pa.string())


def text_of(value: Any) -> str:
    """A value as text: true and false, ISO 8601, JSON for what is nested."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict | list):
        import json

        return json.dumps(value, ensure_ascii=False, default=text_of)
    if isinstance(value, bytes):
        return value.hex()
    return value.isoformat(sep=" ") if isinstance(value, datetime) else str(value)
