"""Numbers of children of which every block of parents has equally many together: those of a few parents are moved by chance.

Where numbers are drawn, or what they follow from is, blocks of a thousand parents differ by a few per cent in what they add
up to. Moved to one sum, they are found without looking at the blocks before.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from attrs import frozen

from datamimic.base.arrays import Floats, Ints
from datamimic.draws.address import Address
from datamimic.draws.draw import Draw, positions
from datamimic.errors import DefinitionError

_AT_A_TIME = 8
"""Children that one parent can get more, before all others are looked at again."""
_SURE = 0.02
"""Relative standard error of an average with which no more blocks are looked at."""
_FEWEST, _MOST = 4, 64
"""Blocks that an average is taken of."""


@frozen(eq=False)
class Room:
    """How far the numbers of parents can be moved: `fewest` and `most` that each may have (int64), and as `weight` how likely
    it is that one more is the parent's, relative to the others (float64, from 0 on)."""

    fewest: Ints
    most: Ints
    weight: Floats


def average_of_first(count: Callable[[Ints], Ints], block: int, there_are: int | None) -> float:
    """How many children a parent has on average: of the first blocks, as many as it takes to be sure to two per cent.

    `count` gives the numbers of children of rows, of which `there_are` so many, or no end of them.
    """
    most = _MOST * block if there_are is None else min(_MOST * block, there_are)
    numbers, until = np.zeros(0, dtype=np.int64), _FEWEST * block
    while True:
        until = min(until, most)
        numbers = np.concatenate((numbers, count(np.arange(len(numbers), until, dtype=np.int64))))
        of_blocks = numbers[: until // block * block].reshape(-1, block).sum(axis=1)
        error = float(of_blocks.std()) / np.sqrt(len(of_blocks)) if len(of_blocks) else 0.0
        if until == most or error <= _SURE * float(of_blocks.mean()):
            return int(numbers.sum()) / max(until, 1)
        until *= 2


@frozen(eq=False)
class Levels:
    """Blocks of `block` parents that have `average` children each; `address` is of the draws that move them, `name` what
    errors call the children."""

    block: int
    average: float
    address: Address
    name: str

    @property
    def per_block(self) -> int:
        return int(self.average * self.block + 0.5)

    def of(self, rows: Ints, numbers: Ints, room: Room) -> Ints:
        """The numbers of rows that are whole blocks, or all that there are of the last one."""
        result = np.zeros(len(rows), dtype=np.int64)
        ends = np.searchsorted(rows, np.unique(rows // self.block) * self.block + self.block).tolist()
        for since, until in zip([0, *ends[:-1]], ends, strict=True):
            part = slice(since, until)
            own = Room(room.fewest[part], room.most[part], room.weight[part])
            wanted = int(self.average * (until - since) + 0.5)
            result[part] = levelled(numbers[part], own, wanted, Draw(self.address, rows[part]), self.name)
        return result


def levelled(numbers: Ints, room: Room, wanted: int, draw: Draw, name: str) -> Ints:
    """The numbers of one block of parents, which add up to `wanted`.

    One fewer is any of the children beyond the fewest; one more is a parent's by its weight. Raises `DefinitionError`
    (`bad_count`) where the room is too small.
    """
    result = np.clip(numbers, room.fewest, np.maximum(room.most, room.fewest))
    over = int(result.sum()) - wanted
    if over > 0:
        spare = result - room.fewest
        own = np.repeat(np.arange(len(result)), spare)
        if len(own) < over:
            raise _too_small(name, wanted, int(room.fewest.sum()), "at least")
        lot = draw.items(spare, "fewer").uniform()
        return np.asarray(result - np.bincount(own[_smallest(lot, over)], minlength=len(result)), dtype=np.int64)
    while over < 0:
        free = np.where(room.weight > 0, np.minimum(room.most - result, _AT_A_TIME), 0)
        own = np.repeat(np.arange(len(result)), free)
        if not len(own):
            raise _too_small(name, wanted, int(result.sum()), "at most")
        # Whoever is twice as likely is called twice as soon, and again after as long.
        turn = (positions(free) + draw.items(free, "more").uniform()) / room.weight[own]
        more = np.bincount(own[_smallest(turn, min(-over, len(own)))], minlength=len(result))
        result, over = result + more, over + int(more.sum())
    return np.asarray(result, dtype=np.int64)


def _smallest(values: Floats, count: int) -> Ints:
    return np.argsort(values, kind="stable")[:count]


def _too_small(name: str, wanted: int, found: int, bound: str) -> DefinitionError:
    return DefinitionError(
        "bad_count",
        f"{name}: a block of parents has {bound} {found} children, where each block has {wanted}",
        hint="let within= leave more room, or count the children of all parents",
    )
