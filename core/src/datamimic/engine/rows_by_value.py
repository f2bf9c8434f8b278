"""The rows of an entity by the value of a field, where no strata tell them: an index, made once in a world."""

from __future__ import annotations

from typing import Any

import numpy as np
from attrs import frozen

from datamimic.base.arrays import Ints
from datamimic.base.observation import unobserved
from datamimic.columns import Text
from datamimic.draws.draw import Bits
from datamimic.engine.batch import batch_of
from datamimic.engine.engine import Engine
from datamimic.engine.evaluation import forgetting_batches
from datamimic.model.spec import Spec

_AT_ONCE = 65_536


@frozen(eq=False)
class RowsByValue:
    """`rows` in the order of their values; those of group *g* are `rows[starts[g]:starts[g] + counts[g]]`."""

    rows: Ints
    starts: Ints
    counts: Ints
    groups: dict[Any, int]

    @classmethod
    def of(cls, world: Engine, spec: Spec, name: str) -> RowsByValue:
        """Of those rows that references may point to; eight bytes for each."""
        return world.memo(("rows by value", spec.cls, name), lambda: cls._build(world, spec, name))

    @classmethod
    def _build(cls, world: Engine, spec: Spec, name: str) -> RowsByValue:
        size = world.size(spec)
        groups: dict[Any, int] = {}
        numbers = np.empty(size, dtype=np.int64)
        with unobserved():
            for start in range(0, size, _AT_ONCE):
                rows = np.arange(start, min(start + _AT_ONCE, size), dtype=np.int64)
                with forgetting_batches():
                    numbers[rows] = _numbered(batch_of(world, spec, rows).column(name), groups)
        order = np.argsort(numbers, kind="stable")
        there = order[np.count_nonzero(numbers < 0) :]
        counts = np.bincount(numbers[there], minlength=len(groups))
        return cls(there, np.cumsum(counts) - counts, counts, groups)

    def pick(self, wanted: Any, bits: Bits) -> Ints:
        """For each value a row that has it, each with equal chance; -1 where none has, and for null."""
        if not len(self.rows):
            return np.full(len(bits), -1, dtype=np.int64)
        known = dict(self.groups)
        groups = _numbered(wanted, known)
        groups[groups >= len(self.groups)] = -1
        counts = self.counts[groups]
        offset = (((bits >> np.uint64(32)) * counts.astype(np.uint64)) >> np.uint64(32)).astype(np.int64)
        rows = self.rows[np.minimum(self.starts[groups] + offset, len(self.rows) - 1)]
        return np.where((groups >= 0) & (counts > 0), rows, -1)


def _numbered(column: Any, groups: dict[Any, int]) -> Ints:
    """The group of each value, -1 for null; values that are new get the next numbers."""
    codes: Ints
    if isinstance(column, Text):
        coded, vocabulary = column.coding()
        codes, values, missing = coded.astype(np.int64), list(vocabulary.values), coded < 0
    else:
        distinct, codes = np.unique(np.ma.getdata(column), return_inverse=True)
        values, missing = distinct.tolist(), np.ma.getmaskarray(column)
    table = np.array([*(groups.setdefault(value, len(groups)) for value in values), -1], dtype=np.int64)
    found: Ints = np.where(missing, -1, table[codes])
    return found
