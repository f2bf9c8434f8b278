"""How much two columns have to do with each other, as a score that one row moves by little."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

SENSITIVITY = 2
"""What one row more or less moves `association` by, at most."""


def association(counts: NDArray[np.int64]) -> int:
    """Rows that would have to move for the columns of a contingency table to be independent, rounded down: half of
    sum |count - row total x column total / rows|, as in PrivBayes (Zhang and others, 2017, score R, times the rows).

    One row moves it by at most `SENSITIVITY`: its cell by 1, and what independence expects by (3 rows + 1) / (rows + 1) in
    all. Half of that is below 2, so that the whole numbers below differ by at most 2.
    """
    rows = int(counts.sum())
    if not rows:
        return 0
    expected = np.outer(counts.sum(axis=1), counts.sum(axis=0)) / rows
    return int(np.abs(counts - expected).sum() / 2)
