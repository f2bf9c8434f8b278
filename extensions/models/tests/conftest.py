"""Databases of the tests' own, made of statements and dropped afterwards."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import make_url
from sqlalchemy.exc import SQLAlchemyError

POSTGRESQL = os.environ.get("DATAMIMIC_TEST_POSTGRESQL", "postgresql://localhost:5432/test?connect_timeout=60")
MARIADB = os.environ.get("DATAMIMIC_TEST_MARIADB", "mariadb://root@127.0.0.1:3306/test")
NAME = f"dm_fill_test_{os.getpid()}"
CORPUS = Path(__file__).parents[4] / "shared" / "corpora" / "ddl"


@contextmanager
def server(url: str, driver: str) -> Iterator[sa.Connection]:
    """A connection outside transactions; the test is skipped where there is no server."""
    pytest.importorskip(driver)
    engine = sa.create_engine(
        re.sub(r"^(\w+):", rf"\1+{driver}:", url), isolation_level="AUTOCOMMIT", poolclass=sa.pool.NullPool
    )
    try:
        connection = engine.connect()
    except SQLAlchemyError as error:
        pytest.skip(f"no database at {url}: {str(error).splitlines()[0]}")
    with connection:
        yield connection


@contextmanager
def postgresql(statements: str) -> Iterator[str]:
    """The URL of a database in which the statements were run."""
    with server(POSTGRESQL, "psycopg") as connection:
        connection.exec_driver_sql(f"DROP DATABASE IF EXISTS {NAME} WITH (FORCE)")
        connection.exec_driver_sql(f"CREATE DATABASE {NAME}")
        url = make_url(POSTGRESQL).set(database=NAME).render_as_string(hide_password=False)
        try:
            run(url, statements)
            yield url
        finally:
            connection.exec_driver_sql(f"DROP DATABASE IF EXISTS {NAME} WITH (FORCE)")


@contextmanager
def mariadb(statements: str) -> Iterator[str]:
    with server(MARIADB, "pymysql") as connection:
        connection.exec_driver_sql(f"DROP DATABASE IF EXISTS {NAME}")
        connection.exec_driver_sql(f"CREATE DATABASE {NAME} CHARACTER SET utf8mb4")
        url = make_url(MARIADB).set(database=NAME).render_as_string(hide_password=False)
        try:
            run(url, statements)
            yield url
        finally:
            connection.exec_driver_sql(f"DROP DATABASE IF EXISTS {NAME}")


@contextmanager
def sqlite(statements: str, folder: Path) -> Iterator[str]:
    import sqlite3

    connection = sqlite3.connect(folder / "filled.db")
    connection.executescript(statements)
    connection.close()
    yield f"sqlite:///{folder / 'filled.db'}"


def run(url: str, statements: str) -> None:
    """All of them, as a client of the database would."""
    if url.startswith("postgresql"):
        import psycopg

        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute(statements.encode())
        return
    import pymysql
    from pymysql.constants import CLIENT

    there = make_url(url)
    connection = pymysql.connect(
        host=there.host, port=there.port or 3306, user=there.username, password=there.password or "",
        database=there.database, client_flag=CLIENT.MULTI_STATEMENTS, autocommit=True,
    )  # fmt: skip
    with connection, connection.cursor() as cursor:
        cursor.execute(statements)
        while cursor.nextset():
            pass


def answer(url: str, query: str) -> list[tuple[object, ...]]:
    from datamimic_models.reading.database import engine_of

    with engine_of(url).connect() as connection:
        return [tuple(row) for row in connection.exec_driver_sql(query.replace("%", "%%")).fetchall()]


class Databases:
    """Databases of a test: each is made of statements, and gone at the end."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def postgresql(self, statements: str) -> AbstractContextManager[str]:
        return postgresql(statements)

    def mariadb(self, statements: str) -> AbstractContextManager[str]:
        return mariadb(statements)

    def sqlite(self, statements: str) -> AbstractContextManager[str]:
        return sqlite(statements, self.folder)

    def of(self, kind: str, statements: str) -> AbstractContextManager[str]:
        made: AbstractContextManager[str] = getattr(self, kind)(statements)
        return made

    def run(self, url: str, statements: str) -> None:
        run(url, statements)

    def answer(self, url: str, query: str) -> list[tuple[object, ...]]:
        return answer(url, query)

    def shared(self, name: str) -> str:
        """One of the shared schemas; the test is skipped where they are not."""
        if not CORPUS.is_dir():
            pytest.skip("the shared schemas are not beside the checkout")
        return (CORPUS / name).read_text()


@pytest.fixture
def databases(tmp_path: Path) -> Databases:
    return Databases(tmp_path)
