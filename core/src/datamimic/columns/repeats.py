"""Which row has what an earlier row has already."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyarrow as pa

from datamimic.base.arrays import Bools, Ints
from datamimic.columns.buffers import numpy_values


def first_repeat(columns: Sequence[pa.Array]) -> tuple[int, int] | None:
    """(earlier, later) positions of the first row whose values are together those of an earlier row; None where every row
    differs. As in SQL, a row with a null among them repeats none."""
    earlier, later = repeats(columns)
    return (int(earlier[0]), int(later[0])) if len(later) else None


def repeats(columns: Sequence[pa.Array]) -> tuple[Ints, Ints]:
    """(first, later) positions of all such rows, each with the first that has its values, in order."""
    length = len(columns[0])
    codes, there = np.zeros(length, dtype=np.int64), np.ones(length, dtype=np.bool_)
    for column in columns:
        numbers, count, known = _numbered(column)
        codes, there = np.unique(codes * count + numbers, return_inverse=True)[1], there & known
    rows = np.flatnonzero(there)
    _, first, inverse = np.unique(codes[rows], return_index=True, return_inverse=True)
    later = np.flatnonzero(first[inverse] != np.arange(len(rows)))
    return rows[first[inverse[later]]], rows[later]


def _numbered(column: pa.Array) -> tuple[Ints, int, Bools]:
    """The number of each value among the distinct ones, how many these are, and where there is a value."""
    coded = column if pa.types.is_dictionary(column.type) else column.dictionary_encode()
    known = numpy_values(coded.indices.is_valid())
    numbers = numpy_values(coded.indices.fill_null(0)).astype(np.int64)
    return numbers, len(coded.dictionary) + 1, known
