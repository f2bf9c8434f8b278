"""What is told of the rows of a sample on the way to a learned model: no value that few of them have, and nothing that holds of
few of them.

`Counting` is the place where that is decided; how rows lie is counted by `quantiles` and `histogram`, of which bands and tables
are worked out that keep to its `least`. Nothing here adds noise: under a budget (ε, δ) private rows take the place of a sample
first.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from attrs import frozen

from datamimic.columns import Bools, Floats, Ints

LEAST: Final = 5
"""Of how many rows something is told at least, where nothing else is asked for."""


@frozen
class Counting:
    """Counts rows as they are. What fewer than `least` rows have is not told apart."""

    least: int = LEAST

    def values(self, column: pa.Array) -> tuple[pa.Array, Floats]:
        """The values that at least `least` rows have, and how many have each: ascending values. Nulls are none."""
        counted = pc.value_counts(column.drop_null())
        found, counts = counted.field("values"), counted.field("counts").to_numpy(zero_copy_only=False)
        kept = np.flatnonzero(counts >= self.least)
        found, counts = found.take(pa.array(kept)), counts[kept]
        order = pc.array_sort_indices(found)
        return found.take(order), counts[order.to_numpy()].astype(np.float64)

    def always(self, holds: Bools) -> bool:
        """Does something hold for every row? `holds` has an item for each row that it can be told of. Never, where there are
        fewer than `least`."""
        return len(holds) >= self.least and bool(holds.all())


def quantiles(values: Floats, count: int) -> Floats:
    """The quantiles of the numbers at count + 1 evenly spaced probabilities from 0 to 1, ascending."""
    ordered = np.sort(values)
    places = np.arange(count + 1) * (len(ordered) - 1) // count
    made: Floats = ordered[places]
    return made


def histogram(codes: Ints, size: int) -> Floats:
    """How many rows have each of the codes, which are from 0 to below `size`: length `size`."""
    return np.bincount(codes, minlength=size).astype(np.float64)
