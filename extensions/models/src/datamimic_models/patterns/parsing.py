"""A regular expression as a tree of what it matches; what no text can be made of by its form alone is refused."""

from __future__ import annotations

from typing import Final

from attrs import define, frozen

from datamimic.errors import excerpt

PRINTABLE: Final = frozenset(map(chr, range(0x20, 0x7F)))
"""What `.` and what is left of a class that says what it is not stands for."""
MOST_REPEATS: Final = 8
"""How many more times than it must something without a limit comes at most."""
LONGEST: Final = 400
_DEEPEST: Final = 40
_DIGITS: Final = frozenset("0123456789")
_WORD: Final = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_")
_SPACE: Final = frozenset(" ")
_CLASSES: Final = {
    "d": _DIGITS,
    "D": PRINTABLE - _DIGITS,
    "w": _WORD,
    "W": PRINTABLE - _WORD,
    "s": _SPACE,
    "S": PRINTABLE - _SPACE,
}
_CONTROLS: Final = {"n": "\n", "t": "\t", "r": "\r", "f": "\f", "v": "\v", "a": "\a", "0": "\0"}


class BadPattern(ValueError):
    """What is no regular expression, or one that no text can be made of."""


@frozen
class Letters:
    """One character out of these."""

    of: frozenset[str]


@frozen
class Sequence:
    parts: tuple[Node, ...]


@frozen
class Alternatives:
    parts: tuple[Node, ...]


@frozen
class Repeat:
    part: Node
    least: int
    most: int


Node = Letters | Sequence | Alternatives | Repeat


def parse_pattern(
    text: str, *, any_of: frozenset[str] = PRINTABLE, more: int = MOST_REPEATS, plain: bool = False
) -> Node:
    """The expression, in which `.` and classes of what is not said stand for letters out of `any_of`, and what repeats without
    a limit does so up to `more` times beyond what it must; in `plain` ones, `.*` and `.+` are as short as may be. Raises
    `BadPattern` with a sentence."""
    if len(text) > LONGEST:
        raise BadPattern(f"it has more than {LONGEST} characters")
    parser = _Parser(text, any_of, more, plain)
    node = parser.alternatives(0)
    if parser.at < len(text):
        raise BadPattern(f"there is a {text[parser.at]} too many at {parser.at + 1}")
    return node


