"""Tables of a database file read back block by block."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa

from datamimic.columns.value_types import ValueType
from datamimic.formats.blocks import BLOCK_ROWS, Blocks
from datamimic.model.arrow import arrow_array, column_from
from datamimic.related.schema import quoted


class SqlBlocks(Blocks):
    """A table of an SQLite or DuckDB database, whose rowids follow the order of the rows."""

    def __init__(self, path: Path, table: str, kinds: Mapping[str, tuple[ValueType, pa.DataType]]) -> None:
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
        try:
            return bool(self._connection.execute(known, (name,)).fetchall())
        except sqlite3.Error as error:
            raise ValueError(str(error)) from error

    def _column(self, name: str, block: int) -> Any:
        start = self._first + block * BLOCK_ROWS
        query = f"SELECT {quoted(name)} FROM {self._table} WHERE rowid >= ? AND rowid < ? ORDER BY rowid"
        kind, target = self._kinds[name]
        limits = (start, start + BLOCK_ROWS)
        if isinstance(self._connection, sqlite3.Connection):
            try:
                values = _array([value for (value,) in self._connection.execute(query, limits).fetchall()])
            except sqlite3.Error as error:
                raise ValueError(str(error)) from error
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


def open_database(
    name: str, path: Path, table: str, kinds: Mapping[str, tuple[ValueType, pa.DataType]]
) -> Blocks | None:
    return SqlBlocks(path, table, kinds) if name in ("sqlite", "duckdb") else None
