"""One pass over a table: what is counted of every column, and rows that stand for all."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
from attrs import define, field

from datamimic_learning.profiling.distinct import ValueCounts
from datamimic_learning.profiling.moments import Moments
from datamimic_learning.profiling.row_sample import RowSample
from datamimic_learning.samples.sample import SampleTable

_PORTION: Final = 1 << 18
"""Rows that are counted together."""
_VALUES: Final = 256 << 20
"""Bytes that the values of all columns together may take before the largest go on with sketches."""
_CELLS: Final = 20_000_000
_ROWS: Final = 1_000_000
_FEW: Final = 200_000
"""Cells and rows up to which all rows are kept for what needs several columns, and about how many are of more."""
Progress = Callable[[int], None]


@define
class ColumnCounts:
    """What one pass tells of a column. `numbers` are those of numbers, and of dates and times as they are stored."""

    name: str
    type: pa.DataType
    counts: ValueCounts = field(init=False)
    numbers: Moments = field(factory=Moments)
    nulls: int = 0
    blanks: int = 0
    shortest: int | None = None
    longest: int = 0
    letters: int = 0
    """Characters of all texts together."""
    least: Any = None
    greatest: Any = None
    """Of texts and whole numbers, which floats may not hold."""

    def __attrs_post_init__(self) -> None:
        self.counts = ValueCounts(self.type)

    def add(self, cells: pa.Array) -> None:
        self.nulls += cells.null_count
        if pa.types.is_nested(self.type):
            cells = pa.array([None if each is None else repr(each) for each in cells.to_pylist()], pa.string())
        filled = cells.drop_null() if cells.null_count else cells
        self.counts.add(filled)
        if not len(filled):
            return
        numbers = as_numbers(filled)
        if numbers is not None:
            self.numbers.add(numbers)
        if pa.types.is_integer(filled.type):
            self._ends(filled)
        if pa.types.is_string(filled.type):
            letters = pc.utf8_length(filled)
            lengths = pc.min_max(letters).as_py()
            self.letters += pc.sum(letters).as_py()
            self.shortest = lengths["min"] if self.shortest is None else min(self.shortest, lengths["min"])
            self.longest = max(self.longest, lengths["max"])
            self._ends(filled)
            if lengths["min"] == 0 or pc.any(pc.equal(filled, " ")).as_py():
                self.blanks += int(pc.sum(pc.equal(pc.utf8_trim_whitespace(filled), "")).as_py() or 0)

    def _ends(self, cells: pa.Array) -> None:
        ends = pc.min_max(cells).as_py()
        self.least = ends["min"] if self.least is None else min(self.least, ends["min"])
        self.greatest = ends["max"] if self.greatest is None else max(self.greatest, ends["max"])


@define
class TableCounts:
    """A table after one pass."""

    columns: dict[str, ColumnCounts]
    rows: int
    sample: pa.Table
    whole: bool
    """Does the sample hold all rows?"""


def count_table(table: SampleTable, progress: Progress | None = None) -> TableCounts:
    """Read the table once, portion by portion."""
    columns = {each.name: ColumnCounts(each.name, each.type) for each in table.schema}
    most = max(1_000, min(_ROWS, _CELLS // max(1, len(columns))))
    sample = RowSample(table.schema, most, min(_FEW, most))
    rows = 0
    with ThreadPoolExecutor(2) as threads:
        for portion in _portions(table.batches()):
            rows += portion.num_rows
            # Each column is counted by itself, so that nothing depends on which thread is first.
            list(threads.map(lambda name, cells: columns[name].add(cells), portion.schema.names, portion.columns))
            sample.add(portion)
            _within_memory(columns.values())
            if progress is not None:
                progress(portion.num_rows)
    return TableCounts(columns, rows, sample.table, sample.whole)


def _portions(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    waiting: list[pa.RecordBatch] = []
    for batch in batches:
        waiting.append(batch)
        if sum(each.num_rows for each in waiting) >= _PORTION:
            yield _joined(waiting)
            waiting = []
    if waiting:
        yield _joined(waiting)


def _joined(batches: list[pa.RecordBatch]) -> pa.RecordBatch:
    if len(batches) == 1:
        return batches[0]
    return pa.RecordBatch.from_arrays(
        [pa.concat_arrays([each.column(number) for each in batches]) for number in range(batches[0].num_columns)],
        schema=batches[0].schema,
    )


def _within_memory(columns: Iterable[ColumnCounts]) -> None:
    """Where values take too much, the largest columns go on with sketches until there is room for a while: to join values that
    nearly fill the room, again and again, would cost the most."""
    exact = [each for each in columns if each.counts.exact]
    taken = sum(each.counts.bytes for each in exact)
    if taken <= _VALUES:
        return
    for each in sorted(exact, key=lambda each: -each.counts.bytes):
        if taken > _VALUES / 4:
            taken -= each.counts.bytes
            each.counts.shrink()
    pa.default_memory_pool().release_unused()


def as_numbers(cells: pa.Array) -> npt.NDArray[np.float64] | None:
    """Numbers, and dates and times as they are stored, without nulls; None for what is neither."""
    kind = cells.type
    if pa.types.is_decimal(kind):
        cells = cells.cast(pa.string()).cast(pa.float64())
    elif pa.types.is_date32(kind) or pa.types.is_time32(kind):
        cells = cells.cast(pa.int32())
    elif pa.types.is_temporal(kind):
        cells = cells.cast(pa.int64())
    elif not (pa.types.is_integer(kind) or pa.types.is_floating(kind)):
        return None
    return np.asarray(cells.to_numpy(zero_copy_only=False), np.float64)
