"""Sets of row numbers: a prefix, and single rows beyond it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np

from datamimic.base.arrays import Bools, Ints
from datamimic.engine.view import BATCH_ROWS
from datamimic.errors import InvalidOption

LARGEST_SPARSE_ROW = 1 << 31
"""Rows beyond a prefix are kept as one flag each, up to this row number."""


class RowSet:
    """Row numbers of one entity: [0, prefix) and single ones beyond. Takes a byte per row up to the highest single one."""

    def __init__(self, prefix: int = 0) -> None:
        self.prefix = prefix
        self._flags: Bools = np.zeros(0, dtype=np.bool_)
        self._rest: Ints | None = None

    @classmethod
    def of(cls, pieces: Iterable[Ints]) -> RowSet:
        made = cls()
        for piece in pieces:
            made.add(piece)
        return made

    @property
    def rest(self) -> Ints:
        """The rows from `prefix` on, ascending."""
        if self._rest is None:
            self._rest = np.flatnonzero(self._flags[self.prefix :]).astype(np.int64) + self.prefix
        return self._rest

    def __len__(self) -> int:
        return self.prefix + len(self.rest)

    def copy(self) -> RowSet:
        made = RowSet(self.prefix)
        made.add(self.rest)
        return made

    def extend(self, prefix: int) -> None:
        self.prefix = max(self.prefix, prefix)
        self._rest = None

    def add(self, rows: Ints) -> None:
        """Rows at least 0, in any order, repeats allowed."""
        if not len(rows):
            return
        last = int(rows.max())
        if last < self.prefix:
            return
        if last >= LARGEST_SPARSE_ROW:
            raise InvalidOption("invalid_count", f"row {last} is referred to", hint="lower the world's sizes")
        if last >= len(self._flags):
            grown = np.zeros(max(last + 1, 2 * len(self._flags)), dtype=np.bool_)
            grown[: len(self._flags)] = self._flags
            self._flags = grown
        self._flags[rows] = True
        self._rest = None

    def pieces(self, start: int = 0, size: int = BATCH_ROWS) -> Iterator[Ints]:
        """The row numbers in ascending order, from the `start`-th on, at most `size` at a time (int64)."""
        while start < len(self):
            piece = self.piece(start, start + size)
            yield piece
            start += len(piece)

    def piece(self, start: int, stop: int) -> Ints:
        """The `start`-th to the `stop`-th row number."""
        dense = np.arange(min(start, self.prefix), min(stop, self.prefix), dtype=np.int64)
        sparse = self.rest[max(start - self.prefix, 0) : max(stop - self.prefix, 0)]
        return dense if not len(sparse) else sparse if not len(dense) else np.concatenate((dense, sparse))

    def holds(self, rows: Ints) -> Bools:
        """Is each row in the set?"""
        inside: Bools = (rows >= 0) & (rows < self.prefix)
        near = np.flatnonzero(~inside & (rows >= 0) & (rows < len(self._flags)))
        inside[near] = self._flags[rows[near]]
        return inside
