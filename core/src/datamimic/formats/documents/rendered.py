"""What became of pieces: texts of all rows, which may be one text for all, and how they are put one behind the other."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from datamimic.base.arrays import Ints
from datamimic.columns.buffers import numpy_values
from datamimic.formats.joined_text import empty_where_null, join, null_where

Texts = Any
"""Of every row its text, null where the piece is absent; one text where it is the same for all."""


class Rendered:
    """What became of a piece: `texts`, and `units`, for every row the segments in it, where the syntax counts them.

    Where no row lacks any, its `parts` are put together only when somebody asks for the texts: what stands in many elements is
    then copied once, not once for each of them.
    """

    def __init__(
        self,
        texts: Texts,
        units: Ints | int = 0,
        *,
        more: Iterable[Texts] = (),
        around: tuple[str, str] = ("", ""),
    ) -> None:
        self._parts: tuple[Texts, ...] = (texts, *more)
        self._around = around
        self.units = units

    @classmethod
    def of_parts(cls, parts: Sequence[Texts], units: Ints | int = 0) -> Rendered:
        """Parts one after the other, none of which lacks a row; one after the other constants are one."""
        first, *others = merged(parts)
        return cls(first, units, more=others)

    @property
    def parts(self) -> tuple[Texts, ...]:
        if any(self._around):
            before, behind = self._around
            self._parts, self._around = (join(before, *self._parts, behind),), ("", "")
        return self._parts

    @property
    def texts(self) -> Texts:
        if len(self.parts) > 1:
            self._parts = (join(*self.parts),)
        return self._parts[0]

    @property
    def may_lack(self) -> bool:
        """Is it absent from some rows?"""
        return len(self._parts) == 1 and not isinstance(self._parts[0], str) and self._parts[0].null_count > 0

    def within(self, before: str, behind: str) -> Rendered:
        """The same between two constants, which are absent where it is: however deep it stands, its texts are copied once."""
        first, *others = self._parts
        return Rendered(first, more=others, around=(before + self._around[0], self._around[1] + behind))

    @property
    def is_constant(self) -> bool:
        """Is it one text for all rows?"""
        return all(isinstance(each, str) for each in self._parts)

    def texts_are(self, text: str) -> bool:
        """Is it this text for all rows?"""
        return len(self.parts) == 1 and isinstance(self.parts[0], str) and self.parts[0] == text

    def never_empty(self) -> bool:
        """Is there something of it in every row?"""
        if any(isinstance(each, str) and each for each in self.parts):
            return True
        (only, *others) = self.parts
        if others or isinstance(only, str) or only.null_count or not len(only):
            return False
        return bool(pc.min(pc.binary_length(only)).as_py())


def joined(texts: Sequence[Texts]) -> Texts:
    """One after the other; null where some may be and all those are."""
    if all(isinstance(each, str) for each in texts):
        return "".join(texts)
    return absent_with(join(*merged(map(filled, texts))), texts)


def merged(parts: Iterable[Texts]) -> list[Texts]:
    """The parts, of which constants one after the other are one: Arrow takes as long for a constant as for a column."""
    made: list[Texts] = []
    for part in parts:
        if made and isinstance(part, str) and isinstance(made[-1], str):
            made[-1] += part
        elif not isinstance(part, str) or part or not made:
            made.append(part)
    return made


def one_after_the_other(pieces: Sequence[Rendered]) -> Rendered:
    """One after the other, without units; absent where some may be absent and all those are."""
    if len(pieces) == 1:
        return pieces[0].within("", "")
    values = [piece for piece in pieces if not piece.is_constant]
    if values and all(piece.may_lack for piece in values):
        parts = [part for piece in pieces for part in piece.parts]
        return Rendered(join(*parts) if len(values) == 1 else joined(parts))
    return Rendered.of_parts([filled(part) for piece in pieces for part in piece.parts] or [""])


def filled(texts: Texts) -> Texts:
    """Empty where absent."""
    return texts if isinstance(texts, str) else empty_where_null(texts)


def absent_with(whole: Texts, parts: Sequence[Texts]) -> Texts:
    """The whole, absent where all of its parts that may be absent are."""
    arrays = [each for each in parts if not isinstance(each, str)]
    if not arrays or not all(each.null_count for each in arrays):
        return whole
    absent = arrays[0].is_null()
    for array in arrays[1:]:
        absent = pc.and_(absent, array.is_null())
    return null_where(absent, whole)


def kept_where(texts: Texts, decides: Texts) -> Texts:
    """The texts, absent where another piece is."""
    if isinstance(texts, str) or isinstance(decides, str) or not decides.null_count:
        return texts
    return null_where(decides.is_null(), texts)


def present(texts: Texts, rows: int) -> Any:
    """Of every row whether the piece is there."""
    if isinstance(texts, str) or not texts.null_count:
        return np.ones(rows, np.bool_)
    return numpy_values(texts.is_valid()).astype(np.bool_)


def in_rows(texts: Texts, rows: int) -> pa.Array:
    """A text of each row, also where it is the same for all."""
    return pa.array([texts] * rows, pa.string()) if isinstance(texts, str) else texts
