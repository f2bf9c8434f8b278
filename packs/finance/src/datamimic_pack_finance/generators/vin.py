"""Vehicle identification numbers (ISO 3779) that no maker issues, with the check digit North America uses."""

from __future__ import annotations

import numpy as np

from datamimic import Draw, Text
from datamimic.columns import Bools, Ints, divided, from_bytes
from datamimic_pack_finance.generators.digits import characters, numbers_of

MAKER = "Z9Z"
"""World manufacturer codes Z6 to Z0 are not assigned to any country (ISO 3780)."""
_ALPHABET = b"0123456789ABCDEFGHJKLMNPRSTUVWXYZ"
_YEARS = b"ABCDEFGHJKLMNPRSTVWXY123456789"
_WEIGHTS = np.array((8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2), dtype=np.int64)
_VALUES = np.zeros(256, dtype=np.int64)
for _letter, _value in zip(
    b"ABCDEFGHJKLMNPRSTUVWXYZ", (1, 2, 3, 4, 5, 6, 7, 8, 1, 2, 3, 4, 5, 7, 9, 2, 3, 4, 5, 6, 7, 8, 9), strict=True
):
    _VALUES[_letter] = _value
for _digit in range(10):
    _VALUES[48 + _digit] = _digit


def vins(free: Ints, years: Ints, draw: Draw) -> Text:
    """One VIN per row: `free` in [0, 10 ** 6) is the running number, `years` the model year (position 10)."""
    matrix = np.empty((len(free), 17), dtype=np.uint8)
    matrix[:, :3] = np.frombuffer(MAKER.encode(), dtype=np.uint8)
    letters = np.frombuffer(_ALPHABET, dtype=np.uint8)
    described = draw.integers(0, 33**5 - 1, "vehicle")
    for place in range(3, 8):
        described, part = divided(described, 33)
        matrix[:, place] = letters[part]
    matrix[:, 8] = 48
    matrix[:, 9] = np.frombuffer(_YEARS, dtype=np.uint8)[(years - 1980) % 30]
    matrix[:, 10] = letters[free % 20 + 10]
    matrix[:, 11:] = (free[:, None] // 10 ** np.arange(5, -1, -1, dtype=np.int64)) % 10 + 48
    rest = (_VALUES[matrix] * _WEIGHTS).sum(axis=1) % 11
    matrix[:, 8] = np.where(rest == 10, ord("X"), rest + 48)
    return from_bytes(matrix)


def vin_is_valid(values: Text) -> Bools:
    """17 characters without I, O and Q whose ninth is the right check digit; null counts as valid."""
    valid = values.is_null()
    at = np.flatnonzero(values.lengths() == 17)
    if len(at):
        matrix = characters(Text.plain(values.take(at).arrow()), 17)
        rest = (_VALUES[matrix] * _WEIGHTS).sum(axis=1) % 11
        allowed = np.isin(matrix, np.frombuffer(_ALPHABET, dtype=np.uint8)).all(axis=1)
        found = np.where(matrix[:, 8] == ord("X"), 10, numbers_of(matrix)[:, 8])
        valid[at] = allowed & (found == rest)
    return valid
