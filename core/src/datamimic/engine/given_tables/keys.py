"""Rows found by their key: 64-bit hashes in ascending order, and the row of each."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyarrow as pa
from attrs import frozen
from numpy.typing import NDArray

from datamimic.base.arrays import Ints
from datamimic.columns.buffers import numpy_values

Hashes = NDArray[np.uint64]
_M1, _M2 = np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)
_U29, _U32 = np.uint64(29), np.uint64(32)
_WORD = 8


@frozen(eq=False)
class KeyIndex:
    """`hashes` in ascending order and the row of each; both may be files that are mapped into memory."""

    hashes: Hashes
    rows: NDArray[np.int32] | Ints

    @classmethod
    def of(cls, chunks: Sequence[Sequence[pa.Array]]) -> KeyIndex:
        """Of the columns of a key, chunk by chunk."""
        hashes = np.concatenate([hashed(columns) for columns in chunks])
        order = np.argsort(hashes, kind="stable")
        return cls(hashes[order], order.astype(np.int32) if len(order) < 1 << 31 else order)

    def candidates(self, wanted: Hashes) -> tuple[Ints, Ints]:
        """(position in `wanted`, row) of all rows whose hash is wanted: more than one where hashes are alike by chance."""
        low = np.searchsorted(self.hashes, wanted, side="left")
        counts = np.searchsorted(self.hashes, wanted, side="right") - low
        owner = np.repeat(np.arange(len(wanted), dtype=np.int64), counts)
        ends = np.cumsum(counts)
        places = np.repeat(low - (ends - counts), counts) + np.arange(len(owner))
        return owner, self.rows[places].astype(np.int64)

    def alike(self) -> tuple[Ints, Ints]:
        """(earlier, later) rows that are beside each other and have one hash: equal keys, or by chance."""
        places = np.flatnonzero(self.hashes[1:] == self.hashes[:-1])
        return self.rows[places].astype(np.int64), self.rows[places + 1].astype(np.int64)


def hashed(columns: Sequence[pa.Array]) -> Hashes:
    """One word per row, of the values of all columns together."""
    words = np.zeros(len(columns[0]), dtype=np.uint64)
    for column in columns:
        own = _numbers(column) if pa.types.is_integer(column.type) else _texts(column)
        words = _mixed(words ^ own)
    return words


def _mixed(words: Hashes) -> Hashes:
    words = (words ^ (words >> _U32)) * _M1
    words = (words ^ (words >> _U29)) * _M2
    return words ^ (words >> _U32)


def _numbers(column: pa.Array) -> Hashes:
    return _mixed(numpy_values(column).astype(np.int64).view(np.uint64) + _M2)


def _texts(column: pa.Array) -> Hashes:
    if not pa.types.is_string(column.type):
        column = pa.array([str(value) for value in column.to_pylist()], pa.string())
    offsets = np.frombuffer(column.buffers()[1], dtype=np.int32)[column.offset : column.offset + len(column) + 1]
    starts, lengths = offsets[:-1].astype(np.int64), np.diff(offsets).astype(np.int64)
    body = column.buffers()[2]
    content = np.frombuffer(body, dtype=np.uint8)[: int(offsets[-1])] if body is not None else np.zeros(0, np.uint8)
    padded = np.concatenate((content, np.zeros(_WORD, dtype=np.uint8)))
    words = np.ndarray(len(padded) - _WORD + 1, dtype="<u8", buffer=padded.data, strides=(1,))
    made = _mixed(lengths.view(np.uint64) + _M1)
    for begun in range(0, int(lengths.max(initial=0)), _WORD):
        going = np.flatnonzero(lengths > begun)
        left = np.minimum(lengths[going] - begun, _WORD).astype(np.uint64)
        shift = (np.uint64(_WORD) - left) * np.uint64(8)
        word = words[starts[going] + begun].astype(np.uint64)
        word = (word << shift) >> shift
        made[going] = _mixed(made[going] ^ word)
    return made
