"""Some rows of many, the same ones each time."""

from __future__ import annotations

import numpy as np

from datamimic import Permutation
from datamimic.columns import Ints


def drawn(rows: int, most: int, *label: str) -> Ints:
    """`most` row numbers of `rows`, ascending; all where there are no more. Another label draws others."""
    if rows <= most:
        return np.arange(rows)
    return np.sort(Permutation(rows, ("datamimic_learning", "privacy", *label)).forward(np.arange(most)))
