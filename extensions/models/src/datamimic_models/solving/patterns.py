"""Texts that match a regular expression, by their number: every number below the count is another text, so that texts that
must differ need no memory and no second try."""

from __future__ import annotations

import string
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from attrs import define, frozen

MOST: Final = 1 << 62
"""More are not counted."""
UNBOUNDED: Final = 8
"""How often `*` repeats at most, and `+` and `{n,}` beyond what they must."""
_CLASSES: Final = {
    "d": string.digits,
    "w": string.ascii_letters + string.digits + "_",
    "s": " ",
}
_POSIX: Final = {
    "alpha": string.ascii_letters, "digit": string.digits, "alnum": string.ascii_letters + string.digits,
    "upper": string.ascii_uppercase, "lower": string.ascii_lowercase, "space": " ", "xdigit": string.digits + "abcdef",
    "punct": ".,-_",
}  # fmt: skip
_PRINTABLE: Final = string.ascii_letters + string.digits + " .,-_@+%/"


class NoPattern(ValueError):
    """A regular expression that is not understood."""


@frozen
class Letters:
    """One of the letters."""

    letters: str

    def count(self) -> int:
        return len(self.letters)

    def text(self, number: int) -> str:
        return self.letters[number]


@frozen
class Sequence:
    """All parts, one after the other."""

    parts: tuple[Node, ...]

    def count(self) -> int:
        total = 1
        for part in self.parts:
            total = min(MOST, total * part.count())
        return total

    def text(self, number: int) -> str:
        found = []
        for part in reversed(self.parts):
            number, rest = divmod(number, part.count())
            found.append(part.text(rest))
        return "".join(reversed(found))


@frozen
class Choice:
    """One of the parts."""

    parts: tuple[Node, ...]

    def count(self) -> int:
        return min(MOST, sum(part.count() for part in self.parts))

    def text(self, number: int) -> str:
        for part in self.parts:
            if number < part.count():
                return part.text(number)
            number -= part.count()
        raise IndexError(number)


Node = Letters | Sequence | Choice


@lru_cache(maxsize=512)
def pattern(expression: str, *, plain: bool = False) -> Node:
    """Texts in which the expression is found, from beginning to end; in `plain` ones, `.*` and `.+` are as short as may be.
    Raises `NoPattern`."""
    if len(expression) > 2_000:
        raise NoPattern("too long")
    reader = _Reader(expression, plain)
    node = reader.alternatives()
    if reader.at != len(expression):
        raise NoPattern(f"{expression[reader.at]!r} is not expected")
    if node.count() == 0:
        raise NoPattern("nothing matches")
    return node


@define
class _Reader:
    text: str
    plain: bool = False
    at: int = 0
    depth: int = 0

    def alternatives(self) -> Node:
        found = [self.sequence()]
        while self.take("|"):
            found.append(self.sequence())
        return found[0] if len(found) == 1 else Choice(tuple(found))

    def take(self, token: str) -> bool:
        if self.text.startswith(token, self.at):
            self.at += len(token)
            return True
        return False

    def sequence(self) -> Node:
        found: list[Node] = []
        while self.at < len(self.text) and self.text[self.at] not in "|)":
            if self.take("^") or self.take("$") or self.take("\\A") or self.take("\\Z") or self.take("\\b"):
                continue
            found.append(self.repeated(self.piece()))
        return found[0] if len(found) == 1 else Sequence(tuple(found))

    def piece(self) -> Node:
        if self.take("("):
            if self.take("?"):
                while self.at < len(self.text) and self.text[self.at] not in ":=!<":
                    self.at += 1
                if not self.take(":"):
                    raise NoPattern("groups that look around")
            self.depth += 1
            if self.depth > 20:
                raise NoPattern("too deep")
            inner = self.alternatives()
            if not self.take(")"):
                raise NoPattern("a group is not closed")
            self.depth -= 1
            return inner
        if self.take("["):
            return self.letters()
        if self.take("."):
            return Letters(_PRINTABLE)
        if self.take("\\"):
            return Letters(self.escaped())
        letter = self.text[self.at]
        if letter in "*+?{":
            raise NoPattern("nothing to repeat")
        self.at += 1
        return Letters(letter)

    def escaped(self) -> str:
        if self.at >= len(self.text):
            raise NoPattern("it ends with a backslash")
        letter = self.text[self.at]
        self.at += 1
        if letter in _CLASSES:
            return _CLASSES[letter]
        if letter.lower() in _CLASSES:
            return "".join(each for each in _PRINTABLE if each not in _CLASSES[letter.lower()])
        if letter in "ntr":
            return {"n": "\n", "t": "\t", "r": "\r"}[letter]
        if letter.isalnum():
            raise NoPattern(f"\\{letter} is not known")
        return letter

    def letters(self) -> Node:
        negated = self.take("^")
        found: list[str] = []
        first = True
        while first or not self.take("]"):
            first = False
            found.extend(self.members())
        kept = dict.fromkeys(each for each in _PRINTABLE if each not in found) if negated else dict.fromkeys(found)
        return Letters("".join(kept))

    def members(self) -> Iterator[str]:
        if self.at >= len(self.text):
            raise NoPattern("a class is not closed")
        if self.take("[:"):
            name, end, rest = self.text[self.at :].partition(":]")
            if not end or name not in _POSIX:
                raise NoPattern("a class that is not known")
            self.at = len(self.text) - len(rest)
            yield from _POSIX[name]
            return
        low = self.member()
        if len(low) == 1 and self.text.startswith("-", self.at) and not self.text.startswith("-]", self.at):
            self.at += 1
            high = self.member()
            if len(high) != 1 or high < low or ord(high) - ord(low) > 1_000:
                raise NoPattern("a range of letters that is none")
            yield from (chr(code) for code in range(ord(low), ord(high) + 1))
        else:
            yield from low

    def member(self) -> str:
        if self.at >= len(self.text):
            raise NoPattern("a class is not closed")
        if self.take("\\"):
            return self.escaped()
        self.at += 1
        return self.text[self.at - 1]

    def repeated(self, node: Node) -> Node:
        while self.at < len(self.text):
            if self.take("*"):
                low, high = 0, UNBOUNDED
            elif self.take("+"):
                low, high = 1, UNBOUNDED
            elif self.take("?"):
                low, high = 0, 1
            elif self.take("{"):
                low, high = self.bounds()
            else:
                break
            self.take("?")
            if self.plain and isinstance(node, Letters) and node.letters == _PRINTABLE:
                high = low
            node = _times(node, low, high)
        return node

    def bounds(self) -> tuple[int, int]:
        inside, closed, rest = self.text[self.at :].partition("}")
        low, comma, high = inside.partition(",")
        if not closed or not (low.isdecimal() or (comma and not low)) or not (high.isdecimal() or not high):
            raise NoPattern("a count that is none")
        self.at = len(self.text) - len(rest)
        least = int(low or 0)
        most = int(high) if high else least + UNBOUNDED if comma else least
        if most > 1_000 or least > most:
            raise NoPattern("too many repetitions")
        return least, most


def _times(node: Node, low: int, high: int) -> Node:
    counts = [Sequence((node,) * count) for count in range(low, high + 1)]
    return counts[0] if len(counts) == 1 else Choice(tuple(counts))
