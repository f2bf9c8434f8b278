"""Batches that hold the rows which references point to."""

from __future__ import annotations

import numpy as np

from datamimic.base.arrays import Ints
from datamimic.columns import numbered
from datamimic.engine.batch import Batch, batch_of
from datamimic.engine.engine import Engine
from datamimic.model.spec import Spec

Located = tuple[Batch, Ints | None]
"""A batch that holds rows, and where in it each of them is (None: in the same order)."""

_FEW = 2_048


def batch_holding(world: Engine, spec: Spec, rows: Ints) -> Located:
    """A batch that holds the rows of an entity, each made once where they repeat."""
    size = world.size(spec)
    if len(rows) <= 1:
        return batch_of(world, spec, rows), None
    if len(rows) * 4 >= size and int(rows.max()) < size and (size <= _FEW or _distinct(rows, size) * 8 >= size):
        # Many references into few rows, and to many of them: their columns are made once and kept for the next batch.
        whole = world.memo(("whole", spec.cls), lambda: batch_of(world, spec, np.arange(size, dtype=np.int64)))
        return whole, rows
    distinct, places = numbered(rows)
    if len(distinct) == len(rows) or (len(distinct) * 4 > len(rows) * 3 and np.any(rows[1:] < rows[:-1])):
        return batch_of(world, spec, rows), None
    return batch_of(world, spec, distinct), places


def _distinct(rows: Ints, size: int) -> int:
    seen = np.zeros(size, dtype=np.bool_)
    seen[rows] = True
    return int(np.count_nonzero(seen))
