"""Text and bytes that mean nothing: for columns of which nothing more is known."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, ClassVar, Final

import numpy as np
from attrs import frozen

from datamimic import Context, Generator, Permutation, Text, random_bytes
from datamimic.columns import Column, Vocabulary
from datamimic_models.model import ColumnType, Mistakes
from datamimic_models.model.invented import SHORT, WORDS
from datamimic_models.rules.rule import RuleKind, Where
from datamimic_models.rules.words import word

_PHRASES: Final = 4_096
_MOST_WORDS: Final = 8
_MOST_BYTES: Final = 1 << 16
_COUNTED: Final = 7
"""Of bytes that are others in every row, how many are the number of the row."""


@frozen
class Phrase(RuleKind):
    """Invented words that mean nothing, `stelo bramu`, no longer than the column: what a text column has of which nothing is
    said and whose name means nothing."""

    kind: ClassVar[str] = "phrase"

    min: int = word("The fewest words.", "whole", 1)
    max: int = word("The most words.", "whole", 3)

    def mistakes(self, where: Where, mistakes: Mistakes) -> None:
        if where.column.type.name not in ("str", "json"):
            said = f"{where.label} is {where.column.type}, and a phrase is text"
            mistakes.add("models.type_mismatch", said, where.place, hint="type: str")
        if not 1 <= self.min <= self.max <= _MOST_WORDS:
            said = f"{where.label}: {self.min} to {self.max} words cannot be"
            mistakes.add("models.empty_range", said, where.place, hint=f"1 ≤ min ≤ max ≤ {_MOST_WORDS}")
        if where.unique:
            said = f"{where.label} is unique, and a phrase may come twice"
            mistakes.add("models.cannot_be_unique", said, where.place, hint="a serial or a pattern")

    def generator(self, where: Where) -> Generator[Any]:
        return PhraseGenerator(self.min, self.max, where.column.type)


class PhraseGenerator(Generator[Any]):
    """One of a few thousand phrases."""

    def __init__(self, fewest: int, most: int, kind: ColumnType) -> None:
        self.vocabulary = Vocabulary(_phrases(fewest, most, kind.length))

    def column(self, context: Context) -> Column:
        codes = context.draw.integers(0, len(self.vocabulary.values) - 1)
        return Text.coded(codes.astype("int32"), self.vocabulary)


@lru_cache(maxsize=64)
def _phrases(fewest: int, most: int, longest: int | None) -> list[str]:
    """Different ones, of as many words as are wanted and fit; the same on every machine."""
    found: dict[str, None] = {}
    for number in range(_PHRASES):
        count = fewest + number % (most - fewest + 1)
        chosen = [WORDS[(number * 2_654_435_761 + place * 40_503 + 977) % len(WORDS)] for place in range(count)]
        phrase = " ".join(chosen)
        while longest is not None and len(phrase) > longest and len(chosen) > 1:
            phrase = " ".join(chosen := chosen[:-1])
        if longest is None or len(phrase) <= longest:
            found[phrase] = None
    return list(found) or [each for each in SHORT if longest is None or len(each) <= longest] or [""]


@frozen
class RandomBytes(RuleKind):
    """Random bytes; of a key or unique column, others in every row."""

    kind: ClassVar[str] = "bytes"

    min: int = word("The fewest bytes.", "whole", 8)
    max: int = word("The most bytes.", "whole", 16)

    def _limits(self, kind: ColumnType) -> tuple[int, int]:
        most = self.max if kind.length is None else min(self.max, kind.length)
        return min(self.min, most), most

    def mistakes(self, where: Where, mistakes: Mistakes) -> None:
        if where.column.type.name != "bytes":
            said = f"{where.label} is {where.column.type}, and no bytes"
            mistakes.add("models.type_mismatch", said, where.place, hint="type: bytes")
        if not 0 <= self.min <= self.max <= _MOST_BYTES:
            said = f"{where.label}: {self.min} to {self.max} bytes cannot be"
            mistakes.add("models.empty_range", said, where.place, hint=f"0 ≤ min ≤ max ≤ {_MOST_BYTES}")

    def capacity_in(self, where: Where) -> int | None:
        return 1 << 8 * min(self._limits(where.column.type)[1], _COUNTED)

    def generator(self, where: Where) -> Generator[Any]:
        if where.unique:
            return UniqueBytes(self._limits(where.column.type)[1])
        made: Generator[Any] = random_bytes(*self._limits(where.column.type))
        return made


class UniqueBytes(Generator[bytes]):
    """As many bytes in every row: its number, mixed, and random ones after it."""

    def __init__(self, length: int) -> None:
        self.length = max(length, 1)
        self.counted = min(self.length, _COUNTED)

    def capacity(self) -> int | None:
        return 1 << 8 * self.counted

    def column(self, context: Context) -> Any:
        mixed = Permutation(1 << 8 * self.counted, context.draw.address).forward(context.rows)
        rest = context.draw.bits("rest")
        found = np.empty(len(context), dtype=object)
        for row, (number, bits) in enumerate(zip(mixed.tolist(), rest.tolist(), strict=True)):
            made = number.to_bytes(self.counted, "big") + bits.to_bytes(8, "big")
            found[row] = (made + bytes(self.length))[: self.length]
        return found
