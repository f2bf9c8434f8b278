"""One place of many in a text."""

from __future__ import annotations

import re
from collections.abc import Callable

from datamimic.formats.documents.negatives import Change

DAY = r"(?:19|20)\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])"
"""A day as ISO 8601 writes it."""
ILLEGAL = "\x07"
"""A control character that no syntax of messages takes."""


def chosen(pattern: str | re.Pattern[str], text: str, number: int) -> re.Match[str] | None:
    """One of the places where the pattern is found."""
    found = list(re.finditer(pattern, text))
    return found[number % len(found)] if found else None


def put(text: str, match: re.Match[str] | None, instead: str, group: int | str = 0) -> str | None:
    """The text with something else for what was found, or for a group of it; None where it was not."""
    if match is None:
        return None
    return f"{text[: match.start(group)]}{instead}{text[match.end(group) :]}"


def instead(pattern: str | re.Pattern[str], written: Callable[[str], str]) -> Change:
    """What breaks a rule at one of the places where the `pattern` is found: what its group holds is `written` otherwise."""
    compiled = re.compile(pattern)

    def change(text: str, number: int) -> str | None:
        match = chosen(compiled, text, number)
        return None if match is None else put(text, match, written(match[1]), 1)

    return change


def without_day(day: str) -> str:
    """A day that the calendar does not have, in the same year."""
    return f"{day[:4]}-02-30"
