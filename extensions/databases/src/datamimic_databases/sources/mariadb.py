"""Tables of MariaDB and MySQL as the rows of entities; needs PyMySQL."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import Any

import pyarrow as pa

from datamimic import OpenTable, TableName, TableSource
from datamimic.errors import DataError, DatamimicError
from datamimic_databases.mariadb import quoted, session_of
from datamimic_databases.sources.reading import BATCH_ROWS, array_of, no_table

_COLUMNS = (
    "SELECT COLUMN_NAME, DATA_TYPE, IS_NULLABLE, NUMERIC_PRECISION, NUMERIC_SCALE FROM information_schema.COLUMNS "
    "WHERE TABLE_SCHEMA = %s AND TABLE_NAME = %s ORDER BY ORDINAL_POSITION"
)
_KEY = (
    "SELECT COLUMN_NAME FROM information_schema.KEY_COLUMN_USAGE "
    "WHERE TABLE_SCHEMA = %s AND TABLE_NAME = %s AND CONSTRAINT_NAME = 'PRIMARY' ORDER BY ORDINAL_POSITION"
)
_TABLES = "SELECT TABLE_NAME FROM information_schema.TABLES WHERE TABLE_SCHEMA = %s"
_NATURAL = {
    "tinyint", "smallint", "mediumint", "int", "bigint", "decimal", "float", "double", "date", "datetime", "timestamp",
    "time", "year", "bit",
}  # fmt: skip
"""Types whose own order depends on no collation."""
_ARROW = {
    "tinyint": pa.int64(),
    "smallint": pa.int64(),
    "mediumint": pa.int64(),
    "int": pa.int64(),
    "datetime": pa.timestamp("us"),
    "timestamp": pa.timestamp("us"),
}
_DECLARED = {
    **_ARROW,
    "bigint": pa.int64(),
    "year": pa.int64(),
    "decimal": pa.float64(),
    "float": pa.float64(),
    "double": pa.float64(),
    "date": pa.date32(),
    "time": pa.time64("us"),
    "binary": pa.binary(),
    "varbinary": pa.binary(),
    "tinyblob": pa.binary(),
    "blob": pa.binary(),
    "mediumblob": pa.binary(),
    "longblob": pa.binary(),
}


class MariadbSource(TableSource):
    """A table or view, in one snapshot, row by row in the order of its primary key. DATETIME is UTC."""

    name = "mariadb"
    schemes = ("mariadb", "mysql")

    def open(self, place: str, table: TableName) -> OpenTable:
        try:
            session = session_of(place)
        except DatamimicError as error:
            if error.code != "output_unwritable":
                raise
            raise DataError("no_given_rows", error.message, hint=error.hint) from None
        try:
            return _Open(session, table)
        except BaseException:
            session.close()
            raise


class _Open(OpenTable):
    def __init__(self, session: Any, table: TableName) -> None:
        self.refusals = (*session.refusals, RuntimeError)
        self._session = session
        session.run("SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        session.run("START TRANSACTION WITH CONSISTENT SNAPSHOT")
        [(current,)] = session.run("SELECT DATABASE()")
        schema = table.schema or current
        described = session.run(_COLUMNS, schema, table.name)
        if not described:
            raise no_table(table, (name for (name,) in session.run(_TABLES, schema)), f"the database {schema}")
        self._types = {name: kind for name, kind, *_ in described}
        self.schema = pa.schema(
            pa.field(name, _declared(kind, precision, scale), nullable == "YES")
            for name, kind, nullable, precision, scale in described
        )
        keys = [name for (name,) in session.run(_KEY, schema, table.name)]
        self._table = f"{quoted(schema)}.{quoted(table.name)}"
        orders = [self._ordering(name) for name in keys or self.schema.names]
        if not keys:
            # Long text is sorted by its beginning alone.
            orders += [f"SHA2({quoted(name)}, 256)" for name in self.schema.names if self._types[name] not in _NATURAL]
        self._order = ", ".join(orders)

    def _ordering(self, name: str) -> str:
        return quoted(name) if self._types[name] in _NATURAL else f"CAST({quoted(name)} AS BINARY)"

    def batches(self, columns: Sequence[str]) -> Iterator[pa.RecordBatch]:
        listed = ", ".join(map(quoted, columns))
        types = [_ARROW.get(self._types[name]) for name in columns]
        with self._session.streamed(f"SELECT {listed} FROM {self._table} ORDER BY {self._order}") as cursor:
            while portion := cursor.fetchmany(BATCH_ROWS):
                arrays = [array_of(list(cells)) for cells in zip(*portion, strict=True)]
                arrays = [
                    array.cast(kind) if kind is not None and pa.types.is_string(array.type) else array
                    for array, kind in zip(arrays, types, strict=True)
                ]
                yield pa.RecordBatch.from_arrays(arrays, names=list(columns))

    def close(self) -> None:
        with suppress(*self.refusals):
            self._session.close()


def _declared(kind: str, precision: int | None, scale: int | None) -> pa.DataType:
    if kind == "decimal" and precision is not None and precision <= 38:
        return pa.decimal128(int(precision), int(scale or 0))
    return _DECLARED.get(kind, pa.string())
