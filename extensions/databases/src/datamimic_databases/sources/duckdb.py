"""Tables of DuckDB files as the rows of entities, as Arrow; needs duckdb."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa

from datamimic import OpenTable, TableName, TableSource
from datamimic_databases.duckdb import connect, library
from datamimic_databases.sources.reading import BATCH_ROWS, no_table, quoted, unreachable


class DuckdbSource(TableSource):
    """A table or view, in the order of its primary key."""

    name = "duckdb"
    schemes = ("duckdb",)
    suffixes = (".duckdb",)

    def open(self, place: str, table: TableName) -> OpenTable:
        driver = library()
        connection = None
        try:
            connection = connect(driver, Path(place), read_only=True)
            return _Open(connection, driver.Error, table)
        except driver.Error as error:
            if connection is not None:
                connection.close()
            raise unreachable(f"DuckDB, {place}", error, place) from None
        except BaseException:
            if connection is not None:
                connection.close()
            raise


class _Open(OpenTable):
    def __init__(self, connection: Any, refusal: type[Exception], table: TableName) -> None:
        self.refusals = (refusal,)
        self._connection = connection
        connection.execute("BEGIN")
        schema = table.schema or "main"
        of_table = "database_name = current_database() AND schema_name = ? AND table_name = ?"
        found = connection.execute(
            f"SELECT column_name, is_nullable FROM duckdb_columns() WHERE {of_table} ORDER BY column_index",
            [schema, table.name],
        ).fetchall()
        if not found:
            known = connection.execute(
                "SELECT table_name FROM information_schema.tables WHERE table_schema = ?", [schema]
            )
            raise no_table(table, (name for (name,) in known.fetchall()), f"the schema {schema}")
        self._table = f"{quoted(schema)}.{quoted(table.name)}"
        relation = connection.sql(f"SELECT * FROM {self._table} LIMIT 0")
        read = relation.to_arrow_table if hasattr(relation, "to_arrow_table") else relation.arrow
        filled = {name for name, nullable in found if not nullable}
        self.schema = pa.schema(each.with_nullable(each.name not in filled) for each in read().schema)
        keys = connection.execute(
            "SELECT unnest(constraint_column_names) FROM duckdb_constraints() "
            f"WHERE constraint_type = 'PRIMARY KEY' AND {of_table}",
            [schema, table.name],
        ).fetchall()
        ordered = [name for (name,) in keys] or self.schema.names
        self._order = ", ".join(f"{quoted(name)} NULLS FIRST" for name in ordered)

    def batches(self, columns: Sequence[str]) -> Iterator[pa.RecordBatch]:
        listed = ", ".join(map(quoted, columns))
        found = self._connection.sql(f"SELECT {listed} FROM {self._table} ORDER BY {self._order}")
        read = found.to_arrow_reader if hasattr(found, "to_arrow_reader") else found.fetch_arrow_reader
        yield from read(BATCH_ROWS)

    def close(self) -> None:
        self._connection.close()
