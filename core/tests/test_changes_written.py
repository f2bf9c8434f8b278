"""What happened to rows, written: by day, as versions, and at a pace; verified and made again."""

from __future__ import annotations

import io
import json
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from parcels import CLOCK, HISTORIES, PACKS, WORLD

from datamimic import verify
from datamimic.base.pace import Metronome, Pace, per_second
from datamimic.engine.changes import CHANGES, VERSIONS, told
from datamimic.errors import DatamimicError
from datamimic.formats.csv import Csv
from datamimic.formats.json import Json, JsonLines
from datamimic.formats.parquet import Parquet
from datamimic.output.paced import changes_on_and_on, give, rows_on_and_on
from datamimic.output.told import write_days, write_told
from datamimic.reproducing.reproduction import reproduce

SINCE = "2025-04-01"


class Watch:
    """A clock that only moves when somebody waits, or when it is told to."""

    def __init__(self) -> None:
        self.now = 100.0
        self.waits: list[float] = []

    def wait(self, seconds: float) -> None:
        self.waits.append(seconds)
        self.now += seconds

    def pace(self, rate: float | None) -> Pace:
        return Pace(rate, lambda: self.now, self.wait)


@pytest.mark.parametrize("name", HISTORIES)
def test_a_folder_has_a_file_for_every_day_and_they_hold_what_happened(name: str, tmp_path: Path) -> None:
    rows = WORLD[f"post.{name}"][3:90]
    folder = rows.write_changes(tmp_path / "days", SINCE, by_day=True)
    expected = rows.changes(SINCE).read_all().sort_by([("at", "ascending")])
    files = sorted(folder.glob("*.parquet"))
    days = {moment.date().isoformat() for moment in expected["at"].to_pylist()}
    assert [file.stem for file in files] == sorted(days)
    assert len(days) > 5
    stored = [pq.read_table(file) for file in files]
    for file, table in zip(files, stored, strict=True):
        assert {moment.date().isoformat() for moment in table["at"].to_pylist()} == {file.stem}
    whole = pa.concat_tables(stored)
    assert whole["at"].to_pylist() == expected["at"].to_pylist()
    assert sorted(map(repr, whole.to_pylist())) == sorted(map(repr, expected.to_pylist()))
    report = verify(folder, packs=PACKS)
    assert report.holds
    assert {each.verdict for each in report.outputs} == {"byte-identical"}


def test_a_day_that_was_edited_or_lost_is_told_and_made_again(tmp_path: Path) -> None:
    folder = write_days(told(WORLD["post.parcel"][0:200], CHANGES, SINCE), tmp_path / "days", Csv())
    first, second, *_ = sorted(folder.glob("*.csv"))
    whole, kept = first.read_bytes(), second.read_bytes()
    first.write_bytes(whole.replace(b"\r\nupdate,", b"\r\ndelete,", 1))
    second.unlink()
    report = verify(folder, packs=PACKS)
    assert not report.holds
    verdicts = {each.file: each for each in report.outputs}
    assert first.read_bytes() != whole
    assert verdicts[first.name].differences[0].column == "op"
    assert verdicts[second.name].missing
    first.unlink()
    assert reproduce(folder, packs=PACKS).holds
    assert (first.read_bytes(), second.read_bytes()) == (whole, kept)
    manifest = json.loads((folder / "manifest.json").read_text())
    manifest["request"]["since"] = "2025-04-02T00:00:00Z"
    (folder / "manifest.json").write_text(json.dumps(manifest))
    with pytest.raises(DatamimicError, match=r"\d+ changes are told, not \d+"):
        verify(folder, packs=PACKS)
    manifest["parts"][1]["start"] += 1
    (folder / "manifest.json").write_text(json.dumps(manifest))
    with pytest.raises(DatamimicError) as caught:
        verify(folder, packs=PACKS)
    assert (caught.value.code, caught.value.path) == ("bad_manifest", "$.parts[1].start")


def test_versions_and_changes_of_a_file_are_verified_and_made_again(tmp_path: Path) -> None:
    rows = WORLD.as_of("2025-09-01")["post.parcel"][0:300].select(["parcel_id", "status", "shipped_at"])
    path = rows.write_versions(tmp_path / "versions.parquet")
    assert pq.read_table(path).to_pylist() == rows.versions().read_all().to_pylist()
    assert verify(path, packs=PACKS).outputs[0].verdict == "byte-identical"
    other = reproduce(path, tmp_path / "again.parquet", packs=PACKS)
    assert other.path.read_bytes() == path.read_bytes()
    changes = write_told(told(rows, CHANGES, SINCE), tmp_path / "changes.jsonl", JsonLines())
    moments = [json.loads(line)["at"] for line in changes.read_text().splitlines()]
    assert moments == sorted(moments)
    assert verify(changes, packs=PACKS).holds
    with pytest.raises(DatamimicError, match="versions last for days"):
        write_days(told(rows, VERSIONS), tmp_path / "days", Parquet())
    assert not (tmp_path / "days").exists()


