"""Digits of text columns as number matrices, and check sums over them."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from datamimic.columns import Text, Vocabulary, where

Matrix = NDArray[np.int64]
NEITHER = "!"
"""Stands for a character that is neither digit nor letter; its number is below zero."""


def characters(text: Text, width: int) -> NDArray[np.uint8]:
    """The bytes of a column of texts of `width` bytes, uint8 of shape (rows, width); exclamation marks for texts of
    another length, which no identifier holds."""
    if text.codes is not None and text.vocabulary is not None:
        return _distinct(text.vocabulary, width)[text.codes]
    array = text.arrow()
    offsets = np.frombuffer(array.buffers()[1], dtype=np.int32)[array.offset : array.offset + len(array) + 1]
    fits = (np.diff(offsets) == width) & ~text.is_null()
    if not fits.all():
        array = where(fits, text, NEITHER * width).arrow()
    body = np.frombuffer(array.buffers()[2] or b"", dtype=np.uint8)
    start = int(np.frombuffer(array.buffers()[1], dtype=np.int32)[array.offset]) if len(array) else 0
    return body[start : start + len(array) * width].reshape(len(array), width)


def _distinct(vocabulary: Vocabulary, width: int) -> NDArray[np.uint8]:
    """The bytes of each value of a vocabulary; exclamation marks for values of another length."""
    known = _KNOWN.get((id(vocabulary), width))
    if known is None or known[0] is not vocabulary:
        values = "".join(
            value if len(value) == width and value.isascii() else NEITHER * width for value in vocabulary.values
        )
        known = (vocabulary, np.frombuffer(values.encode("ascii"), dtype=np.uint8).reshape(-1, width))
        if len(_KNOWN) >= 64:
            _KNOWN.clear()
        _KNOWN[id(vocabulary), width] = known
    return known[1]


_KNOWN: dict[tuple[int, int], tuple[Vocabulary, NDArray[np.uint8]]] = {}


def numbers_of(matrix: NDArray[np.uint8]) -> Matrix:
    """Each character's value: a digit its own, a capital letter 10 (A) to 35 (Z)."""
    values = matrix.astype(np.int64) - 48
    return np.where(values > 9, values - 7, values)


def luhn_check_digit(body: Matrix) -> NDArray[np.int64]:
    """The digit that completes each row (ISO/IEC 7812, mod 10 doubling from the right)."""
    doubled = body[:, ::-2] * 2
    total = (doubled - 9 * (doubled > 9)).sum(axis=1) + body[:, -2::-2].sum(axis=1)
    return (10 - total % 10) % 10
