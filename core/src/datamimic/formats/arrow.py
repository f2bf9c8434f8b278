"""Arrow IPC files, which pyarrow, Polars, DuckDB and pandas read without parsing."""

from __future__ import annotations

from typing import Any, BinaryIO

import pyarrow as pa

from datamimic.formats.exporter import Exporter
from datamimic.model.arrow import decoded


class ArrowExporter(Exporter):
    """The IPC file format (Feather 2). Text is written plain: the format cannot change a dictionary between batches."""

    name = "arrow"
    suffixes = (".arrow", ".feather", ".ipc")

    def __init__(self, stream: BinaryIO, schema: pa.Schema, **settings: Any) -> None:
        super().__init__(stream, schema, **settings)
        fields = [
            field.with_type(field.type.value_type) if pa.types.is_dictionary(field.type) else field for field in schema
        ]
        self._schema = pa.schema(fields)
        self._writer = pa.ipc.new_file(stream, self._schema)

    def write(self, batch: pa.RecordBatch) -> None:
        columns = [decoded(column) for column in batch.columns]
        self._writer.write_batch(pa.RecordBatch.from_arrays(columns, schema=self._schema))

    def close(self) -> None:
        self._writer.close()