@settings(max_examples=20, deadline=None)
@given(st.sampled_from(HISTORIES), st.integers(0, 40), st.integers(0, 60), st.integers(1, 50), st.integers(0, 364))
def test_what_is_told_does_not_depend_on_how_it_is_cut(name: str, start: int, more: int, size: int, day: int) -> None:
    since = datetime(2025, 1, 1, tzinfo=UTC) + timedelta(days=day)
    found = told(WORLD[f"post.{name}"][start : start + more], CHANGES, since)
    whole = pa.Table.from_batches(found.batches(), found.schema)
    assert pa.Table.from_batches(found.batches(rows=size), found.schema).to_pylist() == whole.to_pylist()
    assert whole.num_rows == len(found)
    assert [end - first for _, first, end in found.days()] == _lengths(whole)
    moments = whole["at"].to_pylist()
    assert moments == sorted(moments)
    assert all(since < moment <= CLOCK for moment in moments)


def _lengths(whole: pa.Table) -> list[int]:
    days: dict[Any, int] = {}
    for moment in whole["at"].to_pylist():
        days[moment.date()] = days.get(moment.date(), 0) + 1
    return list(days.values())


@pytest.mark.parametrize(
    ("text", "rate"),
    [("100/s", 100.0), ("100", 100.0), ("30/min", 0.5), ("7200 / h", 2.0), ("0.5/s", 0.5), ("864/d", 0.01)],
)
def test_rates_are_read(text: str, rate: float) -> None:
    assert per_second(text) == pytest.approx(rate)


@pytest.mark.parametrize("text", ["", "fast", "0/s", "-1/s", "1/year", "nan", "1e9/s", "10/s/s"])
def test_what_is_no_rate_is_refused(text: str) -> None:
    with pytest.raises(DatamimicError) as caught:
        per_second(text)
    assert (caught.value.code, caught.value.path) == ("invalid_option", "$.rate")


@settings(max_examples=60, deadline=None)
@given(st.floats(0.01, 1e5), st.lists(st.integers(0, 200), max_size=8))
def test_every_row_is_given_once_and_not_before_it_is_due(rate: float, sizes: list[int]) -> None:
    watch = Watch()
    metronome, given_away = Metronome(watch.pace(rate)), 0
    for size in sizes:
        place = 0
        for first, end in metronome.portions(size):
            assert first == place < end <= size
            assert watch.now - 100.0 >= given_away / rate - 1e-6
            assert end - first <= max(1, rate / 20)
            place, given_away = end, given_away + end - first
        assert place == size
    assert watch.now - 100.0 <= given_away / rate + 1e-6


def test_who_was_slow_gets_no_flood() -> None:
    watch = Watch()
    metronome = Metronome(watch.pace(10))
    list(metronome.portions(10))
    watch.now += 3_600  # a reader that did not read
    watch.waits.clear()
    list(metronome.portions(100))
    assert sum(watch.waits) == pytest.approx(100 / 10 - 1 - 1 / 10, abs=0.11)


def test_rows_are_given_at_a_pace_and_flushed_one_portion_after_the_other() -> None:
    class Reader(io.BytesIO):
        def __init__(self) -> None:
            self.seen: list[int] = []

        def flush(self) -> None:
            self.seen.append(self.getvalue().count(b"\n"))

    watch, stream = Watch(), Reader()
    rows = WORLD["post.town"][0:9]
    assert give(rows_on_and_on(rows), rows.schema(), JsonLines(), stream, watch.pace(2)) == 9
    assert stream.seen == [*range(1, 10), 9]
    assert watch.waits == pytest.approx([0.5] * 8)
    assert [json.loads(line)["town_id"] for line in stream.getvalue().splitlines()] == rows.to_arrow()[
        "town_id"
    ].to_pylist()
    with pytest.raises(DatamimicError, match="json needs an end"):
        give(rows_on_and_on(rows), rows.schema(), Json(), stream, watch.pace(2))


def test_rows_and_their_changes_go_on_and_on() -> None:
    rows = WORLD["post.parcel"][5:]
    batches = list(islice(rows_on_and_on(rows), 3))
    made = pa.Table.from_batches(batches)
    assert made.num_rows == 3 * 4096
    assert made.slice(0, 50).to_pylist() == WORLD["post.parcel"][5:55].to_arrow().to_pylist()
    blocks = list(islice(changes_on_and_on(rows, 10, SINCE), 2))
    for number, block in enumerate(blocks):
        first = 5 + 10 * number
        expected = WORLD["post.parcel"][first : first + 10].changes(SINCE).read_all()
        assert sorted(map(repr, block.to_pylist())) == sorted(map(repr, expected.to_pylist()))
