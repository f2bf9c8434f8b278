"""Check digits of health identifiers, over whole columns of digits: uint8 matrices of shape (rows, places)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from datamimic.columns import Ints, digit_matrix

Digits = NDArray[np.uint8]


def digits_of(numbers: Ints, width: int) -> Digits:
    return digit_matrix(numbers, width) - np.uint8(ord("0"))


def luhn(digits: Digits, before: int = 0) -> Ints:
    """The Luhn check digit of each row; `before` is the sum of a constant prefix already weighted."""
    width = digits.shape[1]
    weights = [2 if (width - place) % 2 else 1 for place in range(width)]
    return (10 - (cross_sums(digits, weights) + before) % 10) % 10


def weighted_sum(digits: Digits, weights: Sequence[int]) -> Ints:
    """The sum of digit times weight."""
    return _sum(digits, [[digit * weight for digit in range(10)] for weight in weights])


def cross_sums(digits: Digits, weights: Sequence[int]) -> Ints:
    """The sum of the digit sums of digit times weight."""
    return _sum(digits, [[sum(map(int, str(digit * weight))) for digit in range(10)] for weight in weights])


def _sum(digits: Digits, parts: list[list[int]]) -> Ints:
    """The sum over all places of what each place's digit stands for."""
    total = np.zeros(len(digits), dtype=np.int16)
    for place, values in enumerate(parts):
        total += np.array(values, dtype=np.int16)[digits[:, place]]
    return total.astype(np.int64)
