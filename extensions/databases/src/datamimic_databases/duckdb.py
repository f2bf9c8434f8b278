"""Related tables in a DuckDB file, from Arrow, with all constraints; needs duckdb."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from types import ModuleType
from typing import Any

import pyarrow as pa
from sqlalchemy.dialects import postgresql

from datamimic import setting
from datamimic.related import Loading, StoredTable, TableSchema, Target, flat, missing_driver, path_of
from datamimic_databases.databases import REPLACE, if_exists, refuse_present, refused, unreachable
from datamimic_databases.ddl import Statements


class DuckdbTarget(Target):
    """One transaction; rows keep their order. Lists, maps and records are JSON. References in a circle are left out, since
    DuckDB checks every row when it comes."""

    name = "duckdb"
    schemes = ("duckdb",)
    suffixes = (".duckdb",)
    schema: str = setting("main", "The schema, created if it is new.")
    if_exists: str = if_exists()

    def open(self, place: str) -> Loading:
        driver = library()
        path = path_of(place)
        try:
            connection = connect(driver, path)
        except driver.Error as error:
            raise unreachable("DuckDB", error, path) from None
        return _Loading(self, connection, driver.Error)

    def stored(self, file: Path, table: str) -> StoredTable | None:
        return _Stored(connect(library(), file, read_only=True), self.schema, table)


def library() -> ModuleType:
    try:
        import duckdb
    except ImportError:
        raise missing_driver("duckdb", "datamimic-databases[duckdb]") from None
    return duckdb


def connect(library: Any, path: Path, *, read_only: bool = False) -> Any:
    return library.connect(str(path), read_only=read_only, config={"preserve_insertion_order": "true"})


class _Loading(Loading):
    def __init__(self, target: DuckdbTarget, connection: Any, refusal: type[Exception]) -> None:
        self.refusals = (refusal,)
        self._target = target
        self._connection = connection
        # DuckDB speaks PostgreSQL's SQL in all that is said here.
        self._statements = Statements(postgresql.dialect(paramstyle="named"), ())  # type: ignore[no-untyped-call]

    def begin(self, tables: Sequence[TableSchema]) -> None:
        schema = self._target.schema
        self._statements = Statements(
            self._statements.dialect, tables, types={"uuid": postgresql.UUID()}, schema=schema
        )
        names = {table.name for table in tables}
        self._run("BEGIN")
        found = self._connection.execute(
            "SELECT table_name FROM information_schema.tables WHERE table_catalog = current_database() AND table_schema = ?",
            [schema],
        ).fetchall()
        present = names & {name for (name,) in found}
        refuse_present((f"{schema}.{name}" for name in present), "DuckDB", self._target.if_exists)
        if self._target.if_exists == REPLACE:
            for table in reversed(tables):
                if table.name in present:
                    self._run(self._statements.drop(table.name))
        self._run(f"CREATE SCHEMA IF NOT EXISTS {self._statements.dialect.identifier_preparer.quote(schema)}")
        for table in tables:
            self._run(self._statements.create(table.name, references="forward"))
            for statement in self._statements.comments(table.name):
                self._run(statement)

    def take(self, table: TableSchema, blocks: Iterator[pa.RecordBatch]) -> None:
        statement = f"INSERT INTO {self._statements.qualified(table.name)} SELECT * FROM incoming"
        for block in blocks:
            self._connection.register("incoming", pa.Table.from_batches([flat(block)]))
            with refused(f"DuckDB refuses rows of {table.name}", self.refusals):
                self._connection.execute(statement)
            self._connection.unregister("incoming")

    def end(self) -> None:
        self._run("COMMIT")
        self._connection.close()

    def abandon(self) -> None:
        with suppress(*self.refusals):
            self._connection.close()

    def _run(self, statement: str) -> None:
        with refused("DuckDB", self.refusals, statement=statement):
            self._connection.execute(statement)


class _Stored(StoredTable):
    def __init__(self, connection: Any, schema: str, table: str) -> None:
        self._connection = connection
        quote = postgresql.dialect().identifier_preparer.quote_identifier  # type: ignore[no-untyped-call]
        self._quote = quote
        self._table = f"{quote(schema)}.{quote(table)}"
        # A view would be computed, for as long as it likes.
        known = "SELECT 1 FROM duckdb_tables() WHERE schema_name = ? AND table_name = ?"
        if not connection.execute(known, [schema, table]).fetchall():
            connection.close()
            raise ValueError(f"there is no table {table}")

    def column(self, name: str, start: int, stop: int) -> pa.Array:
        query = f"SELECT {self._quote(name)} FROM {self._table} WHERE rowid >= ? AND rowid < ? ORDER BY rowid"
        return self._connection.sql(query, params=(start, stop)).to_arrow_table().column(0)

    def close(self) -> None:
        self._connection.close()
