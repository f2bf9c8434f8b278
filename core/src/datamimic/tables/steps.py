"""Where numbers fall among ascending steps: `np.searchsorted`, but from a guide table instead of a bisection."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

_BUCKETS_PER_STEP = 16


class Steps:
    """Ascending numbers from `ends[0]` >= 0 on; the same answers as a bisection, for any input, several times faster.

    The range is cut into buckets; `_guide` holds, per bucket, how many steps lie in earlier ones. Multiplying by a constant is
    monotone in IEEE arithmetic, so that those steps are below everything in the bucket, and only the bucket's own
    remain to be compared with.
    """

    def __init__(self, ends: NDArray[np.float64]) -> None:
        self.ends = np.asarray(ends, dtype=np.float64)
        self._padded = np.append(self.ends, np.inf)
        buckets = min(1 << 15, max(16, len(self.ends) * _BUCKETS_PER_STEP))
        top = float(self.ends[-1])
        scale = buckets / top if top > 0 else 0.0
        self._scale = scale if scale < np.inf else 0.0
        self._top = top
        inside = np.minimum((self.ends * self._scale).astype(np.int64), buckets)
        self._guide = np.searchsorted(inside, np.arange(buckets + 1), side="left").astype(np.int64)

    def after(self, values: NDArray[np.float64]) -> NDArray[np.int64]:
        """`np.searchsorted(ends, values, side="right")` for values >= 0."""
        bucket = (np.minimum(values, self._top) * self._scale).astype(np.int64)
        found = self._guide.take(bucket, mode="clip")
        behind = np.flatnonzero(self._padded.take(found) <= values)
        while len(behind):
            found[behind] += 1
            behind = behind[self._padded.take(found.take(behind)) <= values.take(behind)]
        return found
