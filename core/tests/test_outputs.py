"""Files of every format say the same, are whole or absent, and carry a manifest."""

from __future__ import annotations

import csv
import io
import json
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from fleet import Trip, Vehicle

from datamimic import DatamimicError, Registry, World
from datamimic.columns import Text, where
from datamimic.columns.value_types import to_json
from datamimic.formats.csv import Csv
from datamimic.formats.format import Format
from datamimic.formats.json import Json, JsonLines
from datamimic.formats.parquet import Parquet
from datamimic.formats.reading import read_batches
from datamimic.model.arrow import column_from
from datamimic.model.instances import plain

FORMATS = ["csv", "json", "jsonl", "parquet", "arrow", "xml"]


def expected(rows: Any) -> list[dict[str, Any]]:
    return [{name: plain(value) for name, value in row.items()} for row in rows.to_arrow().to_pylist()]


def read_as(rows: Any, path: Path) -> list[dict[str, Any]]:
    """What a file holds, its text read as the kinds of the fields; keys of other rows are text."""
    batch = pa.Table.from_batches(list(read_batches(path))).combine_chunks().to_batches()[0]
    kinds = {each.column_name: each.kind for each in rows.spec.columns if not each.is_relation}
    columns: dict[str, list[Any]] = {}
    for name, column in zip(batch.schema.names, batch.columns, strict=True):
        if kind := kinds.get(name):
            columns[name] = [to_json(value, kind) for value in kind.objects(column_from(column, kind, name))]
        else:
            columns[name] = column.to_pylist()
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]


def same(read: Any, row: dict[str, Any]) -> bool:
    return json.loads(json.dumps(read)) == json.loads(json.dumps(row))


def test_every_format_reads_back_as_the_same_values(world: World, tmp_path: Path) -> None:
    rows = world[Vehicle][0:300]
    objects = [entity.to_dict() for entity in rows]
    for name in FORMATS:
        path = rows.write(tmp_path / f"vehicles.{name}")
        beside = {".manifest.json", ".xsd"} if name == "xml" else {".manifest.json"}
        assert {p.name for p in tmp_path.iterdir()} == {path.name} | {path.name + ending for ending in beside}
        if name == "xml":
            assert read_as(rows, path) == objects
        elif name == "json":
            assert json.loads(path.read_text("utf-8")) == objects
        elif name == "jsonl":
            assert [json.loads(line) for line in path.read_text("utf-8").splitlines()] == objects
        elif name == "csv":
            assert b"\r\n" in path.read_bytes()
            for cells, row in zip(
                csv.DictReader(io.StringIO(path.read_text("utf-8"), newline="")), objects, strict=True
            ):
                assert (
                    cells["kilometres"] == str(row["kilometres"]) and cells["electric"] == str(row["electric"]).lower()
                )
                assert json.loads(cells["stops"]) == row["stops"] and json.loads(cells["equipment"]) == row["equipment"]
                assert cells["retired_on"] == (row["retired_on"] or "") and cells["serviced_at"] == row["serviced_at"]
        else:
            table = pa.Table.from_batches(list(read_batches(path)))
            assert table.to_pylist() == rows.to_arrow().to_pylist()
        for file in tmp_path.iterdir():
            file.unlink()


@pytest.mark.parametrize("name", FORMATS)
def test_the_bytes_of_a_file_are_the_same_every_time(packs: Registry, tmp_path: Path, name: str) -> None:
    contents = set()
    for turn in range(2):
        path = World("bytes", packs=packs)["trip"][0:40_000].write(tmp_path / f"{turn}.{name}")
        contents.add(path.read_bytes())
    assert len(contents) == 1


def test_money_is_written_to_the_cent(world: World, tmp_path: Path) -> None:
    rows = world[Trip][0:50]
    text = rows.write(tmp_path / "trips.csv").read_text("utf-8")
    fares = [line["fare"] for line in csv.DictReader(io.StringIO(text, newline=""))]
    assert fares == [f"{trip.fare:.2f}" for trip in rows]


def exported(format: Format, table: pa.Table) -> str:
    stream = io.BytesIO()
    made = format.writer(stream, table.schema)
    for batch in table.to_batches():
        made.write(batch)
    made.close()
    return stream.getvalue().decode()


HOSTILE = ["=1+1", "+1+A1", "-x", "@cmd", "\tx", "\rx", 'a"b', "a,b", "a\nb", "plain", "", None, "\\", "\x07", "ü"]


