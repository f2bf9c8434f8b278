"""Sets of tables in PostgreSQL: every value arrives, constraints hold, all of it or nothing."""

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

from datamimic import DatamimicError, Registry, World
from datamimic.related import load_set, prepare, write_set
from datamimic_databases.binary_copy import HEADER, TRAILER, copy_rows

psycopg = pytest.importorskip("psycopg", reason="the extra `postgresql` is not installed")
URL = os.environ.get("DATAMIMIC_TEST_POSTGRESQL", "postgresql://localhost:5432/test?connect_timeout=60")
SCHEMA = f"dm_test_{os.getpid()}"
COUNTS = {"fleet.trip": 300}


@pytest.fixture(scope="module")
def server() -> Iterator[Any]:
    try:
        connection = psycopg.connect(URL, autocommit=True)
    except psycopg.Error as error:
        pytest.skip(f"no PostgreSQL at {URL}: {str(error).strip().splitlines()[0]}")
    connection.execute("SET TIME ZONE 'UTC'")
    with connection:
        yield connection


@pytest.fixture
def base(server: Any) -> Iterator[Any]:
    server.execute(f"DROP SCHEMA IF EXISTS {SCHEMA} CASCADE")
    yield server
    server.execute(f"DROP SCHEMA IF EXISTS {SCHEMA} CASCADE")


def copied(base: Any, types: str, batch: pa.RecordBatch) -> list[tuple[Any, ...]]:
    base.execute(f"DROP TABLE IF EXISTS pg_temp.t; CREATE TEMP TABLE t ({types})")
    with base.cursor().copy("COPY pg_temp.t FROM STDIN (FORMAT BINARY)") as copy:
        copy.write(HEADER)
        copy.write(copy_rows(batch))
        copy.write(TRAILER)
    found: list[tuple[Any, ...]] = base.execute("SELECT * FROM pg_temp.t").fetchall()
    return found


def test_every_type_arrives_as_it_is_at_its_limits_and_as_null(server: Any) -> None:
    columns: dict[str, tuple[str, pa.DataType, list[Any]]] = {
        "i": ("bigint", pa.int64(), [0, -1, 2**63 - 1, -(2**63), None]),
        "f": ("double precision", pa.float64(), [0.0, -1.5, 1e300, 5e-324, None]),
        "b": ("boolean", pa.bool_(), [True, False, True, False, None]),
        "t": ("text", pa.string(), ["", "dépôt", "日本語 \t\n\\", "x" * 1000, None]),
        "d": ("date", pa.date32(), [date(2000, 1, 1), date(1899, 12, 31), date(2200, 2, 28), date(1, 1, 1), None]),
        "ts": (
            "timestamptz",
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
            "numeric(18,2)",
            pa.decimal128(18, 2),
            [Decimal("0.00"), Decimal("-0.01"), Decimal("9999999999999999.99"), Decimal("-10000.10"), None],
        ),
        "y": ("bytea", pa.binary(), [b"", b"\x00\xff", b"abc", bytes(300), None]),
        "j": ("jsonb", pa.list_(pa.struct({"a": pa.int64()})), [[], [{"a": 1}], [{"a": 1}, {"a": None}], [], None]),
    }
    arrays = [pa.array(values, kind) for _, kind, values in columns.values()]
    arrays.append(pa.array(["x", "y", "x", None, None]).dictionary_encode())
    names = [*columns, "c"]
    batch = pa.RecordBatch.from_arrays(arrays, names=names)
    types = ", ".join(f"{name} {sql}" for name, (sql, _, _) in columns.items()) + ", c text"
    expected = [tuple(row.values()) for row in batch.to_pylist()]
    assert copied(server, types, batch) == expected
    assert copied(server, types, batch.slice(1, 3)) == expected[1:4]
    assert copied(server, types, batch.slice(0, 0)) == []


def test_a_set_arrives_with_its_constraints(base: Any, world: World, tmp_path: Path) -> None:
    closure = prepare(world, COUNTS)
    written = load_set(closure, URL, schema=SCHEMA, folder=tmp_path / "set")
    assert written.linkage["orphaned"] == 0
    count = len(closure.table(Vehicle.__entity__).rows)  # type: ignore[attr-defined]
    expected = world[Vehicle][0:count].to_arrow().to_pylist()
    cursor = base.execute(f"SELECT * FROM {SCHEMA}.fleet_vehicle")
    names = [column.name for column in cursor.description]
    for values, row in zip(cursor.fetchall(), expected, strict=True):
        found = dict(zip(names, values, strict=True))
        assert found.pop("equipment") == dict(row.pop("equipment"))
        stops = row.pop("stops")
        assert [stop["place"] for stop in found.pop("stops")] == [stop["place"] for stop in stops]
        assert found == row
    fares = [fare for (fare,) in base.execute(f"SELECT fare FROM {SCHEMA}.fleet_trip").fetchall()]
    assert fares == world[Trip][0:300].to_arrow()["fare"].to_pylist()
    kinds = base.execute(
        "SELECT contype, count(*) FROM pg_constraint "
        "WHERE connamespace = %s::regnamespace AND contype IN ('p', 'f') GROUP BY 1",
        (SCHEMA,),
    ).fetchall()
    assert dict(kinds) == {"p": 3, "f": 2}
    with pytest.raises(psycopg.errors.ForeignKeyViolation):
        base.execute(f"DELETE FROM {SCHEMA}.fleet_depot")
    manifest = json.loads((tmp_path / "set" / "manifest.json").read_text())
    assert manifest["request"]["format"] == "postgresql"
    with pytest.raises(DatamimicError, match="already"):
        load_set(closure, URL, schema=SCHEMA)


