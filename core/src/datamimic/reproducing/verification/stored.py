"""Outputs read back block by block and column by column, each format in the way that lets one block be read alone."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from datamimic.columns.value_types import Kind
from datamimic.errors import DatamimicError
from datamimic.model.arrow import arrow_array, column_from
from datamimic.output.digest import BLOCK_ROWS
from datamimic.related.schema import quoted

_UNREADABLE = (
    pa.ArrowException,
    OSError,
    ValueError,
    KeyError,
    IndexError,
    OverflowError,
    RecursionError,
    sqlite3.Error,
    csv.Error,
    DatamimicError,
)


class Unreadable(Exception):
    """A block, or the whole output, cannot be read; the message says why."""


class Stored(ABC):
    """One table of an output. `unit` is how many blocks are best read together; `is_text` says that a block is compared
    with a written block instead of with values, since a text format does not say what it holds."""

    unit = 1
    is_text = False

    def close(self) -> None:  # noqa: B027
        """Release what is open; nothing is read afterwards."""

    def column(self, name: str, block: int) -> Any:
        """The column of a block, as an Arrow array. Raises `Unreadable`."""
        try:
            found = self._column(name, block)
            # A damaged file may hold offsets and codes that lead outside its buffers: looked at, they crash.
            found.validate(full=True)
            return found
        except _UNREADABLE as error:
            raise Unreadable(str(error).splitlines()[0] if str(error) else type(error).__name__) from error

    @abstractmethod
    def _column(self, name: str, block: int) -> Any: ...


class ParquetStored(Stored):
    """Reads a column of a row group at a time."""

    def __init__(self, path: Path) -> None:
        self._file = pq.ParquetFile(path)
        if self._file.metadata.serialized_size > path.stat().st_size:
            raise ValueError("its metadata are larger than the file")
        groups = [self._file.metadata.row_group(number).num_rows for number in range(self._file.num_row_groups)]
        self._starts = [sum(groups[:number]) for number in range(len(groups))]
        self._group_rows = groups[0] if groups else BLOCK_ROWS
        self.unit = max(1, self._group_rows // BLOCK_ROWS)
        self._read: dict[str, tuple[int, Any]] = {}

    def _column(self, name: str, block: int) -> Any:
        group = block * BLOCK_ROWS // self._group_rows
        known = self._read.get(name)
        if known is None or known[0] != group:
            table = self._file.read_row_group(group, columns=[name])
            known = self._read[name] = (group, table.column(name).combine_chunks())
        return known[1].slice(block * BLOCK_ROWS - self._starts[group], BLOCK_ROWS)


class ArrowStored(Stored):
    """An IPC file whose record batches are the blocks."""

    def __init__(self, path: Path) -> None:
        self._reader = pa.ipc.open_file(pa.memory_map(str(path)))

    def _column(self, name: str, block: int) -> Any:
        return self._reader.get_batch(block).column(name)


class TextStored(Stored):
    """CSV, JSON or JSON lines by the byte offsets of the blocks; cells stay text."""

    is_text = True

    def __init__(self, path: Path, format: str, offsets: Sequence[int], names: Sequence[str]) -> None:
        self.path = path
        self.offsets = offsets
        self._parse = {"csv": self._csv, "json": self._json, "jsonl": self._lines}[format]
        self._names = list(names)
        self.lead = 2 if format == "json" else 0
        """Bytes before the first row of a block: of a JSON array its bracket, or the comma after the block before."""
        self._read: tuple[int, pa.RecordBatch] | None = None

    def _column(self, name: str, block: int) -> Any:
        if self._read is None or self._read[0] != block:
            self._read = (block, self.parse(self.content(block)))
        return self._read[1].column(name)

    def content(self, block: int) -> bytes:
        """The bytes of a block."""
        with self.path.open("rb") as stream:
            stream.seek(self.offsets[block])
            return stream.read(self.offsets[block + 1] - self.offsets[block])

    def parse(self, content: bytes) -> pa.RecordBatch:
        """The rows of a block's bytes, each cell as text."""
        rows = self._parse(content.decode("utf-8"))
        for number, row in enumerate(rows):
            if len(row) != len(self._names):
                raise ValueError(f"row {number} of the block has {len(row)} cells, not {len(self._names)}")
        columns = [pa.array([row[place] for row in rows], pa.string()) for place in range(len(self._names))]
        return pa.RecordBatch.from_arrays(columns, names=self._names)

    def _csv(self, text: str) -> list[list[str]]:
        return list(csv.reader(io.StringIO(text, newline=""), strict=True))

    def _json(self, text: str) -> list[list[str]]:
        return self._objects(json.loads(f"[{text[self.lead :]}]"))

    def _lines(self, text: str) -> list[list[str]]:
        return self._objects([json.loads(line) for line in text.splitlines()])

    def _objects(self, rows: list[Any]) -> list[list[str]]:
        for row in rows:
            if list(row) != self._names:
                raise ValueError(f"an object has other members: {', '.join(row)}")
        return [[json.dumps(value, ensure_ascii=False) for value in row.values()] for row in rows]


