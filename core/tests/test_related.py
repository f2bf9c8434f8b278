"""Sets of related tables: closed, exact, the same every time, and loaded by databases that check every constraint."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner
from fleet import Depot, Trip, Vehicle, registry
from hypothesis import given as examples
from hypothesis import settings
from hypothesis import strategies as st

import datamimic.cli.group
import datamimic.world
from datamimic import DatamimicError, Draw, Pack, Registry, World, entity, field, given, record, ref, serial, source
from datamimic.cli import main
from datamimic.columns import Lists, Struct
from datamimic.formats.reading import read_batches
from datamimic.related.closure import Closure, close, links_of, set_of
from datamimic.related.linkage import Linkage, render
from datamimic.related.row_set import RowSet
from datamimic.related.schema import schema_of
from datamimic.related.standard_sql import ddl
from datamimic.related.tallies import hashed
from datamimic.related.writing import prepare, write_set

PACKS = registry()
COUNTS = {"fleet.trip": 400, "fleet.vehicle": 300}


def table_rows(closure: Closure, cls: type) -> np.ndarray[Any, Any]:
    return np.concatenate([*closure.table(cls.__entity__).rows.pieces(size=7)])  # type: ignore[attr-defined]


def assert_closed(closure: Closure) -> None:
    for table in closure.tables:
        rows = np.concatenate([np.zeros(0, np.int64), *table.rows.pieces()])
        assert len(rows) == len(table.rows) == len(set(rows.tolist()))
        assert rows.tolist() == sorted(rows.tolist())
        batch = closure.world.batch(table.spec, rows)
        for link in links_of(closure.world, table.spec):
            assert closure.table(link.target).rows.holds(batch.column(link.field.name).rows).all()


@examples(
    prefix=st.integers(0, 40), rows=st.lists(st.integers(0, 90)), start=st.integers(0, 50), size=st.integers(1, 20)
)
def test_a_row_set_is_a_set_in_order(prefix: int, rows: list[int], start: int, size: int) -> None:
    made = RowSet(prefix)
    for row in rows:
        made.add(np.array([row]))
    expected = sorted({*range(prefix), *rows})
    assert len(made) == len(expected)
    assert [row for piece in made.pieces(start, size) for row in piece.tolist()] == expected[start:]
    everything = np.arange(-2, 120)
    assert made.holds(everything).tolist() == [row in expected for row in everything.tolist()]


@examples(trips=st.integers(0, 3_000), vehicles=st.one_of(st.none(), st.integers(2_000, 3_000)))
@settings(max_examples=15, deadline=None)
def test_every_set_is_closed_and_has_the_rows_asked_for(trips: int, vehicles: int | None) -> None:
    counts = {"fleet.trip": trips} | ({} if vehicles is None else {"fleet.vehicle": vehicles})
    closure = prepare(World("closed", packs=PACKS), counts)
    assert_closed(closure)
    for name, count in counts.items():
        assert len(closure.table(closure.world.spec(name)).rows) == count


def test_parents_without_children_are_there_so_that_the_declared_counts_hold() -> None:
    world = World("counts", packs=PACKS)
    first = world.children(world.batch(Trip.__entity__, np.array([0])).column("vehicle"), Trip).first  # type: ignore[attr-defined]
    assert first.tolist() == [0]
    closure = prepare(world, {"fleet.vehicle": 1024, "fleet.trip": "all"})
    trips = table_rows(closure, Trip)
    vehicles = Counter(world.batch(Trip.__entity__, trips).column("vehicle").rows.tolist())  # type: ignore[attr-defined]
    found = Counter(vehicles[row] for row in range(1024))
    shares = {0: 2, 1: 3, 4: 1, 9: 0.5}
    for count, share in shares.items():
        assert abs(found[count] - 1024 * share / 6.5) < 1


def test_a_target_that_is_asked_for_has_exactly_its_rows_and_no_reference_leaves_them() -> None:
    world = World("sizes", packs=PACKS)
    closure = prepare(world, {"vehicle": 300, "depot": 7})
    assert {table.spec.name: len(table.rows) for table in closure.tables} == {"depot": 7, "vehicle": 300}
    assert closure.world.origin.sizes == {"fleet.depot": 7}
    assert_closed(closure)
    assert set_of(world, {"vehicle": 300}).origin.sizes == {}


@pytest.mark.parametrize(
    ("counts", "hint"),
    [
        ({"fleet.vehicle": 5, "fleet.trip": 5_000}, "or more"),
        ({"fleet.vehicle": -1}, "0 rows or more"),
        ({"fleet.vehicle": "some"}, "0 rows or more"),
        ({"fleet.vehicle": "all"}, "give a number"),
        ({"fleet.trip": "all"}, "ask for fleet.vehicle=N too"),
        ({"fleet.depot": 20_000}, "at most 10000"),
    ],
)
def test_counts_that_cannot_be_are_refused(counts: dict[str, Any], hint: str) -> None:
    with pytest.raises(DatamimicError) as failure:
        prepare(World("refused", packs=PACKS), counts)
    assert hint in (failure.value.hint or "")


def test_references_in_a_circle_come_to_an_end() -> None:
    @entity("manager", size=50)
    class Manager:
        """Somebody whose chief is somebody."""

        manager_id: str = field(serial("M-####"), key=True)
        chief: Any = field(ref("circle.manager"))

    Manager.__module__ = "circle.entities"
    packs = Registry.of(
        SimpleNamespace(datamimic_pack=lambda: Pack("circle", "1", "x"), datamimic_entities=lambda: [Manager])
    )
    world = World("circle", packs=packs)
    with pytest.raises(DatamimicError, match="is referred to"):
        close(world, {"circle.manager": 3})
    closure = prepare(world, {"circle.manager": 3})
    assert_closed(closure)
    (table,) = schema_of(closure)
    assert [key.is_back for key in table.foreign_keys] == [True]
    assert "ALTER TABLE" in ddl((table,))


@record
class Piece:
    """What lies in a basket: an article, or a bottle that the shop has in a list."""

    article_id: str
    bottle_no_id: int | None


@entity("article", size=5_000)
class Article:
    """What is sold."""

    article_id: str = field(serial("A-{country}-#####", grows=True), key=True)


@entity("bottle", rows=source())
class Bottle:
    """What is sold, by a list that exists."""

    bottle_no_id: int = field(given("number"), key=True)


@entity("purchase", size=40)
class Purchase:
    """What somebody bought."""

    purchase_id: str = field(serial("P-####"), key=True)
    article: Article = field(ref(Article))


def _pieces(rows: Any, purchase: Any, world: World, draw: Draw) -> Lists:
    """What was bought, and without a purchase what lay there."""
    article = np.where(purchase.is_null(), draw.integers(0, 4_999), purchase.article.rows)
    number = np.ma.MaskedArray(world.refer("goods.bottle", rows % 7).bottle_no_id, rows % 3 == 0)
    named = world.refer("goods.article", article).article_id
    return Lists(np.ones(len(rows), dtype=np.int64), Struct({"article_id": named, "bottle_no_id": number}))


@entity("basket")
class Basket:
    """What somebody who may have bought it laid aside: keys in records, of rows that no reference tells."""

    basket_id: str = field(serial("B-####"), key=True)
    purchase: Purchase | None = field(
        ref(Purchase, by=lambda rows, draw: np.ma.MaskedArray(draw.integers(0, 39), rows % 2 == 0))
    )
    pieces: list[Piece] = field(_pieces)


def test_rows_whose_keys_stand_in_records_are_in_the_set(tmp_path: Path) -> None:
    bottles = tmp_path / "bottles.csv"
    bottles.write_text("number\n" + "".join(f"{1_000 + 7 * row}\n" for row in range(50)), encoding="utf-8")
    pack = SimpleNamespace(
        datamimic_pack=lambda: Pack("goods", "1", "x"),
        datamimic_entities=lambda: [Article, Bottle, Purchase, Basket],
    )
    world = World("records", given={"bottle": bottles}, packs=Registry.of(pack))
    closure = prepare(world, {"goods.basket": 60})
    pieces = world["goods.basket"][0:60].to_arrow()["pieces"].combine_chunks().flatten()
    keys = world["goods.article"][0:5_000].to_arrow()["article_id"].to_pylist()
    named = {*pieces.field("article_id").to_pylist()}
    assert {keys[row] for row in table_rows(closure, Article).tolist()} == named and len(named) > 40
    assert table_rows(closure, Bottle).tolist() == [*range(7)]
    linkage = write_set(closure, tmp_path / "set").linkage
    told = {link["column"]: (link["resolved"], link["orphaned"]) for link in linkage["links"]}
    assert told["pieces.article_id"] == (60, 0) and told["pieces.bottle_no_id"] == (40, 0)


# -- files --------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def closure() -> Closure:
    return prepare(World("set", packs=PACKS), COUNTS)


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


@pytest.mark.parametrize("format", ["parquet", "csv", "json", "jsonl", "arrow", "xml"])
def test_the_same_set_gives_the_same_files(closure: Closure, tmp_path: Path, format: str) -> None:
    write_set(closure, tmp_path / "one", format)
    write_set(prepare(World("set", packs=PACKS), COUNTS), tmp_path / "two", format)
    one = contents(tmp_path / "one")
    assert one == contents(tmp_path / "two")
    assert {"manifest.json", "schema.sql", "schema.json", "linkage.json", "linkage.txt"} < set(one)
    manifest = json.loads(one["manifest.json"])
    chosen = PACKS.format(format)().chosen()  # type: ignore[attr-defined]
    assert manifest["request"] == {"set": COUNTS, "format": format, "settings": chosen}
    assert {entry["name"] for entry in manifest["files"]} == set(one) - {"manifest.json"}
    assert all(entry["bytes"] == len(one[entry["name"]]) for entry in manifest["files"])


def test_an_earlier_set_is_replaced_whole_and_nothing_else_is(closure: Closure, tmp_path: Path) -> None:
    folder = tmp_path / "set"
    write_set(closure, folder, "csv")
    before = contents(folder)

    def fail(rows: int) -> None:
        raise RuntimeError("the lights went out")

    with pytest.raises(RuntimeError):
        write_set(closure, folder, "parquet", progress=fail)
    assert contents(folder) == before and [path.name for path in tmp_path.iterdir()] == ["set"]
    write_set(closure, folder, "jsonl")
    assert not list(folder.glob("*.csv")) and [path.name for path in tmp_path.iterdir()] == ["set"]
    other = tmp_path / "other"
    other.mkdir()
    (other / "precious.txt").write_text("mine")
    with pytest.raises(DatamimicError, match="other files"):
        write_set(closure, other)
    assert contents(other) == {"precious.txt": b"mine"}


def test_the_schema_loads_the_csv_files_into_sqlite_with_constraints_on(closure: Closure, tmp_path: Path) -> None:
    write_set(closure, tmp_path / "set", "csv", escape_formulas=False)
    tables = json.loads((tmp_path / "set" / "schema.json").read_text("utf-8"))
    assert [table["name"] for table in tables] == ["fleet_depot", "fleet_vehicle", "fleet_trip"]
    base = sqlite3.connect(":memory:")
    base.executescript("PRAGMA foreign_keys = ON;\n" + (tmp_path / "set" / "schema.sql").read_text("utf-8"))
    for table in tables:
        for batch in read_batches(tmp_path / "set" / table["file"]):
            nullable = [column["name"] for column in table["columns"] if column["nullable"]]
            rows = [
                tuple(None if v == "" and k in nullable else v for k, v in row.items()) for row in batch.to_pylist()
            ]
            base.executemany(f"INSERT INTO {table['name']} VALUES ({', '.join('?' * len(rows[0]))})", rows)
        assert base.execute(f"SELECT count(*) FROM {table['name']}").fetchone() == (table["rows"],)
    with pytest.raises(sqlite3.IntegrityError):
        base.execute("UPDATE fleet_trip SET vehicle_id = 'nobody'")
    base.close()


def test_the_schema_loads_the_parquet_files_into_duckdb_with_constraints_on(closure: Closure, tmp_path: Path) -> None:
    duckdb = pytest.importorskip("duckdb")
    write_set(closure, tmp_path / "set")
    with duckdb.connect() as base:
        base.execute((tmp_path / "set" / "schema.sql").read_text("utf-8"))
        for table in json.loads((tmp_path / "set" / "schema.json").read_text("utf-8")):
            base.execute(f"INSERT INTO {table['name']} SELECT * FROM '{tmp_path / 'set' / table['file']}'")
            assert base.execute(f"SELECT count(*) FROM {table['name']}").fetchone() == (table["rows"],)
        with pytest.raises(duckdb.ConstraintException):
            base.execute("INSERT INTO fleet_depot SELECT * FROM fleet_depot LIMIT 1")


# -- the linkage report -------------------------------------------------------------------------------------------


def test_a_closed_set_has_no_orphans_and_no_duplicates(closure: Closure, tmp_path: Path) -> None:
    report = write_set(closure, tmp_path / "set").linkage
    assert report["orphaned"] == report["duplicated"] == 0
    links = {(link["table"], link["column"]): link for link in report["links"]}
    assert links["fleet_trip", "vehicle_id"]["resolved"] == links["fleet_trip", "vehicle_id"]["rows"] == 400
    assert links["fleet_vehicle", "depot_id"]["resolved"] == 300
    (family,) = report["families"]
    assert family["parents"] == 300 and family["complete"] + family["incomplete"] == 300
    assert "400 resolved, 0 orphaned" in render(report)
    assert json.loads((tmp_path / "set" / "linkage.json").read_text()) == report


def test_orphans_and_duplicates_are_counted_from_the_values(closure: Closure) -> None:
    tables = schema_of(closure)
    world = closure.world
    batches = {
        table.name: world[part.spec.cls].gather(part.rows.piece(0, 500))
        for table, part in zip(tables, closure.tables, strict=True)
    }
    linkage = Linkage(closure, tables, {name: batch.schema for name, batch in batches.items()})
    vehicles = pa.Table.from_batches([batches["fleet_vehicle"]])
    batches["fleet_vehicle"] = vehicles.slice(3).to_batches()[0]
    trips = pa.Table.from_batches([batches["fleet_trip"]])
    batches["fleet_trip"] = pa.concat_tables([trips, trips.slice(0, 5)]).combine_chunks().to_batches()[0]
    for table in tables:
        linkage.add(table, batches[table.name])
    report = linkage.report()
    lost = set(vehicles["vehicle_id"].to_pylist()[:3])
    orphans = [v for v in [*trips["vehicle_id"].to_pylist(), *trips["vehicle_id"].to_pylist()[:5]] if v in lost]
    assert report["orphaned"] == len(orphans) > 0
    assert report["duplicated"] == 10


@examples(st.lists(st.text(max_size=40), max_size=30))
def test_equal_texts_and_only_they_have_equal_hashes(values: list[str]) -> None:
    words = hashed(pa.array(values, pa.string())).tolist()
    assert len(set(words)) == len(set(values))
    assert hashed(pa.array([None, *values], pa.string()).slice(1)).tolist() == words


# -- the command --------------------------------------------------------------------------------------------------


@pytest.fixture
def runner(monkeypatch: pytest.MonkeyPatch) -> CliRunner:
    monkeypatch.setattr(datamimic.world, "installed_packs", lambda: PACKS)
    monkeypatch.setattr(datamimic.cli.group, "installed_packs", lambda: PACKS)
    return CliRunner()


def test_dm_world_writes_a_set(runner: CliRunner, tmp_path: Path) -> None:
    arguments = [
        "world",
        "trip=200",
        "--seed",
        "demo",
        "--set",
        "fleet.vehicle.max_km=500",
        "-o",
        str(tmp_path / "set"),
    ]
    result = runner.invoke(main, arguments, catch_exceptions=False)
    assert result.exit_code == 0
    assert "fleet_trip.vehicle_id -> fleet_vehicle.vehicle_id: 200 resolved, 0 orphaned" in result.stdout
    assert "3 tables" in result.stderr
    vehicles = pq.read_table(tmp_path / "set" / "fleet_vehicle.parquet")
    assert max(vehicles["kilometres"].to_pylist()) <= 500
    result = runner.invoke(main, [*arguments, "--json", "-q", "--format", "csv"], catch_exceptions=False)
    assert json.loads(result.stdout)["tables"]["fleet_trip"] == 200 and result.stderr == ""


@pytest.mark.parametrize(
    "arguments",
    [
        ["trip=200"],
        ["trip", "-o", "x"],
        ["trip=many", "-o", "x"],
        ["trips=20", "-o", "x"],
        ["trip=20", "-o", "x", "--format", "odf"],
        ["trip=20", "--to", "mysql://localhost/x"],
    ],
)
def test_dm_world_refuses_before_anything_is_written(
    runner: CliRunner, arguments: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    result = runner.invoke(main, ["world", *arguments, "--seed", "1"])
    assert result.exit_code == 2 and result.stderr.startswith("error[")
    assert not list(tmp_path.iterdir())


def test_depots_are_the_rows_that_are_referred_to(closure: Closure) -> None:
    referred = closure.world.batch(Vehicle.__entity__, np.arange(300)).column("depot").rows  # type: ignore[attr-defined]
    assert table_rows(closure, Depot).tolist() == sorted(set(referred.tolist()))


# -- the installed packs ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("counts", "brought"),
    [
        ({"healthcare.medical_record": 60}, "healthcare_encounter"),
        ({"ecommerce.order": 60}, "ecommerce_product"),
        ({"healthcare.patient": 100, "finance.transaction": 500}, "common_person"),
        ({"ecommerce.session": 200}, "ecommerce_product"),
        ({"insurance.insurance_policy": 300}, "common_person"),
    ],
)
def test_sets_of_the_packs_are_closed_down_to_the_keys_inside_records(
    tmp_path: Path, counts: dict[str, Any], brought: str
) -> None:
    world = World("packs")
    if not {name.partition(".")[0] for name in counts} <= {pack.name for pack in world.packs.packs()}:
        pytest.skip("the packs are not installed")
    written = write_set(prepare(world, counts), tmp_path / "set")
    assert brought in {table.name for table in written.tables}
    assert [link for link in written.linkage["links"] if link["orphaned"]] == []
    assert written.linkage["duplicated"] == 0
    for name, count in counts.items():
        assert next(table.rows for table in written.tables if table.entity == name) == count


def test_an_entity_is_named_once() -> None:
    for counts in ({"fleet.trip": 2, "trip": 3}, {"vehicle": 1, "fleet.vehicle": 1}):
        with pytest.raises(DatamimicError, match="two names of one entity"):
            prepare(World(1, packs=PACKS), counts)
        with pytest.raises(DatamimicError, match="two names of one entity"):
            World(1, packs=PACKS, sizes=counts)
