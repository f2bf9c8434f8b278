"""The world as it was seen: rows that there were, what was known of them, and what changed between two moments."""

from __future__ import annotations

import pickle
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from parcels import CLOCK, FIRST, HISTORIES, PACKS, WORLD, Town

from datamimic import (
    Origin,
    Rows,
    World,
    entity,
    explain,
    field,
    ref,
    verify,
)
from datamimic.checks.checking import check_rows
from datamimic.distributed.dataset import write_dataset
from datamimic.distributed.runners import SerialRunner
from datamimic.errors import DatamimicError, DefinitionError
from datamimic.output.digest import batch_digests
from datamimic.output.planned import PlannedOutput
from datamimic.output.writing import write_rows
from datamimic.related.writing import prepare, write_set

MOMENTS = st.integers(0, 366 * 24 * 3600).map(lambda seconds: min(FIRST + timedelta(seconds=seconds), CLOCK))


def _keyed(table: pa.Table, key: str) -> dict[str, dict[str, Any]]:
    return {row[key]: row for row in table.to_pylist()}


def _applied(before: dict[str, Any], rows: Rows, since: Any, until: Any) -> dict[str, Any]:
    key = rows.spec.key.name  # type: ignore[union-attr]
    now = dict(before)
    told = rows.changes(since, until).read_all().sort_by("at").to_pylist()
    for row in told:
        operation, at = row.pop("op"), row.pop("at")
        assert since < at <= until
        assert (row[key] in now) == (operation != "insert"), operation
        if operation == "delete":
            assert now.pop(row[key]) == row
        else:
            now[row[key]] = row
    return now


@pytest.mark.parametrize("name", HISTORIES)
@settings(max_examples=12, deadline=None)
@given(st.tuples(MOMENTS, MOMENTS).map(sorted), st.integers(0, 40))
def test_a_snapshot_and_what_changed_are_the_later_snapshot(name: str, span: list[datetime], start: int) -> None:
    since, until = span
    rows = WORLD[f"post.{name}"][start : start + 60]
    key = rows.spec.key.name  # type: ignore[union-attr]
    early = _keyed(WORLD.as_of(since)[f"post.{name}"][start : start + 60].to_arrow(), key)
    late = _keyed(WORLD.as_of(until)[f"post.{name}"][start : start + 60].to_arrow(), key)
    assert _applied(early, rows, since, until) == late


@pytest.mark.parametrize("name", HISTORIES)
def test_all_changes_make_the_world_at_its_clock(name: str) -> None:
    rows = WORLD[f"post.{name}"][0:60]
    told = rows.changes().read_all().to_pylist()
    made: dict[str, Any] = {}
    for row in told:
        operation, _ = row.pop("op"), row.pop("at")
        key = row[f"{name}_id"]
        if operation == "delete":
            del made[key]
        else:
            made[key] = row
    assert list(made.values()) == rows.to_arrow().to_pylist()


@pytest.mark.parametrize("name", HISTORIES)
@settings(max_examples=8, deadline=None)
@given(MOMENTS, st.integers(0, 50), st.integers(0, 50))
def test_slices_parts_and_objects_hold_the_rows_that_there_are(
    name: str, moment: datetime, start: int, more: int
) -> None:
    world = WORLD.as_of(moment)
    rows = world[f"post.{name}"][start : start + more]
    whole = rows.to_arrow()
    cut = start + more // 2
    parts = [world[f"post.{name}"][a:b].to_arrow() for a, b in ((start, cut), (cut, start + more))]
    assert pa.concat_tables(parts).to_pylist() == whole.to_pylist()
    assert len(rows) == whole.num_rows == len(list(rows)) == len(rows.numbers())
    assert [each.to_dict() for each in rows] == [
        each.to_dict() for each in rows.objects(np.arange(start, start + more, dtype=np.int64))
    ]
    for number in rows.numbers()[:5].tolist():
        one = world[f"post.{name}"][number]
        assert world[f"post.{name}"].find(getattr(one, f"{name}_id")) == number


