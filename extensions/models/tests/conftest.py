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
def fresh(url: str, driver: str, statements: str, drop: str, create: str) -> Iterator[str]:
    """The URL of a database of the server at `url` in which the statements were run; dropped afterwards."""
    with server(url, driver) as connection:
        connection.exec_driver_sql(drop)
        connection.exec_driver_sql(create)
        made = make_url(url).set(database=NAME).render_as_string(hide_password=False)
        try:
            run(made, statements)
            yield made
        finally:
            connection.exec_driver_sql(drop)


def postgresql(statements: str) -> AbstractContextManager[str]:
    drop = f"DROP DATABASE IF EXISTS {NAME} WITH (FORCE)"
    return fresh(POSTGRESQL, "psycopg", statements, drop, f"CREATE DATABASE {NAME}")


def mariadb(statements: str) -> AbstractContextManager[str]:
    create = f"CREATE DATABASE {NAME} CHARACTER SET utf8mb4"
    return fresh(MARIADB, "pymysql", statements, f"DROP DATABASE IF EXISTS {NAME}", create)


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
