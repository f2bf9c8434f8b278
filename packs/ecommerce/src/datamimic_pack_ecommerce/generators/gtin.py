"""Article numbers in GS1's range for demonstrations: valid, unique, and never on a real product."""

from __future__ import annotations

import numpy as np

from datamimic import Context, Generator, Permutation
from datamimic.columns import Column, Ints, digits, divided

PREFIX = 952
"""GS1 General Specifications: prefix 952 is for demonstrations and examples."""
_SPACE = 10**9


def check_digit(numbers: Ints) -> Ints:
    """GS1's modulo 10 check digit of numbers without it, weights 3, 1, 3 … from the right."""
    total = np.zeros(len(numbers), dtype=np.int64)
    rest, weight = numbers, 3
    while np.any(rest):
        rest, digit = divided(rest, 10)
        total += digit * weight
        weight = 4 - weight
    return (10 - total % 10) % 10


class Gtin13(Generator[str]):
    """GTIN-13 (EAN-13) with the prefix 952, different in every row."""

    python_type = str

    def capacity(self) -> int | None:
        return _SPACE

    def column(self, context: Context) -> Column:
        item = Permutation(_SPACE, context.draw.address).forward(context.rows)
        stem = PREFIX * _SPACE + item
        return digits(stem * 10 + check_digit(stem), 13)
