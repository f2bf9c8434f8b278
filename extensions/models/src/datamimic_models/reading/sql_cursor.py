"""A place among the words of one statement."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import define, field

from datamimic_models.model import Place
from datamimic_models.reading.sql_tokens import Source, Token


class Unreadable(Exception):
    """A statement that is not as expected; `place` is where."""

    def __init__(self, message: str, place: Place) -> None:
        super().__init__(message)
        self.place = place


@define
class Cursor:
    """Goes through `tokens`, the first of which is next."""

    source: Source
    tokens: Sequence[Token]
    at: int = field(default=0)

    def __bool__(self) -> bool:
        """Whether there is a word more."""
        return self.at < len(self.tokens)

    @property
    def next(self) -> Token | None:
        return self.tokens[self.at] if self else None

    def place(self) -> Place:
        """Of the next word, or of the last."""
        token = self.tokens[min(self.at, len(self.tokens) - 1)]
        return self.source.place(token)

    def sees(self, *words: str) -> bool:
        """Whether these words are next."""
        found = self.tokens[self.at : self.at + len(words)]
        return len(found) == len(words) and all(token == word for token, word in zip(found, words, strict=True))

    def take(self, *words: str) -> bool:
        """Go past these words, where they are next."""
        if not self.sees(*words):
            return False
        self.at += len(words)
        return True

    def any_of(self, *words: str) -> str | None:
        """Go past one of the words, where one is next; which."""
        return next((word for word in words if self.take(word)), None)

    def step(self) -> Token:
        token = self.next
        if token is None:
            raise Unreadable("the statement ends too early", self.place())
        self.at += 1
        return token

    def name(self) -> str:
        """One name, folded to lower case where the dialect does that and it is not quoted."""
        token = self.step()
        text_names = self.source.dialect == "sqlite" and token.kind == "text"
        if token.kind not in ("word", "quoted") and not text_names:
            raise Unreadable(f"a name is expected, not {token.text[:40]!r}", self.source.place(token))
        folded = token.kind == "word" and self.source.dialect == "postgres"
        return token.text.lower() if folded else token.text

    def qualified(self) -> tuple[str | None, str]:
        """(schema, name); of three parts the last two."""
        parts = [self.name()]
        while self.take("."):
            parts.append(self.name())
        return (parts[-2] if len(parts) > 1 else None, parts[-1])

    def inside(self) -> list[Token]:
        """What is between the parenthesis that is next and its end."""
        if not self.take("("):
            raise Unreadable("a parenthesis is expected", self.place())
        start, depth = self.at, 1
        while depth:
            token = self.step()
            depth += (token == "(") - (token == ")")
        return list(self.tokens[start : self.at - 1])

    def until(self, *words: str) -> list[Token]:
        """The words before the next of these that is in no parenthesis, or all that are left; at least one."""
        found: list[Token] = []
        depth = 0
        while (token := self.next) is not None:
            if found and not depth and token.kind == "word" and token.text.upper() in words:
                break
            depth += (token == "(") - (token == ")")
            found.append(self.step())
        return found

    def text(self, tokens: Sequence[Token]) -> str:
        return self.source.between(list(tokens))

    def names(self) -> tuple[str, ...]:
        """`(a, b DESC, c(10))`: the names of columns."""
        return tuple(Cursor(self.source, part).name() for part in parts(self.inside()))


def parts(tokens: Sequence[Token]) -> list[list[Token]]:
    """Split at the commas that are in no parenthesis; empty parts are left out."""
    found: list[list[Token]] = [[]]
    depth = 0
    for token in tokens:
        depth += (token == "(") - (token == ")")
        if token == "," and not depth:
            found.append([])
        else:
            found[-1].append(token)
    return [part for part in found if part]
