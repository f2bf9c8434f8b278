"""A manifest from anybody: nothing outside its folder is read, nothing is computed that its files could not hold."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from fleet import Trip, registry

from datamimic import DatamimicError, World
from datamimic.cli import main
from datamimic.reproducing.verification import render, verify

PACKS = registry()
WORLD = World("hostile", packs=PACKS)


@pytest.fixture
def trips(tmp_path: Path) -> Path:
    WORLD[Trip][0:50].write(tmp_path / "trips.csv")
    return tmp_path / "trips.csv.manifest.json"


def changed(manifest: Path, change: Callable[[Any], None]) -> Path:
    body = json.loads(manifest.read_text())
    change(body)
    manifest.write_text(json.dumps(body))
    return manifest


def refused(manifest: Path) -> DatamimicError:
    start = time.process_time()
    with pytest.raises(DatamimicError) as caught:
        verify(manifest, packs=PACKS)
    assert time.process_time() - start < 10 and len(caught.value.render()) < 1_500
    return caught.value


@pytest.mark.parametrize("name", ["/etc/passwd", "../trips.csv", "..", ".", "", "a/b", "a\0b", "\ud800", "x" * 300])
def test_names_that_lead_elsewhere_are_refused(trips: Path, name: str) -> None:
    error = refused(changed(trips, lambda body: body["file"].update(name=name)))
    assert error.code == "bad_manifest" and error.path in ("$.file.name", "$")


def test_links_out_of_the_folder_pipes_and_devices_are_refused(trips: Path, tmp_path: Path) -> None:
    data = tmp_path / "trips.csv"
    data.unlink()
    data.symlink_to("/etc/passwd")
    assert refused(trips).code == "bad_manifest"
    data.unlink()
    os.mkfifo(data)
    assert "no regular file" in refused(trips).message
    data.unlink()
    data.mkdir()
    assert "no regular file" in refused(trips).message


def test_a_link_within_the_folder_is_followed(trips: Path, tmp_path: Path) -> None:
    (tmp_path / "trips.csv").rename(tmp_path / "elsewhere.csv")
    (tmp_path / "trips.csv").symlink_to("elsewhere.csv")
    assert verify(trips, packs=PACKS).holds


NUMBERS: dict[str, Callable[[Any], None]] = {
    "start": lambda body: body["request"].update(start=2**62, stop=2**62 + 50),
    "start as large as worlds go": lambda body: body["request"].update(start=2**50, stop=2**50 + 50),
    "rows": lambda body: body["file"]["content"].update(rows=2**40),
    "negative rows": lambda body: body["file"]["content"].update(rows=-1),
    "offsets": lambda body: body["file"].update(offsets=[0, 2**70]),
    "descending offsets": lambda body: body["file"].update(offsets=[100, 0]),
    "many offsets": lambda body: body["file"].update(offsets=list(range(1000))),
    "version": lambda body: body.update(manifest_version=10**30),
    "fraction": lambda body: body["request"].update(start=0.5),
    "truth": lambda body: body["request"].update(start=True),
}


@pytest.mark.parametrize("which", NUMBERS)
def test_numbers_that_do_not_agree_are_refused_before_anything_is_made(trips: Path, which: str) -> None:
    assert refused(changed(trips, NUMBERS[which])).code == "bad_manifest"


def test_rows_that_the_file_cannot_hold_are_not_computed(trips: Path, tmp_path: Path) -> None:
    (tmp_path / "trips.csv").write_bytes(b"x")
    report = verify(trips, packs=PACKS)
    assert not report.holds and report.outputs[0].checked == 0
    assert any("too small" in line for line in render(report))


@pytest.mark.parametrize(
    "text", ["Infinity", "NaN", "1" + "0" * 5000, "[" * 100_000, '"\\ud800"', "{}", "[]", "1", "", "\ufeff"]
)
def test_what_is_no_manifest_is_told_so(trips: Path, text: str) -> None:
    for document in (
        text,
        f'{{"manifest_version": {text or "null"}}}',
        f'{{"manifest_version": 1, "x": {text or "?"}}}',
    ):
        trips.write_text(document, encoding="utf-8", errors="surrogatepass")
        assert refused(trips).code == "bad_manifest"


def test_every_part_of_a_wrong_type_is_named_by_its_path(trips: Path) -> None:
    original = trips.read_text()
    paths: list[list[Any]] = []

    def walk(value: Any, path: list[Any]) -> None:
        paths.append(path)
        for key, inner in value.items() if isinstance(value, dict) else []:
            walk(inner, [*path, key])

    body = json.loads(original)
    walk({name: part for name, part in body.items() if name not in ("tables", "identity", "versions")}, [])
    for path in paths[1:]:
        for wrong in (None, [], {}, 0.5, "x", True, [None], -1):
            body = json.loads(original)
            place = body
            for key in path[:-1]:
                place = place[key]
            place[path[-1]] = wrong
            trips.write_text(json.dumps(body))
            with suppress(DatamimicError):
                verify(trips, packs=PACKS)


def test_the_same_part_many_times_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "parts"
    made = CliRunner().invoke(
        main,
        [
            "generate",
            "common.city",
            "-n",
            "9",
            "--seed",
            "a",
            "--parts",
            "2",
            "--engine",
            "serial",
            "--format",
            "csv",
            "-o",
            str(folder),
        ],
    )
    assert made.exit_code == 0, made.output
    manifest = folder / "manifest.json"
    changed(manifest, lambda body: body.update(parts=body["parts"][:1] * 2_000))
    with pytest.raises(DatamimicError, match="twice|asked for"):
        verify(manifest)


def test_a_file_that_is_not_there_is_said_to_be_missing(trips: Path, tmp_path: Path) -> None:
    (tmp_path / "trips.csv").unlink()
    report = verify(trips, packs=PACKS)
    assert not report.holds and "missing: the manifest describes this file" in next(iter(render(report)))
