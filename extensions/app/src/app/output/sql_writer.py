"""Rows into a table that exists, over a connection that somebody has."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Iterable, Sequence
from typing import Any

import pyarrow as pa
from pyarrow import csv as arrow_csv

from datamimic import DatamimicError

_WITH_BACKTICKS = ("pymysql", "MySQLdb", "mysql", "mariadb")


class SQLWriter:
    """`SQLWriter(connection, use_copy=True).write("customers", batches)`: of psycopg by COPY, of every DB-API by INSERT.

    Rows are in the transaction of the connection, which its owner commits. `dm run … --to URL` makes the tables as well.
    """

    def __init__(self, connection: Any, bulk_insert_size: int = 10_000, use_copy: bool = False) -> None:
        """`bulk_insert_size` is how many rows an INSERT is given at a time.

        Raises `DatamimicError` (`platform.bad_option`) for a connection that cannot do so.
        """
        driver = type(connection).__module__.partition(".")[0]
        self._style = getattr(sys.modules.get(driver), "paramstyle", None)
        self._quote = "`" if driver in _WITH_BACKTICKS else '"'
        self._few_types = driver == "sqlite3"
        if self._style is None or not hasattr(connection, "cursor"):
            raise _refused("the connection is none of the DB-API", "psycopg.connect(…), sqlite3.connect(…)")
        if use_copy and not hasattr(connection.cursor(), "copy"):
            raise _refused("COPY is a command of PostgreSQL", "a connection of psycopg, or use_copy=False")
        if bulk_insert_size < 1:
            raise _refused(f"bulk_insert_size is {bulk_insert_size}", "1 and more")
        self.connection, self.bulk_insert_size, self.use_copy = connection, bulk_insert_size, use_copy

    def write(self, table_name: str, batches: pa.Table | Iterable[pa.RecordBatch]) -> int:
        """The number of rows that were written. `schema.table` names a table of a schema."""
        given = batches.to_batches() if isinstance(batches, pa.Table) else batches
        target = ".".join(map(self._quoted, table_name.split(".")))
        count = 0
        for batch in given:
            plain = _plain(batch, few_types=self._few_types)
            (self._copied if self.use_copy else self._inserted)(target, plain)
            count += plain.num_rows
        return count

    def _copied(self, target: str, rows: pa.Table) -> None:
        stream = io.BytesIO()
        arrow_csv.write_csv(rows, stream, arrow_csv.WriteOptions(include_header=False))
        columns = ", ".join(map(self._quoted, rows.column_names))
        with self.connection.cursor().copy(f"COPY {target} ({columns}) FROM STDIN (FORMAT CSV)") as copy:
            copy.write(stream.getbuffer())

    def _inserted(self, target: str, rows: pa.Table) -> None:
        marks = ", ".join(_marks(str(self._style), rows.num_columns))
        statement = f"INSERT INTO {target} ({', '.join(map(self._quoted, rows.column_names))}) VALUES ({marks})"
        cursor = self.connection.cursor()
        for start in range(0, rows.num_rows, self.bulk_insert_size):
            columns = [each.to_pylist() for each in rows.slice(start, self.bulk_insert_size).columns]
            cursor.executemany(statement, list(zip(*columns, strict=True)))
        cursor.close()

    def _quoted(self, name: str) -> str:
        return self._quote + name.replace(self._quote, 2 * self._quote) + self._quote


def _plain(batch: pa.RecordBatch, *, few_types: bool) -> pa.Table:
    """Without dictionaries; lists, maps and records are JSON, and of `few_types` moments are text and decimals numbers."""
    made = {}
    for name, column in zip(batch.schema.names, batch.columns, strict=True):
        if pa.types.is_dictionary(column.type):
            column = column.cast(column.type.value_type)
        if pa.types.is_nested(column.type):
            texts = [None if each is None else json.dumps(each, default=str) for each in column.to_pylist()]
            column = pa.array(texts, pa.string())
        if few_types and pa.types.is_temporal(column.type):
            column = column.cast(pa.string())
        if few_types and pa.types.is_decimal(column.type):
            column = column.cast(pa.float64())
        made[name] = column
    return pa.table(made)


def _marks(style: str, count: int) -> Sequence[str]:
    known = {"qmark": "?", "format": "%s", "pyformat": "%s"}
    return [known[style]] * count if style in known else [f":{number}" for number in range(1, count + 1)]


def _refused(message: str, hint: str) -> DatamimicError:
    return DatamimicError("platform.bad_option", message, hint=hint)
