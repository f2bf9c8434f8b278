"""Characters as places in their alphabets: digits stay digits, capitals capitals, kana kana, and all else stays what it is."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.uint32]
Ints = NDArray[np.int64]

_RANGES: Final = (
    (0x30, 0x39), (0x41, 0x5A), (0x61, 0x7A),  # digits, capitals, small letters
    (0xC0, 0xD6), (0xD8, 0xDE), (0xDF, 0xF6), (0xF8, 0xFF), (0x100, 0x17F),  # Latin with accents
    (0x391, 0x3A1), (0x3A3, 0x3A9), (0x3B1, 0x3C9),  # Greek
    (0x410, 0x42F), (0x430, 0x44F), (0x5D0, 0x5EA), (0x621, 0x63A), (0x904, 0x939), (0xE01, 0xE2E),
    (0x1EA0, 0x1EF9), (0x3041, 0x3096), (0x30A1, 0x30FA), (0x4E00, 0x9FFF), (0xAC00, 0xD7A3),
)  # fmt: skip
_STARTS: Final = np.array([start for start, _ in _RANGES], np.uint32)
_SIZES: Final = np.array([end - start + 1 for start, end in _RANGES], np.int64)
DIGITS: Final = 1
"""The class of the digits; 0 is that of characters that stay."""
WIDEST: Final = 256
"""Alphabets of more characters are wide."""


def _table() -> NDArray[np.uint8]:
    found = np.zeros(1 << 16, np.uint8)
    for number, (start, end) in enumerate(_RANGES, 1):
        found[start : end + 1] = number
    return found


_CLASSES: Final = _table()
_BITS: Final = np.log2(np.concatenate([[1], _SIZES])).astype(np.float32)


def classes(points: Points) -> NDArray[np.uint8]:
    """The class of every code point: the number of its alphabet from 1 on, 0 for none."""
    found: NDArray[np.uint8] = _CLASSES[
        points if points.max(initial=0) < 1 << 16 else np.where(points < 1 << 16, points, 0)
    ]
    return found


def bits(kinds: NDArray[np.uint8]) -> NDArray[np.float32]:
    """How many bits a row (rows, length) of places of these classes can hold."""
    found: NDArray[np.float32] = _BITS[kinds].sum(axis=1)
    return found


def radices(kinds: NDArray[np.uint8]) -> Ints:
    """How many characters the alphabet of each class has; 1 for those that stay."""
    found: Ints = np.concatenate([[1], _SIZES])[kinds]
    return found


def numerals(points: Points, kinds: NDArray[np.uint8]) -> Ints:
    """Places in the alphabets, 0 for characters that stay."""
    starts = np.concatenate([[0], _STARTS.astype(np.int64)])[kinds]
    return np.where(kinds > 0, points.astype(np.int64) - starts, 0)


def points_of(numerals: Ints, kinds: NDArray[np.uint8], before: Points) -> Points:
    """Code points of places in alphabets; `before` has those that stay."""
    starts = np.concatenate([[0], _STARTS.astype(np.int64)])[kinds]
    return np.where(kinds > 0, starts + numerals, before).astype(np.uint32)
