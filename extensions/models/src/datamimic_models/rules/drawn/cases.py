"""Which lines of a table count for a row: the first case whose conditions on the row's other columns hold.

Each column is cut into the parts that its conditions tell apart; then one table look-up a column leads from the cases that are
still possible to those that are after it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import numpy as np

from datamimic import Text
from datamimic.columns import Ints, Vocabulary
from datamimic.columns.value_types import ValueType
from datamimic_models.rules.bounds import BadBound
from datamimic_models.rules.drawn.cells import Cell, Item
from datamimic_models.rules.drawn.scales import is_numeric, number_of, numbers_of

_MOST: Final = 2_000_000
"""Entries of the look-up tables of one rule."""


_NARROWEST: Final = 1e-290
"""Cuts that lie closer together are bisected: buckets between them would be too narrow to count."""
_CLOSE: Final = 1 << 16
_BUCKETS: Final = 1 << 12


class TooManyCases(ValueError):
    """Conditions that would need too large a table."""


class Parts:
    """A condition column, cut into parts: part 0 is null, the others are what its cells tell apart."""

    def __init__(self, kind: ValueType, cells: Sequence[Cell]) -> None:
        """Raises `BadBound` for a value that is not of the kind, and for an interval that holds nothing."""
        self.kind = kind
        self.numeric = is_numeric(kind)
        items = [item for cell in cells for item in cell.items]
        if self.numeric:
            spans = [self._span(item) for item in items]
            cuts = sorted({end for span in spans for end in span if end is not None})
            self.cuts = np.array(cuts, dtype=np.float64 if any(isinstance(each, float) for each in cuts) else np.int64)
            self.size = len(cuts) + 2
            self._among = Among(self.cuts)
        else:
            self.names = {
                name: number for number, name in enumerate(dict.fromkeys(str(each.value) for each in items), 2)
            }
            self.size = len(self.names) + 2
        self._known: dict[int, tuple[Vocabulary, Ints]] = {}

    def _span(self, item: Item) -> tuple[Any, Any]:
        if item.is_interval:
            low = None if item.low is None else number_of(item.low, self.kind)
            high = None if item.high is None else number_of(item.high, self.kind)
            if low is not None and high is not None and low >= high:
                raise BadBound(f"no value is from {item.low} to below {item.high}")
            return low, high
        value = number_of(str(item.value), self.kind)
        return value, float(np.nextafter(value, np.inf)) if isinstance(value, float) else value + 1

    def holding(self, cell: Cell) -> int:
        """The parts for which the cell holds, one bit each."""
        everything = (1 << self.size) - 1
        if cell.anything:
            return everything
        found = int(cell.null)
        for item in cell.items:
            if not self.numeric:
                found |= 1 << self.names[str(item.value)]
                continue
            low, high = self._span(item)
            first = 1 if low is None else int(np.searchsorted(self.cuts, low)) + 2
            end = self.size if high is None else int(np.searchsorted(self.cuts, high)) + 2
            found |= (1 << max(end, first)) - (1 << first)
        return everything & ~found if cell.negated else found

    def of(self, column: Any) -> Ints:
        """The part of each row."""
        if isinstance(column, Text):
            return self._of_text(column)
        if not self.numeric:
            data = np.ma.getdata(column)
            named = np.array([self.names.get("false", 1), self.names.get("true", 1)], dtype=np.int64)
            parts = named.take(data.astype(np.int64))
        else:
            parts = self._among.of(numbers_of(column))
            parts += 1
        if isinstance(column, np.ma.MaskedArray):
            parts[np.ma.getmaskarray(column)] = 0
        return parts

    def _of_text(self, column: Text) -> Ints:
        codes, vocabulary = column.coding()
        known = self._known.get(id(vocabulary))
        if known is None or known[0] is not vocabulary:
            parts = np.array([*(self.names.get(value, 1) for value in vocabulary.values), 0], dtype=np.int64)
            if len(self._known) >= 64:
                self._known.clear()
            known = self._known[id(vocabulary)] = (vocabulary, parts)
        return known[1].take(codes)


class Among:
    """How many of some ascending cuts are not above a number: by a table of whole numbers where they lie close
    together, else by
    buckets, each of which knows how many cuts lie in earlier ones. The answers are those of a bisection."""

    def __init__(self, cuts: Any) -> None:
        self.cuts = cuts
        self.dense: Ints | None = None
        self.guide: Ints | None = None
        if not len(cuts):
            return
        self.low, self.high = cuts[0], cuts[-1]
        if cuts.dtype == np.int64 and int(self.high) - int(self.low) < _CLOSE:
            span = np.arange(int(self.low) - 1, int(self.high) + 1, dtype=np.int64)
            self.dense = np.searchsorted(cuts, span, side="right").astype(np.int64)
            return
        width = float(self.high) - float(self.low)
        if not _NARROWEST < width < np.inf:
            return
        self.scale = _BUCKETS / width
        bounded = cuts.astype(np.float64)
        inside = ((bounded - float(self.low)) * self.scale).astype(np.int64)
        self.guide = np.searchsorted(inside, np.arange(_BUCKETS + 2), side="left").astype(np.int64)
        self.padded = np.append(bounded, np.inf)

    def of(self, numbers: Any) -> Ints:
        """int64, a new array."""
        if self.dense is not None and numbers.dtype == np.int64:
            return self.dense.take(np.clip(numbers, int(self.low) - 1, int(self.high)) - (int(self.low) - 1))
        if self.guide is None or numbers.dtype != np.float64:
            return np.searchsorted(self.cuts, numbers, side="right").astype(np.int64)
        bounded = np.clip(numbers, float(self.low), float(self.high))
        bounded -= float(self.low)
        bounded *= self.scale
        found = self.guide.take(bounded.astype(np.int64), mode="clip")
        behind = np.flatnonzero(self.padded.take(found) <= numbers)
        while len(behind):
            found[behind] += 1
            behind = behind[self.padded.take(found.take(behind)) <= numbers.take(behind)]
        return found


class Cases:
    """Cases, each with a cell for every condition column, which is cut into `parts`; of the cases that hold the
    first counts."""

    def __init__(self, parts: Sequence[Parts], cases: Sequence[Sequence[Cell]]) -> None:
        """Raises `BadBound` for a value that is none of its column, `TooManyCases`."""
        self.parts = tuple(parts)
        self.steps: list[Ints] = []
        states = [(1 << len(cases)) - 1]
        for place, each in enumerate(self.parts):
            told: dict[Cell, int] = {}
            held = [
                told[cell] if cell in told else told.setdefault(cell, each.holding(cell))
                for cell in (case[place] for case in cases)
            ]
            alike = [
                sum(1 << number for number, mask in enumerate(held) if mask >> part & 1) for part in range(each.size)
            ]
            kinds = [*dict.fromkeys(alike)]
            of_part = np.array([kinds.index(mask) for mask in alike], dtype=np.int64)
            if len(states) * each.size > _MOST:
                raise TooManyCases
            numbers: dict[int, int] = {}
            step = [[numbers.setdefault(state & mask, len(numbers)) for mask in kinds] for state in states]
            self.steps.append(np.array(step, dtype=np.int64)[:, of_part].ravel())
            states = [*numbers]
        self.found = np.array([(state & -state).bit_length() - 1 for state in states], dtype=np.int64)

    @property
    def complete(self) -> bool:
        """Is there a case for every row?"""
        return bool((self.found >= 0).all())

    def of(self, parts: Sequence[Ints]) -> Ints:
        """The case of each row, -1 where none holds, by the part of each of its columns."""
        state: Any = None
        for each, step, own in zip(self.parts, self.steps, parts, strict=True):
            state = step.take(own if state is None else state * each.size + own)
        return self.found.take(state)
