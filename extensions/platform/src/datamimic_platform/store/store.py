"""The database: opened with the pool of the settings, migrated, and asked in transactions."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from attrs import frozen
from sqlalchemy.engine import make_url
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from datamimic import DatamimicError
from datamimic_platform.settings import Settings

Now = Callable[[], datetime]


def utc_now() -> datetime:
    return datetime.now(UTC)


@frozen
class Store:
    """The database of the platform. `now` is asked for every moment that is kept, so that tests can say what time it is."""

    engine: sa.Engine
    settings: Settings
    now: Now = utc_now

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A transaction that is committed at the end; in SQLite it holds the lock of writers from its beginning."""
        with Session(self.engine.execution_options(writes=True), expire_on_commit=False) as session, session.begin():
            yield session

    @contextmanager
    def reading(self) -> Iterator[Session]:
        with Session(self.engine, expire_on_commit=False) as session:
            yield session

    def close(self) -> None:
        self.engine.dispose()


def open_store(settings: Settings, now: Now = utc_now, *, migrated: bool = True) -> Store:
    """Connect, and bring the tables up to date. Raises `DatamimicError` (`platform.no_database`)."""
    url = make_url(settings.database_url)
    kind = url.get_backend_name()
    if kind == "sqlite":
        try:
            engine = _sqlite(url, settings)
        except OSError as error:
            raise _unusable(error) from None
    elif kind == "postgresql":
        engine = sa.create_engine(
            url.set(drivername="postgresql+psycopg"),
            pool_size=settings.pool_size,
            max_overflow=settings.pool_overflow,
            pool_timeout=settings.pool_timeout,
            pool_recycle=settings.pool_recycle,
            pool_pre_ping=True,
        )
    else:
        raise DatamimicError(
            "platform.no_database", "DATABASE_URL is of another database", hint="sqlite:///… or postgresql://…"
        )
    if migrated:
        from datamimic_platform.store.migrating import migrate

        try:
            migrate(engine)
        except (SQLAlchemyError, OSError) as error:
            engine.dispose()
            raise _unusable(error) from None
    return Store(engine, settings, now)


def _unusable(error: Exception) -> DatamimicError:
    """Without the error's text, which may hold the address."""
    return DatamimicError(
        "platform.no_database",
        f"the database of DATABASE_URL cannot be used: {type(error).__name__}",
        hint="does the server answer, may the user make tables and files?",
    )


def _sqlite(url: sa.URL, settings: Settings) -> sa.Engine:
    if url.database:
        Path(url.database).parent.mkdir(parents=True, exist_ok=True)
    engine = sa.create_engine(
        url,
        poolclass=sa.pool.QueuePool,
        pool_size=settings.pool_size,
        max_overflow=settings.pool_overflow,
        pool_timeout=settings.pool_timeout,
        connect_args={"timeout": 30, "check_same_thread": False},
    )

    @sa.event.listens_for(engine, "connect")
    def prepare(connection: sqlite3.Connection, _: Any) -> None:
        connection.isolation_level = None  # transactions are begun below, and not by the driver's guess
        for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON", "busy_timeout=30000"):
            connection.execute(f"PRAGMA {pragma}").close()

    @sa.event.listens_for(engine, "begin")
    def begin(connection: sa.Connection) -> None:
        writes = connection.get_execution_options().get("writes", False)
        driver: Any = connection.connection.driver_connection
        driver.execute("BEGIN IMMEDIATE" if writes else "BEGIN").close()

    return engine
