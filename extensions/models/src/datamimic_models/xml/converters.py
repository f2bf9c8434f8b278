"""Converters: what values go through, by name. They are functions of one value, and run once per distinct text."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

from datamimic import DatamimicError
from datamimic.errors import excerpt
from datamimic_models.expressions.functions import digests
from datamimic_models.expressions.functions.digests import FORMS, KINDS
from datamimic_models.model import Place
from datamimic_models.xml.calls import Call
from datamimic_models.xml.checking import nearest
from datamimic_models.xml.dates import write_date

Convert = Callable[[Any], Any]
REMOVE: Final = "RemoveNoneOrEmptyElement"


def _text(convert: Callable[[str], Any]) -> Convert:
    return lambda value: None if value is None else convert(value if isinstance(value, str) else str(value))


def append(text: str) -> Convert:
    """The text behind the value."""
    return _text(lambda value: value + text)


def cut_length(length: int) -> Convert:
    """At most so many characters."""
    return _text(lambda value: value[: int(length)])


def lower_case() -> Convert:
    """Small letters."""
    return _text(str.lower)


def upper_case() -> Convert:
    """Capital letters."""
    return _text(str.upper)


def mask(char: str = "*") -> Convert:
    """The mark in place of every character."""
    return _text(lambda value: str(char) * len(value))


def middle_mask(start: int = 0, end: int = 0, char: str = "*") -> Convert:
    """The mark in place of all but the first `start` and the last `end` characters."""
    first, last = max(0, int(start)), max(0, int(end))

    def masked(value: str) -> str:
        hidden = max(0, len(value) - first - last)
        return value[:first] + str(char) * hidden + value[first + hidden :]

    return _text(masked)


def substring(start: int = 0, end: int | None = None) -> Convert:
    """Characters from `start` up to, and without, `end`."""
    return _text(lambda value: value[int(start) : None if end is None else int(end)])


def date_format(format: str) -> Convert:
    """A moment as text, as `%d.%m.%Y`."""
    return lambda value: write_date(value, format)


def date_to_timestamp() -> Convert:
    """Seconds since 1970 (UTC) of a date or a moment."""

    def converted(value: Any) -> Any:
        if value is None:
            return None
        if isinstance(value, str):
            value = datetime.fromisoformat(value)
        if isinstance(value, date) and not isinstance(value, datetime):
            value = datetime(value.year, value.month, value.day)
        if not isinstance(value, datetime):
            raise TypeError(f"{value!r} is no date")
        aware = value if value.tzinfo is not None else value.replace(tzinfo=UTC)
        return (aware - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(seconds=1)

    return converted


def timestamp_to_date() -> Convert:
    """The moment (UTC) so many seconds after 1970."""

    def converted(value: Any) -> Any:
        return None if value is None else datetime(1970, 1, 1) + timedelta(seconds=float(value))

    return converted


def digest(type: str = "sha256", format: str = "hex", salt: str | None = None) -> Convert:
    """The digest of the text, as `hex` or `base64`; with a salt, keyed by it (HMAC)."""
    kind, form = kind_of_digest(type), str(format).lower()
    if form not in FORMS:
        raise ValueError(f"{format!r} is neither hex nor base64")
    return _text(lambda value: digests.digest(value, kind, form, None if salt is None else str(salt)))


def kind_of_digest(said: str) -> str:
    """The digest that a model names, as SHA-256. Raises ValueError."""
    kind = str(said).lower().replace("-", "")
    if kind not in KINDS:
        raise ValueError(f"there is no digest {said!r}; {nearest(kind, KINDS) or ', '.join(KINDS)}")
    return kind


def java_hash() -> Convert:
    """`String.hashCode` of Java: a whole number of 32 bits, in hexadecimal."""
    return _text(digests.java_hash)


def remove_none_or_empty() -> Convert:
    """Without members of records and items of lists that are null or empty."""
    return without_empty


def without_empty(value: Any) -> Any:
    """The value, with nothing in it that is null, empty text, an empty list or an empty record."""
    if isinstance(value, dict):
        held = {name: without_empty(each) for name, each in value.items()}
        return {name: each for name, each in held.items() if not is_empty(each)}
    if isinstance(value, list):
        return [each for each in map(without_empty, value) if not is_empty(each)]
    return value


def is_empty(value: Any) -> bool:
    return value is None or (isinstance(value, str | list | dict | tuple | set | frozenset) and not value)


CONVERTERS: Final[Mapping[str, Callable[..., Convert]]] = {
    "Append": append,
    "CutLength": cut_length,
    "Date2Timestamp": date_to_timestamp,
    "DateFormat": date_format,
    "Hash": digest,
    "JavaHash": java_hash,
    "LowerCase": lower_case,
    "Mask": mask,
    "MiddleMask": middle_mask,
    REMOVE: remove_none_or_empty,
    "Substring": substring,
    "Timestamp2Date": timestamp_to_date,
    "UpperCase": upper_case,
}


def converter_of(call: Call, place: Place) -> Convert:
    """The converter that is called so. Raises `DatamimicError` (`models.unknown_converter`,
    `models.bad_converter`)."""
    make = CONVERTERS.get(call.name)
    if make is None:
        raise DatamimicError(
            "models.unknown_converter",
            f"there is no converter {excerpt(call.name)}",
            hint=nearest(call.name, CONVERTERS) or f"one of {', '.join(CONVERTERS)}",
            file=place.file,
            line=place.line,
        )
    try:
        return make(*call.positional, **call.named)
    except (TypeError, ValueError) as error:
        raise DatamimicError(
            "models.bad_converter", f"{call.name}: {error}", file=place.file, line=place.line
        ) from None
