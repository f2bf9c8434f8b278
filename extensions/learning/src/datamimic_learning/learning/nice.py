"""Round numbers near given ones: ends of intervals that read well and are nobody's value."""

from __future__ import annotations

import numpy as np

from datamimic.columns import Floats

_LEAST_EXPONENT = -9


def nice_between(low: Floats, high: Floats) -> Floats:
    """The roundest number of each interval, both ends included: the one with the fewest digits, and the least of these.

    nice_between([1037.2, 0.1234, -3.0], [1052.9, 0.1239, 2.0])  ->  [1040, 0.1235, 0]
    """
    low, high = np.asarray(low, dtype=np.float64), np.asarray(high, dtype=np.float64)
    made = (low + high) / 2
    left = np.isfinite(low) & np.isfinite(high) & (low <= high)
    around = left & (low <= 0) & (high >= 0)
    made[around] = 0.0
    left &= ~around
    span = np.abs(np.concatenate((low[left], high[left]))) if left.any() else np.ones(1)
    top = int(np.ceil(np.log10(max(float(span.max()), 1e-300)))) + 1
    for exponent in range(min(top, 18), max(_LEAST_EXPONENT, top - 17) - 1, -1):
        if not left.any():
            break
        for unit in (1, 5) if exponent > _LEAST_EXPONENT else (1,):
            # Halves of the next power come after the powers: 0.5, then 0.1.
            step = unit * (10.0**exponent if unit == 1 else 10.0 ** (exponent - 1))
            candidate = np.ceil(low / step) * step if step >= 1 else np.ceil(low / step) / np.rint(1 / step)
            fits = left & (candidate >= low) & (candidate <= high)
            made[fits] = candidate[fits]
            left &= ~fits
    return made


def nice_edges(quantiles: Floats, share: float = 0.2) -> Floats:
    """Round numbers near ascending ones: none is moved further than a share of the way to its neighbour. The first is not above
    the least, the last not below the greatest; repeated ones are left out."""
    edges = np.unique(np.asarray(quantiles, dtype=np.float64))
    if len(edges) < 2:
        return edges
    gaps = np.diff(edges)
    before, after = np.concatenate((gaps[:1], gaps)) * share, np.concatenate((gaps, gaps[-1:])) * share
    low, high = edges - before, edges + after
    high[0], low[-1] = edges[0], edges[-1]
    if edges[0] >= 0:
        low[0] = max(low[0], 0.0)
    if edges[-1] <= 0:
        high[-1] = min(high[-1], 0.0)
    return np.unique(nice_between(low, high))
