"""How often each value of a column comes, without keeping the values."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from attrs import define, field
from numpy.typing import NDArray

from datamimic.base.arrays import Ints
from datamimic.columns.buffers import numpy_values
from datamimic.draws.draw import hash_rows
from datamimic.model.arrow import decoded

Words = NDArray[np.uint64]
_WAITING = 1 << 20
_KEY = (0x6C696E6B61676531, 0x64617461_6D696D69)


@define(eq=False)
class Tally:
    """Distinct hashes with how often each came; sorted and merged once a million wait."""

    rows: int = 0
    nulls: int = 0
    _parts: list[tuple[Words, Ints]] = field(factory=list)
    _waiting: int = 0

    def add(self, values: pa.Array) -> None:
        self.rows += len(values)
        self.nulls += values.null_count
        if values.null_count:
            values = values.drop_null()
        if pa.types.is_dictionary(values.type):
            words, counts = np.unique(hashed(values.dictionary)[np.asarray(values.indices)], return_counts=True)
        else:
            words, counts = hashed(values), np.ones(len(values), dtype=np.int64)
        self._parts.append((words, counts))
        self._waiting += len(words)
        if self._waiting >= _WAITING:
            self.merge()
            self._waiting = 0

    def against(self, known: Words) -> dict[str, int]:
        """How many values there are, how many are among some that are known (hashes ascending), and how many are not."""
        words, counts = self.merge()
        place = np.minimum(np.searchsorted(known, words), max(len(known) - 1, 0))
        hit = known[place] == words if len(known) else np.zeros(len(words), dtype=np.bool_)
        resolved = int(counts[hit].sum())
        return {
            "rows": self.rows,
            "null": self.nulls,
            "resolved": resolved,
            "orphaned": self.rows - self.nulls - resolved,
            "distinct": len(words),
            "unreferenced": len(known) - int(hit.sum()),
        }

    def merge(self) -> tuple[Words, Ints]:
        """(hashes ascending, how often each came)"""
        if not self._parts:
            return np.zeros(0, dtype=np.uint64), np.zeros(0, dtype=np.int64)
        words = np.concatenate([part[0] for part in self._parts])
        counts = np.concatenate([part[1] for part in self._parts])
        order = np.argsort(words, kind="stable")
        words, counts = words[order], counts[order]
        starts = (
            np.flatnonzero(np.concatenate(([True], words[1:] != words[:-1]))) if len(words) else np.zeros(0, np.int64)
        )
        merged = words[starts], np.add.reduceat(counts, starts) if len(starts) else counts
        self._parts = [merged]
        return merged


def hashed(values: pa.Array) -> Words:
    """One 64-bit word per value of a text or integer array without nulls."""
    values = decoded(values)
    if not (pa.types.is_string(values.type) or pa.types.is_binary(values.type)):
        return hash_rows(_KEY, numpy_values(values.cast(pa.int64())))
    count = len(values)
    if not count:
        return np.zeros(0, dtype=np.uint64)
    lengths = numpy_values(pc.binary_length(values)).astype(np.int64)
    words = -(-max(int(lengths.max()), 1) // 8)
    matrix = np.zeros((count, words * 8), dtype=np.uint8)
    offsets = np.frombuffer(values.buffers()[1], dtype=np.int32)[values.offset : values.offset + count + 1]
    body = values.buffers()[2]
    if body is not None:
        content = np.frombuffer(body, dtype=np.uint8)[offsets[0] : offsets[-1]]
        if int(lengths.min()) == int(lengths.max()):
            matrix[:, : int(lengths[0])] = content.reshape(count, -1)
        else:
            matrix[np.arange(words * 8) < lengths[:, None]] = content
    state: Words = hash_rows(_KEY, lengths)
    for column in matrix.view("<u8").T:
        state = hash_rows(_KEY, (state ^ column).view(np.int64))
    return state
