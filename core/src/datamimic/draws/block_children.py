"""Where children lie whose number is computed from their parent, where every block of parents has equally many of them.

Both directions look at the parents of the blocks that are asked for, and at no others: a late row costs what the first does.
Of blocks that were looked at it is kept where their children end, since parents far apart are asked for again and again.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from datamimic.base.arrays import Ints
from datamimic.columns import divided, numbered
from datamimic.errors import DefinitionError

_AT_ONCE = 16_384
"""Parents that are counted together."""
_KEPT = 8_000_000
"""Parents of whose blocks it is kept where their children end, four bytes for each."""


class BlockChildren:
    """`count` gives the number of children (int64, from 0 on) of each of the parent rows that it gets, which are whole blocks
    of `block` rows with `per_block` children. Threads share it."""

    def __init__(self, count: Callable[[Ints], Ints], block: int, per_block: int, name: str) -> None:
        """`name` is what errors call the children."""
        self._count = count
        self._block = block
        self._per_block = per_block
        self._name = name
        self._known: dict[int, NDArray[np.int32]] = {}

    @property
    def largest(self) -> int:
        """No parent has more children."""
        return self._per_block

    def of(self, parents: Ints) -> tuple[Ints, Ints]:
        """(first child row, number of children) per parent row."""
        blocks, place = divided(parents, self._block)
        numbers, at = numbered(blocks)
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
        numbers, at = numbered(blocks)
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
        known = self._known
        missing = np.array([number for number in numbers.tolist() if number not in known], dtype=np.int64)
        if len(missing):
            known = dict(known)
        at_once = max(_AT_ONCE // self._block, 1)
        for first in range(0, len(missing), at_once):
            some = missing[first : first + at_once]
            known.update(zip(some.tolist(), self._counted(some), strict=True))
        ends = np.zeros((len(numbers), self._block + 1), dtype=np.int64)
        for place, number in enumerate(numbers.tolist()):
            ends[place] = known[number]
        if len(missing):
            self._known = known if len(known) * self._block <= _KEPT else {}
        return ends

    def _counted(self, numbers: Ints) -> NDArray[np.int32]:
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
        return ends.astype(np.int32)

    def _missing(self, child: int) -> DefinitionError:
        return DefinitionError(
            "bad_count",
            f"{self._name} has no row {child}: the parents of its block have fewer children",
            hint="give some parents children; where an option asks for none there is nothing to list",
        )
