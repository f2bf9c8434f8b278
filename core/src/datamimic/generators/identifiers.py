"""Identifiers that are unique by construction: a keyed permutation of the row number, written through a pattern."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from datamimic.base.arrays import Ints
from datamimic.columns import Column, digit_matrix, divided, from_bytes
from datamimic.draws.address import Address
from datamimic.draws.permutation import Permutation
from datamimic.errors import DefinitionError, excerpt
from datamimic.model.context import Context
from datamimic.model.generator import Generator

_ALPHABETS = {"#": b"0123456789", "?": b"ABCDEFGHJKLMNPQRSTUVWXYZ", "*": b"0123456789ABCDEFGHJKLMNPQRSTUVWXYZ"}
_LARGEST = 1 << 62


class Pattern:
    """Text whose places `#` (digit), `?` (letter) and `*` (digit or letter) are free; I and O are never used."""

    def __init__(self, pattern: str) -> None:
        if not pattern.isascii() or not any(mark in pattern for mark in _ALPHABETS):
            raise DefinitionError(
                "bad_field",
                f"the pattern {excerpt(pattern)} has no free place",
                hint="use # for a digit, ? for a letter, * for either",
            )
        self.text = pattern
        self.space = 1
        for character in pattern:
            self.space *= len(_ALPHABETS.get(character, b"x"))
        if self.space > _LARGEST:
            raise DefinitionError(
                "bad_field", f"the pattern {excerpt(pattern)} has more values than an identifier can count"
            )

    def write(self, numbers: Ints) -> NDArray[np.uint8]:
        """The pattern with the free places filled by the digits of each number: uint8 of shape (rows, length)."""
        matrix = np.empty((len(numbers), len(self.text)), dtype=np.uint8)
        rest = np.asarray(numbers, dtype=np.int64)
        place = len(self.text) - 1
        while place >= 0:
            run = len(self.text[: place + 1]) - len(self.text[: place + 1].rstrip("#"))
            if run > 1:
                whole = rest // 10**run
                matrix[:, place + 1 - run : place + 1] = digit_matrix(rest - whole * 10**run, run)
                rest, place = whole, place - run
                continue
            alphabet = _ALPHABETS.get(self.text[place])
            if alphabet is None:
                matrix[:, place] = ord(self.text[place])
            else:
                rest, digit = divided(rest, len(alphabet))
                matrix[:, place] = np.frombuffer(alphabet, dtype=np.uint8)[digit]
            place -= 1
        return matrix

    def read(self, text: str) -> int | None:
        """The number that `write` writes as this text; None for a text that it never writes."""
        if len(text) != len(self.text) or not text.isascii():
            return None
        number = 0
        for mark, character in zip(self.text, text, strict=True):
            alphabet = _ALPHABETS.get(mark)
            if alphabet is None:
                if character != mark:
                    return None
                continue
            digit = alphabet.find(character.encode())
            if digit < 0:
                return None
            number = number * len(alphabet) + digit
        return number


COUNTRY = "{country}"
Part = Callable[[str, int], tuple[int, int]]


class Serial(Generator[str]):
    """See `serial`."""

    python_type = str
    invertible = True

    def __init__(self, pattern: str, part: Part | None = None) -> None:
        self.text = pattern
        self.part = part
        self.pattern = Pattern(pattern)
        self._written: dict[str, Pattern] = {}

    def capacity(self) -> int | None:
        return self.pattern.space

    def most_rows(self, world: Any, entity: Any, name: str) -> int | None:
        return self._range(world.address(world.stream(entity), name))[1]

    def row_of(self, value: str, address: Address) -> int | None:
        number = self._in(address.country).read(value)
        first, size = self._range(address)
        if number is None or not first <= number < first + size:
            return None
        return int(self._order(address).inverse(np.array([number - first], dtype=np.int64))[0])

    def column(self, context: Context) -> Column:
        address = context.draw.address
        numbers = self._order(address).forward(context.rows)
        numbers += self._range(address)[0]
        return from_bytes(self._in(address.country).write(numbers))

    def _in(self, country: str) -> Pattern:
        """The pattern as it is written in a country."""
        if COUNTRY not in self.text:
            return self.pattern
        return self._written.setdefault(country, Pattern(self.text.replace(COUNTRY, country)))

    def _range(self, address: Address) -> tuple[int, int]:
        """The first of the numbers that this entity has, and how many it has."""
        return (0, self.pattern.space) if self.part is None else self.part(address.entity, self.pattern.space)

    def _order(self, address: Address) -> Permutation:
        return Permutation(self._range(address)[1], address.labelled("serial"))


def serial(pattern: str, part: Callable[[str, int], tuple[int, int]] | None = None) -> Generator[str]:
    """`serial("DEV-{country}-########")`: different in every row, in no visible order. `#` is a digit, `?` a letter, `*`
    either, and `{country}` the ISO code of the world's country, so that worlds of several countries can be united.

    A world has as many rows as the pattern has values; more are refused before anything is made. Where entities inherit the
    field and no two of them may have a number in common, `part(entity, values)` gives the first and the number of the values
    that each of them has, such as `(values // 2, values // 2)`; `entity` is `pack.entity`.
    """
    return Serial(pattern, part)
