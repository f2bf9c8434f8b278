"""Verification: an untouched output is identical, one flipped byte is found and located, and what changed is named."""

from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner
from fleet import Trip, Vehicle, registry
from hypothesis import given, settings
from hypothesis import strategies as st

import datamimic.cli.group
import datamimic.world
from datamimic import DatamimicError, Pack, Registry, World, entity, field, number, serial, weighted
from datamimic.cli import main
from datamimic.output.digest_tree import ColumnDigests, DigestTree, Leaves, blocks_of
from datamimic.plugin import DatasetSource
from datamimic.related.writing import prepare, write_set
from datamimic.reproducing.verification import Report, render, verify

PACKS = registry()
FORMATS = ["parquet", "arrow", "csv", "tsv", "json", "jsonl", "xml", "xlsx"]
ROWS = 20_000


@pytest.fixture(scope="module")
def trips(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("trips")
    return {name: World("verify", packs=PACKS)[Trip][5 : ROWS + 5].write(folder / f"trips.{name}") for name in FORMATS}


def text(report: Report) -> str:
    return "\n".join(render(report))


@pytest.mark.parametrize("name", FORMATS)
def test_an_untouched_file_is_byte_identical_and_a_sample_finds_nothing(trips: dict[str, Path], name: str) -> None:
    report = verify(trips[name], packs=PACKS)
    assert report.holds and "byte-identical" in text(report)
    assert verify(Path(f"{trips[name]}.manifest.json"), packs=PACKS).holds
    sampled = verify(trips[name], 0.3, packs=PACKS)
    assert sampled.holds and 1 <= sampled.outputs[0].checked <= 2


@pytest.mark.parametrize("name", FORMATS)
def test_every_type_reads_back_as_what_was_digested(name: str, tmp_path: Path) -> None:
    path = World("types", packs=PACKS)[Vehicle][0:700].write(tmp_path / f"vehicles.{name}")
    assert verify(path, 1.0, packs=PACKS).holds


def test_a_value_that_is_changed_is_located_to_its_row_and_column(trips: dict[str, Path], tmp_path: Path) -> None:
    for name in ("csv", "json", "jsonl", "xml"):
        content = trips[name].read_bytes()
        region = b"NORTH" if b"NORTH" in content else b"north"
        at = content.index(region, len(content) // 2)
        copy = put(trips[name], tmp_path, content[:at] + b"X" + content[at + 1 :])
        for sample in (None, 1.0):
            report = verify(copy, sample, packs=PACKS)
            assert not report.holds
            (difference,) = report.outputs[0].differences
            assert difference.damage and difference.column == "region"
            ((row, stored, made),) = difference.examples
            assert "X" in stored and region.decode() in made
            expected = World("verify", packs=PACKS)[Trip][row + 5].region
            assert expected in made and difference.rows[0] <= row < difference.rows[1]


def put(original: Path, folder: Path, content: bytes) -> Path:
    copy = folder / original.name
    copy.write_bytes(content)
    (folder / f"{original.name}.manifest.json").write_bytes(Path(f"{original}.manifest.json").read_bytes())
    return copy


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Path, Path]]:
    """format -> (what to verify, the file that holds the rows); every type of column is among them."""
    folder = tmp_path_factory.mktemp("small")
    world = World("small", packs=PACKS)
    return {name: (world[Vehicle][0:40].write(folder / f"v.{name}"),) * 2 for name in FORMATS}


