"""Related tables as one script of SQL, which makes them and inserts their rows: for whoever has a client and no driver."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

import pyarrow as pa

from datamimic import setting
from datamimic.errors import OutputError
from datamimic.related import Loading, TableSchema, Target, ddl, path_of
from datamimic_databases.inserts import Spelling, inserts
from datamimic_databases.mariadb import quoted as in_backticks
from datamimic_databases.mariadb import statements_of
from datamimic_databases.sources.reading import quoted

MOST_BYTES = 1 << 16
"""Of a statement: SQLite and the servers take as much as they are delivered."""
SPELLINGS: Mapping[str, Spelling] = {
    "standard": Spelling(truths=("FALSE", "TRUE"), zones=True),
    "postgresql": Spelling(truths=("FALSE", "TRUE"), zones=True, bytes=("'\\x", "'")),
    "mariadb": Spelling(backslash="\\\\"),
}


class SqlScript(Target):
    """One file: `CREATE TABLE` with all keys, and `INSERT` statements of many rows, in one transaction where the database can.
    `sqlite3 shop.db < world.sql`, `psql -f world.sql`. A script takes the place of none that is there already.

    Moments are ISO 8601, in the dialect of MariaDB those of UTC; nested values are JSON. References in a circle are a comment,
    but for MariaDB.
    """

    name = "sql"
    suffixes = (".sql",)

    dialect: str = setting(
        "standard",
        "`standard` is for SQLite and DuckDB, and for PostgreSQL but for bytes; `mariadb` is for MySQL too.",
        choices=tuple(SPELLINGS),
    )

    def open(self, place: str) -> Loading:
        path = Path(path_of(place))
        try:
            stream = path.open("xb")
        except FileExistsError:
            hint = "take another name, or remove it"
            raise OutputError("output_unwritable", f"{path.name} is there already", hint=hint) from None
        except OSError as error:
            raise OutputError("output_unwritable", f"{path.name}: {error.strerror}", hint="check the path") from None
        return _Script(path, stream, self.dialect)


class _Script(Loading):
    refusals = (OSError,)

    def __init__(self, path: Path, stream: BinaryIO, dialect: str) -> None:
        self._path, self._stream, self._dialect = path, stream, dialect
        self._statements = statements_of(())

    def begin(self, tables: Sequence[TableSchema]) -> None:
        if self._dialect != "mariadb":
            self._put("BEGIN;\n", ddl(tuple(tables)))
            return
        self._statements = statements_of(tables)
        self._put("SET NAMES utf8mb4;\nSET time_zone = '+00:00';\n")
        for table in tables:
            self._put("\n", self._statements.create(table.name, references="none"), ";\n")
        self._put("\nSTART TRANSACTION;\n")

    def take(self, table: TableSchema, blocks: Iterator[pa.RecordBatch]) -> None:
        mark = in_backticks if self._dialect == "mariadb" else quoted
        target = f"{mark(table.name)} ({', '.join(mark(each.name) for each in table.columns)})"
        self._put("\n")
        for block in blocks:
            for statement in inserts(target, block, MOST_BYTES, SPELLINGS[self._dialect], ",\n"):
                self._stream.write(statement + b";\n")

    def end(self) -> None:
        self._put("\nCOMMIT;\n")
        for name in self._statements.schemas:
            self._put(*(f"{each};\n" for each in self._statements.add_references(name)))
        self._stream.close()

    def abandon(self) -> None:
        with suppress(OSError):
            self._stream.close()
        with suppress(OSError):
            self._path.unlink()

    def _put(self, *texts: str) -> None:
        self._stream.write("".join(texts).encode())
