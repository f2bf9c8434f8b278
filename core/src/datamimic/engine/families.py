"""Siblings: what a rule sees that asks for `family`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, overload

import numpy as np

from datamimic.base.arrays import Ints
from datamimic.columns.conforming import in_form
from datamimic.draws.draw import positions, segment_sums
from datamimic.engine.batch import Batch, batch_of
from datamimic.engine.references import ParentRef

C = TypeVar("C")


class Family:
    """All siblings of the rows of a child batch, family after family: for running sums and totals.

    `lengths` has one entry per family, `positions` the place of every batch row among all `rows`.
    """

    def __init__(self, batch: Batch, parent: ParentRef) -> None:
        starts = batch.rows - parent.index
        if len(starts):
            change = np.flatnonzero(np.concatenate(([True], starts[1:] != starts[:-1])))
        else:
            change = np.zeros(0, dtype=np.int64)
        sorted_once = not np.any(starts[1:] < starts[:-1])
        if sorted_once:
            family = np.repeat(np.arange(len(change)), np.diff(np.append(change, len(starts))))
            firsts = starts[change]
            self.lengths: Ints = parent.count[change]
        else:
            firsts, at, family = np.unique(starts, return_index=True, return_inverse=True)
            self.lengths = parent.count[at]
        offsets = np.cumsum(self.lengths) - self.lengths
        self.rows: Ints = np.repeat(firsts, self.lengths) + positions(self.lengths)
        self.positions: Ints = offsets[family] + parent.index
        self._batch = batch
        self._whole: Batch | None = None

    @overload
    def column(self, name: str) -> Any: ...
    @overload
    def column(self, name: str, form: type[C]) -> C: ...
    def column(self, name: str, form: type[Any] = object) -> Any:
        """The column over all siblings; with a `form` as `Ref.column` takes one."""
        return in_form(self._column(name), form, f"{self._batch.spec.name}.{name}")

    def _column(self, name: str) -> Any:
        if len(self.rows) == len(self._batch.rows) and np.array_equal(self.rows, self._batch.rows):
            return self._batch.column(name)
        if self._whole is None:
            self._whole = batch_of(self._batch.world, self._batch.spec, self.rows)
        return self._whole.column(name)

    def running(self, values: str | Ints) -> Ints:
        """Per batch row the sum over its family up to and including itself."""
        amounts = np.asarray(self.column(values) if isinstance(values, str) else values, dtype=np.int64)
        total = np.cumsum(amounts)
        before = np.concatenate(([0], total))[np.cumsum(self.lengths) - self.lengths]
        running: Ints = total - np.repeat(before, self.lengths)
        return running[self.positions]

    def total(self, values: str | Ints) -> Ints:
        """Per batch row the sum over its whole family."""
        amounts = np.asarray(self.column(values) if isinstance(values, str) else values, dtype=np.int64)
        return np.repeat(segment_sums(amounts, self.lengths), self.lengths)[self.positions]

    def along(self, step: Callable[..., Any], start: Any, *columns: str | Any) -> Any:
        """A state carried from event to event: per batch row what `step(state, *values)` returned for its event.

        `start` is the state before the first event: a number, or a column over all siblings, of which the first of each family
        counts. `columns` are names of fields, or columns over all siblings. A step sees events of many families at once, each
        at the same place in its own, and returns their new states, an array of the dtype of `start`.
        """
        values = [np.asarray(self.column(each) if isinstance(each, str) else each) for each in columns]
        first = np.cumsum(self.lengths) - self.lengths
        states = np.asarray(start)
        state = states[first[self.lengths > 0]] if states.ndim else np.full(int((self.lengths > 0).sum()), start)
        first, lengths = first[self.lengths > 0], self.lengths[self.lengths > 0]
        after = np.empty(len(self.rows), dtype=state.dtype)
        for place in range(int(lengths.max(initial=0))):
            going = lengths > place
            at = first[going] + place
            state[going] = after[at] = step(state[going], *(column[at] for column in values))
        return after[self.positions]
