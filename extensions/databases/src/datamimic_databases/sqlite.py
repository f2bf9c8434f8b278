"""Related tables in an SQLite file, with all constraints; needs nothing that Python does not have."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import pyarrow as pa
import sqlalchemy as sa
from sqlalchemy.dialects import sqlite

from datamimic.related import Loading, StoredTable, TableSchema, Target, flat, iso_text, path_of
from datamimic_databases.databases import (
    REPLACE,
    failed,
    if_exists,
    refuse_dependents,
    refuse_present,
    refused,
    unreachable,
)
from datamimic_databases.ddl import Statements, Types

TYPES: Types = {"unsigned": sa.Text(), "uuid": sa.Text(), "time": sa.Text(), "interval": sa.Text()}


class SqliteTarget(Target):
    """One transaction. Dates, times and durations are ISO 8601 text, numbers that SQLite cannot hold exactly text, booleans 0
    and 1, nested values JSON text; rowids follow the order of the rows."""

    name = "sqlite"
    schemes = ("sqlite",)
    suffixes = (".sqlite", ".sqlite3", ".db")
    by_row = True
    if_exists: str = if_exists()

    def open(self, place: str) -> Loading:
        path = path_of(place)
        try:
            return _Loading(self, path)
        except sqlite3.Error as error:
            raise unreachable("SQLite", error, path) from None

    def stored(self, file: Path, table: str) -> StoredTable | None:
        return _Stored(file, table)


class _Loading(Loading):
    refusals = (sqlite3.Error,)

    def __init__(self, target: SqliteTarget, path: Path) -> None:
        self._target = target
        self._statements = Statements(sqlite.dialect(paramstyle="named"), ())
        fresh = not path.exists() or not path.stat().st_size
        self._connection = sqlite3.connect(path, isolation_level=None)
        # A new file takes its place when it is done: it needs no journal.
        settings = ("journal_mode = OFF", "synchronous = OFF", "locking_mode = EXCLUSIVE") if fresh else ()
        for setting in (*settings, "cache_size = -65536", "foreign_keys = OFF"):
            self._connection.execute(f"PRAGMA {setting}")
        self._connection.execute("BEGIN IMMEDIATE")

    def begin(self, tables: Sequence[TableSchema]) -> None:
        self._statements = Statements(
            self._statements.dialect, tables, types=TYPES, long_decimals=sa.Text(), deferred=True
        )
        names = {table.name for table in tables}
        there = self._connection.execute(
            "SELECT name, type FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'"
        ).fetchall()
        present = names & {name for name, _ in there}
        refuse_present(present, "the database", self._target.if_exists)
        if self._target.if_exists == REPLACE:
            others = {name for name, kind in there if kind == "table"} - names
            refuse_dependents((each for each in others if self._refers_to(each) & present), "the database")
            for name in present:
                self._run(self._statements.drop(name))
        for table in tables:
            self._run(self._statements.create(table.name))

    def _refers_to(self, table: str) -> set[str]:
        rows = self._connection.execute('SELECT "table" FROM pragma_foreign_key_list(?)', (table,)).fetchall()
        return {target for (target,) in rows}

    def take(self, table: TableSchema, blocks: Iterator[pa.RecordBatch]) -> None:
        marks = ", ".join("?" * len(table.columns))
        statement = f"INSERT INTO {self._statements.qualified(table.name)} VALUES ({marks})"
        for block in blocks:
            columns = [_cells(column) for column in flat(block).columns]
            with refused(f"SQLite refuses rows of {table.name}", self.refusals):
                self._connection.executemany(statement, zip(*columns, strict=True))

    def end(self) -> None:
        # References are checked at once, from the indexes, instead of row by row.
        for name in self._statements.schemas:
            broken = self._connection.execute("SELECT * FROM pragma_foreign_key_check(?)", (name,)).fetchone()
            if broken:
                reason = ValueError(f"a row of {broken[0]} refers to a row that {broken[2]} does not have")
                raise failed("SQLite", reason)
        self._run("COMMIT")
        self._connection.close()

    def abandon(self) -> None:
        with suppress(sqlite3.Error):
            if self._connection.in_transaction:
                self._connection.rollback()
        self._connection.close()

    def _run(self, statement: str) -> None:
        with refused("SQLite", self.refusals, statement=statement):
            self._connection.execute(statement)


def _cells(column: pa.Array) -> list[Any]:
    """What sqlite3 stores, one value per row."""
    kind = column.type
    if pa.types.is_dictionary(kind):
        values = [*column.dictionary.to_pylist(), None]
        return [values[code] for code in column.indices.fill_null(len(values) - 1).to_pylist()]
    if pa.types.is_temporal(kind):
        column = iso_text(column)
    elif pa.types.is_boolean(kind):
        column = column.cast(pa.int8())
    elif pa.types.is_decimal(kind) or pa.types.is_uint64(kind):
        column = column.cast(pa.string())
    return column.to_pylist()


class _Stored(StoredTable):
    def __init__(self, file: Path, table: str) -> None:
        self._quote = sqlite.dialect().identifier_preparer.quote_identifier
        self._table = self._quote(table)
        self._connection = sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro&immutable=1", uri=True)
        # Cells that the file has no room for would be made by an expression in it.
        self._connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, max(file.stat().st_size, 1 << 16))
        # A view would be computed, for as long as it likes.
        known = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ? AND sql LIKE 'CREATE TABLE%'"
        try:
            found = self._connection.execute(known, (table,)).fetchall()
        except sqlite3.Error:
            self.close()
            raise
        if not found:
            self.close()
            raise ValueError(f"there is no table {table}")

    def column(self, name: str, start: int, stop: int) -> pa.Array:
        query = f"SELECT {self._quote(name)} FROM {self._table} WHERE rowid > ? AND rowid <= ? ORDER BY rowid"
        return _array([value for (value,) in self._connection.execute(query, (start, stop)).fetchall()])

    def close(self) -> None:
        self._connection.close()


def _array(values: list[Any]) -> pa.Array:
    if any(isinstance(value, float) for value in values) and any(isinstance(value, int) for value in values):
        # SQLite keeps whole numbers as integers in a NUMERIC column.
        values = [None if value is None else float(value) for value in values]
    made = pa.array(values)
    return made.cast(pa.string()) if pa.types.is_null(made.type) else made
