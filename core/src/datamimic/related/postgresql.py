"""A set of tables in PostgreSQL by binary COPY, with all constraints; needs the extra `postgres` (psycopg 3)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import Any

import pyarrow as pa

from datamimic.errors import DatamimicError, OutputError
from datamimic.output.digest_tree import DigestTree
from datamimic.related.binary_copy import HEADER, TRAILER, copy_rows
from datamimic.related.schema import TableSchema, all_keys, create_table, quoted
from datamimic.related.sink import Sink


class PostgresqlSink(Sink):
    """One transaction: tables, rows, then primary and foreign keys, which are checked when they are added.

    `schema` is created where it does not exist. Nested values are JSONB.
    """

    format = "postgresql"

    def __init__(self, url: str, schema: str) -> None:
        try:
            import psycopg
        except ImportError:
            raise DatamimicError(
                "missing_dependency", "psycopg is not installed", hint="pip install 'datamimic-core[postgres]'"
            ) from None
        self._refusal: type[Exception] = psycopg.Error
        self._prefix = f"{quoted(schema)}."
        self.schema = schema
        try:
            self._connection: Any = psycopg.connect(url, application_name="datamimic")
        except psycopg.Error as error:
            raise OutputError("output_unwritable", f"PostgreSQL: {_first_line(error)}", hint="check the URL") from None

    def begin(self, tables: Sequence[TableSchema]) -> None:
        present = self._connection.execute(
            "SELECT table_name FROM information_schema.tables WHERE table_schema = %s AND table_name = ANY(%s)",
            (self.schema, [table.name for table in tables]),
        ).fetchall()
        if present:
            names = ", ".join(sorted(f"{self.schema}.{name}" for (name,) in present))
            raise OutputError(
                "output_unwritable", f"PostgreSQL has {names} already", hint="drop them, or give --schema"
            )
        known = self._connection.execute("SELECT 1 FROM pg_namespace WHERE nspname = %s", (self.schema,)).fetchone()
        if known is None:
            self._run(f"CREATE SCHEMA {quoted(self.schema)}")
        for table in tables:
            self._run(create_table(table, "postgresql", keys=False, prefix=self._prefix))

    def take(self, table: TableSchema, schema: pa.Schema, blocks: Iterator[pa.RecordBatch]) -> dict[str, Any]:
        tree = DigestTree(schema)
        target = f"{self._prefix}{quoted(table.name)}"
        try:
            with self._connection.cursor().copy(f"COPY {target} FROM STDIN (FORMAT BINARY)") as copy:
                copy.write(HEADER)
                for block in blocks:
                    tree.add(block)
                    copy.write(copy_rows(block))
                copy.write(TRAILER)
        except self._refusal as error:
            raise OutputError("output_failed", f"PostgreSQL, {table.name}: {_first_line(error)}") from error
        return {"file": None, "content": tree.to_dict()}

    def end(self, tables: Sequence[TableSchema]) -> list[dict[str, Any]]:
        for table in tables:
            if table.primary_key:
                self._run(
                    f"ALTER TABLE {self._prefix}{quoted(table.name)} ADD PRIMARY KEY ({quoted(table.primary_key)})"
                )
        for table in tables:
            for statement in all_keys(table, self._prefix):
                self._run(statement)
        self._connection.commit()
        self._connection.close()
        return []

    def abandon(self) -> None:
        with suppress(self._refusal):
            self._connection.rollback()
            self._connection.close()

    def _run(self, statement: str) -> None:
        try:
            self._connection.execute(statement)
        except self._refusal as error:
            raise OutputError(
                "output_failed", f"PostgreSQL: {_first_line(error)}", hint=statement.splitlines()[0]
            ) from error


def _first_line(error: Exception) -> str:
    text = str(error).strip()
    return text.splitlines()[0] if text else type(error).__name__
