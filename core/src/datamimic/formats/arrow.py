"""Arrow IPC files, which pyarrow, Polars, DuckDB and pandas read without parsing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

import numpy as np
import pyarrow as pa

from datamimic.columns.buffers import arrow_numbers
from datamimic.formats.blocks import Blocks
from datamimic.formats.format import Format, Writer
from datamimic.model.arrow import decoded


class Arrow(Format):
    """The IPC file format (Feather 2). Text is written plain: the format cannot change a dictionary between batches."""

    name = "arrow"
    suffixes = (".arrow", ".feather", ".ipc")

    def writer(self, stream: BinaryIO, schema: pa.Schema) -> Writer:
        return _ArrowWriter(stream, schema)

    def read(self, path: Path) -> Iterator[pa.RecordBatch]:
        with pa.memory_map(str(path)) as source:
            reader = pa.ipc.open_file(source)
            for number in range(reader.num_record_batches):
                yield reader.get_batch(number)

    def open_blocks(self, path: Path, names: Sequence[str], offsets: Sequence[int] | None) -> Blocks:
        return _ArrowBlocks(path)


class _ArrowWriter(Writer):
    def __init__(self, stream: BinaryIO, schema: pa.Schema) -> None:
        super().__init__(stream, schema)
        fields = [
            field.with_type(field.type.value_type) if pa.types.is_dictionary(field.type) else field for field in schema
        ]
        self._schema = pa.schema(fields)
        self._writer = pa.ipc.new_file(stream, self._schema)

    def write(self, batch: pa.RecordBatch) -> None:
        columns = [_alone(column) for column in batch.columns]
        self._writer.write_batch(pa.RecordBatch.from_arrays(columns, schema=self._schema))

    def close(self) -> None:
        self._writer.close()


def _alone(column: pa.Array) -> pa.Array:
    """The values in buffers of their own, text plain: of a slice, the bytes written depend on what it was cut from."""
    if pa.types.is_dictionary(column.type):
        return decoded(column)
    return decoded(column).take(arrow_numbers(np.arange(len(column), dtype=np.int64)))


class _ArrowBlocks(Blocks):
    """The record batches of the file are the blocks."""

    def __init__(self, path: Path) -> None:
        self._reader = pa.ipc.open_file(pa.memory_map(str(path)))

    def _column(self, name: str, block: int) -> pa.Array:
        return self._reader.get_batch(block).column(name)
