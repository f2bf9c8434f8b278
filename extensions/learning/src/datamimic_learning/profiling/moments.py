"""Mean and deviation of numbers in one pass, portions joined as Chan, Golub and LeVeque (1979) do."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt
from attrs import define


@define
class Moments:
    """Of finite numbers; `not_numbers` and `infinite` are counted apart."""

    count: int = 0
    mean: float = 0.0
    squares: float = 0.0
    lowest: float = math.inf
    highest: float = -math.inf
    zeros: int = 0
    negatives: int = 0
    fractions: int = 0
    not_numbers: int = 0
    infinite: int = 0

    def add(self, numbers: npt.NDArray[np.float64]) -> None:
        finite = np.isfinite(numbers)
        if not finite.all():
            missing = int(np.isnan(numbers).sum())
            self.not_numbers += missing
            self.infinite += int((~finite).sum()) - missing
            numbers = numbers[finite]
        if not len(numbers):
            return
        count, mean = len(numbers), float(numbers.mean())
        squares = float(((numbers - mean) ** 2).sum())
        shift = mean - self.mean
        total = self.count + count
        self.squares += squares + shift * shift * self.count * count / total
        self.mean += shift * count / total
        self.count = total
        self.lowest = min(self.lowest, float(numbers.min()))
        self.highest = max(self.highest, float(numbers.max()))
        self.zeros += int((numbers == 0).sum())
        self.negatives += int((numbers < 0).sum())
        self.fractions += int((numbers != np.floor(numbers)).sum())

    @property
    def deviation(self) -> float | None:
        """The standard deviation of a sample, divided by n - 1; None for fewer than two numbers."""
        return math.sqrt(self.squares / (self.count - 1)) if self.count > 1 else None
