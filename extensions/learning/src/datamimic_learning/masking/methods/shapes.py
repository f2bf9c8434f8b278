"""Texts of one length, encrypted so that every character stays in its alphabet: FF1 where only digits are encrypted, else the
same network with a radix for each place. A permutation of the texts of one shape, whatever else is encrypted beside them."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from datamimic import FF1, MixedFF1
from datamimic_learning.masking.methods.alphabets import DIGITS, WIDEST, Ints, Points, numerals, points_of, radices
from datamimic_learning.masking.methods.digests import matrix_digests

Bools = NDArray[np.bool_]
Kinds = NDArray[np.uint8]
_MOST_DIGITS = 32
_PLACES, _WIDE_PLACES = 11, 5
"""Places that are encrypted at once, so that their halves are below 2 ** 54; fewer where alphabets are wide."""


class ShapeCipher:
    """One domain of values: `key` is that of the domain, 32 bytes."""

    def __init__(self, key: bytes) -> None:
        self._key = key
        self._digits = FF1(key)
        self._mixed = MixedFF1(key)

    def crypt(self, points: Points, kinds: Kinds, *, decrypting: bool = False) -> Points:
        """Code points (rows, length) and the class of every place, 0 for those that stay."""
        free = kinds > 0
        count = free.sum(axis=1)
        only_digits = ((kinds == DIGITS) | ~free).all(axis=1) & (count >= 2) & (count <= _MOST_DIGITS)
        made = points.copy()
        for number in np.unique(count[only_digits]).tolist():
            rows = np.flatnonzero(only_digits & (count == number))
            none = np.zeros((len(rows), 0), np.uint8)
            turn = self._digits.decrypt if decrypting else self._digits.encrypt
            places = free[rows]
            alike = np.flatnonzero(places[0])
            if places[:, alike].all():  # the count is one, so that these are all places
                made[rows[:, None], alike] = turn(points[rows[:, None], alike].astype(np.int64) - ord("0"), none) + ord(
                    "0"
                )
            else:
                digits = (points[rows][places].astype(np.int64) - ord("0")).reshape(len(rows), number)
                block = made[rows]
                block[places] = (turn(digits, none) + ord("0")).ravel()
                made[rows] = block
        others = np.flatnonzero(~only_digits & (count > 0))
        if len(others):
            wide = (radices(kinds[others]) > WIDEST).any(axis=1)
            for rows, width in ((others[~wide], _PLACES), (others[wide], _WIDE_PLACES)):
                if len(rows):
                    made[rows] = self._chunks(points[rows], kinds[rows], width, decrypting)
        return made

    def crypt_numerals(self, values: Ints, sizes: Ints, shape: Kinds, width: int, *, decrypting: bool) -> Ints:
        """Numerals (rows, places) below `sizes`, `width` of them at a time, each such chunk under a tweak of the `shape`
        (bytes of every row, which may be any) and of all other chunks, so that every place depends on every other."""
        made = values.copy()
        if len(shape) and (shape == shape[0]).all():
            shape, sizes = shape[:1], sizes[:1]
        shape_tweak = self._tweak(shape, len(values))
        starts = range(0, values.shape[1], width)
        for start in reversed(starts) if decrypting else starts:
            chunk = slice(start, min(start + width, values.shape[1]))
            if not (sizes[:, chunk] > 1).any():
                continue
            whole = width >= values.shape[1]
            rest = np.zeros((1, values.shape[1]), np.int64) if whole else made.copy()
            rest[:, chunk] = 0
            others = self._tweak(np.ascontiguousarray(rest.astype("<u2")).view(np.uint8), len(values))
            turn = self._mixed.decrypt if decrypting else self._mixed.encrypt
            made[:, chunk] = turn(made[:, chunk], sizes[:, chunk], np.concatenate([shape_tweak, others], axis=1))
        return made

    def _tweak(self, matrix: Kinds, rows: int) -> Kinds:
        """Eight bytes for each of the rows, of which the matrix has one, or one for all."""
        found = matrix_digests(self._key, matrix)[:, :1].copy().view(np.uint8)
        return np.broadcast_to(found, (rows, 8))

    def _chunks(self, points: Points, kinds: Kinds, width: int, decrypting: bool) -> Points:
        turned = self.crypt_numerals(numerals(points, kinds), radices(kinds), kinds, width, decrypting=decrypting)
        return points_of(turned, kinds, points)
