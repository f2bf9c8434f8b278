"""A share of rows that is exact in every block of them."""

from __future__ import annotations

import numpy as np
from attrs import frozen

from datamimic.base.arrays import Bools, Ints
from datamimic.draws.draw import Draw
from datamimic.draws.permutation import Permutation


@frozen
class ExactShare:
    """`rate` (0 to 1) of every `block` rows: the rows that have it are known from their block, and how many they are before
    any is looked at, as `parent(..., each_block=)` asks for it."""

    rate: float
    block: int

    @property
    def count(self) -> int:
        """How many of a block."""
        return int(self.rate * self.block + 0.5)

    def of(self, rows: Ints, draw: Draw) -> Bools:
        """Which of the rows, by chance, equally likely each."""
        if not self.count:
            return np.zeros(len(rows), dtype=np.bool_)
        turn = (rows // self.block).astype(np.uint64)
        chosen: Bools = (
            Permutation(self.block, draw.address.labelled("turn")).forward(rows % self.block, turn) < self.count
        )
        return chosen
