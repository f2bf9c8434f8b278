"""A regular expression as a tree of what it matches; what no text can be made of by its form alone is refused."""

from __future__ import annotations

from typing import Final, TypeVar

from attrs import define, evolve

from datamimic.errors import excerpt
from datamimic_models.patterns.letters import CLASSES, CONTROLS, NAMED, OTHER_PROPERTIES, PRINTABLE, PROPERTIES
from datamimic_models.patterns.tree import (
    Alternatives,
    BadPattern,
    Boundary,
    End,
    Letters,
    Look,
    Node,
    Repeat,
    Sequence,
)

MOST_REPEATS: Final = 8
"""How many more times than it must something without a limit comes at most."""
LONGEST: Final = 400
_DEEPEST: Final = 40
_Beside = TypeVar("_Beside", Look, Boundary)


def parse_pattern(
    text: str, *, any_of: frozenset[str] = PRINTABLE, more: int = MOST_REPEATS, plain: bool = False
) -> Node:
    """The expression, in which `.` and classes of what is not said stand for letters out of `any_of`, and what repeats without
    a limit does so up to `more` times beyond what it must; in `plain` ones, `.*` and `.+` are as short as may be. Raises
    `BadPattern` with a sentence."""
    if len(text) > LONGEST:
        raise BadPattern(f"it has more than {LONGEST} characters")
    parser = _Parser(text, any_of, more, plain)
    node = parser.whole()
    if parser.looks and not parser.seen <= parser.looked_at:
        # What is looked for sees all letters that the expression can have.
        node = _Parser(text, any_of, more, plain, looked_at=PRINTABLE | parser.seen).whole()
    return node


