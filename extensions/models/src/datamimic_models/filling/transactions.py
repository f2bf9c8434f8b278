"""One transaction around all that is loaded, in every database."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa


def drivers_errors(engine: sa.Engine) -> type[Exception]:
    """What the driver of the database raises."""
    found: type[Exception] = engine.dialect.dbapi.Error  # type: ignore[union-attr]
    return found


@contextmanager
def transaction(engine: sa.Engine, *, commit: bool) -> Iterator[sa.Connection]:
    """All or nothing: without `commit` it is rolled back at the end, and whenever something is raised."""
    with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            driver: Any = connection.connection.driver_connection
            driver.isolation_level = None
            connection.exec_driver_sql("PRAGMA foreign_keys = ON")
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        try:
            yield connection
        except BaseException:
            _end(connection, "ROLLBACK")
            raise
        _end(connection, "COMMIT" if commit else "ROLLBACK")


def _end(connection: sa.Connection, how: str) -> None:
    if connection.dialect.name == "sqlite":
        driver: Any = connection.connection.driver_connection
        if driver.in_transaction:
            driver.execute(how)
    elif how == "COMMIT":
        connection.commit()
    else:
        connection.rollback()