def test_a_load_that_fails_leaves_nothing(base: Any, world: World) -> None:
    def fail(rows: int) -> None:
        raise RuntimeError("the lights went out")

    with pytest.raises(RuntimeError):
        load_set(prepare(world, COUNTS), URL, schema=SCHEMA, progress=fail)
    assert base.execute("SELECT count(*) FROM pg_namespace WHERE nspname = %s", (SCHEMA,)).fetchone() == (0,)


def test_a_server_that_is_not_there_is_said(world: World) -> None:
    with pytest.raises(DatamimicError, match="PostgreSQL") as failure:
        load_set(prepare(world, COUNTS), "postgresql://localhost:1/nowhere?connect_timeout=60")
    assert failure.value.code == "output_unwritable"


def test_tables_are_replaced_only_when_that_is_said_and_nothing_refers_to_them(
    base: Any, packs: Registry, world: World
) -> None:
    load_set(prepare(world, COUNTS), URL, schema=SCHEMA)
    other = prepare(World("other", packs=packs), {"fleet.trip": 50})
    load_set(other, URL, schema=SCHEMA, if_exists="replace")
    assert base.execute(f"SELECT count(*) FROM {SCHEMA}.fleet_trip").fetchone() == (50,)
    base.execute(f"CREATE VIEW {SCHEMA}.mine AS SELECT depot_id FROM {SCHEMA}.fleet_depot")
    before = base.execute(f"SELECT count(*) FROM {SCHEMA}.mine").fetchone()
    with pytest.raises(DatamimicError, match="depend") as refused:
        load_set(prepare(world, COUNTS), URL, schema=SCHEMA, if_exists="replace")
    assert refused.value.code == "output_failed"
    assert base.execute(f"SELECT count(*) FROM {SCHEMA}.mine").fetchone() == before
    assert base.execute(f"SELECT count(*) FROM {SCHEMA}.fleet_trip").fetchone() == (50,)


def test_what_fields_mean_is_in_comments(base: Any, world: World) -> None:
    load_set(prepare(world, COUNTS), URL, schema=SCHEMA)
    told = base.execute("SELECT obj_description(%s::regclass)", (f"{SCHEMA}.fleet_trip",)).fetchone()[0]
    assert told == Trip.__entity__.doc.partition("\n")[0]  # type: ignore[attr-defined]


def test_no_message_holds_the_password(world: World) -> None:
    for place in (
        "postgresql://nobody:s3cret@localhost/test",
        "postgresql://localhost/test?password=s3cret&nonsense=1",
    ):
        with pytest.raises(DatamimicError) as failure:
            load_set(prepare(world, COUNTS), place)
        assert "s3cret" not in failure.value.render()


def test_a_table_of_many_blocks_is_loaded(base: Any, packs: Registry, tmp_path: Path) -> None:
    closure = prepare(World("large", packs=packs), {"fleet.trip": 33_000})
    load_set(closure, URL, schema=SCHEMA, folder=tmp_path / "set")
    found = base.execute(f"SELECT count(*), count(DISTINCT trip_id) FROM {SCHEMA}.fleet_trip").fetchone()
    assert found == (33_000, 33_000)
    write_set(closure, tmp_path / "files", "parquet")
    ours, files = (
        json.loads((tmp_path / name / "manifest.json").read_text("utf-8"))["outputs"] for name in ("set", "files")
    )
    assert [each["content"] for each in ours] == [each["content"] for each in files]


def test_the_schema_loads_the_csv_files_with_constraints_on(base: Any, world: World, tmp_path: Path) -> None:
    write_set(prepare(world, COUNTS), tmp_path / "set", "csv", escape_formulas=False)
    base.execute(f"CREATE SCHEMA {SCHEMA}; SET search_path TO {SCHEMA}")
    base.execute((tmp_path / "set" / "schema.sql").read_text("utf-8"))
    for table in json.loads((tmp_path / "set" / "schema.json").read_text("utf-8")):
        with base.cursor().copy(f"COPY {table['name']} FROM STDIN (FORMAT CSV, HEADER)") as copy:
            copy.write((tmp_path / "set" / table["file"]).read_bytes())
        assert base.execute(f"SELECT count(*) FROM {table['name']}").fetchone() == (table["rows"],)
    base.execute("RESET search_path")


@pytest.mark.slow
def test_hundreds_of_thousands_of_rows_arrive_by_binary_copy(base: Any, packs: Registry) -> None:
    rows = World("speed", packs=packs)[Trip].select(["trip_id", "number", "region"])
    base.execute(f"CREATE SCHEMA {SCHEMA}; CREATE TABLE {SCHEMA}.t (trip_id text, number bigint, region text)")
    with base.cursor().copy(f"COPY {SCHEMA}.t FROM STDIN (FORMAT BINARY)") as copy:
        copy.write(HEADER)
        for batch in rows[0:400_000].batches():
            copy.write(copy_rows(batch))
        copy.write(TRAILER)
    assert base.execute(f"SELECT count(*), count(DISTINCT trip_id) FROM {SCHEMA}.t").fetchone() == (400_000, 400_000)
