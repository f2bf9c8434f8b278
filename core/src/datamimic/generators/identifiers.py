"""Identifiers that are unique by construction: a keyed permutation of the row number, written through a pattern."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from datamimic.base.arrays import Ints
from datamimic.columns import Column, digit_matrix, divided, from_bytes
from datamimic.draws.address import Address
from datamimic.draws.draw import Draw
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


class Serial(Generator[str]):
    """See `serial`."""

    python_type = str
    invertible = True

    def __init__(self, pattern: str) -> None:
        self.pattern = Pattern(pattern)

    def capacity(self) -> int | None:
        return self.pattern.space

    def permutation(self, draw: Draw) -> Permutation:
        return Permutation(self.pattern.space, draw.address.labelled("serial"))

    def row_of(self, value: str, address: Address) -> int | None:
        number = self.pattern.read(value)
        if number is None:
            return None
        permutation = self.permutation(Draw(address, np.zeros(0, dtype=np.int64)))
        return int(permutation.inverse(np.array([number], dtype=np.int64))[0])

    def column(self, context: Context) -> Column:
        return from_bytes(self.pattern.write(self.permutation(context.draw).forward(context.rows)))


def serial(pattern: str) -> Generator[str]:
    """`serial("DEV-########")`: different in every row, in no visible order. `#` is a digit, `?` a letter, `*` either.

    A world has as many rows as the pattern has values; more are refused before anything is made.
    """
    return Serial(pattern)
