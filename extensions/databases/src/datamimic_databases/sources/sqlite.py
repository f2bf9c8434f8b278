"""Tables of SQLite files as the rows of entities."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path

import pyarrow as pa

from datamimic import OpenTable, TableName, TableSource
from datamimic_databases.sources.reading import BATCH_ROWS, batches_of, no_table, quoted, unreachable

_DIGITS = re.compile(r"\(\s*(\d{1,3})\s*(?:,\s*(\d{1,3})\s*)?\)")


class SqliteSource(TableSource):
    """A table or view, in one snapshot, in the order of its primary key."""

    name = "sqlite"
    schemes = ("sqlite",)
    suffixes = (".sqlite", ".sqlite3", ".db")

    def open(self, place: str, table: TableName) -> OpenTable:
        connection = None
        try:
            connection = sqlite3.connect(f"{Path(place).as_uri()}?mode=ro", uri=True, isolation_level=None)
            return _Open(connection, table)
        except sqlite3.Error as error:
            if connection is not None:
                connection.close()
            raise unreachable(f"SQLite, {place}", error, place) from None
        except BaseException:
            if connection is not None:
                connection.close()
            raise


class _Open(OpenTable):
    refusals = (sqlite3.Error,)

    def __init__(self, connection: sqlite3.Connection, table: TableName) -> None:
        self._connection = connection
        connection.execute("BEGIN")
        schema = table.schema or "main"
        described = connection.execute(
            'SELECT name, type, pk, "notnull" FROM pragma_table_xinfo(?, ?) WHERE hidden <> 1', (table.name, schema)
        ).fetchall()
        if not described:
            known = connection.execute(
                "SELECT name FROM sqlite_master WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite_%'"
            )
            raise no_table(table, (name for (name,) in known), "the database")
        self.schema = pa.schema(pa.field(name, _declared(kind), not filled) for name, kind, _, filled in described)
        # A NUMERIC column holds whole numbers and floats beside each other, whose text is exact.
        self._numeric = {name for name, kind, _, _ in described if any(word in kind.upper() for word in ("DEC", "NUM"))}
        keys = [name for _, name in sorted((place, name) for name, _, place, _ in described if place)]
        self._order = ", ".join(f"{quoted(name)} COLLATE BINARY" for name in keys or self.schema.names)
        self._table = f"{quoted(schema)}.{quoted(table.name)}"

    def batches(self, columns: Sequence[str]) -> Iterator[pa.RecordBatch]:
        listed = ", ".join(f"CAST({quoted(n)} AS TEXT)" if n in self._numeric else quoted(n) for n in columns)
        cursor = self._connection.execute(f"SELECT {listed} FROM {self._table} ORDER BY {self._order}")
        return batches_of(iter(lambda: cursor.fetchmany(BATCH_ROWS), []), columns)

    def close(self) -> None:
        self._connection.close()


_DECLARED = (
    ("BOOL", pa.bool_()),
    ("INT", pa.int64()),
    ("DATETIME", pa.timestamp("us")),
    ("TIMESTAMP", pa.timestamp("us")),
    ("DATE", pa.date32()),
    ("BLOB", pa.binary()),
    ("REAL", pa.float64()),
    ("FLOA", pa.float64()),
    ("DOUB", pa.float64()),
    ("DEC", pa.float64()),
    ("NUM", pa.float64()),
)


def _declared(kind: str) -> pa.DataType:
    """By what the name of the type has in it, as SQLite itself sees it; `NUMERIC(12, 2)` says its digits."""
    said = _DIGITS.search(kind)
    if said is not None and any(word in kind.upper() for word in ("DEC", "NUM")):
        precision, scale = int(said[1]), int(said[2] or 0)
        if 0 < precision <= 38 and scale <= precision:
            return pa.decimal128(precision, scale)
    return next((found for word, found in _DECLARED if word in kind.upper()), pa.string())
