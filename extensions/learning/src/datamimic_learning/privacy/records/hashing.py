"""Rows as one number each, the same where rows are the same."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from datamimic_learning.privacy.records.space import Records

Hashes = NDArray[np.uint64]


def column_hashes(codes: NDArray[np.int32], place: int) -> Hashes:
    """SplitMix64 of the value and the place of its column."""
    with np.errstate(over="ignore"):
        value = codes.astype(np.uint64) + np.uint64(place + 1) * np.uint64(0x9E3779B97F4A7C15)
        value = (value ^ (value >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        value = (value ^ (value >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        mixed: Hashes = value ^ (value >> np.uint64(31))
    return mixed


def row_hashes(records: Records) -> Hashes:
    """The sum of what the columns hash to, so that one of them can be taken away again."""
    total = np.zeros(records.rows, dtype=np.uint64)
    for place, codes in enumerate(records.codes):
        total += column_hashes(codes, place)
    return total
