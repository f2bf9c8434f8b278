"""Options of a kind: a frozen attrs class says names, types and defaults; what does not fit is refused with its path."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

import attrs

from datamimic import DatamimicError
from datamimic.errors import UnknownName

T = TypeVar("T")
MOST_ROWS = 10**12
_MOST_TEXT = 10_000


def options_of(cls: type[T], given: Mapping[str, Any]) -> T:
    """Raises `UnknownName`, `DatamimicError` (`platform.bad_option`)."""
    known = {each.name: each for each in attrs.fields(cls)}  # type: ignore[arg-type]
    for name in given:
        if name not in known:
            raise UnknownName("option", name, known, path="$.options")
    return cls(**{name: value for name, value in given.items() if value is not None})


def refused(name: str, expected: str) -> DatamimicError:
    return DatamimicError("platform.bad_option", f"{name} is not {expected}", path=f"$.options.{name}")


def text(_: Any, attribute: attrs.Attribute[Any], value: Any) -> None:
    if value is not None and (not isinstance(value, str) or len(value) > _MOST_TEXT or "\0" in value):
        raise refused(attribute.name, "a text")


def seed(_: Any, attribute: attrs.Attribute[Any], value: Any) -> None:
    fits = isinstance(value, str) and 0 < len(value) <= 200 and value.isprintable()
    if value is not None and not fits and (isinstance(value, bool) or not isinstance(value, int)):
        raise refused(attribute.name, "a text or a number")


def truth(_: Any, attribute: attrs.Attribute[Any], value: Any) -> None:
    if not isinstance(value, bool):
        raise refused(attribute.name, "true or false")


def count(least: int) -> Any:
    """A whole number from `least` to 10**12, or None."""

    def check(_: Any, attribute: attrs.Attribute[Any], value: Any) -> None:
        if value is not None and not is_count(value, least):
            raise refused(attribute.name, f"a whole number from {least} on")

    return check


def is_count(value: Any, least: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and least <= value <= MOST_ROWS


def counts(_: Any, attribute: attrs.Attribute[Any], value: Any) -> None:
    """Rows by table."""
    fits = isinstance(value, Mapping) and all(isinstance(name, str) for name in value)
    if not fits or not all(is_count(each, 0) for each in value.values()):
        raise refused(attribute.name, "rows by table, such as {customers: 50}")


def texts(_: Any, attribute: attrs.Attribute[Any], value: Any) -> None:
    if not isinstance(value, list | tuple) or not all(isinstance(each, str) for each in value):
        raise refused(attribute.name, "a list of texts")


def settings(_: Any, attribute: attrs.Attribute[Any], value: Any) -> None:
    fits = isinstance(value, Mapping) and all(isinstance(name, str) and name.isidentifier() for name in value)
    if not fits or not all(isinstance(each, str | int | float | bool) for each in value.values()):
        raise refused(attribute.name, "settings by name")
