"""SQL of whatever database a connection is of."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa


def quote(connection: sa.Connection, name: str) -> str:
    """The name of a table or column, whatever it is made of."""
    mark = "`" if connection.dialect.name in ("mysql", "mariadb") else '"'
    return mark + name.replace(mark, mark * 2) + mark


def run(connection: sa.Connection, statement: str) -> None:
    """Run a statement that says nothing."""
    connection.exec_driver_sql(plain(connection, statement))


def rows(connection: sa.Connection, query: str) -> Sequence[Any]:
    return connection.exec_driver_sql(plain(connection, query)).fetchall()


def plain(connection: sa.Connection, statement: str) -> str:
    """The statement without parameters: percent signs are nothing but percent signs."""
    return statement if connection.dialect.name == "sqlite" else statement.replace("%", "%%")
