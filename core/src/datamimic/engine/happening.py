"""Rows of which something is told: of all others no column is made but those that say so."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final, Self

import numpy as np
import pyarrow as pa
from attrs import define, field

from datamimic.base.arrays import Ints
from datamimic.engine.breaking.view import BrokenView
from datamimic.engine.engine import Engine
from datamimic.engine.view import BATCH_ROWS, View, refuse_no_rows
from datamimic.formats.documents.message import happened
from datamimic.model.spec import Spec

MOSTLY: Final = 0.75
"""Share of rows looked at from which on something is told of most."""
REMEMBERED: Final = 1 << 20
"""Numbers of rows that are kept between who counts them and who makes them, at most."""


@define
class Counted:
    """The rows of [start, stop) of which something is told, as they were found last."""

    start: int = 0
    stop: int = 0
    numbers: Ints = field(factory=lambda: np.zeros(0, dtype=np.int64))

    def among(self, start: int, stop: int) -> Ints | None:
        """Those of [start, stop); None where these were not looked at."""
        if not self.start <= start < stop <= self.stop:
            return None
        first, behind = np.searchsorted(self.numbers, (start, stop))
        return self.numbers[first:behind]


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

    @property
    def counted(self) -> Counted:
        """What is remembered of the world's rows."""
        return self.world.memo(("counted", self.spec.cls, self.happens), Counted)

    def __len__(self) -> int:
        known = None if self.stop is None else self.counted.among(self.start, self.stop)
        return super().__len__() if known is None else len(known)

    def present_from(self, start: int, stop: int) -> Ints:
        """The rows of [start, stop) of which something is told. They are remembered, with those that were found right before
        them, so that who makes them has not to look for them again."""
        found, counted = self.present(np.arange(start, stop, dtype=np.int64)), self.counted
        follows = counted.stop == start and len(counted.numbers) + len(found) <= REMEMBERED
        counted.numbers = np.concatenate([counted.numbers, found]) if follows else found
        counted.start, counted.stop = counted.start if follows else start, stop
        return found

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
        size, waiting, sure = batch_rows or self.batch_rows, np.zeros(0, dtype=np.int64), False
        (*before, last), counted = self.happens, self.counted
        end, seen, found = self.require_end(), 0, 0
        for start in range(self.start, end, BATCH_ROWS):
            stop = min(start + BATCH_ROWS, end)
            known = counted.among(start, stop)
            surely = known is not None
            if known is None:
                known = self._told(super().present(np.arange(start, stop, dtype=np.int64)), before)
                if found < MOSTLY * max(seen, 1):
                    # Of few something is told: all others need not wait until they are made together.
                    surely, seen = True, seen + len(known)
                    known = self._told(known, (last,))
                    found += len(known)
            if surely != sure:
                # What waits is made first, so that all that waits is told, or none of it is known to be.
                waiting = waiting if sure else self._told(waiting, (last,))
                if len(waiting):
                    yield self._made(waiting)
                waiting, sure = waiting[:0], surely
            waiting = np.concatenate([waiting, known])
            while len(waiting) >= size or (len(waiting) and stop == end):
                some, waiting = waiting[:size], waiting[size:]
                made = self._made(some) if sure else self._among(some, last)
                if not sure:
                    seen, found = seen + len(some), found + made.num_rows
                if made.num_rows:
                    yield made

    def _among(self, numbers: Ints, last: str) -> pa.RecordBatch:
        """The rows of which the dearest column says that something is told, which is so of most: that column is made once, with
        all others."""
        if last not in self.columns:
            return self._made(self._told(numbers, (last,)))
        made = super().gather(numbers)
        there = happened(made.column(last))
        return made if there.all() else made.filter(pa.array(there))

    def _made(self, numbers: Ints) -> pa.RecordBatch:
        """Rows of which something is told: what only says so is not made once more."""
        told, schema = pa.array(np.ones(len(numbers), dtype=np.bool_)), self.schema()
        said = (name for name in self.happens if name in self.columns)
        return self.gather_others(
            numbers, {each: told for each in said if pa.types.is_boolean(schema.field(each).type)}
        )

    def _of(self, world: Engine, start: int, stop: int | None, selected: tuple[str, ...] | None) -> Self:
        return type(self)(world, self.spec, start, stop, selected, self.happens)
