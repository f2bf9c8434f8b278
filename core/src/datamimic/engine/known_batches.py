"""The batches of an evaluation that hold nothing but rows of an entity: who asks for the same rows gets the same batch, and who
asks for some of them takes from it what is made there already."""

from __future__ import annotations

from typing import Any, Protocol

import numpy as np

from datamimic.base.arrays import Ints

LOOKED_AT = 6
"""Batches of an entity, the latest, among which wider ones are looked for."""


class OfRows(Protocol):
    """A batch, as far as it is looked for."""

    rows: Ints


class KnownBatches:
    """By what they are of: a key of the caller's."""

    def __init__(self) -> None:
        self._same: dict[Any, list[Any]] = {}
        self._in_order: dict[Any, list[_InOrder]] = {}

    def of(self, key: Any, rows: Ints) -> Any:
        """The batch of just these rows, in their order; None where there is none."""
        for found in self._same.get((key, len(rows)), ()):
            if found.rows is rows or np.array_equal(found.rows, rows):
                return found
        return None

    def wider(self, key: Any, rows: Ints) -> tuple[Any, Ints] | None:
        """A batch that holds all of the rows, and where."""
        several = self._in_order.get(key)
        if not several or not len(rows):
            return None
        first, last = int(rows.min()), int(rows.max())
        for each in reversed(several):
            places = each.places(rows, first, last)
            if places is not None:
                return each.batch, places
        return None

    def add(self, key: Any, batch: OfRows) -> None:
        rows = batch.rows
        self._same.setdefault((key, len(rows)), []).append(batch)
        if len(rows) and bool(np.all(rows[1:] > rows[:-1])):
            several = self._in_order.setdefault(key, [])
            several.append(_InOrder(batch))
            del several[:-LOOKED_AT]


class _InOrder:
    """A batch whose rows are in order, each once."""

    def __init__(self, batch: OfRows) -> None:
        self.batch = batch
        self._first, self._last = int(batch.rows[0]), int(batch.rows[-1])

    def places(self, rows: Ints, first: int, last: int) -> Ints | None:
        """Where the rows, from `first` to `last`, stand; None where one is not there."""
        own = self.batch.rows
        if first < self._first or last > self._last:
            return None
        if self._last - self._first + 1 == len(own):
            return rows - self._first
        places = np.searchsorted(own, rows)
        return places if np.array_equal(own[places], rows) else None
