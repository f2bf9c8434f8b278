"""Which row stands at which position, where some are left out and others put in elsewhere: runs of rows, not a list."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from attrs import frozen

from datamimic.base.arrays import Ints


@frozen(eq=False)
class Order:
    """Runs of rows one after the other: `first` is the first row of each, `at` the position at which it begins; `length` is
    how many positions there are, `put` the runs of the rows that are put in, in the order in which they were given."""

    first: Ints
    at: Ints
    length: int
    put: Ints

    @classmethod
    def of(cls, rows: int, left_out: Sequence[int], put_in: Sequence[tuple[int, int]]) -> Order:
        """Of `rows` rows without those that are left out, and with others put in before a boundary: (boundary, row)."""
        gone = np.unique(np.asarray(left_out, dtype=np.int64))
        boundaries = np.array([boundary for boundary, _ in put_in], dtype=np.int64)
        again = np.array([row for _, row in put_in], dtype=np.int64)
        cuts = np.unique(np.concatenate([np.zeros(1, dtype=np.int64), gone, gone + 1, boundaries]))
        cuts = cuts[cuts < rows]
        lengths = np.diff(np.append(cuts, rows))
        kept = ~np.isin(cuts, gone)
        first = np.concatenate([cuts[kept], again])
        sizes = np.concatenate([lengths[kept], np.ones(len(again), dtype=np.int64)])
        # What is put in before a boundary comes before the run that begins there.
        keys = np.concatenate([cuts[kept] * 2 + 1, boundaries * 2])
        by_place = np.argsort(keys, kind="stable")
        ends = np.cumsum(sizes[by_place])
        place = np.empty(len(by_place), dtype=np.int64)
        place[by_place] = np.arange(len(by_place))
        return cls(first[by_place], ends - sizes[by_place], int(ends[-1]) if len(ends) else 0, place[int(kept.sum()) :])

    def rows(self, start: int, stop: int) -> Ints:
        """The rows at positions [start, stop)."""
        positions = np.arange(start, stop, dtype=np.int64)
        run = np.searchsorted(self.at, positions, side="right") - 1
        return self.first[run] + positions - self.at[run]

    def positions_of_put(self) -> Ints:
        """Where the rows stand that were put in."""
        return self.at[self.put]

    def positions(self, rows: Ints) -> Ints:
        """Where rows stand that are neither left out nor moved, at their first place."""
        own = np.delete(np.arange(len(self.first)), self.put)
        by_row = own[np.argsort(self.first[own], kind="stable")]
        run = by_row[np.searchsorted(self.first[by_row], rows, side="right") - 1]
        return self.at[run] + rows - self.first[run]
