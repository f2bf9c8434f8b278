"""The parents of a block that have children, as columns."""

from __future__ import annotations

from typing import Any

import numpy as np

from datamimic.columns import Ints, numbered, take


class Parents:
    """The rows of a batch at some places, each once."""

    def __init__(self, batch: Any, places: Ints) -> None:
        self._batch = batch
        self._places = places
        self._all = len(places) == len(batch)
        self.rows: Ints = batch.rows[places]

    @classmethod
    def of(cls, children: Any) -> tuple[Parents, Ints]:
        """The parents of child rows, and which of them each child has."""
        batch, places = children.located()
        every = np.arange(len(batch), dtype=np.int64) if places is None else places
        kept, own = numbered(every)
        return cls(batch, kept), own

    def column(self, name: str) -> Any:
        made = self._batch.column(name)
        return made if self._all else take(made, self._places)

    def some(self, which: Ints) -> Parents:
        return Parents(self._batch, self._places[which])