@define
class _Parser:
    text: str
    any_of: frozenset[str] = PRINTABLE
    more: int = MOST_REPEATS
    plain: bool = False
    at: int = 0
    ignore_case: bool = False
    looked_at: frozenset[str] = PRINTABLE
    looking: bool = False
    looks: bool = False
    seen: frozenset[str] = frozenset()

    def whole(self) -> Node:
        node = self.alternatives(0)
        if self.at < len(self.text):
            raise BadPattern(f"there is a {self.text[self.at]} too many at {self.at + 1}")
        return node

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
            if self.next_is("^") or self.next_is("\\A"):
                continue
            if self.next_is("$") or self.next_is("\\Z") or self.next_is("\\z"):
                parts += [End()] if self.looking else []
                continue
            if self.next_is("\\b") or self.next_is("\\B"):
                parts.append(self.beside(Boundary(self.text[self.at - 1] == "b")))
                continue
            look = self.look(depth)
            if look is not None:
                parts.append(look)
                continue
            parts.append(self.repeated(self.atom(depth)))
        return parts[0] if len(parts) == 1 else Sequence(tuple(parts))

    def look(self, depth: int) -> Node | None:
        """What is looked for ahead or behind, where that comes next."""
        opening = next((each for each in ("(?=", "(?!", "(?<=", "(?<!") if self.next_is(each)), None)
        if opening is None:
            return None
        made = self.beside(Look(Sequence(()), "<" not in opening, opening.endswith("=")))
        self.looking, folds = True, self.ignore_case
        part = self.alternatives(depth + 1)
        self.looking, self.ignore_case = False, folds
        if not self.next_is(")"):
            raise BadPattern("a group has no end: )")
        if "<" in opening and not isinstance(part, Letters):
            raise BadPattern(f"{opening}…) looks further behind than one letter")
        if self.peek() in ("*", "+", "?", "{") and self.peek():
            raise BadPattern("what is looked for is not repeated")
        return evolve(made, part=part)

    def beside(self, node: _Beside) -> _Beside:
        if self.looking:
            raise BadPattern("it looks at what stands beside while it looks ahead")
        self.looks = True
        return node

    def atom(self, depth: int) -> Node:
        character = self.take()
        if character == "(":
            return self.group(depth)
        if character == "[":
            return self.letters()
        if character == ".":
            return Letters(self.anything)
        if character == "\\":
            return self.folded(self.escaped())
        if character in "*+?{":
            raise BadPattern(f"there is nothing that {character} could repeat at {self.at}")
        return self.folded(frozenset(character))

    def group(self, depth: int) -> Node:
        if self.next_is("?"):
            if self.next_is("P<") or self.next_is("<"):
                while self.take() != ">":
                    pass
            elif self.next_is("i:"):
                self.ignore_case = True
            elif self.next_is("i)"):
                self.ignore_case = True
                return Sequence(())
            elif not (self.next_is(":") or self.next_is("s:")):
                raise BadPattern(f"(?{self.peek()} is nothing that a text can be made by")
        node = self.alternatives(depth + 1)
        if not self.next_is(")"):
            raise BadPattern("a group has no end: )")
        return node

    def repeated(self, node: Node) -> Node:
        least: int
        most: int | None
        if self.next_is("*"):
            least, most = 0, self.most(0)
        elif self.next_is("+"):
            least, most = 1, self.most(1)
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

    def most(self, least: int) -> int | None:
        return None if self.looking else least + self.more

    @property
    def anything(self) -> frozenset[str]:
        return self.looked_at if self.looking else self.any_of

    def counts(self) -> tuple[int, int | None]:
        end = self.text.find("}", self.at)
        said = self.text[self.at + 1 : end] if end > 0 else ""
        low, comma, high = said.partition(",")
        if not (low or comma) or not all(each.isdigit() and len(each) < 5 for each in (low, high) if each):
            raise BadPattern(f"{excerpt('{' + said)} is no number of repeats: {{2,5}}")
        self.at = end + 1
        least = int(low or 0)
        most = least if not comma else int(high) if high else self.most(least)
        if least > 1_000 or (most is not None and not least <= most <= 1_000):
            raise BadPattern(f"{{{said}}} are no repeats: from few to many, 1000 at most")
        return least, most

    def escaped(self) -> frozenset[str]:
        character = self.take()
        if character in CLASSES:
            of = CLASSES[character]
            if self.looking and character.isupper():
                return self.looked_at - CLASSES[character.lower()]
            return of if character.islower() else of & self.any_of or of
        if character in "pP" and self.peek() == "{":
            return self.property(character == "p")
        if character in CONTROLS:
            return frozenset(CONTROLS[character])
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

    def property(self, has: bool) -> frozenset[str]:
        """Letters of a property of Unicode, of which those of ASCII are written."""
        end = self.text.find("}", self.at)
        name = self.text[self.at + 1 : end] if end > 0 else ""
        of = PROPERTIES.get(OTHER_PROPERTIES.get(name, name))
        if of is None:
            raise BadPattern(f"\\p{{{excerpt(name)}}} is not known: one of {', '.join(PROPERTIES)}")
        self.at = end + 1
        return of if has else self.anything - of or PRINTABLE - of

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
        of = (self.anything - node.of or PRINTABLE - node.of) if negated else node.of
        if not of:
            raise BadPattern("a class has no character that can be written")
        return self.written(of)

    def member(self) -> frozenset[str]:
        character = self.take()
        if character == "[" and self.peek() == ":":
            end = self.text.find(":]", self.at)
            name = self.text[self.at + 1 : end] if end > 0 else ""
            if name not in NAMED:
                raise BadPattern(f"[:{excerpt(name)}:] is not known: one of {', '.join(NAMED)}")
            self.at = end + 2
            return NAMED[name]
        if character == "\\":
            return frozenset("\b") if self.next_is("b") else self.escaped()
        return frozenset(character)

    def folded(self, of: frozenset[str]) -> Letters:
        if self.ignore_case:
            of = frozenset(made for each in of for made in (each, each.lower(), each.upper()) if len(made) == 1)
        return self.written(of)

    def written(self, of: frozenset[str]) -> Letters:
        if not self.looking and not of <= self.seen:
            self.seen |= of
        return Letters(of)
