"""Rows of which something is told: of all others no column is made but those that say so."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final, Self

import numpy as np
import pyarrow as pa

from datamimic.base.arrays import Ints
from datamimic.engine.breaking.view import BrokenView
from datamimic.engine.engine import Engine
from datamimic.engine.view import BATCH_ROWS, View, refuse_no_rows
from datamimic.formats.documents.message import happened
from datamimic.model.spec import Spec

MOSTLY: Final = 0.75
"""Share of rows looked at from which on something is told of most."""


class HappeningView(View):
    """Rows [start, stop) of an entity, of which those are there where none of the columns `happens` is null or False; each is
    made of the rows that the one before leaves."""

    def __init__(
        self,
        world: Engine,
        spec: Spec,
        start: int,
        stop: int | None,
        selected: tuple[str, ...] | None,
        happens: tuple[str, ...],
    ) -> None:
        super().__init__(world, spec, start, stop, selected)
        self.happens = happens

    @classmethod
    def among(cls, rows: View, happens: Sequence[str]) -> View:
        """The rows of which something is told; all of them without a column that says of which, and of rows with breaks, whose
        places count in all."""
        if not happens or isinstance(rows, BrokenView):
            return rows
        return cls(rows.world, rows.spec, rows.start, rows.stop, rows.selected, tuple(happens))

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.world, self.spec, self.start, self.stop, self.selected, self.happens)

    @property
    def complete(self) -> bool:
        return False

    @property
    def every(self) -> View:
        """The rows of the range, whatever is told of them."""
        return View(self.world, self.spec, self.start, self.stop, self.selected)

    def present(self, numbers: Ints) -> Ints:
        return self._told(super().present(numbers), self.happens)

    def _told(self, numbers: Ints, happens: Sequence[str]) -> Ints:
        """Those of the rows of which none of these columns is null or False."""
        for name in happens:
            if len(numbers):
                column = View(self.world, self.spec, 0, None, (name,)).gather(numbers).column(0)
                numbers = numbers[np.flatnonzero(happened(column))]
        return numbers

    def gather(self, numbers: Ints) -> pa.RecordBatch:
        return super().gather(self.present(numbers))

    def batches(self, batch_rows: int | None = None) -> Iterator[pa.RecordBatch]:
        """As of any view; where rows are rare, those of long ranges are made together."""
        refuse_no_rows(batch_rows)
        size, waiting = batch_rows or self.batch_rows, np.zeros(0, dtype=np.int64)
        *before, last = self.happens
        end, seen, found = self.require_end(), 0, 0
        for start in range(self.start, end, BATCH_ROWS):
            numbers = super().present(np.arange(start, min(start + BATCH_ROWS, end), dtype=np.int64))
            waiting = np.concatenate([waiting, self._told(numbers, before)])
            while len(waiting) >= size or (len(waiting) and start + BATCH_ROWS >= end):
                made = self._among(waiting[:size], last, found >= MOSTLY * max(seen, 1))
                seen, found = seen + len(waiting[:size]), found + made.num_rows
                if made.num_rows:
                    yield made
                waiting = waiting[size:]

    def _among(self, numbers: Ints, last: str, mostly: bool) -> pa.RecordBatch:
        """The rows of which the dearest column says that something is told. Where it is told of most, that column is made
        once, with all others."""
        if not mostly or last not in self.columns:
            return super().gather(self._told(numbers, (last,)))
        made = super().gather(numbers)
        there = happened(made.column(last))
        return made if there.all() else made.filter(pa.array(there))

    def _of(self, world: Engine, start: int, stop: int | None, selected: tuple[str, ...] | None) -> Self:
        return type(self)(world, self.spec, start, stop, selected, self.happens)
