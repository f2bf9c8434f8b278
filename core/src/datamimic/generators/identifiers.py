"""Identifiers that are unique by construction: a keyed permutation of the row number, written through a pattern."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from datamimic.base.arrays import Ints
from datamimic.columns import Column, Text, digit_matrix, divided, from_bytes
from datamimic.columns.buffers import arrow_numbers, byte_matrix, numpy_values
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

    def read(self, texts: NDArray[np.uint8]) -> Ints:
        """The numbers that `write` writes as these texts, -1 for a text that it never writes."""
        numbers, fits = np.zeros(len(texts), dtype=np.int64), np.ones(len(texts), dtype=np.bool_)
        for place, mark in enumerate(self.text):
            alphabet = _ALPHABETS.get(mark)
            if alphabet is None:
                fits &= texts[:, place] == ord(mark)
                continue
            digits = _digits(alphabet)[texts[:, place]]
            fits &= digits >= 0
            numbers = numbers * len(alphabet) + digits
        return np.where(fits, numbers, -1)


@cache
def _digits(alphabet: bytes) -> Ints:
    """Of each byte its place in the alphabet, -1 where it is none of it."""
    places = np.full(256, -1, dtype=np.int64)
    places[np.frombuffer(alphabet, dtype=np.uint8)] = np.arange(len(alphabet))
    return places


COUNTRY = "{country}"
Part = Callable[[str, int], tuple[int, int]]


class Serial(Generator[str]):
    """See `serial`."""

    python_type = str
    invertible = True

    def __init__(self, pattern: str, part: Part | None = None, *, grows: bool = False) -> None:
        self.text = pattern
        self.part = part
        self.patterns = [*_longer_and_longer(pattern, grows)]
        self._written: dict[tuple[str, int], Pattern] = {}

    def capacity(self) -> int | None:
        return sum(pattern.space for pattern in self.patterns)

    def most_rows(self, world: Any, entity: Any, name: str) -> int | None:
        return int(self._ends(world.address(world.stream(entity), name))[-1])

    def usual_rows(self, world: Any, entity: Any, name: str) -> int | None:
        return int(self._ends(world.address(world.stream(entity), name))[0])

    def row_of(self, value: str, address: Address) -> int | None:
        row = int(self.rows_of(Text.of([value]), address)[0])
        return None if row < 0 else row

    def rows_of(self, values: Text, address: Address) -> Ints:
        texts = values.arrow()
        widths = numpy_values(pc.fill_null(pc.binary_length(texts), -1))
        rows, before = np.full(len(texts), -1, dtype=np.int64), 0
        for length, end in enumerate(self._ends(address).tolist()):
            pattern = self._in(address.country, length)
            places = np.flatnonzero(widths == len(pattern.text))
            if len(places):
                numbers = pattern.read(byte_matrix(texts.take(arrow_numbers(places)), len(pattern.text)))
                first, size = self._range(address, length)
                own = (numbers >= first) & (numbers < first + size)
                rows[places[own]] = before + self._order(address, length).inverse(numbers[own] - first)
            before = end
        return rows

    def column(self, context: Context) -> Column:
        address, rows = context.draw.address, context.rows
        if len(self.patterns) == 1 or not len(rows) or int(rows.max()) < self._range(address, 0)[1]:
            return from_bytes(self._texts(address, rows, 0))
        ends = self._ends(address)
        lengths = np.searchsorted(ends, rows, side="right")
        order = np.argsort(lengths, kind="stable")
        parts = []
        for length in np.unique(lengths).tolist():
            some = rows[lengths == length]
            parts.append(self._texts(address, some - (ends[length - 1] if length else 0), length))
        place = np.empty_like(order)
        place[order] = np.arange(len(order))
        return Text(
            None, None, pa.concat_arrays([from_bytes(part).arrow() for part in parts]).take(arrow_numbers(place))
        )

    def _texts(self, address: Address, rows: Ints, length: int) -> NDArray[np.uint8]:
        numbers = self._order(address, length).forward(rows)
        numbers += self._range(address, length)[0]
        return self._in(address.country, length).write(numbers)

    def _in(self, country: str, length: int) -> Pattern:
        """The pattern of a length as it is written in a country."""
        pattern = self.patterns[length]
        if COUNTRY not in pattern.text:
            return pattern
        return self._written.setdefault((country, length), Pattern(pattern.text.replace(COUNTRY, country)))

    def _range(self, address: Address, length: int) -> tuple[int, int]:
        """The first of the numbers of a length that this entity has, and how many it has."""
        space = self.patterns[length].space
        return (0, space) if self.part is None else self.part(address.entity, space)

    def _ends(self, address: Address) -> Ints:
        """The row after the last one of every length."""
        return np.cumsum([self._range(address, length)[1] for length in range(len(self.patterns))])

    def _order(self, address: Address, length: int) -> Permutation:
        labels = ("serial",) if not length else ("serial", f"{length} more")
        return Permutation(self._range(address, length)[1], address.labelled(*labels))


def _longer_and_longer(pattern: str, grows: bool) -> Iterator[Pattern]:
    """The pattern, and where it grows those with more of its last digits, as far as numbers go."""
    made = Pattern(pattern)
    yield made
    before, digit, behind = pattern.rpartition("#")
    while grows and digit and made.space * 10 <= _LARGEST // 2:
        before += "#"
        made = Pattern(f"{before}#{behind}")
        yield made


def serial(
    pattern: str, part: Callable[[str, int], tuple[int, int]] | None = None, *, grows: bool = False
) -> Generator[str]:
    """`serial("DEV-{country}-########")`: different in every row, in no visible order. `#` is a digit, `?` a letter, `*`
    either, and `{country}` the ISO code of the world's country, so that worlds of several countries can be united.

    A world has as many rows as the pattern has values; more are refused before anything is made. One that `grows` has one more
    of its last digits in rows beyond them, and so on: a million rows look as they did, and a billion are one world.

    Where entities inherit the field and no two of them may have a number in common, `part(entity, values)` gives the first and
    the number of the values that each of them has, such as `(values // 2, values // 2)`; `entity` is `pack.entity`.
    """
    return Serial(pattern, part, grows=grows)
