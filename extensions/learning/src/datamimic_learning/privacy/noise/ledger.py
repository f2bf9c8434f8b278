"""What of a privacy budget was spent on which statistic."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import Any

from attrs import Factory, define, frozen

from datamimic import DatamimicError


@frozen
class Spent:
    """One statistic that left the rows, noised. `scale` is that of the noise, in the units of the statistic (rows)."""

    column: str | None
    """None for what belongs to the whole table."""
    statistic: str
    mechanism: str
    epsilon: Fraction
    delta: Fraction
    scale: float

    def to_dict(self) -> dict[str, Any]:
        """As the file of a model has it."""
        return {
            "column": self.column,
            "statistic": self.statistic,
            "mechanism": self.mechanism,
            "epsilon": float(self.epsilon),
            "delta": float(self.delta),
            "scale": self.scale,
        }


@define
class Ledger:
    """All statistics of one release under `epsilon` and `delta`, by basic composition: their parts add up, exactly, and
    what would go beyond the budget is refused before it is computed."""

    epsilon: Fraction
    delta: Fraction
    entries: list[Spent] = Factory(list)

    @classmethod
    def opened(cls, epsilon: float, delta: float = 0.0) -> Ledger:
        """Raises `DatamimicError` (`learning.bad_budget`) for what is no budget: epsilon above 0, delta from 0 and below 1."""
        if not (math.isfinite(epsilon) and epsilon > 0):
            raise DatamimicError("learning.bad_budget", f"epsilon is {epsilon}", hint="a number above 0, such as 1.0")
        if not 0 <= delta < 1:
            raise DatamimicError(
                "learning.bad_budget", f"delta is {delta}", hint="at least 0 and far below 1/rows, such as 1e-6"
            )
        return cls(Fraction(epsilon), Fraction(delta))

    @property
    def spent(self) -> Fraction:
        """Epsilon of all entries."""
        return sum((each.epsilon for each in self.entries), Fraction(0))

    @property
    def spent_delta(self) -> Fraction:
        """Delta of all entries."""
        return sum((each.delta for each in self.entries), Fraction(0))

    def part(self, weight: int | Fraction, of: int | Fraction) -> Fraction:
        """`weight` of `of` parts of the whole epsilon."""
        return self.epsilon * Fraction(weight) / Fraction(of)

    def enter(self, entry: Spent) -> None:
        """Raises `DatamimicError` (`learning.budget_spent`) where nothing is left for it."""
        if self.spent + entry.epsilon > self.epsilon or self.spent_delta + entry.delta > self.delta:
            raise DatamimicError(
                "learning.budget_spent",
                f"{entry.statistic} of {entry.column or 'the table'} asks for epsilon {float(entry.epsilon):.4g} and delta "
                f"{float(entry.delta):.4g}; {float(self.epsilon - self.spent):.4g} and "
                f"{float(self.delta - self.spent_delta):.4g} are left",
                hint="a larger --epsilon or --delta, or public --domains for columns with many values",
            )
        self.entries.append(entry)

    def by_column(self) -> dict[str | None, float]:
        """Epsilon of each column, in the order in which they were first asked; None is the whole table."""
        found: dict[str | None, Fraction] = {}
        for each in self.entries:
            found[each.column] = found.get(each.column, Fraction(0)) + each.epsilon
        return {column: float(epsilon) for column, epsilon in found.items()}

    def columns(self) -> list[dict[str, Any]]:
        """What each column cost, in the order of `by_column`; the sums are what is spent."""
        return [
            {
                "column": column,
                "epsilon": epsilon,
                "delta": float(sum((each.delta for each in self.entries if each.column == column), Fraction(0))),
                "statistics": sum(each.column == column for each in self.entries),
            }
            for column, epsilon in self.by_column().items()
        ]

    def to_dict(self) -> dict[str, Any]:
        """As the file of a model has it."""
        return {
            "epsilon": float(self.epsilon),
            "delta": float(self.delta),
            "spent": {"epsilon": float(self.spent), "delta": float(self.spent_delta)},
            "composition": "basic: the parts add up",
            "columns": self.columns(),
            "entries": [each.to_dict() for each in self.entries],
        }
