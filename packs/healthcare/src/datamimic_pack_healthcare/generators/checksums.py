"""Check digits of health identifiers, over whole columns of digits: int64 matrices of shape (rows, places)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from datamimic.columns import Ints, digit_matrix

Digits = NDArray[np.int64]


def digits_of(numbers: Ints, width: int) -> Digits:
    return digit_matrix(numbers, width).astype(np.int64) - ord("0")


def luhn(digits: Digits, before: int = 0) -> Ints:
    """The Luhn check digit of each row; `before` is the sum of a constant prefix already weighted."""
    doubled = digits[:, ::-1].copy()
    doubled[:, ::2] *= 2
    doubled -= 9 * (doubled > 9)
    result: Ints = (10 - (doubled.sum(axis=1) + before) % 10) % 10
    return result


def weighted_sum(digits: Digits, weights: Sequence[int]) -> Ints:
    result: Ints = digits @ np.array(weights, dtype=np.int64)
    return result


def cross_sums(digits: Digits, weights: Sequence[int]) -> Ints:
    """The sum of the digit sums of digit times weight."""
    products = digits * np.array(weights, dtype=np.int64)
    result: Ints = (products // 10 + products % 10).sum(axis=1)
    return result
