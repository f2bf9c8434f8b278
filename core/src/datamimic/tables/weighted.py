"""Exact weighted draws: alias tables in integers, of one distribution or of many side by side."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from math import fsum

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from datamimic.errors import DataError

Ints = NDArray[np.int64]
_ONE = 1 << 32
_U32 = np.uint64(32)


def apportion(weights: Sequence[float], total: int, minimum: int = 0) -> list[int]:
    """Whole numbers that sum to `total` and are proportional to the weights (largest remainder, ties to the first).

    Every share is at least `minimum`. Raises `DataError` when no weight is positive or the minimum cannot be met.
    """
    return apportioned_shares(np.asarray(weights, dtype=np.float64), total, minimum).tolist()


def apportioned_shares(given: NDArray[np.float64], total: int, minimum: int = 0) -> Ints:
    """As `apportion`, of an array."""
    if not len(given) or not (given >= 0).all():
        raise DataError("bad_weight", "a weight is negative or not a number", hint="weights are numbers >= 0")
    whole = fsum(given)
    if not whole > 0 or whole == float("inf"):
        hint = "at least one weight must be > 0"
        raise DataError("bad_weight", "the weights do not sum to a positive number", hint=hint)
    spare = total - minimum * len(given)
    if spare < 0:
        raise DataError("bad_weight", f"{total} places cannot give {len(given)} strata {minimum} each")
    # fsum and one IEEE division and product per weight: the same integers on every machine.
    exact = given / whole * spare
    shares = np.floor(exact).astype(np.int64)
    missing = spare - int(shares.sum())
    positive = np.flatnonzero(given > 0)
    while missing > 0:
        nearest = positive[np.argsort((shares - exact)[positive], kind="stable")][:missing]
        shares[nearest] += 1
        missing -= len(nearest)
    while missing < 0:
        farthest = positive[np.argsort((exact - shares)[positive], kind="stable")]
        farthest = farthest[shares[farthest] > 0][:-missing]
        shares[farthest] -= 1
        missing += len(farthest)
    return shares + minimum


@frozen(eq=False)
class Alias:
    """One or more alias tables laid end to end; a slot keeps its own row or passes to its alias.

    `rows` holds the table positions of every slot, its own and its alias's, one after the other; 32 random bits keep the own
    one where they are below `threshold[slot]`.
    """

    rows: Ints
    threshold: NDArray[np.uint32]
    starts: Ints
    sizes: NDArray[np.uint64]

    @classmethod
    def of_rows(cls, weights: NDArray[np.float64]) -> Alias:
        """One distribution over positions 0, 1, … of many weights: as `build` makes it, in arrays instead of lists."""
        keep, alias = _vose(array("q", apportioned_shares(weights, len(weights) * _ONE).tobytes()))
        kept, own = np.frombuffer(keep, dtype=np.int64), np.arange(len(weights), dtype=np.int64)
        other = np.where(kept == _ONE, own, np.frombuffer(alias, dtype=np.int64))
        rows = np.stack((own, other), axis=1).ravel()
        threshold = np.minimum(kept, _ONE - 1).astype(np.uint32)
        return cls(rows, threshold, np.zeros(1, dtype=np.int64), np.array([len(weights)], dtype=np.uint64))

    @classmethod
    def build(cls, groups: Sequence[tuple[Sequence[int], Sequence[float]]]) -> Alias:
        """`groups` holds, per distribution, table positions and their weights."""
        parts: list[tuple[Ints, Ints]] = []
        known: dict[tuple[float, ...], tuple[Ints, Ints]] = {}
        made: dict[tuple[tuple[int, ...], tuple[float, ...]], tuple[Ints, Ints]] = {}
        for positions, weights in groups:
            same = tuple(weights)
            whole = (tuple(positions), same)
            if whole in made:  # many ages, say, choose among the same
                parts.append(made[whole])
                continue
            if same not in known:
                keep, alias = _vose(apportion(weights, len(weights) * _ONE))
                known[same] = np.frombuffer(keep, dtype=np.int64), np.frombuffer(alias, dtype=np.int64)
            kept, other = known[same]
            own = np.asarray(positions, dtype=np.int64)
            # A slot that always keeps its own row is its own alias, so that 32 bits hold every threshold.
            made[whole] = (np.stack((own, np.where(kept == _ONE, own, own[other])), axis=1).ravel(), kept)
            parts.append(made[whole])
        sizes = np.array([len(kept) for _, kept in parts], dtype=np.int64)
        return cls(
            np.concatenate([rows for rows, _ in parts]) if parts else np.zeros(0, dtype=np.int64),
            np.minimum(np.concatenate([kept for _, kept in parts] or [sizes]), _ONE - 1).astype(np.uint32),
            np.cumsum(sizes) - sizes,
            sizes.astype(np.uint64),
        )

    def pick(self, bits: NDArray[np.uint64], group: Ints | None = None) -> Ints:
        """Table positions, int64; `group` is the distribution of each row (absent: the first)."""
        scaled = bits >> _U32
        scaled *= self.sizes[0] if group is None else self.sizes.take(group)
        scaled >>= _U32
        slot = scaled.view(np.int64)
        if group is not None:
            slot += self.starts.take(group)
        passed = bits.astype(np.uint32) >= self.threshold.take(slot)
        slot <<= 1
        slot += passed
        return self.rows.take(slot)


def _vose(shares: Sequence[int]) -> tuple[array[int], array[int]]:
    """Shares that sum to n * 2^32 -> (chance to keep in units of 2^-32, alias) per slot."""
    keep = array("q", [_ONE]) * len(shares)
    alias = array("q", range(len(shares)))
    left = [*shares]
    small = [index for index, share in enumerate(left) if share < _ONE]
    large = [index for index, share in enumerate(left) if share >= _ONE]
    while small and large:
        poor, rich = small.pop(), large[-1]
        keep[poor], alias[poor] = left[poor], rich
        left[rich] -= _ONE - left[poor]
        if left[rich] < _ONE:
            small.append(large.pop())
    return keep, alias
