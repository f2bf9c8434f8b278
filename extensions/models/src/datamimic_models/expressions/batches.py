"""The rows of a batch, one after the other, as the row form wants them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

import numpy as np
from numpy.typing import NDArray

from datamimic import ValueType
from datamimic_models.expressions.failures import Failed
from datamimic_models.expressions.scope import Scope, moment, words
from datamimic_models.expressions.values import plain


class Batch:
    """Values and draws of a scope, each made once for all of its rows."""

    def __init__(self, scope: Scope) -> None:
        self.scope = scope
        self._values: dict[str, list[Any]] = {}
        self._words: dict[tuple[int, int], NDArray[np.uint64]] = {}

    def __len__(self) -> int:
        return len(self.scope.rows)

    def values(self, name: str) -> list[Any]:
        """One value per row."""
        known = self._values.get(name)
        if known is None:
            kind: ValueType = self.scope.kinds[name]
            known = self._values[name] = [plain(value) for value in kind.objects(self.scope.read(name))]
        return known

    def words(self, site: int, occurrence: int = 0) -> NDArray[np.uint64]:
        """The random bits of a call, for the `occurrence`-th time."""
        known = self._words.get((site, occurrence))
        if known is None:
            if self.scope.draw is None:
                raise Failed("there is nothing to draw from here")
            known = self._words[site, occurrence] = words(self.scope.draw, self.scope.rows, site, occurrence)
        return known

    @property
    def now(self) -> datetime:
        return moment(self.scope.clock)

    def rows(self, positions: Iterable[int]) -> Iterable[BatchRow]:
        """The rows at the positions."""
        return (BatchRow(self, position) for position in positions)


class BatchRow:
    """The row of a batch at a position; see `rowwise.RowOfNames`."""

    __slots__ = ("_batch", "_position")

    def __init__(self, batch: Batch, position: int) -> None:
        self._batch = batch
        self._position = position

    def value(self, path: tuple[str, ...]) -> tuple[Any, int]:
        name, parts = self._batch.scope.name_of(path)
        if name in self._batch.scope.values:
            return plain(self._batch.scope.values[name]), parts
        return self._batch.values(name)[self._position], parts

    def word(self, site: int, occurrence: int) -> int:
        return int(self._batch.words(site, occurrence)[self._position])

    @property
    def now(self) -> datetime:
        return self._batch.now
