"""An entity as a PyArrow dataset: what DuckDB, and whoever else scans datasets, reads with columns and filters pushed down."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import pyarrow as pa
import pyarrow.dataset

from datamimic import Rows
from datamimic_databases.virtual.arrow_filters import columns_of, span_of
from datamimic_databases.virtual.table import ROW_NUMBER, VirtualTable


class VirtualDataset(pyarrow.dataset.Dataset):  # type: ignore[misc]
    """See `as_dataset`. It has the parts of a dataset that engines scan with: `schema` and `scanner`."""

    def __init__(self, rows: Rows) -> None:
        self._table = VirtualTable(rows)

    @property
    def schema(self) -> pa.Schema:
        return self._table.schema

    def count_rows(self, filter: Any = None, **_: Any) -> int:
        if filter is None:
            return len(self._table.rows)
        return sum(batch.num_rows for batch in self.scanner(columns=[ROW_NUMBER], filter=filter).to_reader())

    def scanner(self, columns: Sequence[str] | None = None, filter: Any = None, **_: Any) -> VirtualScanner:
        return VirtualScanner(self._table, self.schema.names if columns is None else list(columns), filter)

    def to_table(self, columns: Sequence[str] | None = None, filter: Any = None, **_: Any) -> pa.Table:
        return self.scanner(columns, filter).to_reader().read_all()


class VirtualScanner:
    """One reading of some columns of the rows that a filter lets through."""

    def __init__(self, table: VirtualTable, columns: list[str], filter: Any) -> None:
        self._table = table
        self._columns = columns
        self._filter = filter
        self.projected_schema = pa.schema([table.schema.field(name) for name in columns])

    def to_reader(self) -> pa.RecordBatchReader:
        return pa.RecordBatchReader.from_batches(self.projected_schema, self._batches())

    def _batches(self) -> Iterator[pa.RecordBatch]:
        table = self._table
        if self._filter is None:
            # Without a column there would be no rows to count.
            for batch in table.batches(self._columns or [ROW_NUMBER], table.start, table.stop):
                yield batch.select(self._columns)
            return
        compared = columns_of(table.schema, self._filter)
        span = span_of(table, self._filter)
        table.tell_of_all(self._filter, span, compared)
        for batch in table.batches({*self._columns, *compared}, *span):
            kept = pa.Table.from_batches([batch]).filter(self._filter).select(self._columns)
            yield from kept.to_batches()


def as_dataset(rows: Rows) -> VirtualDataset:
    """`connection.register("patients", as_dataset(world["healthcare.patient"][0:10**9]))`: a table of DuckDB.

    A query makes the columns it names, for the rows that its conditions on `row_number` and on the key leave over; LIMIT stops
    the making. Raises `InvalidOption` (`invalid_range`) for rows without an end.
    """
    return VirtualDataset(rows)
