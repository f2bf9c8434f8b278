"""The words of a file of SQL statements, statement by statement.

Whole files go through, as tools dump them: data of `COPY`, `DELIMITER` lines, bodies of functions and triggers, commands
of psql, conditional comments of MySQL.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import Final, Literal

from attrs import field, frozen

from datamimic_models.model import NOWHERE, Place
from datamimic_models.schemas.schema import Dialect

Kind = Literal["word", "quoted", "text", "number", "other"]


@frozen
class Token:
    """`text` is what is meant: quotes are gone, and what they doubled is single. `start` and `end` are offsets in the file."""

    kind: Kind
    text: str
    start: int
    end: int

    def __eq__(self, other: object) -> bool:
        """A word is also equal to its upper case, anything else but a quoted name to its text."""
        if isinstance(other, str):
            return self.kind in ("word", "other") and self.text.upper() == other
        return NotImplemented

    __hash__ = None  # type: ignore[assignment]


@frozen
class Statement:
    tokens: tuple[Token, ...]


_COMMON: Final = r"""
    (?P<space>\s+) | (?P<comment>--[^\n]*|/\*.*?\*/){more}
  | (?P<dollar>\$(?P<tag>[^\W\d]\w*)?\$.*?\$(?P=tag)\$ | \$\$.*?\$\$)
  | (?P<text>{text})
  | (?P<quoted>{quoted})
{names}  | (?P<number>\d+(?:\.\d*)?(?:[eE][+-]?\d+)?|\.\d+(?:[eE][+-]?\d+)?)
  | (?P<word>[^\W\d][\w$]*)
  | (?P<other>::|<=|>=|<>|!=|\|\||:=|.)
"""
_PLAIN = r"[eE]'(?:[^'\\]|\\.|'')*' | (?:[bBxXnN]|[uU]&)?'(?:[^']|'')*'"
_ESCAPED = r"(?:[bBxXnN]|_\w+\s*)?'(?:[^'\\]|\\.|'')*' | \"(?:[^\"\\]|\\.|\"\")*\""
_DIGITS_FIRST: Final = r"  | (?P<digits>\d+(?![eExX])[^\W\d][\w$]*)"
"""Names of MySQL may begin with digits."""
_PATTERNS: Final[dict[Dialect, re.Pattern[str]]] = {
    "postgres": re.compile(_COMMON.format(more="", names="", text=_PLAIN, quoted=r'"(?:[^"]|"")*"'), re.X | re.S),
    "mysql": re.compile(
        _COMMON.format(more=r" | (?P<hash>\#[^\n]*)", names=_DIGITS_FIRST, text=_ESCAPED, quoted=r"`(?:[^`]|``)*`"),
        re.X | re.S,
    ),
    "sqlite": re.compile(
        _COMMON.format(more="", names="", text=_PLAIN, quoted=r'"(?:[^"]|"")*"|`(?:[^`]|``)*`|\[[^\]]*\]'), re.X | re.S
    ),
}
_CONDITIONAL = re.compile(r"/\*M?!\d*(.*?)\*/", re.S)
_BLOCKS = ("TRIGGER", "FUNCTION", "PROCEDURE", "EVENT")


@frozen
class Source:
    """Statements. `file` is their name in places; those of a live database have none that anybody could look at."""

    text: str
    dialect: Dialect
    file: str | None = None
    located: bool = True
    _lines: list[int] = field(init=False, eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        starts = [0, *(match.end() for match in re.finditer("\n", self.text))]
        object.__setattr__(self, "_lines", starts)

    def place(self, token: Token) -> Place:
        if not self.located:
            return NOWHERE
        line = bisect_right(self._lines, token.start)
        return Place(self.file, line, token.start - self._lines[line - 1] + 1)

    def between(self, tokens: tuple[Token, ...] | list[Token]) -> str:
        """The text that the tokens came from."""
        return self.text[tokens[0].start : tokens[-1].end] if tokens else ""

    def statements(self) -> Iterator[Statement]:
        """One after the other, without the data of COPY and the delimiters."""
        pattern, text = _PATTERNS[self.dialect], self.text
        at, delimiter, found = 0, ";", list[Token]()
        depth = 0  # of BEGIN and CASE in the body of a trigger or function
        while at < len(text):
            if not found and (match := re.compile(r"\s*(?:DELIMITER[ \t]+(\S+)[^\n]*|\\[^\n]*)", re.I).match(text, at)):
                delimiter = match[1] or delimiter
                at = match.end()
                continue
            if delimiter != ";" and text.startswith(delimiter, at):
                yield Statement(tuple(found))
                found, at = [], at + len(delimiter)
                continue
            match = pattern.match(text, at)
            if match is None:  # a quote that is never closed
                at += 1
                continue
            at = match.end()
            token = _token(match)
            if token is None:
                continue
            if token == ";" and delimiter == ";" and not depth:
                if found:
                    statement = Statement(tuple(found))
                    yield statement
                    at = _after_data(statement, text, at)
                found = []
                continue
            found.append(token)
            if delimiter == ";" and token.kind == "word" and found[0] == "CREATE":
                depth = max(0, depth + _depth(found))
        if found:
            yield Statement(tuple(found))


def source(text: str, dialect: Dialect, file: str | None = None, *, located: bool = True) -> Source:
    """Of a file as it is: MySQL's conditional comments are code, wherever they stand, so they become code at the same place."""
    if dialect == "mysql":
        text = _CONDITIONAL.sub(lambda match: match[1].rjust(len(match[0]) - 2) + "  ", text)
    return Source(text.removeprefix("\ufeff"), dialect, file, located)


def _token(match: re.Match[str]) -> Token | None:
    kind, said = match.lastgroup, match[0]
    groups = match.groupdict()
    if groups["space"] is not None or groups["comment"] is not None or groups.get("hash") is not None:
        return None
    start, end = match.span()
    if groups["dollar"] is not None:
        return Token("text", said.split("$", 2)[2].rsplit("$", 2)[0], start, end)
    if groups["text"] is not None:
        return Token("text", _unquoted(said), start, end)
    if groups["quoted"] is not None:
        return Token("quoted", said[1:-1].replace(said[-1] * 2, said[-1]), start, end)
    if kind in ("word", "digits"):
        return Token("word", said, start, end)
    return Token("number" if kind == "number" else "other", said, start, end)


def _unquoted(said: str) -> str:
    quote = said[-1]
    head, _, body = said.partition(quote)
    body = body[:-1].replace(quote * 2, quote)
    if head in ("e", "E") or quote == '"':
        body = re.sub(r"\\(.)", r"\1", body)
    return body


def _depth(found: list[Token]) -> int:
    """How the last word changes the depth of blocks, of a statement that has blocks."""
    if not any(each == block for each in found[1:8] for block in _BLOCKS):
        return 0
    last = found[-1]
    if last == "BEGIN" or last == "CASE":
        return 1
    return -1 if last == "END" else 0


def _after_data(statement: Statement, text: str, at: int) -> int:
    """Where the next statement begins: after the data, of a `COPY … FROM stdin`."""
    tokens = statement.tokens
    if tokens[0] != "COPY" or not any(each == "STDIN" for each in tokens):
        return at
    end = re.compile(r"^\\\.[ \t\r]*$", re.M).search(text, at)
    return len(text) if end is None else end.end()
