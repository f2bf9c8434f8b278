"""How many values a column has and which are frequent: exact while memory allows, beyond it sketches with a stated error."""

from __future__ import annotations

import math
from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
from attrs import define, field

from datamimic_learning.profiling.hashing import Hashes, hashes_of

_PRECISION: Final = 16
DISTINCT_ERROR: Final = round(2 * 1.04 / 2 ** (_PRECISION / 2), 4)
"""Relative error of a count of distinct values by sketch that is exceeded in one of twenty cases."""
_PIECE: Final = 1 << 18
"""Values that are hashed together."""
_DEPTH: Final = 3
_WIDTH: Final = 17


class HyperLogLog:
    """A sketch of how many distinct values there are (Flajolet and others, 2007), of 64-bit hashes."""

    def __init__(self) -> None:
        self._registers = np.zeros(1 << _PRECISION, np.uint8)

    def add(self, hashes: Hashes) -> None:
        places = (hashes >> np.uint64(64 - _PRECISION)).astype(np.int64)
        rest = hashes << np.uint64(_PRECISION) | np.uint64(1 << (_PRECISION - 1))
        # The exponent of the upper half as a float is the place of the first bit that is set.
        upper = (rest >> np.uint64(11)).astype(np.float64)
        zeros = (53 - np.frexp(upper)[1]).astype(np.uint8)
        np.maximum.at(self._registers, places, zeros + np.uint8(1))

    @property
    def estimate(self) -> int:
        """By Ertl's estimator (2017), which has no bias where few registers are empty."""
        count, most = len(self._registers), 64 - _PRECISION
        held = np.bincount(self._registers, minlength=most + 2) / count
        found = _tau(1 - float(held[most + 1]))
        for each in held[most:0:-1]:
            found = 0.5 * (found + float(each))
        found += _sigma(float(held[0]))
        return round(count / (2 * math.log(2) * found)) if found > 0 and math.isfinite(found) else 0


def _sigma(share: float) -> float:
    if share == 1:
        return math.inf
    found, before, factor = share, -1.0, 1.0
    while found != before:
        share, before = share * share, found
        found, factor = found + share * factor, 2 * factor
    return found


def _tau(share: float) -> float:
    if share in (0, 1):
        return 0.0
    found, before, factor = 1 - share, -1.0, 1.0
    while found != before:
        share, before, factor = math.sqrt(share), found, factor / 2
        found -= (1 - share) ** 2 * factor
    return found / 3


class Frequencies:
    """A sketch of how often values come: rows of counters (Cormode and Muthukrishnan, 2005), each less what other values add to
    it on average (Deng and Rafiei, 2007), and of these the median."""

    def __init__(self) -> None:
        self._counters = np.zeros((_DEPTH, 1 << _WIDTH), np.int64)

    def add(self, hashes: Hashes, counts: npt.NDArray[np.int64] | None = None) -> None:
        for row, places in enumerate(self._places(hashes)):
            self._counters[row] += np.bincount(places, counts, 1 << _WIDTH).astype(np.int64)

    def _places(self, hashes: Hashes) -> list[npt.NDArray[np.int64]]:
        shifts = [np.uint64(each) for each in range(0, _DEPTH * _WIDTH, _WIDTH)]
        return [((hashes >> shift) & np.uint64((1 << _WIDTH) - 1)).astype(np.int64) for shift in shifts]

    def estimates(self, hashes: Hashes) -> npt.NDArray[np.int64]:
        rows = int(self._counters[0].sum())
        found = [self._counters[row][places] for row, places in enumerate(self._places(hashes))]
        own = [each - (rows - each) / ((1 << _WIDTH) - 1) for each in found]
        return np.rint(np.median(own, axis=0)).astype(np.int64)

    @property
    def error(self) -> int:
        """By how much an estimate is wrong in one of twenty cases, about."""
        return int(2 * np.median(self._counters.std(axis=1))) + 1


