"""Pairs of references that come once, of rows that have the same in some columns."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from datamimic import Context, DatamimicError, Generator, Permutation
from datamimic.columns import Ints
from datamimic_models.compiling.alike import RowsAlike


class PairsAlike:
    """Two references whose pairs come once: of every row another pair of rows of `one` and `other` that have the same in the
    fields `common` (of the one: of the other)."""

    def __init__(self, one: str, other: str, common: Mapping[str, str], own: str, label: str) -> None:
        self.own = own
        self.sides = (one, other)
        self.common = (tuple(common), tuple(common.values()))
        self.label = label
        self.one = PairedRow(self, 0)
        self.other = PairedRow(self, 1)

    def rows(self, context: Context) -> tuple[Ints, Ints]:
        """Of both sides the row for each row."""
        world: Any = context.world
        ones, others, first, second, ends = world.memo(
            ("pairs alike", *self.sides, *self.common), lambda: self._matched(world)
        )
        total = int(ends[-1]) if len(ends) else 0
        if len(context) and int(context.rows.max()) >= total:
            raise DatamimicError(
                "models.too_many_rows",
                f"{self.label} have {total} combinations, and row {int(context.rows.max())} needs one more",
                hint=f"rows: {total}",
            )
        pair = Permutation(max(total, 1), world.address(self.own, self.label)).forward(context.rows)
        group = np.searchsorted(ends, pair, side="right")
        width = others.counts[second[group]]
        rest = pair - (ends[group] - ones.counts[first[group]] * width)
        left, right = np.divmod(rest, np.maximum(width, 1))
        return ones.rows[ones.starts[first[group]] + left], others.rows[others.starts[second[group]] + right]

    def _matched(self, world: Any) -> tuple[RowsAlike, RowsAlike, Ints, Ints, Ints]:
        """The rows of both sides, the groups of each that belong together, and how many pairs there are up to each of these."""
        ones = RowsAlike.of(world, self.sides[0], self.common[0])
        others = RowsAlike.of(world, self.sides[1], self.common[1])
        heads = ones.rows[ones.starts]
        batch = world.batch(world.spec(self.sides[0]), heads)
        matching = others.groups([batch.column(name) for name in self.common[0]], len(heads))
        first = np.flatnonzero(matching >= 0)
        second = matching[first]
        return ones, others, first, second, np.cumsum(ones.counts[first] * others.counts[second])


class PairedRow(Generator[Any]):
    """One side of pairs."""

    relates = "one"

    def __init__(self, pairs: PairsAlike, side: int) -> None:
        self.pairs = pairs
        self.side = side
        self.target = pairs.sides[side]

    def column(self, context: Context) -> Any:
        world: Any = context.world
        return world.refer(self.target, self.pairs.rows(context)[self.side])
