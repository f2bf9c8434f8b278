"""Related tables in PostgreSQL by binary COPY, with all constraints; needs psycopg 3."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import Any

import pyarrow as pa
from sqlalchemy.dialects import postgresql

from datamimic import setting
from datamimic.related import Loading, TableSchema, Target, missing_driver
from datamimic_databases.binary_copy import HEADER, TRAILER, copy_rows
from datamimic_databases.databases import REPLACE, if_exists, refuse_present, refused, unreachable
from datamimic_databases.ddl import Statements, Types

TYPES: Types = {"json": postgresql.JSONB(), "uuid": postgresql.UUID()}


class PostgresqlTarget(Target):
    """One transaction: tables, rows by binary COPY, then primary and foreign keys, which are checked when they are added.
    Lists, maps and records are JSONB, what fields mean is in comments."""

    name = "postgresql"
    schemes = ("postgresql", "postgres")
    schema: str = setting("public", "The schema, created if it is new.")
    if_exists: str = if_exists()

    def open(self, place: str) -> Loading:
        try:
            import psycopg
        except ImportError:
            raise missing_driver("psycopg", "datamimic-databases[postgresql]") from None
        try:
            # Of SQLAlchemy's URLs, which may name a driver, as of libpq's.
            connection = psycopg.connect(re.sub(r"^(\w+)\+\w+:", r"\1:", place), application_name="datamimic")
        except (psycopg.Error, ValueError) as error:  # of a number in the URL that is none
            raise unreachable("PostgreSQL", error, place) from None
        return _Loading(self, place, connection, psycopg.Error)


class _Loading(Loading):
    def __init__(self, target: PostgresqlTarget, place: str, connection: Any, refusal: type[Exception]) -> None:
        self.refusals = (refusal,)
        self._target = target
        self._place = place
        self._connection = connection
        self._statements = Statements(postgresql.dialect(paramstyle="named"), ())  # type: ignore[no-untyped-call]

    def begin(self, tables: Sequence[TableSchema]) -> None:
        schema = self._target.schema
        dialect = self._statements.dialect
        self._statements = Statements(dialect, tables, types=TYPES, schema=schema)
        present = self._connection.execute(
            "SELECT relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace "
            "WHERE n.nspname = %s AND relname = ANY(%s)",
            (schema, [table.name for table in tables]),
        ).fetchall()
        names = [name for (name,) in present]
        refuse_present((f"{schema}.{name}" for name in names), "PostgreSQL", self._target.if_exists)
        if names and self._target.if_exists == REPLACE:
            # In one statement, since they refer to each other; without CASCADE, so that nothing else goes.
            listed = ", ".join(self._statements.qualified(name) for name in names)
            self._run(f"DROP TABLE {listed}")
        known = self._connection.execute("SELECT 1 FROM pg_namespace WHERE nspname = %s", (schema,)).fetchone()
        if known is None:
            self._run(self._statements.create_schema(schema))
        for table in tables:
            self._run(self._statements.create(table.name, primary_key=False, references="none"))

    def take(self, table: TableSchema, blocks: Iterator[pa.RecordBatch]) -> None:
        target = f"{self._statements.qualified(table.name)} ({self._statements.columns(table.name)})"
        with (
            refused(f"PostgreSQL, {table.name}", self.refusals, self._place),
            self._connection.cursor().copy(f"COPY {target} FROM STDIN (FORMAT BINARY)") as copy,
        ):
            copy.write(HEADER)
            for block in blocks:
                copy.write(copy_rows(block))
            copy.write(TRAILER)

    def end(self) -> None:
        for add in (
            self._statements.add_primary_key,
            self._statements.add_references,
            self._statements.comments,
        ):
            for name in self._statements.schemas:
                for statement in add(name):
                    self._run(statement)
        with refused("PostgreSQL", self.refusals, self._place):
            self._connection.commit()
        self._connection.close()

    def abandon(self) -> None:
        with suppress(*self.refusals):
            self._connection.rollback()
        with suppress(*self.refusals):
            self._connection.close()

    def _run(self, statement: str) -> None:
        with refused("PostgreSQL", self.refusals, self._place, statement):
            self._connection.execute(statement)
