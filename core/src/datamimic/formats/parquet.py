"""Parquet, tuned for columns that come coded: dictionaries pass through, unique text is not tried as a dictionary."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from datamimic.base.settings import setting
from datamimic.columns.buffers import arrow_numbers
from datamimic.formats.blocks import BLOCK_ROWS, Blocks
from datamimic.formats.format import Format, Writer
from datamimic.model.arrow import rows_within

ROW_GROUP = 131_072
ROW_GROUP_BYTES = 96 << 20
_READ_ROWS = 65_536


class Parquet(Format):
    """Row groups of 131,072 rows, fewer where rows are wide; statistics for numbers and dates. Tuples are lists."""

    name = "parquet"
    suffixes = (".parquet", ".pq")

    compression: str = setting(
        "snappy",
        "How column chunks are compressed.",
        choices=("snappy", "zstd", "gzip", "brotli", "lz4", "none"),
        converter=str.lower,
    )

    def writer(self, stream: BinaryIO, schema: pa.Schema) -> Writer:
        return _ParquetWriter(stream, schema, self.compression)

    def read(self, path: Path) -> Iterator[pa.RecordBatch]:
        with pq.ParquetFile(path) as file:
            yield from file.iter_batches(batch_size=_READ_ROWS)

    def read_columns(self, path: Path, names: Sequence[str]) -> Iterator[pa.RecordBatch]:
        with pq.ParquetFile(path) as file:
            if lacking := [each for each in names if each not in file.schema_arrow.names]:
                raise KeyError(lacking[0])
            for batch in file.iter_batches(batch_size=_READ_ROWS, columns=list(names)):
                yield batch.select(list(names))

    def open_blocks(self, path: Path, names: Sequence[str], offsets: Sequence[int] | None) -> Blocks:
        return _ParquetBlocks(path)


class _ParquetWriter(Writer):
    def __init__(self, stream: BinaryIO, schema: pa.Schema, compression: str) -> None:
        super().__init__(stream, schema)
        coded = [field.name for field in schema if pa.types.is_dictionary(field.type)]
        ordered = [field.name for field in schema if _has_order(field.type)]
        self._stored = pa.schema([field.with_type(_stored(field.type)) for field in schema], schema.metadata)
        self._writer = pq.ParquetWriter(
            stream,
            self._stored,
            compression=compression,
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
            self._put(table.slice(0, self._group))
            rest = table.slice(self._group)
            self._rows = rest.num_rows
            self._waiting = rest.to_batches() if self._rows else []

    def close(self) -> None:
        if self._rows:
            self._put(pa.Table.from_batches(self._waiting, schema=self.schema))
        self._writer.close()

    def _put(self, group: pa.Table) -> None:
        if self._stored != self.schema:
            # Taken row by row: of a null there may still be room for its values, which Parquet does not take.
            rows = arrow_numbers(np.arange(len(group), dtype=np.int64))
            group = group.cast(self._stored).take(rows)
        self._writer.write_table(group, row_group_size=self._group)


class _ParquetBlocks(Blocks):
    """Reads a column of a row group at a time."""

    def __init__(self, path: Path) -> None:
        self._file = pq.ParquetFile(path)
        if self._file.metadata.serialized_size > path.stat().st_size:
            raise ValueError("its metadata are larger than the file")
        groups = [self._file.metadata.row_group(number).num_rows for number in range(self._file.num_row_groups)]
        self._starts = [sum(groups[:number]) for number in range(len(groups))]
        self._group_rows = groups[0] if groups else BLOCK_ROWS
        self.unit = max(1, self._group_rows // BLOCK_ROWS)
        self._read: dict[str, tuple[int, pa.Array]] = {}

    def close(self) -> None:
        self._file.close()

    def _column(self, name: str, block: int) -> pa.Array:
        group = block * BLOCK_ROWS // self._group_rows
        known = self._read.get(name)
        if known is None or known[0] != group:
            table = self._file.read_row_group(group, columns=[name])
            known = self._read[name] = (group, table.column(name).combine_chunks())
        return known[1].slice(block * BLOCK_ROWS - self._starts[group], BLOCK_ROWS)


def _stored(kind: pa.DataType) -> pa.DataType:
    """The type with lists for lists of a fixed length: Parquet has no others, and Arrow writes nulls among them only lately."""
    types = pa.types
    if types.is_fixed_size_list(kind) or types.is_list(kind):
        inner = _stored(kind.value_type)
        return kind if types.is_list(kind) and inner == kind.value_type else pa.list_(inner)
    if types.is_map(kind):
        inner = _stored(kind.item_type)
        return kind if inner == kind.item_type else pa.map_(kind.key_type, inner)
    if types.is_struct(kind):
        return pa.struct([field.with_type(_stored(field.type)) for field in kind])
    return kind


def _has_order(kind: pa.DataType) -> bool:
    types = pa.types
    return bool(types.is_integer(kind) or types.is_floating(kind) or types.is_temporal(kind) or types.is_decimal(kind))
