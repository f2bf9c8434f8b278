"""Arithmetic between columns: sums of products, exact."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from math import lcm

import numpy as np
from attrs import frozen

from datamimic_models.solving.axes import Axis, Ints

Monomial = tuple[str, ...]
"""The columns of a product, sorted; () for a number alone."""


@frozen
class Term:
    """`items` are the products with their coefficients; values of columns are numbers, or microseconds."""

    items: tuple[tuple[Monomial, Fraction], ...]

    @classmethod
    def of(cls, parts: Mapping[Monomial, Fraction]) -> Term:
        """Without products that count for nothing."""
        return cls(tuple(sorted((part, each) for part, each in parts.items() if each)))

    @property
    def parts(self) -> dict[Monomial, Fraction]:
        """Coefficients by product."""
        return dict(self.items)

    @property
    def columns(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(name for part in self.parts for name in part))

    @property
    def constant(self) -> Fraction:
        return self.parts.get((), Fraction(0))

    def plus(self, other: Term, times: int = 1) -> Term:
        found = dict(self.parts)
        for part, coefficient in other.parts.items():
            found[part] = found.get(part, Fraction(0)) + times * coefficient
        return Term.of(found)

    def times(self, other: Term) -> Term:
        found: dict[Monomial, Fraction] = {}
        for a, x in self.parts.items():
            for b, y in other.parts.items():
                part = tuple(sorted(a + b))
                found[part] = found.get(part, Fraction(0)) + x * y
        return Term.of(found)

    def coefficient_of(self, column: str) -> Fraction | None:
        """Where the column stands alone and nowhere else; None otherwise."""
        if any(column in part and part != (column,) for part in self.parts):
            return None
        return self.parts.get((column,))

    def linear(self) -> bool:
        return all(len(part) < 2 for part in self.parts)


def number(value: Fraction | int) -> Term:
    return Term.of({(): Fraction(value)})


def column(name: str) -> Term:
    return Term.of({(name,): Fraction(1)})


def in_ticks(term: Term, axes: Mapping[str, Axis]) -> tuple[dict[Monomial, int], int]:
    """(coefficients over ticks, all whole; what they were multiplied by)."""
    scaled: dict[Monomial, Fraction] = {}
    for part, coefficient in term.parts.items():
        for name in part:
            coefficient = coefficient * axes[name].unit
        scaled[part] = coefficient
    common = lcm(*(each.denominator for each in scaled.values())) if scaled else 1
    return {part: int(each * common) for part, each in scaled.items()}, common


def evaluated(parts: Mapping[Monomial, int], ticks: Mapping[str, Ints], rows: int) -> Ints:
    """The sum for every row; whole numbers of 64 bits."""
    total = np.zeros(rows, dtype=np.int64)
    for part, coefficient in parts.items():
        product = np.full(rows, coefficient, dtype=np.int64)
        for name in part:
            product *= ticks[name]
        total += product
    return total
