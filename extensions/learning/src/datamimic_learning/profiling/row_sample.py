"""Rows that stand for all: every row while memory allows, then those whose number's hash is lowest, the same in every run."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
from attrs import define, field

from datamimic_learning.profiling.hashing import mixed


@define
class RowSample:
    """Takes batches; keeps all rows up to `most`, and of more a random part, from about `few` to twice as many."""

    schema: pa.Schema
    most: int
    few: int
    share: float = 1.0
    rows: int = 0
    _kept: int = 0
    _batches: list[tuple[pa.RecordBatch, np.ndarray]] = field(factory=list)

    def add(self, batch: pa.RecordBatch) -> None:
        numbers = mixed(np.arange(self.rows, self.rows + batch.num_rows, dtype=np.uint64) + np.uint64(1 << 40))
        self.rows += batch.num_rows
        self._keep(batch, numbers)
        if (self.share == 1.0 and self._kept > self.most) or (self.share < 1.0 and self._kept > 2 * self.few):
            while self._kept > self.few * 1.5:
                self.share /= 2
                waiting, self._batches, self._kept = self._batches, [], 0
                for each, hashes in waiting:
                    self._keep(each, hashes)

    def _keep(self, batch: pa.RecordBatch, hashes: np.ndarray) -> None:
        if self.share < 1.0:
            chosen = np.flatnonzero(hashes < np.uint64(int(self.share * 2**64)))
            batch, hashes = batch.take(pa.array(chosen)), hashes[chosen]
        if batch.num_rows:
            self._batches.append((batch, hashes))
            self._kept += batch.num_rows

    @property
    def table(self) -> pa.Table:
        """The rows that were kept, in their order."""
        return pa.Table.from_batches([batch for batch, _ in self._batches], self.schema).combine_chunks()

    @property
    def whole(self) -> bool:
        return self.share == 1.0
