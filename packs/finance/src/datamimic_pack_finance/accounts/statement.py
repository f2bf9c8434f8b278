"""How low a running sum gets."""

from __future__ import annotations

import numpy as np

from datamimic.columns import Ints


def lowest_running(values: Ints, lengths: Ints) -> Ints:
    """Per run of `lengths` values the least of 0 and its running sums, int64."""
    result = np.zeros(len(lengths), dtype=np.int64)
    filled = np.flatnonzero(lengths > 0)
    if len(filled):
        sizes = lengths[filled]
        starts = np.cumsum(sizes) - sizes
        total = np.cumsum(values)
        before = total[starts] - values[starts]
        result[filled] = np.minimum(np.minimum.reduceat(total, starts) - before, 0)
    return result