def test_csv_neutralises_formulas_and_quotes_what_needs_it() -> None:
    table = pa.table({"=x": HOSTILE, "n": pa.array([-1] * len(HOSTILE))})
    read = list(csv.reader(io.StringIO(exported(Csv(), table), newline="")))
    assert read[0] == ["'=x", "n"]
    for (text, number), original in zip(read[1:], HOSTILE, strict=True):
        assert not text or text[0] not in "=+-@\t\r"
        assert text.removeprefix("'") == (original or "") and number == "-1"
    raw = list(csv.reader(io.StringIO(exported(Csv(escape_formulas=False), table), newline="")))
    assert [row[0] for row in raw[1:]] == [value or "" for value in HOSTILE]
    coded = table.set_column(0, "=x", table["=x"].combine_chunks().dictionary_encode())
    assert exported(Csv(), coded) == exported(Csv(), table)


def test_json_escapes_and_joins() -> None:
    table = pa.table({"t": HOSTILE, "f": pa.array([float("nan")] + [0.1] * (len(HOSTILE) - 1))})
    lines = [json.loads(line) for line in exported(JsonLines(), table).split("\n") if line]
    assert [line["t"] for line in lines] == HOSTILE and lines[0]["f"] is None and lines[1]["f"] == 0.1
    assert json.loads(exported(Json(), table)) == lines
    assert json.loads(exported(Json(), table.slice(0, 0))) == []


def test_sliced_lists_and_maps_are_written_right(world: World) -> None:
    table = world[Vehicle][0:100].select(["stops", "equipment", "motor"]).to_arrow()
    sliced = table.slice(37, 11)
    lines = [json.loads(line) for line in exported(JsonLines(), sliced).splitlines()]
    assert lines == [e.to_dict() for e in world[Vehicle][37:48].select(["stops", "equipment", "motor"])]


def test_row_groups_do_not_depend_on_batches(world: World) -> None:
    contents = set()
    for batch_rows in (16_384, 1_000, 200_000):
        rows = world[Vehicle][0:150_000].select(["kilometres", "load"])
        stream = io.BytesIO()
        made = Parquet().writer(stream, rows.schema())
        for batch in rows.batches(batch_rows):
            made.write(batch)
        made.close()
        contents.add(stream.getvalue())
        file = pq.ParquetFile(stream)
        assert [file.metadata.row_group(i).num_rows for i in range(file.num_row_groups)] == [131_072, 18_928]
    assert len(contents) == 1


def test_some_columns_of_a_file_are_read_alone(tmp_path: Path) -> None:
    rows = pa.table({"a": [1, 2], "b": ["x", "y"], "c": [0.5, 1.5]})
    pq.write_table(rows, tmp_path / "r.parquet")
    (tmp_path / "r.csv").write_text("a,b,c\n1,x,0.5\n2,y,1.5\n")
    for format, file in ((Parquet(), "r.parquet"), (Csv(), "r.csv")):
        found = pa.Table.from_batches(format.read_columns(tmp_path / file, ["c", "b"]))
        assert found.column_names == ["c", "b"] and found["b"].to_pylist() == ["x", "y"]
        with pytest.raises(KeyError):
            [*format.read_columns(tmp_path / file, ["d"])]


def test_the_manifest_says_how_to_make_the_file_again(world: World, tmp_path: Path) -> None:
    import hashlib

    path = world.with_options("vehicle", max_km=10)["vehicle"][5:15].write(tmp_path / "v.csv")
    manifest = json.loads((tmp_path / "v.csv.manifest.json").read_text("utf-8"))
    assert manifest["world"]["seed"] == "fleet" and manifest["world"]["options"] == {"fleet.vehicle": {"max_km": 10}}
    assert (manifest["request"]["start"], manifest["request"]["stop"]) == (5, 15)
    assert manifest["file"]["sha256"] == hashlib.sha256(path.read_bytes()).hexdigest()
    assert set(manifest["versions"]["packs"]) == {"fleet"}


