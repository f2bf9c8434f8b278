"""Environment variables as typed values: a wrong one is refused with its name, and never printed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from attrs import field

from datamimic import DatamimicError

TRUE, FALSE = frozenset({"1", "true", "yes", "on"}), frozenset({"0", "false", "no", "off"})


def variable(name: str, default: Any, doc: str, read: Callable[[str], Any] = str, *, secret: bool = False) -> Any:
    """An attrs field that an environment variable sets. `secret` ones are not shown in representations."""
    metadata = {"name": name, "read": read, "doc": doc, "secret": secret}
    return field(default=default, metadata=metadata, repr=not secret, kw_only=True)


def flag(text: str) -> bool:
    """`true` or `false`; raises `ValueError`."""
    if text.lower() in TRUE:
        return True
    if text.lower() in FALSE:
        return False
    raise ValueError("true or false")


def whole(least: int, most: int = 1 << 40) -> Callable[[str], int]:
    """Reads whole numbers from `least` to `most`."""

    def read(text: str) -> int:
        if not text.isdecimal() or not text.isascii() or not least <= int(text[:15]) <= most:
            raise ValueError(f"a whole number from {least} on")
        return int(text)

    return read


def one_of(*names: str) -> Callable[[str], str]:
    """Reads one of these words, whatever its case."""
    known = {name.lower(): name for name in names}

    def read(text: str) -> str:
        if text.lower() not in known:
            raise ValueError(f"one of {', '.join(names)}")
        return known[text.lower()]

    return read


def words(text: str) -> tuple[str, ...]:
    """Words separated by commas."""
    return tuple(word for part in text.split(",") if (word := part.strip()))


def given(fields: Mapping[str, Mapping[str, Any]], environment: Mapping[str, str]) -> dict[str, Any]:
    """`attribute -> value` of the variables that are set. Raises `DatamimicError` (`platform.bad_setting`)."""
    found: dict[str, Any] = {}
    for attribute, told in fields.items():
        text = environment.get(told["name"], "").strip()
        if not text:
            continue
        try:
            found[attribute] = told["read"](text)
        except ValueError as error:
            raise DatamimicError(
                "platform.bad_setting", f"the environment variable {told['name']} is wrong", hint=f"give {error}"
            ) from None
    return found
