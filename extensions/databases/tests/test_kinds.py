"""A value of every kind in every database: what is read back is what the world has."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import energy
import meters
import pytest
from meters import Meter

import datamimic_databases.plugin
from datamimic import Registry, World, verify
from datamimic.related import load_set, prepare, write_set

PACKS = Registry.of(meters.KindsPack(), datamimic_databases.plugin)
ENERGY = Registry.of(energy.EnergyPack(), datamimic_databases.plugin)
POSTGRESQL = os.environ.get("DATAMIMIC_TEST_POSTGRESQL", "postgresql://localhost:5432/test?connect_timeout=60")
MARIADB = os.environ.get("DATAMIMIC_TEST_MARIADB", "mariadb://root@localhost/test")
SCHEMA = f"dm_kinds_{os.getpid()}"
ROWS = 300


@pytest.fixture(scope="module")
def world() -> World:
    return World("kinds", packs=PACKS)


@pytest.fixture(scope="module")
def expected(world: World) -> list[dict[str, Any]]:
    return [meter.to_dict() for meter in world[Meter][0:ROWS]]


@pytest.mark.parametrize("format", ["sqlite", "duckdb"])
def test_files_of_databases_are_verified_value_by_value(world: World, tmp_path: Path, format: str) -> None:
    pytest.importorskip(format if format == "duckdb" else "sqlite3")
    write_set(prepare(world, {"kinds.meter": ROWS}), tmp_path / "set", format)
    report = verify(tmp_path / "set", packs=PACKS)
    assert report.holds, report.to_dict()


@pytest.fixture
def postgresql() -> Iterator[Any]:
    psycopg = pytest.importorskip("psycopg")
    try:
        connection = psycopg.connect(POSTGRESQL, autocommit=True)
    except psycopg.Error as error:
        pytest.skip(f"no PostgreSQL at {POSTGRESQL}: {str(error).strip().splitlines()[0]}")
    with connection:
        connection.execute(f"DROP SCHEMA IF EXISTS {SCHEMA} CASCADE")
        yield connection
        connection.execute(f"DROP SCHEMA IF EXISTS {SCHEMA} CASCADE")


NULLABLE = {"energy.customer": 90, "energy.contract": "all"}


@pytest.mark.parametrize("format", ["sqlite", "duckdb"])
def test_references_to_nothing_are_null_in_files_of_databases(tmp_path: Path, format: str) -> None:
    pytest.importorskip(format if format == "duckdb" else "sqlite3")
    write_set(prepare(World("null", packs=ENERGY), NULLABLE), tmp_path / "set", format)
    assert verify(tmp_path / "set", packs=ENERGY).holds


def test_references_to_nothing_are_null_in_postgresql(postgresql: Any) -> None:
    load_set(prepare(World("null", packs=ENERGY), NULLABLE), POSTGRESQL, schema=SCHEMA)
    [(total, before, orphans)] = postgresql.execute(
        f"SELECT count(*), count(c.predecessor_id), count(*) FILTER (WHERE c.predecessor_id IS NOT NULL AND p IS NULL) "
        f"FROM {SCHEMA}.energy_contract c LEFT JOIN {SCHEMA}.energy_contract p ON p.contract_id = c.predecessor_id"
    ).fetchall()
    assert 0 < before < total and not orphans
    nullable = dict(
        postgresql.execute(
            "SELECT column_name, is_nullable FROM information_schema.columns WHERE table_schema = %s", (SCHEMA,)
        ).fetchall()
    )
    assert nullable["predecessor_id"] == "YES" and nullable["customer_id"] == "NO"


def test_postgresql_has_a_type_for_each(world: World, postgresql: Any, expected: list[dict[str, Any]]) -> None:
    load_set(prepare(world, {"kinds.meter": ROWS}), POSTGRESQL, schema=SCHEMA)
    types = dict(
        postgresql.execute(
            "SELECT column_name, udt_name FROM information_schema.columns WHERE table_schema = %s", (SCHEMA,)
        ).fetchall()
    )
    assert {
        name: types[name] for name in ("meter_id", "price", "read_at", "interval", "secret", "counter", "history")
    } == {
        "meter_id": "uuid",
        "price": "numeric",
        "read_at": "time",
        "interval": "interval",
        "secret": "bytea",
        "counter": "numeric",
        "history": "jsonb",
    }
    names = [each.name for each in Meter.__entity__.columns]  # type: ignore[attr-defined]
    kinds = {each.name: each.kind for each in Meter.__entity__.columns}  # type: ignore[attr-defined]
    listed = ", ".join(f'"{name}"' for name in names)
    found = postgresql.execute(f"SELECT {listed} FROM {SCHEMA}.kinds_meter").fetchall()
    by_key = {row["meter_id"]: row for row in expected}
    assert len(found) == ROWS
    for values in found:
        read = dict(zip(names, values, strict=True))
        row = by_key[str(read["meter_id"])]
        for name, value in read.items():
            kind = kinds[name]
            plain = None if value is None else kind.to_json(kind.from_json(value, name))
            assert plain == row[name], (name, value)


def test_mariadb_holds_them(world: World, expected: list[dict[str, Any]]) -> None:
    pymysql = pytest.importorskip("pymysql")
    from sqlalchemy.engine import make_url

    url = make_url(MARIADB)
    arguments = {"host": url.host, "port": url.port or 3306, "user": url.username, "password": url.password or ""}
    try:
        connection = pymysql.connect(database=url.database, autocommit=True, **arguments)
    except (pymysql.MySQLError, OSError) as error:
        pytest.skip(f"no MariaDB: {error}")
    cursor = connection.cursor()
    cursor.execute("DROP TABLE IF EXISTS kinds_meter")
    try:
        load_set(prepare(world, {"kinds.meter": ROWS}), MARIADB)
        cursor.execute("SELECT meter_id, price, counter, read_at, `interval`, secret, digits, exact FROM kinds_meter")
        by_key = {row["meter_id"]: row for row in expected}
        for meter_id, price, counter, read_at, interval, secret, digits, exact in cursor.fetchall():
            row = by_key[meter_id]
            assert float(price) == row["price"] and counter == row["counter"] and interval == row["interval"]
            assert str(read_at).zfill(8) == row["read_at"] and secret.hex() == row["secret"]
            assert (digits and json.loads(digits)) == row["digits"] and f"{exact:f}" == row["exact"]
    finally:
        cursor.execute("DROP TABLE IF EXISTS kinds_meter")
        connection.close()
