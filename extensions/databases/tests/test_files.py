"""Databases in files: the rows of a set with all constraints, verified and reproduced, and nothing of anybody's destroyed."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from fleet import Depot, Trip, Vehicle
from hypothesis import given, settings
from hypothesis import strategies as st

from datamimic import DatamimicError, Registry, World
from datamimic.related import load_set, prepare, write_set
from datamimic.reproducing.reproduction import reproduce
from datamimic.reproducing.verification.report import render
from datamimic.reproducing.verification.verifying import verify

COUNTS: dict[str, Any] = {"fleet.trip": 400, "fleet.vehicle": 300}
FILES = ["sqlite", "duckdb"]


@pytest.fixture(scope="module")
def closure(packs: Registry) -> Any:
    return prepare(World("set", packs=packs), COUNTS)


@pytest.fixture(params=FILES)
def name(request: pytest.FixtureRequest) -> str:
    if request.param == "duckdb":
        pytest.importorskip("duckdb")
    return str(request.param)


def opened(path: Path) -> Any:
    if path.suffix == ".duckdb":
        import duckdb

        return closing(duckdb.connect(str(path)))
    return closing(sqlite3.connect(path, isolation_level=None))


def answer(path: Path, query: str) -> list[tuple[Any, ...]]:
    with opened(path) as base:
        found: list[tuple[Any, ...]] = base.execute(query).fetchall()
        return found


def expected_rows(closure: Any, cls: type) -> list[dict[str, Any]]:
    numbers = np.concatenate([*closure.table(cls.__entity__).rows.pieces()])  # type: ignore[attr-defined]
    return pa.Table.from_batches([closure.world[cls].gather(numbers)]).to_pylist()


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def test_the_same_set_gives_the_same_file(closure: Any, packs: Registry, tmp_path: Path) -> None:
    write_set(closure, tmp_path / "one", "sqlite")
    write_set(prepare(World("set", packs=packs), COUNTS), tmp_path / "two", "sqlite")
    one = contents(tmp_path / "one")
    assert one == contents(tmp_path / "two")
    assert set(one) == {"world.sqlite", "manifest.json", "schema.sql", "schema.json", "linkage.json", "linkage.txt"}
    manifest = json.loads(one["manifest.json"])
    assert manifest["request"] == {"set": COUNTS, "format": "sqlite", "settings": {"if_exists": "fail"}}
    load_set(closure, str(tmp_path / "world.sqlite"))
    assert (tmp_path / "world.sqlite").read_bytes() == one["world.sqlite"]


def test_an_sqlite_database_has_the_rows_and_checks_references(closure: Any, tmp_path: Path) -> None:
    write_set(closure, tmp_path / "set", "sqlite")
    with opened(tmp_path / "set" / "world.sqlite") as base:
        base.row_factory = sqlite3.Row
        found = [dict(row) for row in base.execute("SELECT * FROM fleet_vehicle ORDER BY rowid")]
        for row, expected in zip(found, expected_rows(closure, Vehicle), strict=True):
            assert row["vehicle_id"] == expected["vehicle_id"] and row["kilometres"] == expected["kilometres"]
            assert row["electric"] == int(expected["electric"]) and row["load"] == expected["load"]
            assert row["retired_on"] == (expected["retired_on"] and expected["retired_on"].isoformat())
            assert json.loads(row["equipment"]) == dict(expected["equipment"])
            assert json.loads(row["motor"]) == expected["motor"]
        fares = [row[0] for row in base.execute("SELECT fare FROM fleet_trip ORDER BY rowid")]
        assert [round(fare * 100) for fare in fares] == [int(row["fare"] * 100) for row in expected_rows(closure, Trip)]
        base.execute("PRAGMA foreign_keys = ON")
        with pytest.raises(sqlite3.IntegrityError):
            base.execute("DELETE FROM fleet_depot")


def test_a_duckdb_database_has_the_rows_and_checks_references(closure: Any, tmp_path: Path) -> None:
    pytest.importorskip("duckdb")
    write_set(closure, tmp_path / "set", "duckdb")
    with opened(tmp_path / "set" / "world.duckdb") as base:
        names = "vehicle_id, kilometres, electric, load, retired_on, nickname"
        found = base.execute(f"SELECT {names} FROM fleet_vehicle ORDER BY rowid").fetchall()
        assert found == [tuple(row[name] for name in names.split(", ")) for row in expected_rows(closure, Vehicle)]
        fares = base.execute("SELECT fare FROM fleet_trip ORDER BY rowid").fetchall()
        assert [fare for (fare,) in fares] == [row["fare"] for row in expected_rows(closure, Trip)]
        kinds = base.execute("SELECT constraint_type, count(*) FROM duckdb_constraints() GROUP BY ALL").fetchall()
        assert dict(kinds)["PRIMARY KEY"] == 3 and dict(kinds)["FOREIGN KEY"] == 2
        told = base.execute("SELECT comment FROM duckdb_tables() WHERE table_name = 'fleet_trip'").fetchone()
        assert told[0] and told[0] == closure.table(Trip.__entity__).spec.doc.partition("\n")[0]  # type: ignore[attr-defined]


@pytest.mark.parametrize("as_url", [False, True])
def test_a_new_file_is_loaded_verified_and_reproduced(
    closure: Any, packs: Registry, tmp_path: Path, name: str, as_url: bool
) -> None:
    path = tmp_path / f"fleet.{name}"
    written = load_set(closure, f"{name}:///{path}" if as_url else str(path))
    assert written.rows == sum(rows for (rows,) in answer(path, _counts(written)))
    assert {file.name for file in tmp_path.iterdir()} == {path.name, f"{path.name}.manifest.json"}
    report = verify(path, packs=packs)
    assert report.holds and len(report.outputs) == 3
    path.unlink()
    made = reproduce(tmp_path / f"{path.name}.manifest.json", packs=packs)
    assert made.holds and made.path == path and verify(path, packs=packs).holds
    elsewhere = reproduce(path, tmp_path / f"again.{name}", packs=packs)
    assert elsewhere.holds and verify(elsewhere.path, packs=packs).holds


def _counts(written: Any) -> str:
    return " UNION ALL ".join(f"SELECT count(*) FROM {table.name}" for table in written.tables)


def test_what_a_file_has_stays_and_tables_are_replaced_only_when_that_is_said(
    closure: Any, packs: Registry, tmp_path: Path, name: str
) -> None:
    path = tmp_path / f"fleet.{name}"
    with opened(path) as base:
        base.execute("CREATE TABLE mine (x INTEGER)")
        base.execute("INSERT INTO mine VALUES (7)")
    load_set(closure, str(path))
    assert answer(path, "SELECT * FROM mine") == [(7,)] and verify(path, packs=packs).holds
    before = answer(path, "SELECT depot_id FROM fleet_depot ORDER BY 1")
    with pytest.raises(DatamimicError, match="already") as refused:
        load_set(prepare(World("other", packs=packs), COUNTS), str(path))
    assert refused.value.code == "output_unwritable" and verify(path, packs=packs).holds
    load_set(prepare(World("other", packs=packs), COUNTS), str(path), if_exists="replace")
    assert answer(path, "SELECT * FROM mine") == [(7,)] and verify(path, packs=packs).holds
    assert answer(path, "SELECT depot_id FROM fleet_depot ORDER BY 1") != before


def test_tables_to_which_others_refer_are_not_replaced(
    closure: Any, packs: Registry, tmp_path: Path, name: str
) -> None:
    path = tmp_path / f"fleet.{name}"
    load_set(closure, str(path))
    with opened(path) as base:
        kind = "VARCHAR" if name == "duckdb" else "TEXT"
        base.execute(f"CREATE TABLE mine (depot {kind} REFERENCES fleet_depot (depot_id))")
        base.execute("INSERT INTO mine SELECT depot_id FROM fleet_depot")
    before = answer(path, "SELECT count(*) FROM mine JOIN fleet_depot ON depot = depot_id")
    with pytest.raises(DatamimicError, match="mine") as refused:
        load_set(prepare(World("other", packs=packs), COUNTS), str(path), if_exists="replace")
    assert refused.value.code in ("output_unwritable", "output_failed")
    assert answer(path, "SELECT count(*) FROM mine JOIN fleet_depot ON depot = depot_id") == before


@pytest.mark.parametrize("there", [False, True])
def test_a_load_that_fails_leaves_what_was_there(closure: Any, tmp_path: Path, name: str, there: bool) -> None:
    path = tmp_path / f"fleet.{name}"
    if there:
        with opened(path) as base:
            base.execute("CREATE TABLE mine (x INTEGER)")

    def fail(rows: int) -> None:
        raise RuntimeError("the lights went out")

    with pytest.raises(RuntimeError):
        load_set(closure, str(path), progress=fail)
    assert [file.name for file in tmp_path.iterdir()] == ([path.name] if there else [])
    if there:
        tables = {"sqlite": "SELECT name FROM sqlite_master", "duckdb": "SELECT table_name FROM duckdb_tables()"}
        assert answer(path, tables[name]) == [("mine",)]


def test_a_file_that_is_no_database_is_refused_and_stays(closure: Any, tmp_path: Path, name: str) -> None:
    path = tmp_path / f"fleet.{name}"
    path.write_text("precious " * 200)
    with pytest.raises(DatamimicError) as refused:
        load_set(closure, str(path))
    assert refused.value.code.startswith("output_") and path.read_text() == "precious " * 200


def test_sqlite_refuses_rows_that_refer_to_nothing(closure: Any, packs: Registry, tmp_path: Path) -> None:
    from datamimic.related.schema import schema_of
    from datamimic_databases import SqliteTarget

    tables = schema_of(closure)
    loading = SqliteTarget().open(str(tmp_path / "x.sqlite"))
    loading.begin(tables)
    for table, part in zip(tables, closure.tables, strict=True):
        rows = part.rows.piece(0, 400)
        loading.take(table, iter([closure.world[part.spec.cls].gather(rows[: 0 if part.spec.cls is Depot else None])]))
    with pytest.raises(DatamimicError, match="does not have"):
        loading.end()
    loading.abandon()
    assert answer(tmp_path / "x.sqlite", "SELECT count(*) FROM sqlite_master") == [(0,)]


# -- verification -------------------------------------------------------------------------------------------------


def test_a_set_in_a_folder_is_verified_from_its_manifest(packs: Registry, tmp_path: Path, name: str) -> None:
    folder = tmp_path / "set"
    write_set(prepare(World("set", packs=packs), {"fleet.trip": 33_000}), folder, name)
    for sample in (None, 1.0):
        report = verify(folder, sample, packs=packs)
        assert report.holds and len(report.outputs) == 3, report.to_dict()
    assert verify(folder / f"world.{name}", packs=packs).holds


def test_a_changed_cell_of_a_database_is_located(packs: Registry, tmp_path: Path) -> None:
    write_set(prepare(World("set", packs=packs), {"fleet.trip": 500}), tmp_path / "set", "sqlite")
    with opened(tmp_path / "set" / "world.sqlite") as base:
        base.execute("UPDATE fleet_trip SET number = 77 WHERE rowid = 124")
    report = verify(tmp_path / "set", packs=packs)
    found = [difference for output in report.outputs for difference in output.differences if difference.column]
    assert [(d.column, d.examples[0][:2]) for d in found] == [("number", (123, 77))]


@pytest.fixture(scope="module")
def small(packs: Registry, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("small")
    write_set(prepare(World("small", packs=packs), {"fleet.trip": 30}), folder / "set", "sqlite")
    return folder / "set"


@given(data=st.data())
@settings(max_examples=40, deadline=None)
def test_any_flipped_bit_is_found(small: Path, packs: Registry, data: Any) -> None:
    file = small / "world.sqlite"
    original = file.read_bytes()
    content = bytearray(original)
    content[data.draw(st.integers(0, len(content) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    try:
        file.write_bytes(bytes(content))
        report = verify(small, packs=packs)
    finally:
        file.write_bytes(original)
    assert not report.holds and report.outputs[0].intact is False
    differences = [difference for output in report.outputs for difference in output.differences]
    assert differences and all(difference.damage for difference in differences)


def test_a_view_in_a_database_is_not_computed(packs: Registry, tmp_path: Path) -> None:
    write_set(prepare(World("views", packs=packs), {"fleet.vehicle": 5}), tmp_path / "set", "sqlite")
    with opened(tmp_path / "set" / "world.sqlite") as base:
        base.execute("DROP TABLE fleet_vehicle")
        endless = (
            "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT x AS vehicle_id, 1 AS rowid FROM n"
        )
        base.execute(f"CREATE VIEW fleet_vehicle AS {endless}")
    report = verify(tmp_path / "set", packs=packs)
    assert not report.holds and any("no table" in line for line in render(report))


def test_a_manifest_of_a_database_needs_the_extension(small: Path) -> None:
    import fleet

    with pytest.raises(DatamimicError, match="not installed") as missing:
        verify(small, packs=Registry.of(fleet))
    assert missing.value.code == "missing_dependency" and missing.value.hint == "pip install datamimic-databases"


# -- the command --------------------------------------------------------------------------------------------------


@pytest.fixture
def dm(monkeypatch: pytest.MonkeyPatch, packs: Registry) -> Callable[..., Any]:
    from click.testing import CliRunner

    import datamimic.cli.group
    import datamimic.world
    from datamimic.cli import main

    monkeypatch.setattr(datamimic.world, "installed_packs", lambda: packs)
    monkeypatch.setattr(datamimic.cli.group, "installed_packs", lambda: packs)
    return lambda *arguments: CliRunner().invoke(main, [*arguments, "--seed", "1"], catch_exceptions=False)


def test_dm_world_writes_into_a_database(dm: Callable[..., Any], tmp_path: Path, name: str) -> None:
    path = tmp_path / f"fleet.{name}"
    made = dm("world", "trip=200", "-o", str(path))
    assert made.exit_code == 0 and f"tables in {path}" in made.stderr
    assert dm("world", "trip=200", "-o", f"{name}:///{path}").exit_code == 2
    assert dm("world", "trip=100", "-o", f"{name}:///{path}", "--if-exists", "replace", "-q").exit_code == 0
    assert answer(path, "SELECT count(*) FROM fleet_trip") == [(100,)]
    wrong = dm("world", "trip=100", "-o", str(path), "--if-exists", "erase")
    assert wrong.exit_code == 2 and "invalid_option" in wrong.stderr
    report = tmp_path / "report"
    assert dm("world", "trip=9", "--to", str(path), "--if-exists", "replace", "-o", str(report)).exit_code == 0
    assert {file.name for file in report.iterdir()} >= {"schema.sql", "linkage.json", "manifest.json"}
    assert dm("world", "trip=9", "-o", str(report), "--if-exists", "replace").exit_code == 2


def test_options_that_a_target_lacks_are_refused(dm: Callable[..., Any], tmp_path: Path) -> None:
    refused = dm("world", "trip=9", "-o", str(tmp_path / "x.sqlite"), "--schema", "shop")
    assert refused.exit_code == 2 and "the target sqlite" in refused.stderr and not list(tmp_path.iterdir())
