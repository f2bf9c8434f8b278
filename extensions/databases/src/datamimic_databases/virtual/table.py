"""An entity as a table that nobody stored: batches are made when they are read, of the columns and rows that are asked for."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

import numpy as np
import pyarrow as pa

from datamimic import Rows
from datamimic.columns import Ints
from datamimic.errors import UnknownName
from datamimic_databases.virtual.conditions import Condition

ROW_NUMBER = "row_number"
"""The column that every virtual table has besides its own: the number of the row in the world."""
FIRST_BATCH = 256
LARGEST_BATCH = 65_536


class VirtualTable:
    """Rows with an end, as a table with plain text columns and `row_number`. Raises `InvalidOption` for rows without end."""

    def __init__(self, rows: Rows) -> None:
        self.rows = rows
        self.stop = rows.require_end()
        fields = [pa.field(ROW_NUMBER, pa.int64(), nullable=False)]
        for field in rows.schema():
            if field.name != ROW_NUMBER:
                plain = pa.types.is_dictionary(field.type)
                fields.append(field.with_type(field.type.value_type) if plain else field)
        self.schema = pa.schema(fields)

    def batches(self, columns: Collection[str], conditions: Iterable[Condition] = ()) -> Iterator[pa.RecordBatch]:
        """The rows that may fulfil the conditions, in order, a growing number at a time, so that few cost little."""
        names = [name for name in self.schema.names if name in columns]
        schema = pa.schema([self.schema.field(name) for name in names])
        start, stop = self.span(conditions)
        size = FIRST_BATCH
        while start < stop:
            numbers = np.arange(start, min(start + size, stop), dtype=np.int64)
            yield self._batch(numbers, schema)
            start, size = start + len(numbers), min(4 * size, LARGEST_BATCH)

    def span(self, conditions: Iterable[Condition]) -> tuple[int, int]:
        """First row and end of the rows that may fulfil the conditions."""
        low, high = self.rows.start, self.stop
        key = self.rows.spec.key
        for each in conditions:
            if each.column == ROW_NUMBER and isinstance(each.value, int):
                first = each.value + (each.operator == ">")
                end = each.value + (each.operator != "<")
                low = max(low, first) if each.operator in ("==", ">=", ">") else low
                high = min(high, end) if each.operator in ("==", "<=", "<") else high
            elif key is not None and each.column == key.name and each.operator == "==" and key.generator.invertible:
                try:
                    row = self.rows.find(str(each.value))
                except UnknownName:
                    return low, low
                low, high = max(low, row), min(high, row + 1)
        return low, max(low, high)

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
