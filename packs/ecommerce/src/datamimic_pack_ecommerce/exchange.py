"""Who takes what within a block of neighbouring lines: both sides in order, and the k-th takes the k-th.

Lines and what was dealt to them are put in order by several scores, each within the parts of the one before, so that
everything is taken exactly once and fits as well as its block allows.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from datamimic.columns import Floats, Ints, divided

PARTS = (2, 4, 4, 8)
"""Into how many parts a block is cut by each score: sex, age, season and purse."""
BLOCK = 256
"""Lines that share what they were dealt: the product of `PARTS`."""
AT_ONCE = 128
"""Blocks that are put in order together: memory stays flat however many are asked for."""
KEPT = 8_192
"""Blocks that a world remembers, 256 bytes each."""

Scores = tuple[Floats, ...]
Offsets = NDArray[np.uint8]
"""Per line of a block an offset in the block."""


class Exchange:
    """The blocks of the lines of an era, numbered through the eras; `scores(rows)` says where lines stand, and where what
    was dealt to them stands."""

    def __init__(self, lines: int) -> None:
        self.lines = lines
        self.blocks = -(-lines // BLOCK)
        self._lock = Lock()
        self._known: OrderedDict[int, Offsets] = OrderedDict()

    def places(self, numbers: Ints, scores: Callable[[Ints], tuple[Scores, Scores]]) -> Offsets:
        """Per block and line of it whose place was dealt what it takes."""

        asked = numbers.tolist()
        with self._lock:
            found = {number: self._known[number] for number in asked if number in self._known}
        missing = [number for number in asked if number not in found]
        for start in range(0, len(missing), AT_ONCE):
            some = missing[start : start + AT_ONCE]
            found.update(zip(some, self._made(np.array(some, dtype=np.int64), scores), strict=True))
        with self._lock:
            # Threads that ask for the same new one may each make it.
            for number in asked:
                self._known[number] = found[number]
                self._known.move_to_end(number)
            while len(self._known) > KEPT:
                self._known.popitem(last=False)
        return np.stack([found[number] for number in asked])

    def takers(self, numbers: Ints, scores: Callable[[Ints], tuple[Scores, Scores]]) -> Offsets:
        """Per block and place of it who takes what it was dealt."""
        return np.argsort(self.places(numbers, scores), axis=1).astype(np.uint8)

    def _made(self, numbers: Ints, scores: Callable[[Ints], tuple[Scores, Scores]]) -> Offsets:
        era, block = divided(numbers, self.blocks)
        offset = block[:, None] * BLOCK + np.arange(BLOCK)
        # The last block of an era is filled up with what comes last on both sides.
        real = offset < self.lines
        wishes, offers = scores((era[:, None] * self.lines + offset)[real])
        takers, dealt = (in_order([_filled(score, real) for score in side]) for side in (wishes, offers))
        made = np.empty(takers.shape, dtype=np.uint8)
        np.put_along_axis(made, takers, dealt.astype(np.uint8), axis=1)
        return made


def _filled(score: Floats, real: NDArray[np.bool_]) -> Floats:
    filled = np.full(real.shape, np.inf)
    filled[real] = score
    return filled


def in_order(scores: Sequence[Floats]) -> Ints:
    """Offsets in the order of the scores (blocks × BLOCK each), each score within the parts of the one before."""
    blocks = len(scores[0])
    order = np.broadcast_to(np.arange(BLOCK), (blocks, BLOCK))
    parts = 1
    for score, more in zip(scores, PARTS, strict=True):
        there = order.reshape(blocks, parts, -1)
        values = np.take_along_axis(score, order, axis=1).reshape(there.shape)
        order = np.take_along_axis(there, np.argsort(values, axis=2, kind="stable"), axis=2).reshape(blocks, BLOCK)
        parts *= more
    return order
