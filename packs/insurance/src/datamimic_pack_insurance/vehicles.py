"""Vehicle identification numbers of makers that do not exist, with a true check digit and model year."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from datamimic import Draw
from datamimic.columns import Ints, Text, divided, from_bytes

_LETTERS = b"ABCDEFGHJKLMNPRSTUVWXYZ"
_YEAR_CODES = b"ABCDEFGHJKLMNPRSTVWXY123456789"  # 1980 = 2010 = A; I, O, Q, U, Z and 0 are not used
_WEIGHTS = np.array([8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2], dtype=np.int64)
_CHECK = np.frombuffer(b"0123456789X", dtype=np.uint8)


def _values() -> NDArray[np.int64]:
    table = np.zeros(256, dtype=np.int64)
    for digit in range(10):
        table[ord("0") + digit] = digit
    for letters, first in (("ABCDEFGH", 1), ("JKLMN", 1), ("P", 7), ("R", 9), ("STUVWXYZ", 2)):
        for place, letter in enumerate(letters):
            table[ord(letter)] = first + place
    return table


_VALUES = _values()


KINDS = len(_LETTERS) ** 4 * 10
"""Descriptions of a vehicle that its number can have."""


def vin(manufacturer_code: str, model_year: Ints, serial: Ints, draw: Draw) -> Text:
    """The number of a vehicle of any kind."""
    return vin_of_kind(manufacturer_code, model_year, serial, draw.integers(0, KINDS - 1, "kind"))


def vin_of_kind(manufacturer_code: str, model_year: Ints, serial: Ints, kind: Ints) -> Text:
    """ISO 3779 with the North American check digit: maker, five signs of the type, check, year, plant, serial number.

    The seventh sign is a letter from model year 2010 on and a digit before, which tells the two cycles of years apart.
    """
    matrix = np.empty((len(model_year), 17), dtype=np.uint8)
    matrix[:, 0:3] = np.frombuffer(manufacturer_code.encode("ascii"), dtype=np.uint8)
    letters = np.frombuffer(_LETTERS, dtype=np.uint8)
    for place in (3, 4, 5, 7):
        kind, sign = divided(kind, len(_LETTERS))
        matrix[:, place] = letters[sign]
    late = letters[(kind + matrix[:, 7]) % len(_LETTERS)]
    matrix[:, 6] = np.where(model_year >= 2010, late, ord("0") + kind)
    matrix[:, 8] = ord("0")
    matrix[:, 9] = np.frombuffer(_YEAR_CODES, dtype=np.uint8)[(model_year - 1980) % 30]
    matrix[:, 10] = letters[serial // 1_000_000 % len(_LETTERS)]
    rest = serial % 1_000_000
    for place in range(16, 10, -1):
        rest, digit = divided(rest, 10)
        matrix[:, place] = ord("0") + digit
    check_digit = (_VALUES[matrix] * _WEIGHTS).sum(axis=1) % 11
    matrix[:, 8] = _CHECK[check_digit]
    return from_bytes(matrix)