def test_the_same_people_at_every_moment_and_nothing_of_the_future() -> None:
    world = WORLD.as_of("2025-06-01")
    now, then = (each["post.parcel"][0:200].to_arrow() for each in (WORLD, world))
    kept = {row["parcel_id"]: row for row in now.to_pylist()}
    limit = datetime(2025, 6, 1, tzinfo=UTC)
    assert 0 < then.num_rows < now.num_rows
    assert then.num_rows == sum(row["ordered_at"] <= limit for row in kept.values())
    for row in then.to_pylist():
        later = kept[row["parcel_id"]]
        assert row["ordered_at"] == later["ordered_at"] <= limit
        for name in ("shipped_at", "lost_at"):
            assert row[name] == (later[name] if later[name] and later[name] <= limit else None)
        assert row["carrier"] == (later["carrier"] if row["shipped_at"] else None)
        assert row["status"] == ("lost" if row["lost_at"] else "shipped" if row["shipped_at"] else "ordered")
        assert row["late"] == (row["shipped_at"] is None)
    assert {row["status"] for row in then.to_pylist()} == {"ordered", "shipped", "lost"}


def test_what_is_reached_is_as_it_was() -> None:
    world = WORLD.as_of("2025-06-01")
    shelves = {each.shelf_id for each in world["post.shelf"][0:64]}
    assert 0 < len(shelves) < 64
    parcels = list(world["post.parcel"][0:200])
    assert {each.shelf_id for each in parcels} - {None} <= shelves
    assert any(each.shelf is None for each in parcels)
    for each in parcels:
        assert each.shelf is None or each.shelf.shelf_id == each.shelf_id
        assert all(scan.scanned_at <= datetime(2025, 6, 1, tzinfo=UTC) for scan in each.scans)
        assert all(scan.parcel == each for scan in each.scans)
    status = world["post.label"][0:100].select(["parcel.status", "parcel.carrier"]).to_arrow().to_pylist()
    assert all((row["parcel.status"] == "ordered") <= (row["parcel.carrier"] is None) for row in status)
    assert not any(finding.violations for finding in check_rows(world["post.parcel"][0:200]))


def test_sums_are_of_the_children_that_there_were() -> None:
    moment = datetime(2025, 6, 1, tzinfo=UTC)
    parcels = list(WORLD.as_of(moment)["post.parcel"][0:120])
    assert len({len(each.scans) for each in parcels}) > 2
    for each in parcels:
        assert each.seen == len(each.scans)
        assert each.effort == sum(scan.minutes for scan in each.scans)
        assert each.last_seen_at == max((scan.scanned_at for scan in each.scans), default=None)
    # Rows that have gone by the clock are told by no world that is seen there.
    there = WORLD.as_of(CLOCK)["post.parcel"][0:120].to_arrow()
    assert sum(there["seen"].to_pylist()) == sum(len(each.scans) for each in WORLD["post.parcel"][0:120])


def test_a_field_that_is_renamed_keeps_its_values() -> None:
    @entity("thing")
    class Thing:
        """A thing."""

        weight: int = field(lambda draw: draw.integers(1, 1_000_000))
        mass: int = field(lambda draw: draw.integers(1, 1_000_000), stream="weight")
        other: int = field(lambda draw: draw.integers(1, 1_000_000))

    made = World("streams", packs=PACKS)[Thing][0:50].to_arrow()
    assert made["weight"] == made["mass"] != made["other"]


def test_a_row_that_is_not_there_is_refused() -> None:
    world = WORLD.as_of("2025-03-01")
    there = set(world["post.parcel"][0:100].numbers().tolist())
    absent = next(number for number in range(100) if number not in there)
    with pytest.raises(DatamimicError, match="is not there at 2025-03-01") as caught:
        world["post.parcel"][absent]
    assert caught.value.code == "absent_row"
    with pytest.raises(DatamimicError) as caught:
        world["post.parcel"].find(WORLD["post.parcel"][absent].parcel_id)
    assert caught.value.code == "unknown_value"


