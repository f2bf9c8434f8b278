"""Check digits of identifiers, for whole columns: matrices of digits, int64 or uint8 of shape (rows, places)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeAlias, TypeVar

import numpy as np
from numpy.typing import NDArray

from datamimic.columns import Ints, Text, from_bytes

Digits: TypeAlias = NDArray[np.int64] | NDArray[np.uint8]
D = TypeVar("D", np.int64, np.uint8)

_D = np.array(
    [
        [0, 1, 2, 3, 4, 5, 6, 7, 8, 9], [1, 2, 3, 4, 0, 6, 7, 8, 9, 5], [2, 3, 4, 0, 1, 7, 8, 9, 5, 6],
        [3, 4, 0, 1, 2, 8, 9, 5, 6, 7], [4, 0, 1, 2, 3, 9, 5, 6, 7, 8], [5, 9, 8, 7, 6, 0, 4, 3, 2, 1],
        [6, 5, 9, 8, 7, 1, 0, 4, 3, 2], [7, 6, 5, 9, 8, 2, 1, 0, 4, 3], [8, 7, 6, 5, 9, 3, 2, 1, 0, 4],
        [9, 8, 7, 6, 5, 4, 3, 2, 1, 0],
    ]
)  # fmt: skip
_P = np.array(
    [
        [0, 1, 2, 3, 4, 5, 6, 7, 8, 9], [1, 5, 7, 6, 2, 8, 3, 0, 9, 4], [5, 8, 0, 3, 7, 9, 6, 1, 4, 2],
        [8, 9, 1, 6, 0, 4, 3, 5, 2, 7], [9, 4, 5, 3, 1, 2, 6, 8, 7, 0], [4, 2, 8, 6, 5, 7, 3, 9, 0, 1],
        [2, 7, 9, 3, 8, 0, 6, 4, 1, 5], [7, 0, 4, 6, 9, 1, 3, 2, 5, 8],
    ]
)  # fmt: skip
# Of ISO 7064, mod 11,10: what follows each product (in tens) and digit.
_PRODUCTS = np.array([2 * ((digit + product) % 10 or 10) % 11 for product in range(11) for digit in range(10)])
_INVERSE = np.array([0, 4, 3, 2, 1, 5, 6, 7, 8, 9])


def places(numbers: Ints, width: int) -> Ints:
    """The decimal digits of non-negative numbers, most significant first."""
    rest = np.asarray(numbers, dtype=np.int64)
    digits = np.empty((width, len(rest)), dtype=np.int64)
    for place in range(width - 1, -1, -1):
        whole = rest // 10
        np.subtract(rest, whole * 10, out=digits[place])
        rest = whole
    return digits.T


def number_of(digits: Ints) -> Ints:
    """The opposite of `places`; at most 18 places."""
    result = np.zeros(len(digits), dtype=np.int64)
    for place in range(digits.shape[1]):
        result = result * 10 + digits[:, place]
    return result


def with_check(digits: NDArray[D], check: Ints) -> NDArray[D]:
    return np.concatenate([digits, check[:, None].astype(digits.dtype, copy=False)], axis=1)


def weighted_sum(digits: Digits, weights: Iterable[int]) -> Ints:
    """The sum of digit times weight."""
    total = np.zeros(len(digits), dtype=np.int64)
    for place, weight in enumerate(weights):
        total += np.multiply(digits[:, place], weight, dtype=np.int64)
    return total


def cross_sums(digits: Digits, weights: Iterable[int]) -> Ints:
    """The sum of the digit sums of digit times weight; weights have one digit."""
    total = np.zeros(len(digits), dtype=np.int64)
    for place, weight in enumerate(weights):
        sums = np.array([sum(divmod(digit * weight, 10)) for digit in range(10)])
        total += sums.take(digits[:, place])
    return total


def luhn(digits: Digits, before: int = 0) -> Ints:
    """The digit that makes the number pass the Luhn test (ISO/IEC 7812); `before` is the sum of a constant prefix, already
    weighted."""
    width = digits.shape[1]
    return -(cross_sums(digits, (2 - place % 2 for place in range(width - 1, -1, -1))) + before) % 10


def gs1(digits: Ints) -> Ints:
    """The check digit of EAN, GTIN and SSCC: weights 3, 1, 3, … from the right."""
    weights = np.where(np.arange(digits.shape[1])[::-1] % 2 == 0, 3, 1)
    return -(digits * weights).sum(axis=1) % 10


def verhoeff(digits: Ints) -> Ints:
    check = np.zeros(len(digits), dtype=np.int64)
    for index, place in enumerate(range(digits.shape[1] - 1, -1, -1), start=1):
        check = _D[check, _P[index % 8, digits[:, place]]]
    return _INVERSE[check]


def iso7064_mod_11_10(digits: Digits) -> Ints:
    product = np.full(len(digits), 10, dtype=np.int64)
    for place in range(digits.shape[1]):
        product = _PRODUCTS.take(product * 10 + digits[:, place])
    return (11 - product) % 10


def written(pattern: str, digits: Digits) -> Text:
    """The digits put, one after the other, in place of the `#` of an ASCII pattern: `###-##-####`."""
    matrix = np.empty((len(digits), len(pattern)), dtype=np.uint8)
    place = 0
    for index, character in enumerate(pattern):
        if character == "#":
            matrix[:, index] = digits[:, place] + ord("0")
            place += 1
        else:
            matrix[:, index] = ord(character)
    return from_bytes(matrix)