class SqlStored(Stored):
    """A table of an SQLite or DuckDB database, whose rowids follow the order of the rows."""

    def __init__(self, path: Path, table: str, kinds: Mapping[str, tuple[Kind, pa.DataType]]) -> None:
        self._table = quoted(table)
        self._kinds = kinds
        if path.suffix == ".duckdb":
            from datamimic.related.duckdb import connect, refusal

            try:
                self._connection: Any = connect(path, read_only=True)
            except refusal() as error:
                raise ValueError(str(error)) from error
            self._first = 0
        else:
            self._connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)
            # Cells that the file has no room for would be made by an expression in it.
            self._connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, max(path.stat().st_size, 1 << 16))
            self._first = 1
        if not self._is_table(table):
            self.close()
            raise ValueError(f"there is no table {table}")

    def close(self) -> None:
        self._connection.close()

    def _is_table(self, name: str) -> bool:
        """A view would be computed, for as long as it likes."""
        known = (
            "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ? AND sql LIKE 'CREATE TABLE%'"
            if isinstance(self._connection, sqlite3.Connection)
            else "SELECT 1 FROM duckdb_tables() WHERE table_name = ?"
        )
        return bool(self._connection.execute(known, (name,)).fetchall())

    def _column(self, name: str, block: int) -> Any:
        start = self._first + block * BLOCK_ROWS
        query = f"SELECT {quoted(name)} FROM {self._table} WHERE rowid >= ? AND rowid < ? ORDER BY rowid"
        kind, target = self._kinds[name]
        limits = (start, start + BLOCK_ROWS)
        if isinstance(self._connection, sqlite3.Connection):
            values = _array([value for (value,) in self._connection.execute(query, limits).fetchall()])
        else:
            from datamimic.related.duckdb import refusal

            try:
                values = self._connection.sql(query, params=limits).to_arrow_table().column(0)
            except refusal() as error:
                raise ValueError(str(error)) from error
        return arrow_array(column_from(values, kind, name), kind, target)


def _array(values: list[Any]) -> pa.Array:
    if any(isinstance(value, float) for value in values) and any(isinstance(value, int) for value in values):
        # SQLite keeps whole numbers as integers in a NUMERIC column.
        values = [None if value is None else float(value) for value in values]
    made = pa.array(values)
    return made.cast(pa.string()) if pa.types.is_null(made.type) else made


def open_stored(
    path: Path,
    format: str,
    table: str,
    offsets: Sequence[int] | None,
    kinds: Mapping[str, tuple[Kind, pa.DataType]],
) -> Stored | None:
    """How to read an output back; None for a format that cannot be read by block. Raises `Unreadable`."""
    try:
        if format == "parquet":
            return ParquetStored(path)
        if format == "arrow":
            return ArrowStored(path)
        if format in ("csv", "json", "jsonl") and offsets:
            return TextStored(path, format, offsets, list(kinds))
        if format in ("sqlite", "duckdb"):
            return SqlStored(path, table, kinds)
    except _UNREADABLE as error:
        raise Unreadable(str(error).splitlines()[0] if str(error) else type(error).__name__) from error
    return None
