"""Regular expressions in time that grows only with the text: RE2, the one within Arrow.

RE2 has no look-around and no back references; such patterns are refused. What is found is told by a `Match`, as Python does.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc
from attrs import frozen

from datamimic_models.expressions.failures import Failed, TooLarge
from datamimic_models.expressions.limits import LONGEST_PATTERN, LONGEST_TEXT, MOST_ITEMS, MOST_SEARCHED

_OPENING: Final = re.compile(
    r"\\Q.*?(?:\\E|$)|\\.|\[\^?\]?(?:\\.|\[:\w+:\]|[^\]\\])*\]|\((?P<how>\?P?<(?P<name>[A-Za-z_]\w*)>|\?)?", re.DOTALL
)
_REFERENCE: Final = re.compile(r"\\(?:(?P<number>\d{1,2})|g<(?P<name>\w+)>|(?P<other>.))|\\$", re.DOTALL)
_BEFORE, _WHOLE = "datamimic_before", "datamimic_match"
_MARKS: Final = ("\ue000", "\ue001", "\ue002")


class Match:
    """What a pattern has found: `group`, `groups`, `groupdict`, `start`, `end`, `span`. No record: it has no members."""

    __slots__ = ("found", "names", "starts", "whole")

    def __init__(self, starts: int, whole: str, found: tuple[str | None, ...], names: tuple[str, ...]) -> None:
        self.starts = starts
        self.whole = whole
        self.found = found
        self.names = names

    def __repr__(self) -> str:
        return f"<match {self.span()}: {self.whole!r}>"

    def group(self, *which: int | str) -> Any:
        if len(which) > 1:
            return tuple(self.group(each) for each in which)
        one = which[0] if which else 0
        if one == 0:
            return self.whole
        number = self.names.index(one) + 1 if isinstance(one, str) and one in self.names else one
        if not isinstance(number, int) or not 0 < number <= len(self.found):
            raise Failed(f"the pattern has no group {one!r}")
        return self.found[number - 1]

    def groups(self) -> tuple[str | None, ...]:
        return self.found

    def groupdict(self) -> dict[str, str | None]:
        return {
            name: value for name, value in zip(self.names, self.found, strict=True) if not name.startswith("datamimic_")
        }

    def start(self) -> int:
        return self.starts

    def end(self) -> int:
        return self.starts + len(self.whole)

    def span(self) -> tuple[int, int]:
        return self.start(), self.end()


@frozen
class Pattern:
    """A pattern as RE2 takes it: with every group named, and `names` of the groups."""

    text: str
    named: str
    names: tuple[str, ...]


@lru_cache(maxsize=512)
def pattern_of(text: Any) -> Pattern:
    """Raises `Failed` for what RE2 does not take."""
    if not isinstance(text, str):
        raise Failed("a pattern is a text")
    if len(text) > LONGEST_PATTERN:
        raise TooLarge(f"a pattern of {len(text)} characters")
    names: list[str] = []

    def name(found: re.Match[str]) -> str:
        if not found[0].startswith("("):
            return found[0]
        if found["how"] == "?":
            return found[0]
        if found["name"] and found["name"].startswith("datamimic_"):
            raise Failed(f"a group cannot be called {found['name']}")
        names.append(found["name"] or f"datamimic_{len(names) + 1}")
        return f"(?P<{names[-1]}>"

    made = Pattern(text, _OPENING.sub(name, text), tuple(names))
    _asked(lambda: pc.match_substring_regex(pa.scalar("", pa.string()), made.text))
    _asked(lambda: pc.extract_regex(pa.scalar("", pa.string()), f"(?P<{_WHOLE}>{made.named})"))
    return made


def _asked(question: Any) -> Any:
    try:
        return question()
    except pa.ArrowInvalid as error:
        said = str(error).partition("Invalid regular expression: ")[2] or str(error)
        raise Failed(f"the pattern cannot be used: {said[:200]}") from None


def _text(value: Any, asked: Pattern) -> pa.Scalar:
    if not isinstance(value, str):
        raise Failed(f"a pattern looks into a text, not into a {type(value).__name__}")
    if len(value) * (1 + len(asked.text)) > MOST_SEARCHED:
        raise TooLarge(f"a pattern of {len(asked.text)} characters in a text of {len(value)}")
    return pa.scalar(value, pa.string())


def found(pattern: str, text: Any, before: str = "(?s:.*?)", after: str = "") -> Match | None:
    """The first match in the text, `before` and `after` it what these say."""
    asked = pattern_of(pattern)
    wrapped = rf"\A(?P<{_BEFORE}>{before})(?P<{_WHOLE}>{asked.named}){after}"
    parts = _asked(lambda: pc.extract_regex(_text(text, asked), wrapped)).as_py()
    if parts is None:
        return None
    # RE2 within Arrow does not tell a group that took no part from one that is empty: both are empty.
    return Match(len(parts[_BEFORE]), parts[_WHOLE], tuple(parts[name] for name in asked.names), asked.names)


def replaced(pattern: str, replacement: str, text: Any, count: int = 0) -> str:
    """Every match, or the first `count`, replaced; `\\1` and `\\g<name>` stand for groups."""
    asked = pattern_of(pattern)
    looked_at, put = _text(text, asked), rewritten(replacement, asked)
    places = pc.count_substring_regex(looked_at, asked.text).as_py()
    # Every group is found once in all matches together, at most.
    if places * len(put) + (1 + put.count("\\")) * len(text) > 20 * LONGEST_TEXT:
        raise TooLarge("a text after replacing")
    made: str = _asked(
        lambda: pc.replace_substring_regex(looked_at, asked.text, put, max_replacements=count or None)
    ).as_py()
    return made


def rewritten(replacement: Any, asked: Pattern) -> str:
    """A replacement as RE2 takes it."""
    if not isinstance(replacement, str):
        raise Failed("a replacement is a text, not a function")

    def reference(found: re.Match[str]) -> str:
        if found["number"] is not None or found["name"] is not None:
            which = found["number"] or found["name"]
            number = int(which) if which.isdecimal() else asked.names.index(which) + 1 if which in asked.names else -1
            if not 0 <= number <= min(len(asked.names), 9):
                raise Failed(f"the pattern has no group {which}")
            return f"\\{number}"
        known = {"\\": "\\\\", "n": "\n", "t": "\t"}
        if found["other"] not in known:
            raise Failed(f"{found[0]!r} means nothing in a replacement")
        return known[found["other"]]

    return _REFERENCE.sub(reference, replacement)


def all_found(pattern: str, text: Any) -> list[Any]:
    """Every match: its text, or its group, or a tuple of its groups where there are several."""
    asked = pattern_of(pattern)
    value = _text(text, asked).as_py()
    if any(mark in value for mark in _MARKS):
        raise Failed("the text has characters of the private use area")
    groups = range(1, len(asked.names) + 1) if asked.names else (0,)
    if len(groups) > 9:
        raise Failed("findall gives at most nine groups")
    begin, between, end = _MARKS
    marked: str = _asked(
        lambda: pc.replace_substring_regex(
            _text(text, asked), asked.text, begin + between.join(f"\\{number}" for number in groups) + end
        )
    ).as_py()
    matches = [piece.partition(end)[0].split(between) for piece in marked.split(begin)[1:]]
    if len(matches) > MOST_ITEMS:
        raise TooLarge(f"{len(matches)} matches")
    return [parts[0] if len(parts) == 1 else tuple(parts) for parts in matches]


def split(pattern: str, text: Any, maxsplit: int = 0) -> list[str]:
    """The text between the matches of a pattern without groups."""
    asked = pattern_of(pattern)
    if asked.names:
        raise Failed("split takes a pattern without groups: write (?:…)")
    value = _text(text, asked).as_py()
    if _MARKS[0] in value:
        raise Failed("the text has characters of the private use area")
    pieces: list[str] = replaced(pattern, _MARKS[0], value, maxsplit).split(_MARKS[0])
    if len(pieces) > MOST_ITEMS:
        raise TooLarge(f"{len(pieces)} pieces")
    return pieces
