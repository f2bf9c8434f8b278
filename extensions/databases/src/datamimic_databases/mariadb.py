"""Related tables in MariaDB and MySQL, with all constraints; needs PyMySQL.

These servers commit at every `CREATE TABLE`. So a set is loaded into tables of names that nobody has, and all of them get
their names in one `RENAME TABLE`, which happens whole or not at all.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from typing import Any

import pyarrow as pa
from sqlalchemy.dialects import mysql
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from datamimic.errors import InvalidOption, OutputError, UnknownName, excerpt
from datamimic.related import Loading, TableSchema, Target, missing_driver
from datamimic_databases.databases import (
    REPLACE,
    if_exists,
    refuse_dependents,
    refuse_present,
    refused,
    unreachable,
)
from datamimic_databases.ddl import Statements, Types
from datamimic_databases.inserts import inserts

TYPES: Types = {
    "text": mysql.LONGTEXT(),
    "unsigned": mysql.BIGINT(unsigned=True),
    "time": mysql.TIME(fsp=6),
    "interval": mysql.VARCHAR(40),
    "timestamp": mysql.DATETIME(fsp=6),
    "bytes": mysql.LONGBLOB(),
}
LONGEST_KEY, LONGEST_NUMBER, LONGEST_TEXT = 3072, 16, 255
"""Bytes that an index of InnoDB has room for, those of a column that is no text, at most, and characters of one that is."""
MODES = "STRICT_ALL_TABLES,NO_ZERO_DATE,NO_ENGINE_SUBSTITUTION"
MOST_BYTES = 1 << 22
OPTIONS = ("unix_socket", "connect_timeout", "ssl_ca", "ssl_cert", "ssl_key")
"""What may stand after the question mark of a URL."""
LONGEST_TIMEOUT = 31_536_000
"""Seconds that PyMySQL takes."""


class MariadbTarget(Target):
    """Tables of their own names until everything is in them, then all at once under theirs. Times are DATETIME(6) in UTC,
    durations ISO 8601 text, keys VARCHAR of 255 at most, nested values JSON, what fields mean is in comments."""

    name = "mariadb"
    schemes = ("mariadb", "mysql")
    if_exists: str = if_exists()

    def open(self, place: str) -> Loading:
        return _Loading(self, session_of(place))


def session_of(place: str) -> Session:
    """A connection to the database of a URL. Raises `OutputError` (`output_unwritable`) where there is none, `DatamimicError`
    (`missing_dependency`) without the library, `UnknownName` and `InvalidOption` for options of the URL."""
    try:
        import pymysql
    except ImportError:
        raise missing_driver("PyMySQL", "datamimic-databases[mariadb]") from None
    try:
        url = make_url(place)
    except (ArgumentError, ValueError):
        hint = "such as mariadb://localhost/test"
        raise OutputError("output_unwritable", "MariaDB: the URL cannot be read", hint=hint) from None
    if not url.database:
        hint = "such as mariadb://localhost/test"
        raise OutputError("output_unwritable", "MariaDB: the URL names no database", hint=hint)
    return Session(pymysql, url, place)


class Session:
    """A connection that can be made again: what failed in the middle of an answer cannot be used for clearing up."""

    def __init__(self, library: Any, url: URL, place: str) -> None:
        self.refusals = (library.MySQLError, OSError)
        self.place = place
        self._library = library
        self._arguments = {
            "host": url.host or "localhost",
            "port": url.port or 3306,
            "user": url.username or "root",
            "password": url.password or os.environ.get("MYSQL_PWD", ""),
            "database": url.database,
            **_options(url),
        }
        self._connection: Any = None
        self.connect()

    def connect(self) -> None:
        try:
            self._connection = self._library.connect(
                charset="utf8mb4", autocommit=True, local_infile=False, sql_mode=MODES, **self._arguments
            )
        except self.refusals as error:
            raise unreachable("MariaDB", error, self.place) from None
        except RuntimeError:
            # PyMySQL's, of an authentication for which it needs a package more.
            raise missing_driver("cryptography", "datamimic-databases[mysql]") from None
        self.run("SET time_zone = '+00:00'")

    def run(self, statement: str | bytes, *values: Any) -> list[tuple[Any, ...]]:
        shown = statement if isinstance(statement, str) else None
        with refused("MariaDB", self.refusals, self.place, shown), self._connection.cursor() as cursor:
            cursor.execute(statement, values or None)
            return list(cursor.fetchall())

    def streamed(self, statement: str) -> Any:
        """A cursor of the rows of a statement, which come as they are read; every value is text or bytes."""
        self._connection.decoders = {}
        cursor = self._connection.cursor(self._library.cursors.SSCursor)
        cursor.execute(statement)
        return cursor

    def close(self) -> None:
        with suppress(*self.refusals, self._library.Error):
            self._connection.close()


def _options(url: URL) -> dict[str, Any]:
    """Raises `UnknownName` for an option of a URL that is none of `OPTIONS`, `InvalidOption` for seconds that are none."""
    found: dict[str, Any] = {}
    for name, value in url.query.items():
        if name not in OPTIONS:
            raise UnknownName("setting", name, OPTIONS, owner="a URL of MariaDB")
        text = value if isinstance(value, str) else value[-1]
        if name != "connect_timeout":
            found[name] = text
        elif text.isdecimal() and len(text) < 9 and 0 < int(text) <= LONGEST_TIMEOUT:
            found[name] = int(text)
        else:
            raise InvalidOption(
                "invalid_option", f"connect_timeout is {excerpt(text)}", hint=f"seconds, from 1 to {LONGEST_TIMEOUT}"
            )
    return found


class _Loading(Loading):
    def __init__(self, target: MariadbTarget, session: Session) -> None:
        self.refusals = session.refusals
        self._target = target
        self._session = session
        self._names: dict[str, str] = {}
        self._present: list[str] = []
        self._mark = secrets.token_hex(4)
        [(packet,)] = session.run("SELECT @@max_allowed_packet")
        self._largest = min(int(packet) // 2, MOST_BYTES)

    def begin(self, tables: Sequence[TableSchema]) -> None:
        names = [table.name for table in tables]
        marks = ", ".join(["%s"] * len(names))
        there = self._session.run(
            f"SELECT TABLE_NAME, TABLE_TYPE FROM information_schema.TABLES "
            f"WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME IN ({marks})",
            *names,
        )
        self._present = [name for name, _ in there]
        refuse_present(self._present, "the database", self._target.if_exists)
        if self._target.if_exists == REPLACE and self._present:
            refuse_present((name for name, kind in there if kind != "BASE TABLE"), "the database", "views")
            referring = self._session.run(
                f"SELECT CONCAT(TABLE_SCHEMA, '.', TABLE_NAME) FROM information_schema.KEY_COLUMN_USAGE "
                f"WHERE REFERENCED_TABLE_SCHEMA = DATABASE() AND REFERENCED_TABLE_NAME IN ({marks}) "
                f"AND NOT (TABLE_SCHEMA = DATABASE() AND TABLE_NAME IN ({marks}))",
                *names,
                *names,
            )
            refuse_dependents((name for (name,) in referring), "the database")
        self._names = {name: f"dm_{self._mark}_{number}" for number, name in enumerate(names)}
        self._statements = statements_of(tables, self._names.__getitem__)
        for name in names:
            self._session.run(self._statements.create(name, references="none"))

    def take(self, table: TableSchema, blocks: Iterator[pa.RecordBatch]) -> None:
        target = f"{self._statements.qualified(table.name)} ({self._statements.columns(table.name)})"
        self._session.run(f"SET SESSION sql_mode = '{MODES},NO_BACKSLASH_ESCAPES'")
        self._session.run("START TRANSACTION")
        for block in blocks:
            for statement in inserts(target, block, self._largest):
                self._session.run(statement)
        self._session.run("COMMIT")
        self._session.run(f"SET SESSION sql_mode = '{MODES}'")

    def end(self) -> None:
        for name in self._names:
            for statement in self._statements.add_references(name):
                self._session.run(statement)
        old = {name: f"dm_{self._mark}_old_{number}" for number, name in enumerate(self._present)}
        moves = [(name, old[name]) for name in self._present] + [(new, name) for name, new in self._names.items()]
        self._session.run("RENAME TABLE " + ", ".join(f"{quoted(a)} TO {quoted(b)}" for a, b in moves))
        self._names = {}
        self._drop(old.values())
        self._session.close()

    def abandon(self) -> None:
        self._session.close()
        if self._names:
            with suppress(Exception):
                self._session.connect()
                self._drop(self._names.values())
            self._session.close()

    def _drop(self, names: Any) -> None:
        listed = ", ".join(map(quoted, names))
        if listed:
            self._session.run("SET foreign_key_checks = 0")
            self._session.run(f"DROP TABLE IF EXISTS {listed}")


def statements_of(tables: Sequence[TableSchema], named: Callable[[str], str] = str) -> Statements:
    """What makes the tables, under the names that `named` gives them."""
    return Statements(
        mysql.dialect(paramstyle="named"),
        tables,
        types=TYPES,
        key_text=key_text,
        named_checks=False,  # MySQL keeps them apart in a whole database, and the earlier table is there still
        named=named,
        mysql_engine="InnoDB",
        mysql_charset="utf8mb4",
    )


def key_text(texts: int, others: int) -> mysql.VARCHAR:
    """Text that can be indexed with so many columns beside it; keys are equal where their bytes are."""
    room = (LONGEST_KEY - LONGEST_NUMBER * others) // (4 * texts)
    return mysql.VARCHAR(min(LONGEST_TEXT, room), collation="utf8mb4_bin")


def quoted(name: str) -> str:
    return "`" + name.replace("`", "``") + "`"
