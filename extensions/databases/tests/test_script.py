"""A set as one script of SQL: a database that runs it has what its own target loads there."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import fleet
import meters
import pyarrow as pa
import pytest
from sqlalchemy.engine import make_url

import datamimic_databases.plugin
from datamimic import DatamimicError, Registry, World, verify
from datamimic.related import iso_text, load_set, prepare, write_set
from datamimic.related.schema import schema_of
from datamimic_databases.inserts import inserts
from datamimic_databases.script import SPELLINGS

PACKS = Registry.of(meters.KindsPack(), fleet, datamimic_databases.plugin)
POSTGRESQL = os.environ.get("DATAMIMIC_TEST_POSTGRESQL", "postgresql://localhost:5432/test?connect_timeout=60")
MARIADB = os.environ.get("DATAMIMIC_TEST_MARIADB", "mariadb://root@127.0.0.1:3306/test")
LOADED, RUN = f"dm_loaded_{os.getpid()}", f"dm_run_{os.getpid()}"
TEXTS = ["it's", "a\\b", "\\'; --", 'two "quotes"', "line\r\nline", "Zoë 🦊", "", None]


@pytest.fixture(scope="module", params=["kinds", "fleet"])
def closure(request: pytest.FixtureRequest) -> Any:
    counts = {"kinds": {"kinds.meter": 300}, "fleet": {"fleet.trip": 300}}[request.param]
    return prepare(World("script", packs=PACKS), counts)


def script(closure: Any, folder: Path, dialect: str) -> str:
    write_set(closure, folder / dialect, "sql", dialect=dialect)
    return (folder / dialect / "world.sql").read_text(encoding="utf-8")


def test_a_script_is_verified_and_takes_the_place_of_nothing(closure: Any, tmp_path: Path) -> None:
    script(closure, tmp_path, "standard")
    assert verify(tmp_path / "standard", packs=PACKS).holds
    load_set(closure, str(tmp_path / "own.sql"), batch_rows=7)
    made = (tmp_path / "own.sql").read_bytes()
    assert made == (tmp_path / "standard" / "world.sql").read_bytes()
    with pytest.raises(DatamimicError, match="is there already"):
        load_set(closure, str(tmp_path / "own.sql"))
    assert (tmp_path / "own.sql").read_bytes() == made


def test_sqlite_has_the_same_of_a_script(closure: Any, tmp_path: Path) -> None:
    write_set(closure, tmp_path / "loaded", "sqlite")
    with closing(sqlite3.connect(":memory:")) as run:
        run.execute("PRAGMA foreign_keys = ON")
        run.executescript(script(closure, tmp_path, "standard"))
        with closing(sqlite3.connect(tmp_path / "loaded" / "world.sqlite")) as loaded:
            same(closure, loaded.execute, run.execute, _of_sqlite)


def test_duckdb_has_the_same_of_a_script(closure: Any, tmp_path: Path) -> None:
    duckdb = pytest.importorskip("duckdb")
    write_set(closure, tmp_path / "loaded", "duckdb")
    text = script(closure, tmp_path, "standard")
    with duckdb.connect() as run, duckdb.connect(str(tmp_path / "loaded" / "world.duckdb"), read_only=True) as loaded:
        run.execute(text)
        same(closure, loaded.execute, run.execute, _plain)


def test_postgresql_has_the_same_of_a_script(closure: Any, tmp_path: Path) -> None:
    psycopg = pytest.importorskip("psycopg")
    try:
        base = psycopg.connect(POSTGRESQL, autocommit=True)
    except psycopg.Error as error:
        pytest.skip(f"no PostgreSQL at {POSTGRESQL}: {str(error).strip().splitlines()[0]}")
    with base:
        try:
            load_set(closure, POSTGRESQL, schema=LOADED)
            base.execute(f"CREATE SCHEMA {RUN}; SET search_path = {RUN}; SET TIME ZONE 'America/New_York'")
            base.execute(script(closure, tmp_path, "postgresql"))
            same(closure, base.execute, base.execute, _plain, f"{LOADED}.", f"{RUN}.")
        finally:
            base.execute(f"DROP SCHEMA IF EXISTS {LOADED} CASCADE; DROP SCHEMA IF EXISTS {RUN} CASCADE")


@pytest.fixture
def mariadb() -> Iterator[Callable[[str], Any]]:
    pymysql = pytest.importorskip("pymysql")
    url = make_url(MARIADB)
    try:
        base = pymysql.connect(
            host=url.host, port=url.port or 3306, user=url.username, password=url.password or "", autocommit=True,
            client_flag=pymysql.constants.CLIENT.MULTI_STATEMENTS, charset="utf8mb4",
        )  # fmt: skip
    except (pymysql.MySQLError, OSError) as error:
        pytest.skip(f"no MariaDB at {url}: {error}")
    with base, base.cursor() as cursor:

        def execute(statements: str) -> Any:
            cursor.execute(statements)
            found = cursor.fetchall()
            while cursor.nextset():
                pass
            return found

        try:
            execute(f"CREATE DATABASE {LOADED}; CREATE DATABASE {RUN}; USE {RUN}")
            yield execute
        finally:
            execute(f"DROP DATABASE IF EXISTS {LOADED}; DROP DATABASE IF EXISTS {RUN}")


def test_mariadb_has_the_same_of_a_script(closure: Any, tmp_path: Path, mariadb: Callable[[str], Any]) -> None:
    load_set(closure, make_url(MARIADB).set(database=LOADED).render_as_string(hide_password=False))
    mariadb(script(closure, tmp_path, "mariadb"))
    same(closure, mariadb, mariadb, _plain, f"{LOADED}.", f"{RUN}.")


def test_no_text_ends_its_literal(mariadb: Callable[[str], Any]) -> None:
    batch = pa.record_batch({"id": list(range(len(TEXTS))), "text": pa.array(TEXTS)})
    expected = list(enumerate(TEXTS))
    with closing(sqlite3.connect(":memory:")) as base:
        base.executescript("CREATE TABLE t (id INTEGER, text TEXT);" + inserted(batch, "standard"))
        assert base.execute("SELECT * FROM t ORDER BY id").fetchall() == expected
    mariadb("CREATE TABLE t (id INTEGER, text LONGTEXT);" + inserted(batch, "mariadb"))
    assert list(mariadb("SELECT * FROM t ORDER BY id")) == expected


def inserted(batch: pa.RecordBatch, dialect: str) -> str:
    """In statements of few rows each."""
    return b";".join(inserts("t (id, text)", batch, 40, SPELLINGS[dialect], ",\n")).decode()


def same(
    closure: Any,
    loaded: Callable[[str], Any],
    run: Callable[[str], Any],
    plain: Callable[[Any], Any],
    there: str = "",
    here: str = "",
) -> None:
    """All rows of all tables are equal in both databases."""
    for name in (each.name for each in schema_of(closure)):
        rows = [
            sorted(tuple(map(plain, row)) for row in _all(ask(f"SELECT * FROM {where}{name}")))
            for ask, where in ((loaded, there), (run, here))
        ]
        assert rows[0] and rows[0] == rows[1], name


def _all(answer: Any) -> Any:
    return answer.fetchall() if hasattr(answer, "fetchall") else answer


def _plain(value: Any) -> str:
    """A script has durations as ISO 8601; JSONB has an order of its own."""
    if isinstance(value, timedelta):
        return repr(iso_text(pa.array([value], pa.duration("us")))[0].as_py())
    return json.dumps(value, sort_keys=True) if isinstance(value, dict | list) else repr(value)


def _of_sqlite(value: Any) -> str:
    """Its target keeps as text what SQLite cannot hold exactly."""
    try:
        return repr(float(value))
    except (TypeError, ValueError):
        return repr(value)
