"""A set of tables as one DuckDB database, with all constraints; needs the extra `duckdb`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa

from datamimic.errors import DatamimicError, OutputError
from datamimic.output.digest_tree import DigestTree
from datamimic.related.schema import TableSchema, create_table, quoted
from datamimic.related.sink import Sink, file_entry, flat


def connect(path: Path, *, read_only: bool = False) -> Any:
    """A connection that keeps the order of rows. Raises `DatamimicError` (`missing_dependency`) without duckdb."""
    try:
        import duckdb
    except ImportError:
        raise DatamimicError(
            "missing_dependency", "duckdb is not installed", hint="pip install 'datamimic-core[duckdb]'"
        ) from None
    return duckdb.connect(str(path), read_only=read_only, config={"preserve_insertion_order": "true"})


class DuckdbSink(Sink):
    """Nested values are JSON. References in a circle are left out, since DuckDB checks every row when it comes."""

    format = "duckdb"
    file = "world.duckdb"

    def __init__(self, folder: Path) -> None:
        self.path = folder / self.file
        self._connection = connect(self.path)
        import duckdb

        self.refusals = (duckdb.Error,)
        self._connection.execute("BEGIN")

    def begin(self, tables: Sequence[TableSchema]) -> None:
        for table in tables:
            self._connection.execute(create_table(table, "duckdb"))

    def take(self, table: TableSchema, schema: pa.Schema, blocks: Iterator[pa.RecordBatch]) -> dict[str, Any]:
        tree = DigestTree(schema)
        statement = f"INSERT INTO {quoted(table.name)} SELECT * FROM incoming"
        for block in blocks:
            tree.add(block)
            self._connection.register("incoming", pa.Table.from_batches([flat(block)]))
            try:
                self._connection.execute(statement)
            except refusal() as error:
                raise OutputError("output_failed", f"DuckDB refuses rows of {table.name}: {error}") from error
            self._connection.unregister("incoming")
        return {"file": self.file, "content": tree.to_dict()}

    def end(self, tables: Sequence[TableSchema]) -> list[dict[str, Any]]:
        self._connection.execute("COMMIT")
        self._connection.close()
        return [file_entry(self.path)]

    def abandon(self) -> None:
        self._connection.close()


def refusal() -> type[Exception]:
    """The class of what DuckDB raises."""
    import duckdb

    return duckdb.Error
