"""`dm run` of XML models, and the demo that the description prints."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from datamimic.cli import main


def dm(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(main, arguments)
    return result.exit_code, result.output


def test_the_printed_commands_make_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert dm("demo", "create", "healthcare-example")[0] == 0
    code, told = dm("run", "./healthcare-example/datamimic.xml")
    assert code == 0 and "seeded_seniors: 10 records" in told
    seniors = json.loads((tmp_path / "output/seeded_seniors.json").read_text())
    assert all(70 <= each["age"] <= 75 and each["primary_doctor"]["hospital"] for each in seniors)
    assert sorted(path.name for path in (tmp_path / "output").iterdir()) == [
        "run.manifest.json",
        "seeded_seniors.csv",
        "seeded_seniors.json",
        "visits.json",
    ]
    before = (tmp_path / "output/seeded_seniors.csv").read_bytes()
    assert dm("run", "./healthcare-example/datamimic.xml", "--output", "again", "--rows", "seeded_seniors=12")[0] == 0
    # The first rows of more are the rows of fewer.
    assert (tmp_path / "again/seeded_seniors.csv").read_bytes().startswith(before)


def test_a_mistake_ends_with_two_and_its_place(tmp_path: Path) -> None:
    path = tmp_path / "m.xml"
    path.write_text('<setup>\n<generate name="x" count="1"><key name="a" generator="Nothing"/></generate></setup>')
    code, told = dm("model", "check", str(path))
    assert code == 2 and "m.xml:2:" in told and "models.unknown_generator" in told
    code, told = dm("run", str(path), "-o", str(tmp_path / "made"))
    assert code != 0 and not (tmp_path / "made").exists()
    assert dm("run", str(path), "--format", "csv")[0] != 0
