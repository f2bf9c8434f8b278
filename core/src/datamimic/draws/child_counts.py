"""How many children each parent has, and where they lie.

Every block of 1,024 parents has exactly the declared multiset of child counts, rotated by key: both directions, parent to
children and child to parent, are a division and a search.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

import numpy as np

from datamimic.base.arrays import Ints
from datamimic.columns import divided
from datamimic.draws.address import Address
from datamimic.draws.draw import hash_rows, stream_key
from datamimic.draws.permutation import Permutation
from datamimic.tables.weighted import apportion

BLOCK = 1024
"""Parents per block of a child table."""


class ChildLayout(Protocol):
    """Where children lie, both ways."""

    @property
    def largest(self) -> int:
        """The most children that a parent has."""
        ...

    def of(self, parents: Ints) -> tuple[Ints, Ints]:
        """(first child row, number of children) per parent row."""
        ...

    def parents(self, children: Ints) -> tuple[Ints, Ints, Ints]:
        """(parent row, position among its children, number of its children) per child row."""
        ...


class ChildCounts:
    """The children of every parent, in blocks; see the module's text."""

    def __init__(self, counts: Mapping[int, float], address: Address) -> None:
        shares = apportion(tuple(counts.values()), BLOCK)
        base = np.repeat(np.array([*counts], dtype=np.int64), shares)
        base = base[Permutation(BLOCK, address.labelled("order")).forward(np.arange(BLOCK))]
        self._base = base
        # Doubled, so that a rotation of the block is a window of it: one prefix sum serves every block.
        self._prefix: Ints = np.concatenate(([0], np.cumsum(np.concatenate((base, base)))))
        self.per_block = int(self._prefix[BLOCK])
        self._key = stream_key(*address.labelled("rotation"))

    @property
    def largest(self) -> int:
        return int(self._base.max())

    def _shift(self, blocks: Ints) -> Ints:
        return (hash_rows(self._key, blocks) % np.uint64(BLOCK)).astype(np.int64)

    def of(self, parents: Ints) -> tuple[Ints, Ints]:
        """(first child row, number of children) per parent row."""
        blocks, place = divided(parents, BLOCK)
        shift = self._shift(blocks)
        first = blocks * self.per_block + self._prefix[place + shift] - self._prefix[shift]
        return first, self._base[(place + shift) % BLOCK]

    def parents(self, children: Ints) -> tuple[Ints, Ints, Ints]:
        """(parent row, position among its children, number of its children) per child row."""
        blocks, place = divided(children, self.per_block)
        shift = self._shift(blocks)
        target = place + self._prefix[shift]
        at = np.searchsorted(self._prefix, target, side="right") - 1
        return blocks * BLOCK + at - shift, target - self._prefix[at], self._base[at % BLOCK]
