"""The one seam that every statistic of a private model passes: it comes out noised, and stands in the ledger."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from datamimic_learning.privacy.noise import mechanisms
from datamimic_learning.privacy.noise.ledger import Ledger, Spent

LAPLACE = "discrete Laplace"
THRESHOLDED = "thresholded discrete Laplace"
MAXIMUM = "noisy maximum"
SMALLEST, LARGEST = -20, 62
"""Powers of two between which bounds are looked for: a millionth, and what 64 bits hold."""
CANDIDATES = 512
"""Places between two bounds at which a quantile may lie."""
UNSURE = 1e-3
"""How probable it may be that a bound is set where no value is."""


@frozen
class NoisedStatistics:
    """What a learner may know of rows. One person brings at most `rows_per_person` rows; data sets that differ in one person
    are told apart by all that is given here with a factor of at most e^epsilon, and beyond that a probability of delta.

    `column` None stands for the table. Every method raises `DatamimicError`: `learning.budget_spent` where the ledger has too
    little left, `learning.not_installed` without OpenDP.
    """

    ledger: Ledger
    rows_per_person: int = 1

    def row_count(self, rows: int, epsilon: Fraction) -> int:
        """The number of rows, at least 0."""
        return int(self.counts(np.array([rows]), None, "row count", epsilon)[0])

    def counts(
        self, counts: NDArray[np.int64], column: str | None, statistic: str, epsilon: Fraction
    ) -> NDArray[np.int64]:
        """A table of counts, of any shape, whose cells are known without the rows, and in which each row counts once; what
        noise takes below 0 becomes 0."""
        return np.maximum(self.signed_counts(counts, column, statistic, epsilon), 0)

    def signed_counts(
        self, counts: NDArray[np.int64], column: str | None, statistic: str, epsilon: Fraction
    ) -> NDArray[np.int64]:
        """The same as noise leaves them, also below 0: unbiased."""
        self._enter(column, statistic, LAPLACE, epsilon, self._scale(epsilon))
        return mechanisms.noisy_counts(counts, epsilon, self.rows_per_person)

    def categories(self, counts: Mapping[str, int], column: str, epsilon: Fraction, delta: Fraction) -> dict[str, int]:
        """Of the values of a column without a public domain, those that many have, with counts; the most frequent first."""
        self._enter(column, "values", THRESHOLDED, epsilon, self._scale(epsilon), delta)
        values = sorted(counts)
        found = mechanisms.frequent(
            {place: counts[value] for place, value in enumerate(values)}, epsilon, delta, self.rows_per_person
        )
        return {values[place]: count for place, count in sorted(found.items(), key=lambda each: (-each[1], each[0]))}

    def bounds(self, values: NDArray[np.float64], column: str, epsilon: Fraction) -> tuple[float, float]:
        """Powers of two, or 0, between which nearly all values lie. None of them is a value of the rows."""
        self._enter(column, "bounds", LAPLACE, epsilon, self._scale(epsilon))
        edges = np.exp2(np.arange(SMALLEST, LARGEST + 1, dtype=np.float64))
        places = np.concatenate((-edges[::-1], [0.0], edges))
        finite = values[np.isfinite(values)]
        inside = np.clip(np.searchsorted(places, finite, side="right") - 1, 0, len(places) - 2)
        counts = np.bincount(inside, minlength=len(places) - 1).astype(np.int64)
        noisy = mechanisms.noisy_counts(counts, epsilon, self.rows_per_person)
        least = self._scale(epsilon) * np.log(len(counts) / UNSURE)
        found = np.nonzero(noisy > least)[0]
        if not len(found):
            return 0.0, 1.0
        return float(places[found[0]]), float(places[found[-1] + 1])

    def quantiles(
        self, values: NDArray[np.float64], bounds: tuple[float, float], levels: int, column: str, epsilon: Fraction
    ) -> NDArray[np.float64]:
        """2^levels + 1 quantiles at equal steps, the bounds the outermost, in ascending order.

        The median is chosen among places between the bounds, then the medians of both halves and so on: halves share no rows,
        so that a level costs what one median costs (Kaplan, Schnapp and Stemmer, 2022).
        """
        self._enter(column, "quantiles", MAXIMUM, epsilon, 2 * self._scale(epsilon / levels))
        ordered = np.sort(np.clip(values[~np.isnan(values)], *bounds))
        found = [float(bounds[0]), float(bounds[1])]
        for _ in range(levels):
            starts = [*np.searchsorted(ordered, found[:-1], side="left"), len(ordered)]
            ranges = zip(found, found[1:], starts, starts[1:], strict=False)
            middles = [
                self._median(ordered[first:last], low, high, epsilon / levels) for low, high, first, last in ranges
            ]
            found = [each for pair in zip(found, middles, strict=False) for each in pair] + found[-1:]
        return np.array(found)

    def choose(
        self, scores: Sequence[int], sensitivity: int, column: str | None, statistic: str, epsilon: Fraction
    ) -> int:
        """The place of the best score, or of one near it; one row moves a score by at most `sensitivity`."""
        self._enter(column, statistic, MAXIMUM, epsilon, 2 * sensitivity * self._scale(epsilon))
        return mechanisms.noisy_maximum(np.array(scores, dtype=np.int64), epsilon, sensitivity * self.rows_per_person)

    def _median(self, part: NDArray[np.float64], low: float, high: float, epsilon: Fraction) -> float:
        """A place from `low` to `high` that has about as many of the ordered values of `part` on either side."""
        if not low < high:
            return low
        places = np.linspace(low, high, CANDIDATES)
        below = np.searchsorted(part, places, side="left")
        above = len(part) - np.searchsorted(part, places, side="right")
        return float(places[mechanisms.noisy_maximum(-np.abs(below - above), epsilon, self.rows_per_person)])

    def _scale(self, epsilon: Fraction) -> float:
        return mechanisms.scale_of(epsilon, self.rows_per_person)

    def _enter(
        self,
        column: str | None,
        statistic: str,
        mechanism: str,
        epsilon: Fraction,
        scale: float,
        delta: Fraction = Fraction(0),
    ) -> None:
        self.ledger.enter(Spent(column, statistic, mechanism, epsilon, delta, scale))
