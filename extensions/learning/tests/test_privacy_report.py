"""`dm privacy`: the report as JSON and as a page, its verdict, and what it refuses."""

from __future__ import annotations

import json
import re
from importlib.resources import files
from pathlib import Path
from typing import Any

import jsonschema
import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner, Result
from planted import nearly, people

from datamimic import DatamimicError
from datamimic.cli import main
from datamimic_learning import PrivacyOptions, measure_privacy, render_privacy
from datamimic_learning.privacy.explained import EXPLAINED
from datamimic_learning.privacy.judging import LIMITS, limits_from

SCHEMA = json.loads(files("datamimic_learning.privacy").joinpath("schema.json").read_text(encoding="utf-8"))
REAL, OTHER, FRESH = people(400, 1), people(400, 2, first=401), people(400, 3, first=801)
ASKED = PrivacyOptions(quasi=("age", "city"), sensitive=("income", "smokes"), targets=200)


@pytest.fixture(scope="module")
def places(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    folder = tmp_path_factory.mktemp("halves")
    tables = {"real": REAL, "other": OTHER, "fresh": FRESH, "remembered": nearly(REAL, 4)}
    for name, table in tables.items():
        pq.write_table(table, folder / f"{name}.parquet")
    return {name: str(folder / f"{name}.parquet") for name in tables}


@pytest.fixture(scope="module")
def report() -> dict[str, Any]:
    return measure_privacy(REAL, nearly(REAL, 4), OTHER, FRESH, ASKED)


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["privacy", *map(str, arguments)])


def test_a_report_is_what_its_schema_says_and_the_same_each_time(report: dict[str, Any]) -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    jsonschema.validate(json.loads(json.dumps(report)), SCHEMA)
    jsonschema.validate(json.loads(json.dumps(measure_privacy(REAL, FRESH))), SCHEMA)
    assert json.dumps(report) == json.dumps(measure_privacy(REAL, nearly(REAL, 4), OTHER, FRESH, ASKED))
    assert [each["name"] for each in report["tables"][0]["measures"]] == list(LIMITS) == list(EXPLAINED)
    assert report["verdict"] == {"state": "fail", "complete": True}


def test_neither_report_nor_page_holds_a_value_of_somebody(report: dict[str, Any]) -> None:
    told = set(re.findall(r"[\w.@]+", json.dumps(report) + render_privacy(report)))
    values = {str(each) for name in ("email", "city", "income", "rent") for each in REAL[name].to_pylist()}
    assert told & {"age", "income"} and not told & values


def test_the_command_judges_writes_and_exits(places: dict[str, str], tmp_path: Path) -> None:
    page = tmp_path / "privacy.html"
    done = run(places["real"], places["remembered"], "--holdout", places["other"], "--targets", 200, "-o", page)
    assert done.exit_code == 1, done.output
    assert "fail          Membership inference" in done.output and done.output.strip().endswith(f"fail; {page}")
    jsonschema.validate(json.loads(page.with_suffix(".json").read_text("utf-8")), SCHEMA)
    alone = tmp_path / "alone.json"
    done = run(places["real"], places["fresh"], "--holdout", places["other"], "--targets", 200, "-o", alone)
    assert done.exit_code == 0 and json.loads(alone.read_text("utf-8"))["verdict"]["state"] == "pass"
    assert not alone.with_suffix(".html").exists()
    done = run(places["real"], places["fresh"], "--json")
    assert json.loads(done.output)["verdict"] == {"state": "pass", "complete": False}


def test_limits_move_the_verdict(places: dict[str, str]) -> None:
    harmless = ("--quasi", "age", "--sensitive", "smokes", "--targets", 200)
    assert run(places["real"], places["fresh"], *harmless).exit_code == 0
    assert run(places["real"], places["fresh"], *harmless, "--limit", "l_diversity=2").exit_code == 1
    assert run(places["real"], places["fresh"], *harmless, "--limit", "l_diversity=2,1").exit_code == 0
    strict = run(places["real"], places["fresh"], *harmless, "--limit", "l_diversity=2,1", "--fail-on", "warn")
    assert strict.exit_code == 1 and "warn          l-diversity" in strict.output
    assert limits_from(["dcr_share=none"])["dcr_share"] is None


@pytest.mark.parametrize(
    "text", ["dcr_share", "distance=1", "dcr_share=x", "dcr_share=2,1", "k_anonymity=2,5", "dcr_share=-1"]
)
def test_what_is_no_limit_is_refused(text: str) -> None:
    with pytest.raises(DatamimicError) as refused:
        limits_from([text])
    assert refused.value.code == "learning.bad_limit"


def test_columns_and_tables_that_do_not_fit_are_refused(tmp_path: Path) -> None:
    for real, copy, asked, code in (
        (REAL, FRESH, PrivacyOptions(quasi=("years",)), "learning.unknown_column"),
        (REAL, FRESH, PrivacyOptions(left_out=("years",)), "learning.unknown_column"),
        (REAL, pa.table({"other": [1]}), PrivacyOptions(), "learning.no_shared_columns"),
        (REAL, FRESH.slice(0, 0), PrivacyOptions(), "learning.no_rows"),
        (REAL.select(["id"]), FRESH.select(["id"]), PrivacyOptions(), "learning.nothing_compared"),
    ):
        with pytest.raises(DatamimicError) as refused:
            measure_privacy(real, copy, asked=asked)
        assert refused.value.code == code
    output = tmp_path / "report.pdf"
    done = run("real.parquet", "copy.parquet", "-o", output)
    assert done.exit_code == 2 and not output.exists()


