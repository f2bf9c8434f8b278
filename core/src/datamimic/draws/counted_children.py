"""Where children lie whose number is computed from their parent: an index of prefix sums, made once and grown as it is needed.

Both directions are a look-up: eight bytes for each parent, and a binary search for each child.
"""

from __future__ import annotations

from collections.abc import Callable
from threading import RLock

import numpy as np

from datamimic.base.arrays import Ints
from datamimic.errors import DefinitionError

_FIRST = 1_024
_MOST = 262_144
_CHILDLESS = 1 << 21
"""Parents in a row without a child, after which it is given up to look for more children."""


class CountedChildren:
    """`count` gives the number of children (int64, from 0 on) of each of the parent rows that it gets.

    It is asked for parents from the first on, each once, in pieces that do not depend on who asks: what it gives follows from
    the row alone, and so does where children lie. Threads share it.
    """

    def __init__(self, count: Callable[[Ints], Ints], size: int, name: str) -> None:
        """`size` is how many parents `largest` looks at, and the first piece has at most; `name` is what errors call the
        children."""
        self._count = count
        self._size = size
        self._name = name
        self._growing = False
        self._ends: Ints = np.zeros(
            1, dtype=np.int64
        )  # where the children of the parent before end; one more than parents
        self._lock = RLock()

    @property
    def largest(self) -> int:
        """The most children that one of the first `size` parents has."""
        return int(np.diff(self._covering(self._size)[: self._size + 1]).max())

    def of(self, parents: Ints) -> tuple[Ints, Ints]:
        """(first child row, number of children) per parent row."""
        ends = self._covering(int(parents.max()) + 1 if len(parents) else 0)
        first = ends[parents]
        return first, ends[parents + 1] - first

    def parents(self, children: Ints) -> tuple[Ints, Ints, Ints]:
        """(parent row, position among its children, number of its children) per child row.

        Raises `DefinitionError` (`bad_count`) for a child that no parent has, as far as anybody would look.
        """
        ends = self._reaching(int(children.max()) + 1 if len(children) else 0)
        at = np.searchsorted(ends, children, side="right") - 1
        return at, children - ends[at], ends[at + 1] - ends[at]

    def _covering(self, parents: int) -> Ints:
        with self._lock:
            while len(self._ends) <= parents:
                self._grow()
            return self._ends

    def _reaching(self, children: int) -> Ints:
        with self._lock:
            while int(self._ends[-1]) < children:
                self._grow()
                if len(self._ends) > _CHILDLESS and self._ends[-1] == self._ends[-_CHILDLESS]:
                    raise DefinitionError(
                        "bad_count",
                        f"{self._name} has no row {children - 1}: of {_CHILDLESS:,} parents in a row none has a child",
                        hint="give some parents children",
                    )
            return self._ends

    def _grow(self) -> None:
        if self._growing:
            raise DefinitionError(
                "cycle",
                f"how many {self._name} there are is computed from columns that need them",
                hint="compute it from columns of the parent that do not ask for its children",
            )
        known = len(self._ends) - 1
        # Of few parents those beyond the world may have very many children each: nobody may ask for them.
        more = min(max(min(_FIRST, self._size), known, 1), _MOST)
        self._growing = True
        try:
            counts = self._count(np.arange(known, known + more, dtype=np.int64))
        finally:
            self._growing = False
        self._ends = np.concatenate((self._ends, self._ends[-1] + np.cumsum(counts)))
