"""`json` and `uuid`."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, time
from decimal import Decimal
from typing import Any
from uuid import UUID

from datamimic_models.expressions.catalogue import ATTRIBUTES, Attribute, function, method
from datamimic_models.expressions.failures import Failed, TooLarge
from datamimic_models.expressions.limits import LONGEST_TEXT
from datamimic_models.expressions.values import bounded, in_order, kind_name, lettered, pairs_of, text_of

FAMILY = "json and uuid"
_DEEPEST = 100


@function("json.dumps", example="json.dumps({'a': [1, None, True]})", family=FAMILY, gives="text")
def json_text(
    value: Any, indent: int | None = None, sort_keys: bool = False, ensure_ascii: bool = True, separators: Any = None
) -> str:
    """A value as JSON; dates as ISO 8601, Decimals as numbers, UUIDs as text."""
    if isinstance(indent, int) and indent > 16:
        raise TooLarge(f"an indent of {indent}")
    encoder = json.JSONEncoder(
        indent=indent if isinstance(indent, int) else None,
        sort_keys=bool(sort_keys),
        ensure_ascii=bool(ensure_ascii),
        separators=(str(separators[0])[:16], str(separators[1])[:16]) if separators else None,
        check_circular=False,
        allow_nan=False,
    )
    parts, length = [], 0
    for part in encoder.iterencode(_document(value, 0)):
        parts.append(part)
        length += len(part)
        if length > LONGEST_TEXT:
            raise TooLarge(f"a text of more than {LONGEST_TEXT} characters")
    return "".join(parts)


def _document(value: Any, depth: int) -> Any:
    if depth > _DEEPEST:
        raise Failed("it is nested too deep")
    if value is None or isinstance(value, str | int | float):
        return value
    if isinstance(value, Decimal):
        return float(value) if value != value.to_integral_value() else int(value)
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, list | tuple | range):
        return [_document(each, depth + 1) for each in bounded([*value[:LONGEST_TEXT]])]
    if isinstance(value, frozenset):
        return [_document(each, depth + 1) for each in in_order(value)]
    pairs = pairs_of(value)
    if pairs is None:
        raise Failed(f"{kind_name(value)} has no form in JSON")
    return {key if isinstance(key, str) else text_of(key): _document(inner, depth + 1) for key, inner in pairs}


@function("json.loads", example="json.loads('{\"a\": [1, 2.5]}')", family=FAMILY)
def json_value(text: str) -> Any:
    """The value that a JSON text says."""
    if not isinstance(text, str):
        raise Failed("json.loads takes a text")
    if text.count("[") + text.count("{") > 10_000:
        raise TooLarge("a document of so many parts")
    if "\\ud" in text.lower():
        lettered(json.dumps(json.loads(text), ensure_ascii=False))
    return bounded(json.loads(text, parse_int=_whole, parse_constant=_refused))


def _whole(digits: str) -> int:
    if len(digits) > 1_200:
        raise TooLarge(f"a number of {len(digits)} digits")
    return int(digits)


def _refused(name: str) -> Any:
    raise Failed(f"{name} is no JSON")


@function("uuid4", "uuid.uuid4", example="uuid4()", family=FAMILY, gives="uuid", supplied="words")
def random_uuid(words: Callable[[], int]) -> UUID:
    """A random UUID of version 4: another one in every row, the same whenever the row is made."""
    return uuid_of(words(), words())


def uuid_of(first: int, second: int) -> UUID:
    """All bits of the first word stand in it, so that one word gives one UUID."""
    upper = (first >> 16 << 16) | 0x4000 | (first >> 4 & 0xFFF)
    lower = (0b10 << 62) | ((first & 0xF) << 58) | (second >> 6)
    return UUID(int=upper << 64 | lower)


@function("UUID", "uuid.UUID", example="UUID('12345678-1234-5678-1234-567812345678')", family=FAMILY, gives="uuid")
def uuid_from_text(text: str) -> UUID:
    """The UUID that a text says."""
    return UUID(text)


ATTRIBUTES.setdefault("hex", []).append(
    Attribute("hex", (UUID,), "UUID('12345678-1234-5678-1234-567812345678').hex", "its 32 digits", "text")
)


def _members(value: Any) -> dict[Any, Any]:
    pairs = pairs_of(value)
    if pairs is None:
        raise Failed(f"{kind_name(value)} has no method to_dict")
    return dict(pairs)


method("to_dict", object, call=_members, example="{'a': 1}.to_dict()", summary="The members of a record by name.")
