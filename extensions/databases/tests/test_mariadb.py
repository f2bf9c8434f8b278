"""Sets of tables in MariaDB or MySQL: every value arrives, constraints hold, all of it or nothing."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from fleet import Trip, Vehicle
from sqlalchemy.engine import make_url

from datamimic import DatamimicError, Registry, World
from datamimic.related import load_set, prepare
from datamimic.related.schema import schema_of
from datamimic_databases.inserts import inserts

pymysql = pytest.importorskip("pymysql", reason="the extra `mariadb` is not installed")
SERVER = os.environ.get("DATAMIMIC_TEST_MARIADB", "mariadb://root@127.0.0.1:3306/test")
DATABASE = f"dm_test_{os.getpid()}"
URL = make_url(SERVER).set(database=DATABASE).render_as_string(hide_password=False)
COUNTS: dict[str, Any] = {"fleet.trip": 300}


@pytest.fixture(scope="module")
def server() -> Iterator[Any]:
    url = make_url(SERVER)
    try:
        connection = pymysql.connect(
            host=url.host, port=url.port or 3306, user=url.username, password=url.password or "", autocommit=True
        )
    except (pymysql.MySQLError, OSError) as error:
        pytest.skip(f"no MariaDB at {url}: {error}")
    with connection, connection.cursor() as cursor:
        cursor.execute("SET time_zone = '+00:00'")
        yield cursor


@pytest.fixture
def base(server: Any) -> Iterator[Any]:
    server.execute(f"DROP DATABASE IF EXISTS {DATABASE}")
    server.execute(f"CREATE DATABASE {DATABASE} CHARACTER SET utf8mb4")
    server.execute(f"USE {DATABASE}")
    yield server
    server.execute(f"DROP DATABASE IF EXISTS {DATABASE}")


def answer(base: Any, query: str) -> list[tuple[Any, ...]]:
    base.execute(query)
    return list(base.fetchall())


def tables(base: Any) -> set[str]:
    return {name for (name,) in answer(base, "SHOW TABLES")}


@pytest.mark.parametrize("largest", [1, 200, 1 << 20])
def test_every_type_arrives_as_it_is_at_its_limits_and_as_null(base: Any, largest: int) -> None:
    columns: dict[str, tuple[str, pa.DataType, list[Any]]] = {
        "i": ("BIGINT", pa.int64(), [0, -1, 2**63 - 1, -(2**63), None]),
        "f": ("DOUBLE", pa.float64(), [0.0, -1.5, 1e300, 0.1 + 0.2, None]),
        "b": ("BOOLEAN", pa.bool_(), [True, False, True, False, None]),
        "t": ("LONGTEXT", pa.string(), ["", "dépôt's \"x\" \\' \\", "日本語 \t\n\0%s", "'" * 99, None]),
        "d": ("DATE", pa.date32(), [date(2000, 1, 1), date(1899, 12, 31), date(2200, 2, 28), date(1900, 1, 1), None]),
        "ts": (
            "DATETIME(6)",
            pa.timestamp("us", tz="UTC"),
            [
                datetime(2000, 1, 1, tzinfo=UTC),
                datetime(1969, 12, 31, 23, 59, 59, 999_999, tzinfo=UTC),
                datetime(2262, 1, 1, 1, 2, 3, tzinfo=UTC),
                datetime(1900, 1, 1, tzinfo=UTC),
                None,
            ],
        ),
        "n": (
            "NUMERIC(18, 2)",
            pa.decimal128(18, 2),
            [Decimal("0.00"), Decimal("-0.01"), Decimal("9999999999999999.99"), Decimal("-10000.10"), None],
        ),
        "y": ("LONGBLOB", pa.binary(), [b"", b"\x00\xff'", b"abc\\", bytes(300), None]),
    }
    arrays = [pa.array(values, kind) for _, kind, values in columns.values()]
    arrays.append(pa.array(["x", "y'", "x", None, None]).dictionary_encode())
    batch = pa.RecordBatch.from_arrays(arrays, names=[*columns, "c"])
    kinds = (
        ", ".join(f"{name} {sql}" for name, (sql, _, _) in columns.items())
        + ", c TEXT, place BIGINT AUTO_INCREMENT KEY"
    )
    base.execute(f"CREATE TABLE t ({kinds})")
    base.execute("SET SESSION sql_mode = 'STRICT_ALL_TABLES,NO_BACKSLASH_ESCAPES'")
    names = ", ".join(batch.schema.names)
    for statement in inserts(f"t ({names})", batch, largest):
        base.execute(statement)
    base.execute("SET SESSION sql_mode = 'STRICT_ALL_TABLES'")
    expected = [
        tuple(value.replace(tzinfo=None) if isinstance(value, datetime) else value for value in row.values())
        for row in batch.to_pylist()
    ]
    assert answer(base, f"SELECT {names} FROM t ORDER BY place") == expected
    assert list(inserts("t", batch.slice(0, 0), largest)) == []


def test_a_set_arrives_with_its_constraints(base: Any, world: World, tmp_path: Path) -> None:
    closure = prepare(world, COUNTS)
    written = load_set(closure, URL, folder=tmp_path / "set")
    assert written.linkage["orphaned"] == 0
    assert tables(base) == {"fleet_depot", "fleet_vehicle", "fleet_trip"}
    count = len(closure.table(Vehicle.__entity__).rows)  # type: ignore[attr-defined]
    rows = {row["vehicle_id"]: row for row in world[Vehicle][0:count].to_arrow().to_pylist()}
    found = answer(base, "SELECT * FROM fleet_vehicle")
    names = [column[0] for column in base.description]
    assert len(found) == count
    for values in found:
        row = dict(zip(names, values, strict=True))
        expected = rows[row["vehicle_id"]]
        assert json.loads(row.pop("equipment")) == dict(expected.pop("equipment"))
        stops = expected.pop("stops")
        assert [stop["place"] for stop in json.loads(row.pop("stops"))] == [stop["place"] for stop in stops]
        for name, value in expected.items():
            if isinstance(value, dict):
                assert json.loads(row[name]) == value
            else:
                assert row[name] == (value.replace(tzinfo=None) if isinstance(value, datetime) else value), name
    fares = dict(answer(base, "SELECT trip_id, fare FROM fleet_trip"))
    made = world[Trip][0:300].to_arrow()
    assert fares == dict(zip(made["trip_id"].to_pylist(), made["fare"].to_pylist(), strict=True))
    kinds = answer(
        base,
        "SELECT CONSTRAINT_TYPE, COUNT(*) FROM information_schema.TABLE_CONSTRAINTS "
        "WHERE TABLE_SCHEMA = DATABASE() AND CONSTRAINT_TYPE LIKE '%KEY' GROUP BY 1",
    )
    assert dict(kinds) == {"PRIMARY KEY": 3, "FOREIGN KEY": 2}
    with pytest.raises(pymysql.err.IntegrityError):
        base.execute("DELETE FROM fleet_depot")
    manifest = json.loads((tmp_path / "set" / "manifest.json").read_text())
    assert manifest["request"]["format"] == "mariadb"
    comments = dict(
        answer(base, "SELECT TABLE_NAME, TABLE_COMMENT FROM information_schema.TABLES WHERE TABLE_SCHEMA = DATABASE()")
    )
    assert comments["fleet_trip"] == Trip.__entity__.doc.partition("\n")[0]  # type: ignore[attr-defined]


def test_references_in_a_circle_hold(base: Any) -> None:
    from types import SimpleNamespace

    import datamimic_databases.plugin
    from datamimic import entity, field, ref, serial
    from datamimic.plugin import Pack

    @entity("manager", size=50)
    class Manager:
        """Somebody whose chief is somebody."""

        manager_id: str = field(serial("M-####"), key=True)
        chief: Any = field(ref("circle.manager"))

    Manager.__module__ = "circle.entities"
    circle = SimpleNamespace(datamimic_pack=lambda: Pack("circle", "1", "x"), datamimic_entities=lambda: [Manager])
    packs = Registry.of(circle, datamimic_databases.plugin)
    closure = prepare(World("circle", packs=packs), {"circle.manager": 20})
    load_set(closure, URL)
    [table] = schema_of(closure)
    [key] = table.foreign_keys
    joined = f"circle_manager a JOIN circle_manager b ON a.{key.columns[0]} = b.{key.targets[0]}"
    assert key.is_back and answer(base, f"SELECT COUNT(*) FROM {joined}") == [(20,)]


def test_tables_that_are_there_are_refused_or_replaced_all_at_once(base: Any, packs: Registry, world: World) -> None:
    load_set(prepare(world, COUNTS), URL)
    before = answer(base, "SELECT trip_id FROM fleet_trip ORDER BY 1")
    other = prepare(World("other", packs=packs), {"fleet.trip": 50})
    with pytest.raises(DatamimicError, match="already") as refused:
        load_set(other, URL)
    assert refused.value.code == "output_unwritable"
    assert answer(base, "SELECT trip_id FROM fleet_trip ORDER BY 1") == before
    load_set(other, URL, if_exists="replace")
    assert answer(base, "SELECT COUNT(*) FROM fleet_trip") == [(50,)]
    assert tables(base) == {"fleet_depot", "fleet_vehicle", "fleet_trip"}
    base.execute("CREATE TABLE mine (depot VARCHAR(255) COLLATE utf8mb4_bin REFERENCES fleet_depot (depot_id))")
    with pytest.raises(DatamimicError, match="mine"):
        load_set(prepare(world, COUNTS), URL, if_exists="replace")
    assert answer(base, "SELECT COUNT(*) FROM fleet_trip") == [(50,)]
    assert tables(base) == {"fleet_depot", "fleet_vehicle", "fleet_trip", "mine"}


def test_a_load_that_fails_leaves_nothing(base: Any, world: World) -> None:
    def fail(rows: int) -> None:
        assert len(tables(base)) == 3 and "fleet_trip" not in tables(base)
        raise RuntimeError("the lights went out")

    with pytest.raises(RuntimeError):
        load_set(prepare(world, COUNTS), URL, progress=fail)
    assert tables(base) == set()


def test_a_server_that_cuts_the_connection_is_said_and_nothing_is_left(base: Any, world: World) -> None:
    def cut(rows: int) -> None:
        for number, database in answer(base, "SELECT ID, DB FROM information_schema.PROCESSLIST"):
            if database == DATABASE and number != base.connection.thread_id():
                base.execute(f"KILL {number}")

    with pytest.raises(DatamimicError, match="MariaDB") as failure:
        load_set(prepare(world, COUNTS), URL, progress=cut)
    assert failure.value.code == "output_failed"
    assert tables(base) == set()


@pytest.mark.parametrize(
    ("place", "code"),
    [
        ("mariadb://root:s3cret@localhost:1/test", "output_unwritable"),
        ("mysql://nobody:s3cret@127.0.0.1/test", "output_unwritable"),
        ("mysql://nobody:s3cret@127.0.0.1:port/test", "output_unwritable"),
        ("mariadb://root:s3cret@127.0.0.1", "output_unwritable"),
        ("mariadb://root:s3cret@127.0.0.1/test?local_infile=1", "unknown_value"),
    ],
)
def test_a_url_that_cannot_be_used_is_refused_without_its_password(world: World, place: str, code: str) -> None:
    with pytest.raises(DatamimicError) as failure:
        load_set(prepare(world, COUNTS), place)
    assert failure.value.code == code and "s3cret" not in failure.value.render()
