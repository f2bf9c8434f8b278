"""Where children lie whose number is computed from their parent, where every block of parents has equally many of them.

Both directions look at the parents of the blocks that are asked for, and at no others: a late row costs what the first does.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from datamimic.base.arrays import Ints
from datamimic.columns import divided
from datamimic.errors import DefinitionError


class BlockChildren:
    """`count` gives the number of children (int64, from 0 on) of each of the parent rows that it gets, which are whole blocks
    of `block` rows with `per_block` children. What was counted last is kept, since both directions are asked for together."""

    def __init__(self, count: Callable[[Ints], Ints], block: int, per_block: int, name: str) -> None:
        """`name` is what errors call the children."""
        self._count = count
        self._block = block
        self._per_block = per_block
        self._name = name
        nothing: Ints = np.zeros(0, dtype=np.int64)
        self._last: tuple[Ints, Ints] = nothing, nothing

    @property
    def largest(self) -> int:
        """No parent has more children."""
        return self._per_block

    def of(self, parents: Ints) -> tuple[Ints, Ints]:
        """(first child row, number of children) per parent row."""
        blocks, place = divided(parents, self._block)
        numbers, at = np.unique(blocks, return_inverse=True)
        ends = self._ends(numbers)
        first = ends[at, place]
        return blocks * self._per_block + first, ends[at, place + 1] - first

    def parents(self, children: Ints) -> tuple[Ints, Ints, Ints]:
        """(parent row, position among its children, number of its children) per child row.

        Raises `DefinitionError` (`bad_count`) for a child that no parent has.
        """
        if not self._per_block and len(children):
            raise self._missing(int(children.max()))
        blocks, place = divided(children, max(self._per_block, 1))
        numbers, at = np.unique(blocks, return_inverse=True)
        ends = self._ends(numbers)
        # The blocks stand above each other meanwhile, so that one search finds the parents of all.
        lift = np.arange(len(numbers), dtype=np.int64) * (self._per_block + 1)
        found = np.searchsorted((ends[:, 1:] + lift[:, None]).ravel(), place + lift[at], side="right")
        own = found - at * self._block
        lost = own >= self._block
        if lost.any():
            raise self._missing(int(children[int(np.argmax(lost))]))
        first = ends[at, own]
        return blocks * self._block + own, place - first, ends[at, own + 1] - first

    def _ends(self, numbers: Ints) -> Ints:
        """Of each block where the children of its parents end, after a 0."""
        known, ends = self._last
        if not np.array_equal(known, numbers) or ends.ndim != 2:
            rows = (numbers[:, None] * self._block + np.arange(self._block)).ravel()
            ends = np.zeros((len(numbers), self._block + 1), dtype=np.int64)
            np.cumsum(self._count(rows).reshape(-1, self._block), axis=1, out=ends[:, 1:])
            if (ends[:, -1] > self._per_block).any():
                place = int(np.argmax(ends[:, -1]))
                raise DefinitionError(
                    "bad_count",
                    f"{self._name}: the block {numbers[place]} of {self._block} parents has {ends[place, -1]} children, "
                    f"where each has {self._per_block}",
                    hint="give equally many children to every block of parents",
                )
            self._last = numbers, ends
        return ends

    def _missing(self, child: int) -> DefinitionError:
        return DefinitionError(
            "bad_count",
            f"{self._name} has no row {child}: the parents of its block have fewer children",
            hint="give some parents children; where an option asks for none there is nothing to list",
        )
