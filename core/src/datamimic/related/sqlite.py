"""A set of tables as one SQLite database, with all constraints."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa

from datamimic.errors import OutputError
from datamimic.formats.json_text import iso_text
from datamimic.output.digest_tree import DigestTree
from datamimic.related.schema import TableSchema, create_table, quoted
from datamimic.related.sink import Sink, file_entry, flat


class SqliteSink(Sink):
    """Dates and times are ISO 8601 text, booleans 0 and 1, nested values JSON text; rowids follow the order of the rows."""

    format = "sqlite"
    refusals = (sqlite3.Error,)
    file = "world.sqlite"

    def __init__(self, folder: Path) -> None:
        self.path = folder / self.file
        self._connection = sqlite3.connect(self.path, isolation_level=None)
        # The file is new and its folder takes its place when it is done: nothing needs a journal.
        for pragma in ("journal_mode = OFF", "synchronous = OFF", "locking_mode = EXCLUSIVE", "cache_size = -65536"):
            self._connection.execute(f"PRAGMA {pragma}")
        self._connection.execute("BEGIN")

    def begin(self, tables: Sequence[TableSchema]) -> None:
        for table in tables:
            self._connection.execute(create_table(table, "sqlite"))

    def take(self, table: TableSchema, schema: pa.Schema, blocks: Iterator[pa.RecordBatch]) -> dict[str, Any]:
        tree = DigestTree(schema)
        marks = ", ".join("?" * len(table.columns))
        statement = f"INSERT INTO {quoted(table.name)} VALUES ({marks})"
        for block in blocks:
            tree.add(block)
            columns = [_cells(column) for column in flat(block).columns]
            self._connection.executemany(statement, zip(*columns, strict=True))
        return {"file": self.file, "content": tree.to_dict()}

    def end(self, tables: Sequence[TableSchema]) -> list[dict[str, Any]]:
        # References are checked at once, from the indexes, instead of row by row.
        broken = self._connection.execute("PRAGMA foreign_key_check").fetchone()
        if broken:
            raise OutputError("output_failed", f"a row of {broken[0]} refers to a row that {broken[2]} does not have")
        self._connection.execute("COMMIT")
        self._connection.close()
        return [file_entry(self.path)]

    def abandon(self) -> None:
        self._connection.close()


def _cells(column: pa.Array) -> list[Any]:
    """What sqlite3 stores, one value per row."""
    kind = column.type
    if pa.types.is_dictionary(kind):
        values = [*column.dictionary.to_pylist(), None]
        return [values[code] for code in column.indices.fill_null(len(values) - 1).to_pylist()]
    if pa.types.is_timestamp(kind) or pa.types.is_date(kind):
        column = iso_text(column)
    elif pa.types.is_boolean(kind):
        column = column.cast(pa.int8())
    elif pa.types.is_decimal(kind):
        column = column.cast(pa.string())
    return column.to_pylist()
