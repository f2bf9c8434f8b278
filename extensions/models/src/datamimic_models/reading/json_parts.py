"""JSON, taken apart: a reader that keeps line and column, refuses depth, and tells keys that come twice."""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from typing import Any, Final

from attrs import define, field

from datamimic.errors import excerpt
from datamimic_models.model import BadModel, Mistakes, Place
from datamimic_models.reading.parts import (
    DEEPEST,
    MOST_PARTS,
    Part,
    check_characters,
    check_text,
    refused,
    too_deep,
    too_many,
)

_SPACE: Final = re.compile(r"[ \t\r\n]*")
_NUMBER: Final = re.compile(r"-?(?:0|[1-9][0-9]{0,39})(\.[0-9]{1,40})?([eE][-+]?[0-9]{1,3})?")
_TEXT: Final = re.compile(r'"(?:[^"\\\x00-\x1f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"')
_WORDS: Final = {"true": True, "false": False, "null": None}
_WORD: Final = re.compile(r"true|false|null")


def json_part(text: str, file: str | None, mistakes: Mistakes) -> Part:
    """The document. Raises `BadModel` for what is no JSON; a key that comes twice is one of the `mistakes`."""
    check_text(text, file)
    return _Reader(text, file, mistakes).document()


@define(eq=False)
class _Reader:
    text: str
    file: str | None
    mistakes: Mistakes
    at: int = 0
    made: int = 0
    lines: list[int] = field(init=False)

    def __attrs_post_init__(self) -> None:
        self.lines = [0, *(match.end() for match in re.finditer("\n", self.text))]

    def document(self) -> Part:
        self.skip()
        if self.at == len(self.text):
            raise refused("models.empty", "the document is empty", self.place(), '{"tables": […]}')
        part = self.value(0)
        self.skip()
        if self.at < len(self.text):
            raise self.bad("the end of the document")
        return part

    def place(self, at: int | None = None) -> Place:
        at = self.at if at is None else at
        line = bisect_right(self.lines, at)
        return Place(self.file, line, at - self.lines[line - 1] + 1)

    def bad(self, wanted: str) -> BadModel:
        found = excerpt(self.text[self.at : self.at + 12]) if self.at < len(self.text) else "the end"
        return refused("models.bad_syntax", f"no JSON: {wanted} is expected, not {found}", self.place())

    def skip(self) -> None:
        match = _SPACE.match(self.text, self.at)
        assert match is not None
        self.at = match.end()

    def sign(self, wanted: str) -> None:
        self.skip()
        if not self.text.startswith(wanted, self.at):
            raise self.bad(wanted)
        self.at += 1
        self.skip()

    def next_is(self, sign: str) -> bool:
        self.skip()
        if not self.text.startswith(sign, self.at):
            return False
        self.at += 1
        self.skip()
        return True

    def value(self, depth: int) -> Part:
        self.made += 1
        if self.made > MOST_PARTS:
            raise too_many(self.place())
        if depth > DEEPEST:
            raise too_deep(self.place())
        start = self.place()
        mark = self.text[self.at : self.at + 1]
        if mark == "{":
            return self.mapping(start, depth)
        if mark == "[":
            return self.sequence(start, depth)
        return Part(self.scalar(), start)

    def mapping(self, start: Place, depth: int) -> Part:
        part = Part({}, start)
        self.sign("{")
        if self.next_is("}"):
            return part
        while True:
            place, key = self.place(), self.string()
            self.sign(":")
            value = self.value(depth + 1)
            if key in part.value:
                self.mistakes.add(
                    "models.duplicate_key",
                    f"{excerpt(key)} stands here twice, first in line {part.keys[key].line}",
                    place,
                    hint="leave one of them out",
                )
            else:
                part.value[key], part.keys[key] = value, place
                part.weight += value.weight
            if self.next_is("}"):
                return part
            self.sign(",")

    def sequence(self, start: Place, depth: int) -> Part:
        part = Part([], start)
        self.sign("[")
        if self.next_is("]"):
            return part
        while True:
            part.value.append(self.value(depth + 1))
            part.weight += part.value[-1].weight
            if self.next_is("]"):
                return part
            self.sign(",")

    def string(self) -> str:
        match = _TEXT.match(self.text, self.at)
        if match is None:
            raise self.bad("a text in double quotes")
        self.at = match.end()
        made: str = json.loads(match[0])
        check_characters(made, self.place())
        return made

    def scalar(self) -> Any:
        if self.text.startswith('"', self.at):
            return self.string()
        word = _WORD.match(self.text, self.at)
        if word is not None:
            self.at = word.end()
            return _WORDS[word[0]]
        number = _NUMBER.match(self.text, self.at)
        if number is None:
            raise self.bad("a value")
        self.at = number.end()
        return float(number[0]) if number[1] or number[2] else int(number[0])