@given(data=st.data())
@settings(max_examples=40, deadline=None)
@pytest.mark.parametrize("name", FORMATS)
def test_any_flipped_bit_is_found(small: dict[str, tuple[Path, Path]], name: str, data: Any) -> None:
    path, file = small[name]
    original = file.read_bytes()
    content = bytearray(original)
    content[data.draw(st.integers(0, len(content) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    try:
        file.write_bytes(bytes(content))
        report = verify(path, packs=PACKS)
    finally:
        file.write_bytes(original)
    assert not report.holds and report.outputs[0].intact is False
    differences = [difference for output in report.outputs for difference in output.differences]
    assert differences and all(difference.damage for difference in differences)


def test_a_time_zone_that_there_is_not_is_a_difference(small: dict[str, tuple[Path, Path]], tmp_path: Path) -> None:
    copy = put(small["parquet"][0], tmp_path, small["parquet"][1].read_bytes())
    table = pq.read_table(copy)
    times = [name for name in table.schema.names if pa.types.is_timestamp(table.schema.field(name).type)]
    assert times
    for name in times:
        place = table.schema.get_field_index(name)
        table = table.set_column(place, name, table[name].cast(pa.timestamp("us", tz="eTC")))
    pq.write_table(table, copy)
    report = verify(copy, packs=PACKS)
    assert not report.holds and {difference.column for difference in report.outputs[0].differences} >= set(times)


@pytest.mark.parametrize("name", ["csv", "json", "jsonl", "xml"])
@pytest.mark.parametrize("share", [0.1, 0.5, 0.95])
def test_a_flipped_byte_is_located_to_its_block_and_row(
    trips: dict[str, Path], tmp_path: Path, name: str, share: float
) -> None:
    content = bytearray(trips[name].read_bytes())
    at = int(len(content) * share)
    content[at] ^= 1
    copy = put(trips[name], tmp_path, bytes(content))
    offsets = json.loads(Path(f"{copy}.manifest.json").read_text())["file"]["offsets"]
    block = next(number for number in range(len(offsets) - 1) if at < offsets[number + 1])
    line = content[offsets[block] : at].count(b"\n") - (name == "json" and content[offsets[block]] in b"[,")
    differences = verify(copy, packs=PACKS).outputs[0].differences
    assert {difference.rows[0] for difference in differences} == {block * 16_384}
    assert block * 16_384 + line in {row for difference in differences for row, _, _ in difference.examples}


def test_lost_cut_and_foreign_files_are_said(trips: dict[str, Path], tmp_path: Path) -> None:
    content = trips["parquet"].read_bytes()
    assert "cannot be read" in text(verify(put(trips["parquet"], tmp_path, content[: len(content) // 2]), packs=PACKS))
    (tmp_path / "trips.parquet").unlink()
    assert "missing" in text(verify(tmp_path / "trips.parquet", packs=PACKS))
    lines = trips["csv"].read_bytes().splitlines(keepends=True)
    report = verify(put(trips["csv"], tmp_path, b"".join(lines[:-1])), packs=PACKS)
    assert report.outputs[0].differences[0].rows == (16_384, ROWS)
    with pytest.raises(DatamimicError, match="there is no manifest"):
        verify(tmp_path / "other.csv", packs=PACKS)


def test_a_changed_manifest_is_not_believed(trips: dict[str, Path], tmp_path: Path) -> None:
    copy = put(trips["csv"], tmp_path, trips["csv"].read_bytes())
    place = Path(f"{copy}.manifest.json")
    body = json.loads(place.read_text())
    body["world"]["seed"] = "another"
    place.write_text(json.dumps(body))
    report = verify(copy, packs=PACKS)
    assert not report.holds and report.causes.world == ["seed"]
    assert "explained by: the seed in the manifest" in text(report)
    body["world"]["seed"] = "verify"
    body["file"]["content"]["leaves"]["fare"] = body["file"]["content"]["leaves"]["number"]
    place.write_text(json.dumps(body))
    with pytest.raises(DatamimicError, match="root"):
        verify(copy, packs=PACKS)
    place.write_text("{}")
    with pytest.raises(DatamimicError, match="not readable"):
        verify(copy, packs=PACKS)


# -- what explains a difference -----------------------------------------------------------------------------------


@entity("ship")
class Ship:
    """Something that floats."""

    ship_id: str = field(serial("S-######"), key=True)
    flag: str = field(weighted("flags"))
    masts: int = field(number(1, 5))


def ships(folder: Path, version: str, weight: int) -> Registry:
    (folder / "data").mkdir(exist_ok=True)
    from datamimic.tables.build import write_table

    write_table(
        folder / "data",
        "flags",
        None,
        ["flag", "weight"],
        [("red", 1), ("blue", weight)],
        source="nobody",
        licence="CC0",
        date="2026",
        method="by hand",
        grade="E",
    )
    return Registry.of(
        SimpleNamespace(
            datamimic_pack=lambda: Pack("ships", version, "Ships"),
            datamimic_entities=lambda: [Ship],
            datamimic_datasets=lambda: [DatasetSource("ships", folder)],
        )
    )


def test_data_packs_and_engine_that_changed_are_named(tmp_path: Path) -> None:
    path = World("s", packs=ships(tmp_path, "1.0", 1))["ship"][0:20_000].write(tmp_path / "ships.parquet")
    report = verify(path, packs=ships(tmp_path, "1.1", 1))
    assert report.holds and "changed since, without effect on these values: pack ships 1.0 -> 1.1" in text(report)
    report = verify(path, packs=ships(tmp_path, "1.0", 9))
    assert not report.holds and {d.column for d in report.outputs[0].differences} == {"flag"}
    assert [d.rows for d in report.outputs[0].differences] == [(0, 16_384), (16_384, 20_000)]
    assert "explained by: the data" in text(report) and "table ships/flags.csv has another content" in text(report)
    example = report.outputs[0].differences[0].examples[0]
    assert example[1:] == ("red", "blue")
    ships(tmp_path, "1.0", 1)
    table = tmp_path / "data" / "flags.csv"
    table.write_text(table.read_text().replace("blue,1", "blue,9"))
    packs = _again(tmp_path)
    assert "ships/flags.csv is not what its data.toml says" in text(verify(path, packs=packs))
    manifest = Path(f"{path}.manifest.json")
    body = json.loads(manifest.read_text())
    body["versions"]["engine"] = "0.0.1"
    manifest.write_text(json.dumps(body))
    table.write_text(table.read_text().replace("blue,9", "blue,1"))
    assert "without effect on these values: engine 0.0.1" in text(verify(path, packs=_again(tmp_path)))


def _again(folder: Path) -> Registry:
    return Registry.of(
        SimpleNamespace(
            datamimic_pack=lambda: Pack("ships", "1.0", "Ships"),
            datamimic_entities=lambda: [Ship],
            datamimic_datasets=lambda: [DatasetSource("ships", folder)],
        )
    )


# -- sets ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("format", ["parquet", "csv"])
def test_a_set_is_verified_from_its_manifest(tmp_path: Path, format: str) -> None:
    counts = {"fleet.trip": 500}
    folder = tmp_path / "set"
    write_set(prepare(World("set", packs=PACKS), counts), folder, format)
    for sample in (None, 1.0):
        report = verify(folder, sample, packs=PACKS)
        assert report.holds and len(report.outputs) == 3, text(report)
    assert verify(next(folder.glob("*trip*"), folder), packs=PACKS).holds
    (folder / "schema.sql").write_text("DROP DATABASE;")
    assert verify(folder, packs=PACKS).other_files == ["schema.sql"]


# -- the tree -----------------------------------------------------------------------------------------------------


@given(values=st.lists(st.one_of(st.none(), st.text(max_size=5)), min_size=1, max_size=50), cut=st.integers(0, 50))
def test_coded_and_plain_columns_have_the_same_leaf(values: list[str | None], cut: int) -> None:
    plain = pa.array(values, pa.string())
    coded = pa.array([*reversed(values), *values], pa.string()).dictionary_encode().slice(len(values))
    made = ColumnDigests(pa.schema([pa.field("x", coded.type)]))
    assert made.leaf("x", plain) == made.leaf("x", coded)
    other = pa.array([*values[:-1], (values[-1] or "") + "!"], pa.string())
    assert made.leaf("x", other) != made.leaf("x", plain)


def test_blocks_do_not_depend_on_how_rows_come() -> None:
    rows = World("blocks", packs=PACKS)[Trip][0:40_000]
    trees = []
    for size in (16_384, 1_000, 40_000):
        tree = DigestTree(rows.schema())
        for block in blocks_of(rows.batches(size)):
            tree.add(block)
        trees.append(tree.to_dict())
    assert trees[0] == trees[1] == trees[2]
    leaves = Leaves.parse(trees[0])
    assert leaves.blocks == 3 and leaves.span(2) == (32_768, 40_000)


# -- the command --------------------------------------------------------------------------------------------------


def test_dm_verify(trips: dict[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(datamimic.world, "installed_packs", lambda: PACKS)
    monkeypatch.setattr(datamimic.cli.group, "installed_packs", lambda: PACKS)
    runner = CliRunner()
    result = runner.invoke(main, ["verify", str(trips["parquet"])])
    assert result.exit_code == 0 and "byte-identical" in result.stdout
    table = pq.read_table(trips["parquet"])
    broken = np.asarray(table["number"]).copy()
    broken[19_000] += 1
    copy = put(trips["parquet"], tmp_path, b"")
    pq.write_table(table.set_column(table.column_names.index("number"), "number", pa.array(broken)), copy)
    result = runner.invoke(main, ["verify", str(copy)])
    assert result.exit_code == 1 and "number, rows 16,384 to 19,999: row 19,000 holds" in result.stdout
    result = runner.invoke(main, ["verify", str(copy), "--json", "--sample", "1"])
    assert result.exit_code == 1 and json.loads(result.stdout)["holds"] is False
    assert runner.invoke(main, ["verify", str(tmp_path / "nothing.csv")]).exit_code == 2
    assert runner.invoke(main, ["verify", str(copy), "--sample", "2"]).exit_code == 2
