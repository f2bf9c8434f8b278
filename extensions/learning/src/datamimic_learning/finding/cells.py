"""The cells of a column that are looked at: a bounded sample of them, spread evenly over all rows, as texts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cached_property

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from attrs import field, frozen

from datamimic_learning.finding.documents import parts_of
from datamimic_learning.finding.form import bare
from datamimic_learning.finding.words import words

_LONGEST = 10_000
"""Characters of a cell that are looked at."""


@frozen(slots=False, eq=False)
class Cells:
    """Distinct texts of a column, in the order of their first row, with how often each is there; stripped, without nulls and
    placeholders. `kind` is the type of the values: text, int, float, date, instant, bool or other."""

    name: str
    kind: str
    texts: tuple[str, ...]
    counts: tuple[int, ...]
    rows: int

    @property
    def filled(self) -> int:
        return sum(self.counts)

    @cached_property
    def bare(self) -> tuple[str, ...]:
        return tuple(map(bare, self.texts))

    @cached_property
    def lengths(self) -> tuple[int, int, int]:
        """Shortest, median and longest text, in characters."""
        sizes = sorted(map(len, self.texts))
        return sizes[0], sizes[len(sizes) // 2], sizes[-1]

    def share(self, hits: Iterable[bool]) -> float:
        """Of all filled cells, those whose text is a hit."""
        return sum(count for hit, count in zip(hits, self.counts, strict=True) if hit) / max(self.filled, 1)


@frozen
class Decimation:
    """Every 2^k-th row of a table, with k so that at most `limit` remain: the same rows however it comes in batches."""

    limit: int
    _kept: list[pa.RecordBatch] = field(factory=list, init=False)
    _state: list[int] = field(factory=lambda: [1, 0, 0], init=False)
    """Step, rows seen, rows kept."""

    def add(self, batch: pa.RecordBatch) -> None:
        step, seen, kept = self._state
        wanted = np.arange(-seen % step, batch.num_rows, step)
        if len(wanted):
            self._kept.append(batch.take(pa.array(wanted)))
        self._state[:] = [step, seen + batch.num_rows, kept + len(wanted)]
        while self._state[2] > self.limit:
            self._thin()

    def _thin(self) -> None:
        table = pa.Table.from_batches(self._kept).combine_chunks()
        half = table.take(pa.array(np.arange(0, table.num_rows, 2)))
        self._kept[:] = half.to_batches()
        self._state[0] *= 2
        self._state[2] = half.num_rows

    def table(self, schema: pa.Schema) -> pa.Table:
        return pa.Table.from_batches(self._kept, schema=schema)


def cells_of(name: str, column: pa.ChunkedArray) -> Iterator[Cells]:
    """The cells of a column; a nested one, and one of JSON, gives one for each of its leaves, named
    `column.part`."""
    if pa.types.is_dictionary(column.type):
        column = column.cast(column.type.value_type)
    if pa.types.is_struct(column.type):
        for place, part in enumerate(column.type):
            yield from cells_of(f"{name}.{part.name}", pc.struct_field(column, place))
    elif (
        pa.types.is_list(column.type) or pa.types.is_large_list(column.type) or pa.types.is_fixed_size_list(column.type)
    ):
        yield from cells_of(
            name, pa.chunked_array([pc.list_flatten(chunk) for chunk in column.chunks], column.type.value_type)
        )
    elif (pa.types.is_string(column.type) or pa.types.is_large_string(column.type)) and (parts := parts_of(column)):
        for path, values in parts.items():
            yield _flat(f"{name}.{path}" if path else name, pa.chunked_array([values]))
    else:
        yield _flat(name, column)


def _flat(name: str, column: pa.ChunkedArray) -> Cells:
    kind = _kind(column.type)
    if kind == "other" or column.type == pa.null():
        return Cells(name, "other", (), (), len(column))
    if kind == "float":
        whole = pc.all(pc.equal(pc.floor(column), column), skip_nulls=True).as_py()
        if whole and pc.max(pc.abs(column)).as_py() is not None and pc.max(pc.abs(column)).as_py() < 2**53:
            column, kind = column.cast(pa.int64()), "int"
    placeholders = words("placeholders")
    texts = column.drop_null().to_pylist()
    counts = Counter(str(text)[:_LONGEST].strip() for text in texts)
    counts = Counter({text: count for text, count in counts.items() if text and text.casefold() not in placeholders})
    return Cells(name, kind, tuple(counts), tuple(counts.values()), len(column))


def _kind(kind: pa.DataType) -> str:
    types = pa.types
    tests = (
        (types.is_string, "text"), (types.is_large_string, "text"), (types.is_integer, "int"), (types.is_floating, "float"),
        (types.is_decimal, "float"), (types.is_date, "date"), (types.is_timestamp, "instant"), (types.is_boolean, "bool"),
    )  # fmt: skip
    if hasattr(types, "is_string_view") and types.is_string_view(kind):
        return "text"
    return next((name for test, name in tests if test(kind)), "other")
