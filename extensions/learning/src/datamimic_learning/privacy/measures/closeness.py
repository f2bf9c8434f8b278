"""How near the rows of the copy come to single originals, beside how near others come who were not in it."""

from __future__ import annotations

import numpy as np

from datamimic.columns import Floats
from datamimic_learning.privacy.measures import intervals
from datamimic_learning.privacy.measures.measured import NO_HALF, Measure
from datamimic_learning.privacy.records.drawing import drawn
from datamimic_learning.privacy.records.nearest import nearest
from datamimic_learning.privacy.records.space import Records, Space

CLOSEST = 0.05
"""The share of the baseline's distances that counts as close."""
_QUANTILES = (0.0, 0.05, 0.25, 0.5, 0.75, 0.95, 1.0)


def closeness(space: Space, real: Records, copy: Records, other: Records | None, sample: int) -> list[Measure]:
    """Distance to the closest record (DCR) and nearest neighbour distance ratio (NNDR) of `sample` rows of the copy.

    `dcr_share`: of the copy's rows, those nearer to an original than to a row of the other half, which is as large; where
    both are as near, half a row. `dcr_close` and `nndr_close`: those nearer to an original than the nearest twentieth of the
    baseline: rows of the other half, or else originals among each other.
    """
    asked = copy.take(drawn(copy.rows, sample, "copy"))
    to_real = nearest(space, asked, real)
    if other is not None:
        base = nearest(space, other.take(drawn(other.rows, sample, "other")), real)
    else:
        rows = drawn(real.rows, sample, "real")
        base = nearest(space, real.take(rows), real, leave=rows)
    made = [_share(space, asked, real, other, to_real.first)]
    made.append(_close("dcr_close", to_real.first, base.first))
    made.append(_close("nndr_close", _ratio(to_real.first, to_real.second), _ratio(base.first, base.second)))
    return made


def _share(space: Space, asked: Records, real: Records, other: Records | None, to_all: Floats) -> Measure:
    if other is None:
        return Measure.not_taken("dcr_share", NO_HALF)
    rows = min(real.rows, other.rows)
    to_real = to_all
    if rows < real.rows:
        to_real = nearest(space, asked, real.take(drawn(real.rows, rows, "as many"))).first
    to_other = nearest(space, asked, other.take(drawn(other.rows, rows, "as many"))).first
    nearer = float((to_real < to_other).sum() + (to_real == to_other).sum() / 2)
    told = {"nearer": int((to_real < to_other).sum()), "as_near": int((to_real == to_other).sum()), "rows_each": rows}
    return Measure("dcr_share", nearer / asked.rows, intervals.share(nearer, asked.rows), 0.5, asked.rows, told)


def _close(name: str, found: Floats, base: Floats) -> Measure:
    """The share of what is found below the baseline's twentieth; of what lies on it, as large a part as of the baseline."""
    line = float(np.quantile(base, CLOSEST, method="lower"))
    below, on = (base < line).mean(), (base == line).mean()
    part = (CLOSEST - below) / on
    close = float((found < line).sum() + part * (found == line).sum())
    told = {
        "line": line,
        "quantiles": [
            {"at": at, "copy": float(np.quantile(found, at)), "baseline": float(np.quantile(base, at))}
            for at in _QUANTILES
        ],
    }
    return Measure(name, close / len(found), intervals.share(close, len(found)), CLOSEST, len(found), told)


def _ratio(first: Floats, second: Floats) -> Floats:
    """1 where both are as near, and where both are no distance away."""
    made: Floats = np.divide(first, second, out=np.ones_like(first), where=second > 0)
    return made
