"""Columns of rows as whole numbers, one per value, for what is counted over several columns."""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
from attrs import frozen

Codes = npt.NDArray[np.int64]
_DENSE: Final = 1 << 22


@frozen
class CodedColumn:
    """Codes from 0 to `size` - 1; a null is a value of its own, the last, where there is one."""

    name: str
    codes: Codes
    size: int
    null: int | None

    @property
    def filled(self) -> npt.NDArray[np.bool_]:
        return np.ones(len(self.codes), np.bool_) if self.null is None else self.codes != self.null


def coded(name: str, cells: pa.ChunkedArray | pa.Array) -> CodedColumn:
    if pa.types.is_nested(cells.type):
        cells = pa.array([None if each is None else repr(each) for each in cells.to_pylist()], pa.string())
    cells = cells.combine_chunks() if isinstance(cells, pa.ChunkedArray) else cells
    found = cells.dictionary_encode()
    size = len(found.dictionary)
    if not found.null_count:
        return CodedColumn(name, found.indices.to_numpy(zero_copy_only=False).astype(np.int64), size, None)
    codes = found.indices.fill_null(size).to_numpy(zero_copy_only=False).astype(np.int64)
    return CodedColumn(name, codes, size + 1, size)


def paired(left: Codes, left_size: int, right: Codes, right_size: int) -> tuple[Codes, int]:
    """One code per pair of codes that comes."""
    both = left * right_size + right
    if left_size * right_size <= _DENSE:
        return both, left_size * right_size
    found, codes = np.unique(both, return_inverse=True)
    return codes.astype(np.int64), len(found)


def counts_of(codes: Codes, size: int) -> npt.NDArray[np.int64]:
    return np.bincount(codes, minlength=size)


def pairs_and_counts(
    left: Codes, right: Codes, left_size: int, right_size: int
) -> tuple[Codes, Codes, npt.NDArray[np.int64]]:
    """The pairs of codes that come, ordered, and how often each does."""
    both = left * right_size + right
    if left_size * right_size <= _DENSE:
        counts = np.bincount(both, minlength=left_size * right_size)
        found = np.flatnonzero(counts)
        counts = counts[found]
    else:
        found, counts = np.unique(both, return_counts=True)
    return found // right_size, found % right_size, counts
