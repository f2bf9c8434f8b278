"""Strata: rows dealt to groups in exact proportion, so that the rows of a group are known without looking."""

from __future__ import annotations

import numpy as np
from attrs import frozen

from datamimic.base.arrays import Ints
from datamimic.draws.address import Address
from datamimic.draws.draw import Bits
from datamimic.draws.permutation import Permutation
from datamimic.tables.weighted import apportion


@frozen(eq=False)
class Strata:
    """Rows dealt to strata in exact proportion within every block of `block` rows, in keyed random order."""

    counts: Ints
    starts: Ints
    permutation: Permutation

    @classmethod
    def build(cls, weights: tuple[float, ...], block: int, minimum: int, address: Address) -> Strata:
        counts = np.array(apportion(weights, block, minimum), dtype=np.int64)
        return cls(counts, np.cumsum(counts) - counts, Permutation(block, address))

    def of(self, rows: Ints) -> Ints:
        """The stratum of each row."""
        return self._at(self._places(rows))

    def numbered(self, rows: Ints) -> tuple[Ints, Ints]:
        """The stratum of each row, and its number from 0 on among those of it in the block."""
        places = self._places(rows)
        strata = self._at(places)
        return strata, places - self.starts[strata]

    def pick(self, strata: Ints, bits: Bits) -> Ints:
        """A row of the first block in the given stratum, each with equal chance; -1 for a stratum without rows."""
        counts = self.counts[strata]
        offset = (((bits >> np.uint64(32)) * counts.astype(np.uint64)) >> np.uint64(32)).astype(np.int64)
        rows = self.permutation.inverse(np.minimum(self.starts[strata] + offset, self.permutation.size - 1))
        return np.where(counts > 0, rows, -1)

    def _places(self, rows: Ints) -> Ints:
        return self.permutation.forward(rows % self.permutation.size)

    def _at(self, places: Ints) -> Ints:
        # Empty strata share their start with the next: searchsorted finds the last, which is the filled one.
        found: Ints = np.searchsorted(self.starts, places, side="right") - 1
        return found
