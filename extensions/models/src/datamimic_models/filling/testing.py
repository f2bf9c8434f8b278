"""Rows against checks that are not understood, by the database itself: before anything is loaded."""

from __future__ import annotations

from typing import Any

import numpy as np
import sqlalchemy as sa

from datamimic_models.filling.asking import quote, rows, run
from datamimic_models.filling.loading.postgresql import copy
from datamimic_models.filling.loading.rows import values
from datamimic_models.filling.tables import FilledTable
from datamimic_models.schemas.schema import SqlCheck
from datamimic_models.solving.axes import Ints


def failing(connection: sa.Connection, table: FilledTable, check: SqlCheck) -> Ints:
    """The numbers of the new rows for which the database says that the check is false. They are put into a temporary
    table, which is gone afterwards."""
    columns = ", ".join(f"{quote(connection, each.name)} {each.native}" for each in table.columns)
    temporary = "TEMP" if connection.dialect.name != "mysql" and connection.dialect.name != "mariadb" else "TEMPORARY"
    run(connection, f"CREATE {temporary} TABLE dm_fill_test (dm_row int, {columns})")
    try:
        if connection.dialect.name == "postgresql":
            copy(connection, table, "pg_temp.dm_fill_test", numbered=True)
        else:
            _insert(connection, table)
        query = f"SELECT dm_row FROM dm_fill_test WHERE NOT ({check.expression})"
        found = rows(connection, query)
    finally:
        if not connection.invalidated:
            _drop(connection, temporary)
    return np.array(sorted(int(row) for (row,) in found), dtype=np.int64)


def _drop(connection: sa.Connection, temporary: str) -> None:
    kind = "TEMPORARY TABLE" if temporary == "TEMPORARY" else "TABLE"
    run(connection, f"DROP {kind} IF EXISTS dm_fill_test")


def _insert(connection: sa.Connection, table: FilledTable) -> None:
    mark = "?" if connection.dialect.name == "sqlite" else "%s"
    driver: Any = connection.connection.driver_connection
    cursor = driver.cursor()
    columns = [list(range(table.rows)), *(values(table, each) for each in table.columns)]
    marks = ", ".join([mark] * len(columns))
    cursor.executemany(f"INSERT INTO dm_fill_test VALUES ({marks})", list(zip(*columns, strict=True)))
    cursor.close()