def test_what_others_may_know_is_found_where_it_is_not_given() -> None:
    people_of_places = REAL.rename_columns(["id", "email", "age", "city", "religion", "income", "rent", "visits"])
    [table] = measure_privacy(people_of_places, people_of_places.slice(0, 50))["tables"]
    assert table["columns"]["found"] == ["quasi", "sensitive"] and "city" in table["columns"]["quasi"]
    [table] = measure_privacy(REAL, FRESH, asked=PrivacyOptions(quasi=(), sensitive=()))["tables"]
    assert (table["columns"]["found"], table["columns"]["quasi"]) == ([], [])
    reasons = {each["name"]: each["reason"] for each in table["measures"]}
    assert "--quasi" in reasons["k_anonymity"] and "--quasi" in reasons["unique_matches"]


def test_folders_are_paired_by_the_names_of_their_tables(tmp_path: Path) -> None:
    for folder, tables in (
        ("real", {"a": REAL, "b": OTHER}),
        ("copy", {"a": FRESH, "b": FRESH}),
        ("else", {"c": REAL, "d": REAL}),
    ):
        (tmp_path / folder).mkdir()
        for name, table in tables.items():
            pyarrow.csv.write_csv(table, tmp_path / folder / f"{name}.csv")
    found = measure_privacy(tmp_path / "real", tmp_path / "copy")
    assert [each["name"] for each in found["tables"]] == ["a", "b"]
    assert found["tables"][0]["columns"]["identifying"] == ["id", "email"]
    with pytest.raises(DatamimicError) as refused:
        measure_privacy(tmp_path / "real", tmp_path / "else")
    assert refused.value.code == "learning.no_shared_table"


@pytest.mark.parametrize("rows", [1, 2, 3])
def test_a_few_rows_and_empty_columns_are_no_trouble(rows: int) -> None:
    table = REAL.slice(0, rows).append_column("nothing", pa.nulls(rows))
    for holdout in (None, table):
        found = measure_privacy(
            table, table, holdout, table, PrivacyOptions(quasi=("age",), sensitive=("city", "nothing"))
        )
        jsonschema.validate(json.loads(json.dumps(found)), SCHEMA)
        render_privacy(found)


def test_the_page_needs_nothing_else_and_tells_every_measure(report: dict[str, Any]) -> None:
    page = render_privacy(report)
    assert page == render_privacy(report)
    assert "<script" not in page and not re.search(r"(src|href)=[\"'](?!#)", page) and "url(" not in page
    for each in report["tables"][0]["measures"]:
        assert EXPLAINED[each["name"]].title in page
    assert page.count('role="img"') == sum(each["low"] is not None for each in report["tables"][0]["measures"])
    assert page.count("<h1>") == 1 and 'lang="en"' in page
    assert all("aria-label" in each for each in re.findall(r"<svg[^>]*>", page))
    assert len(set(re.findall(r' id="([^"]+)"', page))) == len(re.findall(r' id="([^"]+)"', page))


def test_what_is_read_is_text_in_the_page(report: dict[str, Any]) -> None:
    hostile = report | {"inputs": report["inputs"] | {"copy": "<script>alert(1)</script>"}}
    assert "<script" not in render_privacy(hostile)


def test_the_curve_over_budgets_is_in_report_and_page(places: dict[str, str], tmp_path: Path) -> None:
    pytest.importorskip("opendp")
    page = tmp_path / "privacy.html"
    asked = ("--holdout", places["other"], "--targets", 50, "--epsilons", "100,1", "--delta", "1e-6")
    done = run(places["real"], places["fresh"], *asked, "-o", page)
    assert done.exit_code == 0 and "under ε = 100: shapes" in done.output, done.output
    told = json.loads(page.with_suffix(".json").read_text("utf-8"))
    jsonschema.validate(told, SCHEMA)
    small, large = told["tables"][0]["utility"]
    assert (small["epsilon"], large["epsilon"], large["delta"]) == (1.0, 100.0, 1e-6)
    assert small["shapes"] < large["shapes"] <= large["ceiling_shapes"] + 0.03
    for each in (small, large):
        assert sum(one["epsilon"] for one in each["spent"]) == pytest.approx(each["epsilon"])
        assert sum(one["delta"] for one in each["spent"]) <= each["delta"] * (1 + 1e-9)
    text = page.read_text("utf-8")
    assert "that each column of" in text and "the whole table" in text
    assert "What a budget costs" in text and text.count("<polyline") == 2 and "Resemblance over epsilon: 1:" in text
    refused = run(places["real"], places["fresh"], "--epsilons", "1,-2")
    assert refused.exit_code != 0 and "learning.bad_budget" in refused.output
