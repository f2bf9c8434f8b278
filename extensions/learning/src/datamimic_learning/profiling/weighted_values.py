"""Quantiles, histograms and outliers of numbers of which each comes so often."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import numpy.typing as npt
from attrs import frozen

QUANTILES: Final = (0.01, 0.025, 0.05, *(each / 100 for each in range(10, 91, 5)), 0.95, 0.975, 0.99)
_BINS: Final = 24
Floats = npt.NDArray[np.float64]


@frozen
class WeightedValues:
    """Different finite numbers in ascending order, and how often each comes."""

    values: Floats
    counts: npt.NDArray[np.int64]

    @classmethod
    def of(cls, values: Floats, counts: npt.NDArray[np.int64]) -> WeightedValues:
        """Of numbers in any order, also such as are not finite, which are left out."""
        finite = np.isfinite(values)
        values, counts = values[finite], counts[finite]
        found, places = np.unique(values, return_inverse=True)
        return cls(found, np.bincount(places, counts, len(found)).astype(np.int64))

    @property
    def total(self) -> int:
        return int(self.counts.sum())

    def quantiles(self, shares: Sequence[float]) -> list[float]:
        """Interpolated linearly between the two nearest, as NumPy and pandas do."""
        ends = np.cumsum(self.counts)
        places = np.asarray(shares) * (ends[-1] - 1)
        low = self.values[np.searchsorted(ends, np.floor(places), side="right")]
        high = self.values[np.searchsorted(ends, np.ceil(places), side="right")]
        return [float(each) for each in low + (high - low) * (places - np.floor(places))]

    def histogram(self) -> list[dict[str, Any]]:
        """Equally wide bands between the 0.5 and 99.5 per cent quantiles, the first and the last with what lies beyond."""
        low, high = self.quantiles([0.005, 0.995])
        whole = bool((self.values == np.floor(self.values)).all())
        if high <= low:
            low, high = float(self.values[0]), float(self.values[-1])
        if high <= low:
            return [{"from": low, "to": high, "count": self.total}]
        bins = min(_BINS, int(high - low) + 1) if whole else _BINS
        edges = np.linspace(low, high + (1 if whole and bins < _BINS else 0), bins + 1)
        places = np.clip(np.searchsorted(edges, self.values, side="right") - 1, 0, bins - 1)
        counts = np.bincount(places, self.counts, bins)
        return [
            {"from": float(edges[n]), "to": float(edges[n + 1]), "count": int(counts[n])} for n in range(bins)
        ]  # fmt: skip

    def outliers(self) -> dict[str, Any] | None:
        """Beyond three times the range between the quartiles (Tukey's far fences); of a column that is all positive and skewed,
        in its logarithms. None where half of the numbers are the same."""
        positive = bool(self.values[0] > 0)
        middle = self.quantiles([0.25, 0.5, 0.75])
        skewed = positive and middle[2] - middle[1] > 2 * (middle[1] - middle[0])
        values = np.log(self.values) if skewed else self.values
        low, high = (math.log(middle[0]), math.log(middle[2])) if skewed else (middle[0], middle[2])
        if high <= low:
            return None
        reach = 3 * (high - low)
        below, above = values < low - reach, values > high + reach
        ends = [low - reach, high + reach]
        return {
            "rule": "far fences of the logarithms" if skewed else "far fences",
            "below": int(self.counts[below].sum()),
            "above": int(self.counts[above].sum()),
            "low": math.exp(ends[0]) if skewed else ends[0],
            "high": math.exp(min(ends[1], 700.0)) if skewed else ends[1],
        }