@define
class _Parser:
    text: str
    any_of: frozenset[str] = PRINTABLE
    more: int = MOST_REPEATS
    plain: bool = False
    at: int = 0
    ignore_case: bool = False

    def peek(self) -> str:
        return self.text[self.at : self.at + 1]

    def take(self) -> str:
        character = self.peek()
        if not character:
            raise BadPattern("it ends too early")
        self.at += 1
        return character

    def next_is(self, text: str) -> bool:
        if not self.text.startswith(text, self.at):
            return False
        self.at += len(text)
        return True

    def alternatives(self, depth: int) -> Node:
        if depth > _DEEPEST:
            raise BadPattern(f"more than {_DEEPEST} groups are nested")
        found = [self.sequence(depth)]
        while self.next_is("|"):
            found.append(self.sequence(depth))
        return found[0] if len(found) == 1 else Alternatives(tuple(found))

    def sequence(self, depth: int) -> Node:
        parts: list[Node] = []
        while self.peek() not in ("", "|", ")"):
            if (
                self.next_is("^")
                or self.next_is("$")
                or self.next_is("\\A")
                or self.next_is("\\Z")
                or self.next_is("\\z")
            ):
                continue
            if self.text.startswith(("\\b", "\\B"), self.at):
                raise BadPattern("\\b says something of what stands beside, which no text can be made by")
            parts.append(self.repeated(self.atom(depth)))
        return parts[0] if len(parts) == 1 else Sequence(tuple(parts))

    def atom(self, depth: int) -> Node:
        character = self.take()
        if character == "(":
            return self.group(depth)
        if character == "[":
            return self.letters()
        if character == ".":
            return Letters(self.any_of)
        if character == "\\":
            return self.folded(self.escaped())
        if character in "*+?{":
            raise BadPattern(f"there is nothing that {character} could repeat at {self.at}")
        return self.folded(frozenset(character))

    def group(self, depth: int) -> Node:
        if self.next_is("?"):
            if self.next_is("P<"):
                while self.take() != ">":
                    pass
            elif self.next_is("i:"):
                self.ignore_case = True
            elif self.next_is("i)"):
                self.ignore_case = True
                return Sequence(())
            elif not (self.next_is(":") or self.next_is("s:")):
                raise BadPattern(f"(?{self.peek()} looks at what stands beside or before, which no text can be made by")
        node = self.alternatives(depth + 1)
        if not self.next_is(")"):
            raise BadPattern("a group has no end: )")
        return node

    def repeated(self, node: Node) -> Node:
        least, most = 1, 1
        if self.next_is("*"):
            least, most = 0, self.more
        elif self.next_is("+"):
            least, most = 1, 1 + self.more
        elif self.next_is("?"):
            least, most = 0, 1
        elif self.peek() == "{":
            least, most = self.counts()
        else:
            return node
        self.next_is("?")
        if self.plain and isinstance(node, Letters) and node.of == self.any_of:
            most = least
        if self.peek() in ("*", "+", "{") and self.peek():
            raise BadPattern(f"two repeats follow each other at {self.at + 1}")
        return Repeat(node, least, most)

    def counts(self) -> tuple[int, int]:
        end = self.text.find("}", self.at)
        said = self.text[self.at + 1 : end] if end > 0 else ""
        low, comma, high = said.partition(",")
        if not (low or comma) or not all(each.isdigit() and len(each) < 5 for each in (low, high) if each):
            raise BadPattern(f"{excerpt('{' + said)} is no number of repeats: {{2,5}}")
        self.at = end + 1
        least = int(low or 0)
        most = least if not comma else int(high) if high else least + self.more
        if least > most or most > 1_000:
            raise BadPattern(f"{{{said}}} are no repeats: from few to many, 1000 at most")
        return least, most

    def escaped(self) -> frozenset[str]:
        character = self.take()
        if character in _CLASSES:
            of = _CLASSES[character]
            return of if character.islower() else of & self.any_of or of
        if character in _CONTROLS:
            return frozenset(_CONTROLS[character])
        if character in "xu":
            width = 2 if character == "x" else 4
            digits, self.at = self.text[self.at : self.at + width], self.at + width
            try:
                return frozenset(chr(int(digits, 16)))
            except ValueError:
                raise BadPattern(f"\\{character}{digits} is no character") from None
        if character.isdigit():
            raise BadPattern(f"\\{character} repeats what a group has matched, which is not made")
        if character.isalpha():
            raise BadPattern(f"\\{character} is not known")
        return frozenset(character)

    def letters(self) -> Node:
        negated = self.next_is("^")
        found: set[str] = set()
        first = True
        while first or self.peek() != "]":
            first = False
            low = self.member()
            if self.peek() == "-" and self.text[self.at + 1 : self.at + 2] not in ("]", ""):
                self.at += 1
                high = self.member()
                if len(low) != 1 or len(high) != 1 or min(low) > min(high):
                    raise BadPattern(f"a range of characters ends before it begins at {self.at}")
                span = range(ord(min(low)), ord(min(high)) + 1)
                if len(span) > 0x3000:
                    raise BadPattern("a range of characters is too long")
                found.update(each for each in map(chr, span) if not 0xD800 <= ord(each) < 0xE000)
            else:
                found |= low
        self.at += 1
        node = self.folded(frozenset(found))
        of = (self.any_of - node.of or PRINTABLE - node.of) if negated else node.of
        if not of:
            raise BadPattern("a class has no character that can be written")
        return Letters(of)

    def member(self) -> frozenset[str]:
        character = self.take()
        if character == "[" and self.peek() == ":":
            raise BadPattern("[:…:] is not known: write \\d, \\w, a-z")
        if character == "\\":
            return frozenset("\b") if self.next_is("b") else self.escaped()
        return frozenset(character)

    def folded(self, of: frozenset[str]) -> Letters:
        if self.ignore_case:
            of = frozenset(made for each in of for made in (each, each.lower(), each.upper()) if len(made) == 1)
        return Letters(of)
