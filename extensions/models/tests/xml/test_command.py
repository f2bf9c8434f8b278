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


def test_settings_of_targets_have_effect_and_what_has_none_is_told_once(tmp_path: Path) -> None:
    path = tmp_path / "m.xml"
    csv = "CSV(delimiter=';', quoting=csv.QUOTE_ALL, quotechar='|', line_terminator='!\n', encoding='latin-1', chunk_size=2)"
    inner = (
        f'<setup numProcess="2"><generate name="x" count="5" pageSize="3" numProcess="3" target="{csv},TXT(chunk_size=4)">'
        '<key name="n" generator="IncrementGenerator"/><key name="t" constant="é;"/></generate></setup>'
    )
    path.write_text(inner.replace("\n", "\\n"), encoding="utf-8")
    code, told = dm("run", str(path), "-o", str(tmp_path / "o"))
    assert code == 0 and told.count("numProcess has no effect") == told.count("pageSize has no effect") == 1, told
    made = {each.name: each.read_bytes().decode("latin-1") for each in (tmp_path / "o").glob("x_*")}
    assert sorted(made) == ["x_1.csv", "x_1.txt", "x_2.csv", "x_2.txt", "x_3.csv"]
    assert made["x_1.csv"] == "|n|;|t|!\n|1|;|é;|!\n|2|;|é;|!\n" and made["x_3.csv"].count("!") == 2
    path.write_text(inner.replace("chunk_size=2", "chunksize=2").replace("\n", "\\n"), encoding="utf-8")
    code, told = dm("model", "check", str(path))
    assert code == 2 and "models.unknown_setting" in told and "chunk_size" in told


def test_a_run_tells_where_its_time_goes_and_how_rows_relate(tmp_path: Path) -> None:
    path = tmp_path / "m.xml"
    path.write_text(
        '<setup><memstore id="k"/><generate name="a" count="30" target="k"><key name="id" generator="IncrementGenerator"/>'
        '<generate name="b" count="{id % 3}" target="CSV"><key name="of" script="a.id"/></generate></generate>'
        '<generate name="c" count="7" target="CSV"><reference name="to" source="k" sourceType="a" sourceKey="id"/></generate>'
        "</setup>"
    )
    options = ("--seed", "1", "--debug-relationships", "--profile-performance", "--batch-size", "4")
    code, told = dm("run", str(path), "-o", str(tmp_path / "o"), *options)
    assert code == 0 and "b below a: 30 records below 30, 0 to 2 each, 10 with none" in told
    assert "c.to -> k.a: 7 resolved, 0 orphaned" in told and "<key> a.b.of" in told
    assert dm("run", str(path), "-o", str(tmp_path / "whole"), "--seed", "1")[0] == 0
    for name in ("b.csv", "c.csv"):
        assert (tmp_path / "o" / name).read_bytes() == (tmp_path / "whole" / name).read_bytes()
    tables = str(tmp_path / "t.yaml")
    assert dm("model", "convert", str(path), "-o", tables)[0] == 0
    code, told = dm("run", tables, "-o", str(tmp_path / "t"), *options)
    assert code == 0 and "to a.id: 30 rows to 30, as many as id % 3" in told.replace("b.of -> ", "to ")
    assert "0 orphaned" in told and "ns/row" in told, told
    assert dm("run", tables, "-o", str(tmp_path / "u"), "--seed", "1")[0] == 0
    assert (tmp_path / "t/b.csv").read_bytes() == (tmp_path / "u/b.csv").read_bytes()
