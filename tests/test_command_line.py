"""`dm generate`, `describe`, `check` and `request` as a user calls them, with the packs that are installed."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner, Result

from datamimic import World
from datamimic.cli import main


def dm(*arguments: str, **more: Any) -> Result:
    return CliRunner().invoke(main, list(arguments), prog_name="dm", **more)


def test_rows_go_to_standard_output_and_remarks_to_standard_error() -> None:
    result = dm("generate", "common.person", "--count", "3", "--columns", "full_name,age")
    assert result.exit_code == 0
    seed = result.stderr.removeprefix("seed ").strip()
    rows = list(csv.DictReader(io.StringIO(result.stdout, newline="")))
    assert [row["full_name"] for row in rows] == [person.full_name for person in World(seed)["common.person"][0:3]]
    again = dm("generate", "person", "-n", "3", "--columns", "full_name,age", "--seed", seed)
    assert (again.stdout, again.stderr) == (result.stdout, "")


def test_a_dash_is_standard_output(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    asked = ("generate", "person", "--count", "3", "--seed", "demo")
    assert dm(*asked, "--output", "-").stdout == dm(*asked).stdout != ""
    assert not any(tmp_path.iterdir())


def test_offsets_options_locales_and_formats(tmp_path: Path) -> None:
    common = (
        "generate",
        "person",
        "--seed",
        "s",
        "--locale",
        "de_DE",
        "--set",
        "min_age=70",
        "--columns",
        "full_name,age",
    )
    whole = dm(*common, "-n", "10", "--format", "jsonl").stdout.splitlines()
    part = dm(*common, "-n", "4", "--offset", "3", "--format", "jsonl").stdout.splitlines()
    assert part == whole[3:7] and all(json.loads(line)["age"] >= 70 for line in whole)
    path = tmp_path / "people.parquet"
    result = dm(*common, "-n", "10", "--output", str(path))
    assert result.exit_code == 0 and result.stdout == "" and "10 rows of common.person" in result.stderr
    assert pq.read_table(path).to_pylist() == [json.loads(line) for line in whole]
    assert (tmp_path / "people.parquet.manifest.json").exists()


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("generate", "common.persn"), "unknown_entity"),
        (("generate", "comon.person"), "unknown_entity"),
        (("generate", "person", "--workers", "0"), "invalid_count"),
        (("generate", "person", "--workers", "2", "--format", "csv"), "invalid_option"),
        (("generate", "person", "--workers", "2", "--profile"), "invalid_option"),
        (
            ("generate", "person", "--workers", "2", "-o", "x", "--format", "csv", "--engine", "serial"),
            "invalid_option",
        ),
        (
            ("generate", "person", "--workers", "2", "-o", "x", "--format", "csv", "--parts", "2", "--part", "0"),
            "invalid_option",
        ),
        (("generate", "person", "--columns", "full_nam"), "unknown_column"),
        (("generate", "person", "--set", "min_agee=3"), "unknown_option"),
        (("generate", "person", "--set", "min_age"), "invalid_option"),
        (("generate", "person", "--set", "min_age=old"), "invalid_option"),
        (("generate", "person", "--set", "min_age=50", "--set", "max_age=40"), "impossible_constraint"),
        (("generate", "person", "--locale", "xx"), "unsupported_locale"),
        (("generate", "person", "--locale", "english"), "invalid_locale"),
        (("generate", "person", "--format", "excel"), "unknown_format"),
        (("generate", "person", "--format", "csv", "--format-option", "nothing=1"), "unknown_value"),
        (("generate", "person", "--count", "-1"), "invalid_count"),
        (("generate", "person", "--count", "99999999999999999999"), "invalid_count"),
        (("generate", "person", "--count", "10000000000000"), "not_enough_ids"),
        (("generate", "person", "--offset", "-1"), "invalid_range"),
        (("generate", "person", "--clock", "tomorrow"), "invalid_clock"),
        (("generate", "person", "--seed", ""), "invalid_seed"),
        (("generate", "person", "--size", "person=0"), "invalid_count"),
        (("generat", "person"), "unknown_command"),
        (("describe", "nobody"), "unknown_entity"),
        (("check", "nothing.csv", "--entity", "person"), "bad_input"),
    ],
)
def test_bad_input_is_one_clear_error_and_writes_nothing(
    arguments: tuple[str, ...], code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    output = ("--output", "out.csv") if arguments[0] == "generate" and "--format" not in arguments else ()
    result = dm(*arguments, *output)
    assert result.exit_code == 2 and result.stdout == ""
    error = [line for line in result.stderr.splitlines() if not line.startswith("seed ")]
    assert error[0].startswith(f"error[{code}]: ") and len(error) <= 2, result.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("output", ["missing/out.csv", ".", "out.unknown"])
def test_unwritable_output_is_refused(output: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert dm("generate", "person", "--output", output).exit_code == 2
    assert list(tmp_path.iterdir()) == []


def test_describe_tells_fields_options_checks_and_locales() -> None:
    text = dm("describe", "common.person").stdout
    for part in ("full_name", "min_age", "age_in_range", "Locales:", " DE "):
        assert part in text
    told = json.loads(dm("describe", "person", "--json").stdout)
    assert told["name"] == "common.person" and {"DE", "US", "VN"} <= set(told["locales"])
    assert all(each["doc"] for each in told["fields"])


def test_check_names_exactly_what_one_changed_cell_breaks(tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    assert (
        dm("generate", "person", "-n", "500", "--seed", "c", "--output", str(path), "--clock", "2024-05-05").exit_code
        == 0
    )
    whole = dm("check", str(path), "--entity", "person")
    assert whole.exit_code == 0 and "hold in 500 rows" in whole.stdout
    rows = list(csv.reader(io.StringIO(path.read_text("utf-8"), newline="")))
    age = rows[0].index("age")
    rows[100][age] = str(int(rows[100][age]) + 1)
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows(rows)
    broken = dm("check", str(path), "--entity", "person", "--json")
    assert broken.exit_code == 1
    found = [finding for finding in json.loads(broken.stdout) if finding["violations"]]
    assert "age_is_years_since_birth" in [finding["check"] for finding in found]
    assert all(finding["samples"] == [99] for finding in found)


def test_request_answers_in_json_also_when_it_refuses() -> None:
    request = {
        "domain": "person",
        "version": "v1",
        "count": 2,
        "seed": "docs-demo",
        "locale": "en_US",
        "clock": "2025-01-01T00:00:00Z",
    }
    good = dm("request", input=json.dumps(request))
    assert good.exit_code == 0 and len(json.loads(good.stdout)["items"]) == 2
    bad = dm("request", input=json.dumps({**request, "count": -1}))
    assert bad.exit_code == 2 and json.loads(bad.stdout)["error"]["code"] == "invalid_count"
    assert dm("request", input="{").exit_code == 2
    schema = json.loads(dm("request", "--schema", "request", "--domain", "person").stdout)
    assert schema["properties"]["count"]["maximum"] == 1000


@pytest.mark.filterwarnings("ignore::datamimic.tables.library.DatasetFallback")
@pytest.mark.parametrize("entity", ["finance.bank_account", "public_sector.police_officer", "ecommerce.order"])
def test_a_country_whose_stand_in_tables_do_not_fit_is_refused(entity: str, tmp_path: Path) -> None:
    output = tmp_path / "rows.parquet"
    result = dm("generate", entity, "-n", "200", "--seed", "s", "--locale", "ja_JP", "--output", str(output))
    lines = result.stderr.splitlines()
    assert result.exit_code == 2 and sum(line.startswith("error[unsupported_locale]: ") for line in lines) == 1
    assert list(tmp_path.iterdir()) == []


def test_folders_are_checked_and_scanned(tmp_path: Path) -> None:
    parts, world, empty = tmp_path / "parts", tmp_path / "world", tmp_path / "empty"
    made = ("generate", "person", "-n", "20000", "--seed", "s", "--clock", "2021-01-01", "--format", "csv")
    assert (
        dm(*made, "--columns", "age,birthdate,email", "--parts", "2", "--engine", "serial", "-o", str(parts)).exit_code
        == 0
    )
    checked = json.loads(dm("check", str(parts), "--entity", "person", "--json").stdout)
    ages = next(finding for finding in checked if finding["check"] == "age_is_years_since_birth")
    assert (ages["rows"], ages["violations"]) == (20_000, 0), "the clock is that of the manifest"
    assert dm("world", "ecommerce.order=5", "--seed", "s", "--output", str(world), "--format", "csv").exit_code == 0
    assert dm("scan", str(parts)).exit_code == dm("scan", str(world)).exit_code == 0
    last = parts / "part-00001.csv"
    last.write_text(last.read_text("utf-8").replace(".example.com", ".com"), "utf-8")
    found = dm("scan", str(parts))
    assert found.exit_code == 1 and found.stdout.startswith("part-00001.csv, row ")
    empty.mkdir()
    assert dm("check", str(world), "--entity", "order").stdout.count(" hold in 5 rows") == 1
    for command in (("scan", str(empty)), ("check", str(empty), "--entity", "order")):
        refused = dm(*command)
        assert refused.exit_code == 2 and refused.stderr.startswith("error[bad_input]: the folder ")


def test_a_world_is_seen_as_of_a_moment_and_its_changes_are_told() -> None:
    asked = ("order", "--count", "60", "--seed", "7", "--columns", "order_id,date,status")
    rows = [json.loads(line) for line in dm("generate", *asked, "--format", "jsonl").stdout.splitlines()]
    early = dm("generate", *asked, "--format", "jsonl", "--as-of", "2025-06-01").stdout.splitlines()
    assert 0 < len(early) < len(rows) == 60
    told = [json.loads(line) for line in dm("changes", *asked, "--from", "2025-06-01").stdout.splitlines()]
    assert [row["at"] for row in told] == sorted(row["at"] for row in told)
    now = {row["order_id"]: row for row in map(json.loads, early)}
    for row in told:
        assert row.pop("op") == ("update" if row["order_id"] in now else "insert")
        row.pop("at")
        now[row["order_id"]] = row
    assert sorted(now.values(), key=str) == sorted(rows, key=str)
    versions = [json.loads(line) for line in dm("changes", *asked, "--versions").stdout.splitlines()]
    assert sum(row["valid_to"] is None for row in versions) == 60
    assert "a row is there from date on" in dm("describe", "order").stdout
    assert "none; --as-of shows all rows" in dm("describe", "person").stdout
    for arguments, code in (
        (("generate", *asked, "--as-of", "2027-01-01"), "invalid_clock"),
        (("changes", "person", "--seed", "1"), "no_history"),
        (("changes", *asked, "--from", "2025-06-01", "--versions"), "invalid_option"),
        (("changes", *asked, "--versions", "--by-day", "-o", "days"), "invalid_option"),
        (("changes", *asked, "--versions", "--follow"), "invalid_option"),
        (("changes", *asked, "--by-day"), "invalid_option"),
        (("changes", *asked, "--rate", "fast"), "invalid_option"),
        (("changes", *asked, "--rate", "9/s", "-o", "changes.csv"), "invalid_option"),
        (("changes", *asked, "--rate", "9/s", "--format", "parquet"), "invalid_option"),
        (("generate", *asked, "--follow", "-o", "rows.csv"), "invalid_option"),
        (("generate", *asked, "--follow", "--parts", "2"), "invalid_option"),
        (("generate", *asked, "--follow", "--profile"), "invalid_option"),
    ):
        result = dm(*arguments)
        assert result.exit_code == 2 and code in result.stderr


def test_changes_are_written_by_day_and_given_at_a_rate(tmp_path: Path) -> None:
    asked = ("order", "--count", "60", "--seed", "7", "--columns", "order_id,status", "--from", "2025-12-01")
    lines = dm("changes", *asked).stdout
    written = dm("changes", *asked, "--by-day", "--format", "jsonl", "-o", str(tmp_path / "days"))
    assert written.stderr == f"{lines.count(chr(10))} changes of ecommerce.order in {tmp_path / 'days'}\n"
    files = sorted((tmp_path / "days").glob("*.jsonl"))
    assert "".join(file.read_text() for file in files) == lines
    assert all(json.loads(line)["at"].startswith(file.stem) for file in files for line in file.read_text().splitlines())
    assert "byte-identical" in dm("verify", str(tmp_path / "days")).stdout
    assert dm("changes", *asked, "--rate", "1000000").stdout == lines
    rows = ("generate", "order", "--count", "3", "--seed", "7", "--columns", "order_id,status")
    assert dm(*rows, "--rate", "1000000/s").stdout == dm(*rows).stdout


def test_processes_make_what_this_one_makes_of_rules_that_ask_for_other_rows(tmp_path: Path) -> None:
    asked = (
        "generate",
        "order",
        "--count",
        "20000",
        "--seed",
        "7",
        "--columns",
        "order_id,status,item_count",
        "--quiet",
    )
    for moment in ((), ("--as-of", "2025-06-01")):
        paths = [tmp_path / f"{len(moment)}{workers}.csv" for workers in (1, 2)]
        for workers, path in enumerate(paths, 1):
            assert dm(*asked, *moment, "--workers", str(workers), "--output", str(path)).exit_code == 0
        assert paths[0].read_bytes() == paths[1].read_bytes()
        assert dm("verify", str(paths[1])).exit_code == 0
