"""Conditions in SQL, tried on rows in SQLite, which every Python has."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import date, time
from decimal import Decimal
from typing import Any

import pyarrow as pa


def broken_rows(table: pa.Table, condition: str) -> list[int]:
    """The rows for which a condition is false, neither true nor null, as a CHECK constraint sees it.

    Raises AssertionError for a condition that SQLite does not understand.
    """
    names = ", ".join(f'"{name}"' for name in table.column_names)
    rows = zip(*([_plain(value) for value in column.to_pylist()] for column in table.columns), strict=True)
    with closing(sqlite3.connect(":memory:")) as database:
        database.execute(f"CREATE TABLE rows (row_number INTEGER PRIMARY KEY, {names})")
        places = ", ".join("?" * (table.num_columns + 1))
        database.executemany(f"INSERT INTO rows VALUES ({places})", ((row, *values) for row, values in enumerate(rows)))
        try:
            found = database.execute(f"SELECT row_number FROM rows WHERE NOT ({condition}) ORDER BY row_number")
            return [row for (row,) in found]
        except sqlite3.Error as error:
            raise AssertionError(f"the condition {condition!r} is no SQL: {error}") from None


def _plain(value: Any) -> Any:
    """As SQLite compares it: dates and moments as text, decimals as numbers, what is nested as text."""
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, date | time):
        return value.isoformat()
    return value if value is None or isinstance(value, str | bytes | int | float) else str(value)
