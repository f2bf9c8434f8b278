"""Sets of up to 64 things per row, held as the bits of one number."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from datamimic import Lists, Table, Text
from datamimic.columns import Bools, Ints

Bits = NDArray[np.uint64]
SIXTEENTHS = 65_536
"""Chances are compared as sixteen-bit numbers: a chance is rounded to 1/65,536."""
CERTAIN = SIXTEENTHS - 1


def text_of(lists: Lists) -> Text:
    """The items of a list of texts."""
    assert isinstance(lists.values, Text)
    return lists.values


def numbers_of(lists: Lists) -> NDArray[Any]:
    """The items of a list of numbers or dates."""
    assert isinstance(lists.values, np.ndarray)
    return lists.values


def has(bits: Bits | Ints, place: int) -> Bools:
    """Is the thing at `place` in the row's set?"""
    return ((np.asarray(bits).astype(np.uint64) >> np.uint64(place)) & np.uint64(1)).astype(np.bool_)


def any_of(bits: Bits | Ints, mask: int) -> Bools:
    return (np.asarray(bits).astype(np.uint64) & np.uint64(mask)) != 0


def members(bits: Bits | Ints) -> tuple[Ints, Ints]:
    """(members per row, their places), row after row and in ascending order."""
    words = np.ascontiguousarray(np.asarray(bits).astype("<u8"))
    bytes_used = max(1, (int(np.bitwise_or.reduce(words)).bit_length() + 7) // 8)
    width = 8 * bytes_used
    used = np.ascontiguousarray(words.view(np.uint8).reshape(len(words), 8)[:, :bytes_used])
    found = np.flatnonzero(np.unpackbits(used.ravel(), bitorder="little").view(np.bool_))
    row = found // width
    return np.bincount(row, minlength=len(words)).astype(np.int64), found - row * width


def quarters(bits: Bits) -> NDArray[np.uint16]:
    """The four sixteen-bit parts of each word: uint16 of shape (4, rows)."""
    return np.ascontiguousarray(bits.astype("<u8").view("<u2").reshape(len(bits), 4).T)


def sixteen(percent: NDArray[np.float64]) -> NDArray[np.uint16]:
    """Per cent as a threshold for sixteen random bits; what is certain is rounded to 65,535 of 65,536."""
    return np.minimum(np.rint(percent * (SIXTEENTHS / 100.0)), CERTAIN).astype(np.uint16)


def placed(lists: Lists, table: Table, column: str) -> Ints:
    """The table's row for every item, -1 for names that it does not know."""
    return table.lookup(column, text_of(lists))


def sets_of(lists: Lists, rows: Ints) -> Bits:
    """The items of each row as bits; unknown ones are left out."""
    bits = np.zeros(len(lists), dtype=np.uint64)
    known = rows >= 0
    np.bitwise_or.at(bits, lists.parents[known], np.uint64(1) << rows[known].astype(np.uint64))
    return bits