def test_a_world_is_seen_up_to_its_clock() -> None:
    assert WORLD.as_of(CLOCK) == WORLD
    assert WORLD.as_of("2025-06-01").as_of("2025-07-01") == WORLD.as_of("2025-07-01")
    for moment in ("2026-01-01T00:00:01Z", "soon"):
        with pytest.raises(DatamimicError) as caught:
            WORLD.as_of(moment)
        assert (caught.value.code, caught.value.path) == ("invalid_clock", "$.seen")
    world = WORLD.as_of("2025-06-01")
    assert Origin.parse(world.origin.to_dict()) == world.origin
    assert "as_of('2025-06-01T00:00:00Z')" in repr(world)


def test_an_entity_without_a_history_shows_all_rows_and_tells_no_changes() -> None:
    world = WORLD.as_of("2025-06-01")
    assert world["post.town"][0:9].to_arrow() == WORLD["post.town"][0:9].to_arrow()
    with pytest.raises(DatamimicError) as caught:
        WORLD["post.town"][0:9].changes("2025-01-01", "2025-02-01")
    assert caught.value.code == "no_history"
    with pytest.raises(DatamimicError) as caught:
        WORLD["post.parcel"][0:9].changes("2025-03-01", "2025-02-01")
    assert caught.value.code == "invalid_range"


def test_versions_follow_each_other() -> None:
    rows = WORLD["post.parcel"][0:200]
    versions = rows.versions().read_all().to_pylist()
    for one, other in pairwise(versions):
        if one["parcel_id"] == other["parcel_id"]:
            assert one["valid_from"] < one["valid_to"] == other["valid_from"]
    current = [row for row in versions if row["valid_to"] is None]
    assert [{name: row[name] for name in rows.columns} for row in current] == rows.to_arrow().to_pylist()
    shelves = WORLD["post.shelf"][0:64]
    closed = [row for row in shelves.versions().read_all().to_pylist() if row["valid_to"] is not None]
    assert closed
    assert all(row["valid_to"].date() == row["cleared_on"] for row in closed)


def test_files_parts_and_processes_agree_and_verify(tmp_path: Path) -> None:
    world = World("files", packs=PACKS).as_of("2025-06-01")
    rows = world["post.scan"][7:20_000]
    path = write_rows(rows, tmp_path / "scans.parquet")
    assert pq.read_table(path).num_rows == len(rows) < 19_993
    assert verify(path, packs=PACKS).holds
    planned = PlannedOutput.of(rows, tmp_path / "parts", "parquet")
    folder = write_dataset(planned, SerialRunner(), 3)
    assert verify(folder, packs=PACKS).holds
    whole = pa.concat_tables([pq.read_table(each) for each in sorted(folder.glob("*.parquet"))])
    assert whole.to_pylist() == pq.read_table(path).to_pylist()


def test_a_set_of_tables_is_closed_at_every_moment(tmp_path: Path) -> None:
    world = World("set", packs=PACKS).as_of("2025-04-01")
    written = write_set(prepare(world, {"post.label": 100, "post.scan": 100}), tmp_path / "set")
    assert all(link["orphaned"] == 0 for link in written.linkage["links"])
    tables = {path.stem.removeprefix("post_"): pq.read_table(path) for path in (tmp_path / "set").glob("*.parquet")}
    assert {name: table.num_rows for name, table in tables.items()} == {
        name.partition(".")[2]: count for name, count in written.counts.items()
    }
    parcels = set(tables["parcel"].column("parcel_id").to_pylist())
    shelves = set(tables["shelf"].column("shelf_id").to_pylist())
    assert 0 < len(tables["label"]) < 100
    assert set(tables["label"].column("parcel_id").to_pylist()) <= parcels
    assert set(tables["scan"].column("parcel_id").to_pylist()) <= parcels
    assert set(tables["parcel"].column("shelf_id").to_pylist()) - {None} <= shelves
    assert verify(tmp_path / "set", packs=PACKS).holds


