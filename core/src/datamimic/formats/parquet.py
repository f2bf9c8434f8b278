"""Parquet, tuned for columns that come coded: dictionaries pass through, unique text is not tried as a dictionary."""

from __future__ import annotations

from typing import Any, BinaryIO, ClassVar

import pyarrow as pa
import pyarrow.parquet as pq

from datamimic.formats.exporter import Exporter
from datamimic.model.arrow import rows_within

ROW_GROUP = 131_072
ROW_GROUP_BYTES = 96 << 20


class ParquetExporter(Exporter):
    """Row groups of 131,072 rows, fewer where rows are wide; statistics for numbers and dates."""

    name = "parquet"
    suffixes = (".parquet", ".pq")
    settings: ClassVar = {"compression": "snappy"}

    def __init__(self, stream: BinaryIO, schema: pa.Schema, **settings: Any) -> None:
        super().__init__(stream, schema, **settings)
        coded = [field.name for field in schema if pa.types.is_dictionary(field.type)]
        ordered = [field.name for field in schema if _has_order(field.type)]
        self._writer = pq.ParquetWriter(
            stream,
            schema,
            compression=self.chosen["compression"],
            use_dictionary=coded or False,
            write_statistics=ordered or False,
            store_schema=True,
        )
        # Settled by the schema, so that a file does not depend on how its rows came.
        self._group = rows_within(schema, ROW_GROUP_BYTES, ROW_GROUP)
        self._waiting: list[pa.RecordBatch] = []
        self._rows = 0

    def write(self, batch: pa.RecordBatch) -> None:
        self._waiting.append(batch)
        self._rows += batch.num_rows
        while self._rows >= self._group:
            table = pa.Table.from_batches(self._waiting, schema=self.schema)
            self._writer.write_table(table.slice(0, self._group), row_group_size=self._group)
            rest = table.slice(self._group)
            self._rows = rest.num_rows
            self._waiting = rest.to_batches() if self._rows else []

    def close(self) -> None:
        if self._rows:
            self._writer.write_table(
                pa.Table.from_batches(self._waiting, schema=self.schema), row_group_size=self._group
            )
        self._writer.close()


def _has_order(kind: pa.DataType) -> bool:
    types = pa.types
    return bool(types.is_integer(kind) or types.is_floating(kind) or types.is_temporal(kind) or types.is_decimal(kind))