@define
class ValueCounts:
    """The values of a column that are not null, with how often each comes: all of them, and exact, until `shrink`."""

    type: pa.DataType
    _values: pa.Array | None = None
    _counts: npt.NDArray[np.int64] = field(factory=lambda: np.zeros(0, np.int64))
    _waiting: list[tuple[pa.Array, npt.NDArray[np.int64]]] = field(factory=list)
    _sketches: tuple[HyperLogLog, Frequencies] | None = None

    @property
    def exact(self) -> bool:
        return self._sketches is None

    def add(self, cells: pa.Array) -> None:
        """More cells, none of them null."""
        if pa.types.is_floating(cells.type):
            cells = pc.add(cells, pa.scalar(0.0, cells.type))  # -0.0 is 0.0
        if self._sketches is not None:
            hashes = hashes_of(cells)
            for each in self._sketches:
                each.add(hashes)
            return
        found = pc.value_counts(cells)
        self._waiting.append((found.field("values"), found.field("counts").to_numpy(zero_copy_only=False)))
        if sum(len(each) for each, _ in self._waiting) > max(1 << 18, len(self._counts)):
            self._join()

    def _join(self) -> None:
        if not self._waiting:
            return
        parts = [*([] if self._values is None else [(self._values, self._counts)]), *self._waiting]
        self._waiting = []
        if len(parts) == 1:
            self._values, self._counts = parts[0]
            return
        counts = np.concatenate([counts for _, counts in parts])
        values, self._values = pa.concat_arrays([values for values, _ in parts]), None
        parts.clear()  # or they would lie in memory twice while they are told apart
        codes = values.dictionary_encode()
        del values
        self._values = codes.dictionary
        places = codes.indices.to_numpy(zero_copy_only=False)
        self._counts = np.bincount(places, counts, len(codes.dictionary)).astype(np.int64)

    @property
    def bytes(self) -> int:
        """How much memory the values take, about."""
        parts = [values for values, _ in self._waiting] + ([] if self._values is None else [self._values])
        return sum(each.get_total_buffer_size() + 8 * len(each) for each in parts)

    def shrink(self) -> None:
        """Go on with sketches, which take 4 MB. What waits is not joined for it, and no more is hashed at a time than a piece:
        both would take several times what the values do."""
        parts = [*([] if self._values is None else [(self._values, self._counts)]), *self._waiting]
        self._values, self._counts, self._waiting = None, np.zeros(0, np.int64), []
        self._sketches = HyperLogLog(), Frequencies()
        while parts:
            values, counts = parts.pop()
            for begin in range(0, len(values), _PIECE):
                hashes = hashes_of(values.slice(begin, _PIECE))
                self._sketches[0].add(hashes)
                self._sketches[1].add(hashes, counts[begin : begin + _PIECE])

    @property
    def distinct(self) -> int:
        self._join()
        return len(self._counts) if self._sketches is None else self._sketches[0].estimate

    def counted(self) -> tuple[pa.Array, npt.NDArray[np.int64]]:
        """All values, the most frequent first, equal ones in their order; none after `shrink`."""
        self._join()
        if self._values is None:
            return pa.array([], self.type), self._counts
        return _by_count(self._values, self._counts)

    def frequent(self, candidates: pa.Array, most: int) -> tuple[pa.Array, npt.NDArray[np.int64], int]:
        """The most frequent values, their counts, and how wrong these may be: after `shrink` out of `candidates`, and only
        those that surely are frequent."""
        if self._sketches is None:
            values, counts = self.counted()
            return values.slice(0, most), counts[:most], 0
        error = self._sketches[1].error
        counts = self._sketches[1].estimates(hashes_of(candidates))
        sure = np.flatnonzero(counts > 3 * error)
        values, counts = _by_count(candidates.take(pa.array(sure)), counts[sure])
        return values.slice(0, most), counts[:most], error


def _by_count(values: pa.Array, counts: npt.NDArray[np.int64]) -> tuple[pa.Array, npt.NDArray[np.int64]]:
    order = np.arange(len(counts))
    if not pa.types.is_nested(values.type):
        order = pc.sort_indices(values).to_numpy(zero_copy_only=False)
    order = order[np.argsort(-counts[order], kind="stable")]
    return values.take(pa.array(order)), counts[order]
