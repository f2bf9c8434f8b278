"""`SQLWriter` as the platform's description prints it, into SQLite by INSERT and into PostgreSQL by COPY."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

import pyarrow as pa
import pytest

from datamimic import DatamimicError

POSTGRESQL = os.environ.get("DATAMIMIC_TEST_POSTGRESQL", "postgresql://localhost:5432/test?connect_timeout=60")


def rows() -> pa.Table:
    return pa.table(
        {
            "id": [1, 2, 3],
            "name": pa.array(["a,b", None, 'quo"te']).dictionary_encode(),
            "paid": pa.array([1, None, 3], pa.decimal128(9, 2)),
            "tags": [["x"], [], None],
        }
    )


def test_rows_go_into_a_table_by_insert(tmp_path: Path) -> None:
    from app.output.sql_writer import SQLWriter

    connection = sqlite3.connect(tmp_path / "a.db")
    connection.execute("CREATE TABLE customers (id int, name text, paid real, tags text)")
    assert SQLWriter(connection=connection, bulk_insert_size=2).write("customers", rows()) == 3
    found = connection.execute("SELECT * FROM customers").fetchall()
    assert found == [(1, "a,b", 1.0, '["x"]'), (2, None, None, "[]"), (3, 'quo"te', 3.0, None)]
    for wrong in ({"connection": connection, "use_copy": True}, {"connection": object()}):
        with pytest.raises(DatamimicError):
            SQLWriter(**wrong)
    connection.close()


def test_rows_go_into_postgresql_by_copy() -> None:
    psycopg = pytest.importorskip("psycopg")
    from app.output.sql_writer import SQLWriter

    try:
        connection = psycopg.connect(POSTGRESQL)
    except psycopg.Error as error:
        pytest.skip(f"no PostgreSQL: {str(error).splitlines()[0]}")
    with connection:
        connection.execute("CREATE TEMPORARY TABLE customers (id int, name text, paid numeric(9, 2), tags json)")
        for copied in (True, False):
            assert (
                SQLWriter(connection=connection, bulk_insert_size=10_000, use_copy=copied).write("customers", rows())
                == 3
            )
        found = connection.execute("SELECT id, name, paid::text, tags FROM customers").fetchall()
    assert found[:3] == found[3:] == [(1, "a,b", "1.00", ["x"]), (2, None, None, []), (3, 'quo"te', "3.00", None)]
