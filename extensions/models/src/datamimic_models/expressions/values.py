"""Plain values: the only ones that an expression ever holds.

None, bool, int, float, str, Decimal, date, datetime (UTC, without a zone), time, timedelta, UUID, list, tuple, dict, frozenset,
range; records and mappings that the caller gives, whose members are read by name; and bytes, which are only passed on.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from enum import Enum
from typing import Any, Final
from uuid import UUID

import numpy as np
from attrs import fields_dict, has

from datamimic_models.expressions.failures import Failed, TooLarge
from datamimic_models.expressions.limits import LONGEST_TEXT, MOST_BITS, MOST_ITEMS, MOST_STEPS

_AS_THEY_ARE: Final = frozenset({type(None), bool, int, float, str, Decimal, timedelta, UUID, bytes})
_GROUPS: Final = (list, tuple, dict, frozenset)


def plain(value: Any) -> Any:
    """The value as expressions hold it. Raises `Failed` for what is no value of theirs."""
    if type(value) in _AS_THEY_ARE:
        return value
    if isinstance(value, datetime):
        return value if value.tzinfo is None else value.astimezone(UTC).replace(tzinfo=None)
    if isinstance(value, date | time | range | list | tuple | frozenset):
        return value
    if isinstance(value, Enum):
        return plain(value.value)
    if isinstance(value, np.datetime64 | np.timedelta64):
        made = value.astype("datetime64[us]" if isinstance(value, np.datetime64) else "timedelta64[us]").item()
        return made if np.datetime_data(value.dtype)[0] != "D" or made is None else made.date()
    if isinstance(value, np.generic):
        return value.item()
    if isinstance(value, set):
        return frozenset(value)
    if isinstance(value, np.ndarray):
        return value.tolist()
    if isinstance(value, Mapping) or has(type(value)):
        return value
    if isinstance(value, bool | int | float | str | Decimal | timedelta | UUID | bytes):
        return value
    raise Failed(f"a {type(value).__name__} is no value of an expression")


def member(value: Any, name: str) -> Any:
    """The member of a record or mapping. Raises `Failed`, as for null."""
    if isinstance(value, Mapping):
        if name in value:
            return plain(value[name])
        raise Failed(f"there is no {name!r} in it")
    if value is not None and has(type(value)) and name in fields_dict(type(value)):
        try:
            return plain(getattr(value, name))
        except AttributeError:
            raise Failed(f"{name!r} is not there") from None
    raise Failed(f"{kind_name(value)} has no {name!r}")


def kind_name(value: Any) -> str:
    """How messages call a kind of value."""
    return "null" if value is None else f"a {type(value).__name__}"


def iterated(value: Any) -> Iterable[Any]:
    """What a loop over the value sees; a set in the order of its values. Raises `Failed` and `TooLarge`."""
    if isinstance(value, frozenset):
        return in_order(value)
    if isinstance(value, list | tuple | str | range | Mapping):
        if len(value) > MOST_STEPS:
            raise TooLarge(f"a loop over {len(value)} items")
        return value
    raise Failed(f"{kind_name(value)} has no items")


def in_order(values: Iterable[Any]) -> list[Any]:
    """The values of a set in an order that is the same everywhere."""
    try:
        return sorted(values)
    except TypeError:
        return sorted(values, key=lambda value: (type(value).__name__, text_of(value)))


def bounded(value: Any) -> Any:
    """The value. Raises `TooLarge` for one that is beyond what a value may be."""
    kind = type(value)
    if kind is int:
        if value.bit_length() > MOST_BITS:
            raise TooLarge(f"a whole number of {value.bit_length()} bits")
    elif kind is str:
        if len(value) > LONGEST_TEXT:
            raise TooLarge(f"a text of {len(value)} characters")
    elif kind in _GROUPS:
        weighed(value)
    elif kind is complex:
        raise Failed("it has no real value")
    return value


def weighed(value: Any) -> int:
    """How many items a list, tuple, dict or set has, with those of lists in it. Raises `TooLarge`."""
    total = len(value)
    if total > MOST_ITEMS:
        raise TooLarge(f"{total} items")
    for each in [*value, *value.values()] if isinstance(value, dict) else value:
        if type(each) in _GROUPS:
            total += weighed(each)
            if total > MOST_ITEMS:
                raise TooLarge(f"more than {MOST_ITEMS} items in lists of lists")
    return total


def lettered(text: str) -> str:
    """The text. Raises `Failed` for one with half of a pair of surrogates, which no file can hold."""
    if not text.isascii() and any("\ud800" <= letter <= "\udfff" for letter in text):
        raise Failed("half of a pair of surrogates is no character")
    return text


def size_of(value: Any) -> int:
    """Characters or items of a result, which its making is charged by; 0 for what takes no time."""
    return len(value) if isinstance(value, str | list | tuple | dict | frozenset) else 0


def cost_of(value: Any) -> int:
    """Steps that going through a value takes, at most."""
    if isinstance(value, str):
        return len(value) // 100
    return len(value) // 8 if isinstance(value, list | tuple | dict | frozenset | range) else 0


class _Writer:
    """Writes values as text; stops where that becomes too long."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.length = 0

    def put(self, text: str) -> None:
        self.length += len(text)
        if self.length > LONGEST_TEXT:
            raise TooLarge(f"a text of more than {LONGEST_TEXT} characters")
        self.parts.append(text)

    def write(self, value: Any) -> None:
        if isinstance(value, list):
            self._row("[", value, "]")
        elif isinstance(value, tuple):
            self._row("(", value, ",)" if len(value) == 1 else ")")
        elif isinstance(value, frozenset):
            self._row("{", in_order(value), "}") if value else self.put("set()")
        elif (pairs := pairs_of(value)) is not None:
            self.put("{")
            for number, (key, inner) in enumerate(pairs):
                self.put(", " if number else "")
                self.write(key)
                self.put(": ")
                self.write(inner)
            self.put("}")
        else:
            self.put(repr(plain(value)))

    def _row(self, before: str, values: Iterable[Any], after: str) -> None:
        self.put(before)
        for number, value in enumerate(values):
            self.put(", " if number else "")
            self.write(value)
        self.put(after)


def pairs_of(value: Any) -> list[tuple[Any, Any]] | None:
    """Names and values of a mapping or a record; None for what is neither."""
    if isinstance(value, Mapping):
        return [(key, value[key]) for key in value]
    if has(type(value)):
        # What an entity does not hold itself, it would have to ask a world for.
        held = vars(value) if hasattr(value, "__dict__") else fields_dict(type(value))
        return [
            (name, getattr(value, name))
            for name in fields_dict(type(value))
            if name in held and not name.startswith("_") and hasattr(value, name)
        ]
    return None


def text_of(value: Any) -> str:
    """`str(value)`; a set in the order of its values, a record as a dict."""
    if type(value) is str:
        return value
    if isinstance(value, list | tuple | frozenset | Mapping) or has(type(value)):
        return repr_of(value)
    return str(value)


def repr_of(value: Any) -> str:
    """`repr(value)`, likewise."""
    writer = _Writer()
    writer.write(value)
    return "".join(writer.parts)


def truth(value: Any) -> bool:
    """Whether the value counts as true, as in Python."""
    if isinstance(value, Mapping):
        return len(value) > 0
    return True if has(type(value)) else bool(value)
