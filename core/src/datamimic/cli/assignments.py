"""`name=value` texts of the command line."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from datamimic.errors import InvalidOption


def pairs(texts: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """`name=value` texts. Raises `InvalidOption` for one without an equals sign."""
    for text in texts:
        name, equals, value = text.partition("=")
        if not equals or not name:
            raise InvalidOption("invalid_option", f"{text!r} is not written name=value")
        yield name.strip(), value


def typed_settings(exporter: type[Any], texts: tuple[str, ...]) -> dict[str, Any]:
    """Settings of a format from `name=value` texts, each of the type of its default."""
    return {name: typed(value, exporter.settings.get(name)) for name, value in pairs(texts)}


def typed(text: str, default: Any) -> Any:
    """The text as a value of the default's type. Raises `InvalidOption` for one that is no whole number."""
    if isinstance(default, bool):
        return text.lower() in ("1", "true", "yes", "on")
    if not isinstance(default, int):
        return text
    try:
        return int(text)
    except ValueError:
        raise InvalidOption("invalid_option", f"{text!r} is not a whole number") from None
