"""Rows into tables of a database: COPY of PostgreSQL, many rows a statement elsewhere; no SQL is made of values."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pyarrow.csv
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

_AT_ONCE = 2_000


def insert_rows(connection: sa.Connection, table: sa.Table, batches: Iterator[pa.RecordBatch]) -> int:
    """How many there were. Columns that the database computes itself are left to it."""
    given = [column for column in table.columns if column.computed is None]
    if connection.dialect.name == "postgresql":
        return _copy(connection, table, given, batches)
    preparer = connection.dialect.identifier_preparer
    sign = "?" if connection.dialect.name == "sqlite" else "%s"
    written = 0
    for batch in batches:
        names = [each for each in given if each.name in batch.schema.names]
        listed = ", ".join(preparer.format_column(each) for each in names)
        statement = f"INSERT INTO {preparer.format_table(table)} ({listed}) VALUES ({', '.join([sign] * len(names))})"
        columns = [batch.column(batch.schema.get_field_index(each.name)).to_pylist() for each in names]
        if connection.dialect.name == "sqlite":
            columns = [[_sqlite(cell) for cell in column] for column in columns]
        rows = list(zip(*columns, strict=True))
        for start in range(0, len(rows), _AT_ONCE):
            connection.exec_driver_sql(statement, rows[start : start + _AT_ONCE])
        written += batch.num_rows
    return written


def _copy(
    connection: sa.Connection, table: sa.Table, given: list[sa.Column[Any]], batches: Iterator[pa.RecordBatch]
) -> int:
    preparer = connection.dialect.identifier_preparer
    written = 0
    driver: Any = connection.connection.driver_connection
    options = pyarrow.csv.WriteOptions(include_header=False, quoting_style="all_valid")
    first = next(batches, None)
    if first is None:
        return 0
    names = [each for each in given if each.name in first.schema.names]
    listed = ", ".join(preparer.format_column(each) for each in names)
    target = f"{preparer.format_table(table)} ({listed})"
    with driver.cursor() as cursor, cursor.copy(f"COPY {target} FROM STDIN (FORMAT CSV)") as copy:
        batch: pa.RecordBatch | None = first
        while batch is not None:
            arrays = [_text(batch.column(batch.schema.get_field_index(each.name)), each) for each in names]
            stream = io.BytesIO()
            made = pa.RecordBatch.from_arrays(arrays, names=[str(number) for number in range(len(arrays))])
            pyarrow.csv.write_csv(made, stream, options)
            copy.write(stream.getvalue())
            written += batch.num_rows
            batch = next(batches, None)
    return written


def _text(values: pa.Array, column: sa.Column[Any]) -> pa.Array:
    """As COPY takes it: arrays, which come as JSON, in braces, bytes in hexadecimal digits."""
    if isinstance(column.type, postgresql.ARRAY | sa.ARRAY):
        return pa.array(
            [None if each is None else _braces(json.loads(each)) for each in values.to_pylist()], pa.string()
        )
    if pa.types.is_binary(values.type) or pa.types.is_large_binary(values.type):
        return pa.array([None if each is None else f"\\x{each.hex()}" for each in values.to_pylist()], pa.string())
    return values


def _braces(items: Any) -> str:
    if isinstance(items, list):
        return "{" + ",".join(map(_braces, items)) + "}"
    if items is None:
        return "NULL"
    text = items if isinstance(items, str) else json.dumps(items)
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _sqlite(cell: Any) -> Any:
    if isinstance(cell, datetime):
        return cell.isoformat(sep=" ")
    if isinstance(cell, date | time):
        return cell.isoformat()
    return str(cell) if isinstance(cell, Decimal | timedelta) else cell