def test_an_explanation_is_of_what_is_seen() -> None:
    world = WORLD.as_of("2025-06-01")
    number = next(
        number
        for number in world["post.parcel"][0:100].numbers().tolist()
        if world["post.parcel"][number].shipped_at is None and WORLD["post.parcel"][number].shipped_at is not None
    )
    assert explain(world, "post.parcel", number, "shipped_at")["value"] is None
    assert explain(world, "post.parcel", number, "status")["value"] in ("ordered", "lost")
    assert explain(WORLD, "post.parcel", number, "shipped_at")["value"] is not None


def test_a_world_as_of_is_a_value() -> None:
    world = WORLD.as_of("2025-06-01")
    assert world["post.parcel"][0:9] == WORLD.as_of("2025-06-01")["post.parcel"][0:9]
    assert world["post.parcel"][0:9] != WORLD["post.parcel"][0:9]
    one, two = (each["post.town"][0:9].record_batch(0, 9) for each in (world, WORLD))
    assert batch_digests(one) == batch_digests(two)
    assert pickle.loads(pickle.dumps(world.origin)) == world.origin


def _declare(**says: Any) -> None:
    happens, ends = says.pop("happens", "came"), says.pop("ends", "")

    @entity("thing", happens=happens, ends=ends)
    class Thing:
        """A thing."""

        came: date = field(lambda draw, clock: clock.date - draw.integers(0, 9).astype("timedelta64[D]"))
        left: date | None = field(lambda came: np.ma.MaskedArray(came, False))
        weight: int = field(lambda draw: draw.integers(1, 9), since=says.get("weight", ""))
        seen: date = field(lambda now: now.astype("datetime64[D]"))
        later: date = field(lambda seen: seen)
        town: Town = field(ref(Town))
        note: int | None = field(lambda draw: draw.integers(1, 9), since=says.get("note", ""))
        told: bool = field(lambda now: now < now, changes=says.get("told", ""))


@pytest.mark.parametrize(
    ("says", "code", "words"),
    [
        ({"happens": "cam"}, "unknown_parameter", "happens of Thing reads 'cam'"),
        ({"happens": "weight"}, "bad_field", "happens of Thing: weight is int"),
        ({"happens": "left"}, "bad_entity", "left may be null"),
        ({"happens": "town"}, "bad_entity", "Town, which town refers to, has no history"),
        ({"ends": "weight"}, "bad_field", "ends of Thing: weight is int"),
        ({"happens": "", "ends": "left"}, "bad_entity", "Thing ends, but never happens"),
        ({"weight": "came"}, "bad_field", "Thing.weight is null before came, but is not declared so"),
        ({"note": "cam"}, "unknown_parameter", "since of Thing.note reads 'cam'"),
        ({"note": "weight"}, "bad_field", "since of Thing.note: weight is int"),
        ({"happens": "seen"}, "bad_rule", "Thing.seen is a moment of its history, but depends on the moment"),
        ({"told": "cam"}, "unknown_parameter", "changes of Thing.told reads 'cam'"),
        ({"told": "weight"}, "bad_field", "changes of Thing.told: weight is int"),
        ({"told": "seen"}, "bad_rule", "Thing.seen is a moment of its history"),
        ({"note": "later"}, "bad_rule", "Thing.later is a moment of its history, but depends on the moment"),
    ],
)
def test_a_history_that_cannot_be_is_refused_where_it_is_written(says: dict[str, str], code: str, words: str) -> None:
    with pytest.raises(DefinitionError) as caught:
        _declare(**says)
    assert caught.value.code == code
    assert words in caught.value.message
    _declare(ends="left", note="came")
