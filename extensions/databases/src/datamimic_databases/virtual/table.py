"""An entity as a table that nobody stored: batches are made when they are read, of the columns and rows that are asked for."""

from __future__ import annotations

import warnings
from collections.abc import Collection, Iterator

import pyarrow as pa

from datamimic import Rows
from datamimic.columns import Ints
from datamimic.errors import UnknownName

ROW_NUMBER = "row_number"
"""The column that every virtual table has besides its own: the number of the row in the world."""
FIRST_BATCH = 256
LARGEST_BATCH = 65_536
MANY_ROWS = 1_000_000


class NotNarrowed(UserWarning):
    """A condition on the row number or the key that does not say which rows it leaves over: all are made and looked at."""


class VirtualTable:
    """Rows with an end, as a table with plain text columns and `row_number`. Raises `InvalidOption` for rows without end."""

    def __init__(self, rows: Rows) -> None:
        self.rows = rows
        self.start = rows.start
        self.stop = rows.require_end()
        key = rows.spec.key
        self.key = key.name if key is not None and key.generator.invertible else None
        """The column that tells its row without a look at others; None where there is none."""
        fields = [pa.field(ROW_NUMBER, pa.int64(), nullable=False)]
        for field in rows.schema():
            if field.name != ROW_NUMBER:
                plain = pa.types.is_dictionary(field.type)
                fields.append(field.with_type(field.type.value_type) if plain else field)
        self.schema = pa.schema(fields)

    def batches(self, columns: Collection[str], start: int, stop: int) -> Iterator[pa.RecordBatch]:
        """The rows [start, stop), in order, a growing number at a time, so that few cost little."""
        names = [name for name in self.schema.names if name in columns]
        schema = pa.schema([self.schema.field(name) for name in names])
        size = FIRST_BATCH
        while start < stop:
            end = min(start + size, stop)
            # Of a world as of an earlier moment not all rows are there; those that are keep their numbers.
            numbers = self.rows[start - self.start : end - self.start].numbers()
            if len(numbers):
                yield self._batch(numbers, schema)
            start, size = end, min(4 * size, LARGEST_BATCH)

    def span_of_key(self, value: object) -> tuple[int, int]:
        """The one row that has this key, as a range; an empty one where no row has it."""
        try:
            row = self.rows.find(str(value))
        except UnknownName:
            return self.start, self.start
        return row, row + 1

    def tell_of_all(self, condition: object, span: tuple[int, int], named: Collection[str]) -> None:
        """Warn where a condition on the row number or the key, among the `named` columns, leaves all of many rows over."""
        rows = self.stop - self.start
        if rows >= MANY_ROWS and span == (self.start, self.stop) and not {ROW_NUMBER, self.key}.isdisjoint(named):
            text = " ".join(str(condition).split())[:200]
            warnings.warn(f"{text} does not say which rows: all {rows:,} are made", NotNarrowed, stacklevel=2)

    def _batch(self, numbers: Ints, schema: pa.Schema) -> pa.RecordBatch:
        made = [name for name in schema.names if name != ROW_NUMBER]
        batch = self.rows.select(made).gather(numbers) if made else None
        arrays = []
        for name in schema.names:
            if name == ROW_NUMBER:
                arrays.append(pa.array(numbers))
            else:
                assert batch is not None
                column = batch.column(name)
                arrays.append(column.cast(schema.field(name).type) if pa.types.is_dictionary(column.type) else column)
        return pa.RecordBatch.from_arrays(arrays, schema=schema)