@pytest.mark.parametrize(
    ("path", "format", "code"),
    [
        ("none/v.csv", None, "output_unwritable"),
        ("v.xyz", None, "format_needed"),
        ("v", None, "format_needed"),
        ("v.csv", "exel", "unknown_format"),
        (".", "csv", "output_unwritable"),
    ],
)
def test_unwritable_outputs_are_refused_and_nothing_is_left(
    world: World, tmp_path: Path, path: str, format: str | None, code: str
) -> None:
    with pytest.raises(DatamimicError) as error:
        world[Vehicle][0:10].write(tmp_path / path, format)
    assert error.value.code == code
    assert list(tmp_path.iterdir()) == []


def test_wrong_settings_of_a_format_are_refused_and_nothing_is_left(world: World, tmp_path: Path) -> None:
    for settings in ({"nothing": 1}, {"header": "perhaps"}, {"header": 3}):
        with pytest.raises(DatamimicError):
            world[Vehicle][0:10].write(tmp_path / "v.csv", **settings)
    assert list(tmp_path.iterdir()) == []


def test_a_failure_halfway_keeps_the_file_that_was_there(packs: Registry, tmp_path: Path) -> None:
    path = World(1, packs=packs)[Vehicle][0:10].write(tmp_path / "v.csv")
    before = path.read_bytes()

    def fail(rows: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        World(2, packs=packs)[Vehicle][0:10].write(path, progress=fail)
    assert path.read_bytes() == before
    assert sorted(p.name for p in tmp_path.iterdir()) == ["v.csv", "v.csv.manifest.json"]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_disk_is_reported(world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import datamimic.output.whole_files

    monkeypatch.setattr(datamimic.output.whole_files, "begin_beside", lambda path: io.FileIO("/dev/full", "wb"))
    with pytest.raises(DatamimicError) as error:
        world[Vehicle][0:50_000].select(["label"]).write(tmp_path / "v.csv")
    assert error.value.code == "output_failed" and "No space left" in error.value.message
    assert list(tmp_path.iterdir()) == []


WRITE_FOREVER = """
import signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)  # whoever runs tests in the background ignores it
sys.path.insert(0, sys.argv[1])
from datamimic import World
from fleet import registry
print("ready", flush=True)
World(1, packs=registry())["trip"][0:90_000_000].write(sys.argv[2])
"""


def test_an_interrupted_process_leaves_nothing(tmp_path: Path) -> None:
    here = str(Path(__file__).parent)
    command = [sys.executable, "-c", WRITE_FOREVER, here, str(tmp_path / "v.csv")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        while not any(path.stat().st_size for path in tmp_path.iterdir()):
            assert process.poll() is None, "it ended before it was interrupted"
            time.sleep(0.05)
        process.send_signal(signal.SIGINT)
        process.communicate()
    assert process.returncode != 0 and list(tmp_path.iterdir()) == []


def test_files_that_cannot_be_read_say_so(tmp_path: Path) -> None:
    for name, content in (
        ("a.json", "{}"),
        ("a.jsonl", "{}\n{"),
        ("a.parquet", "no"),
        ("a.arrow", "no"),
        ("a.json", "[1]"),
    ):
        path = tmp_path / name
        path.write_text(content)
        with pytest.raises(DatamimicError) as error:
            list(read_batches(path))
        assert error.value.code == "bad_input" and name in error.value.message
    with pytest.raises(DatamimicError):
        list(read_batches(tmp_path / "nothing.csv"))


def test_dictionaries_have_no_duplicates_and_parquet_bytes_are_the_same_each_time() -> None:
    """The Parquet writer fills the dictionary page of a column whose dictionary has duplicates with what lies in memory."""
    codes = np.arange(3_000) % 700
    twice = Text.coded(codes, [f"value {number % 300}" for number in range(700)])
    nulls = Text.coded(np.where(codes % 5 == 0, -1, codes), twice.vocabulary)  # type: ignore[arg-type]
    joined = where(codes % 2 == 0, twice, nulls)
    for text in (twice, nulls, joined):
        array = text.dictionary()
        assert len(set(array.dictionary.to_pylist())) == len(array.dictionary)
        assert array.to_pylist() == text.tolist()
    schema = pa.schema([pa.field(name, pa.dictionary(pa.int32(), pa.string())) for name in "abc"])
    found = set()
    for _ in range(20):
        stream = io.BytesIO()
        exporter = Parquet().writer(stream, schema)
        for _ in range(3):
            columns = [text.dictionary() for text in (twice, nulls, joined)]
            exporter.write(pa.RecordBatch.from_arrays(columns, schema=schema))
        exporter.close()
        found.add(stream.getvalue())
    assert len(found) == 1
