"""`dm run` and `dm model`, as people type them."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema
import pyarrow.csv as pc
import pytest
from click.testing import CliRunner, Result

from datamimic.cli import main
from datamimic_models import Model

SHOP = """
seed: demo
tables:
  - table_name: customers
    rows: 50
    columns:
      - {name: id, type: int, constraints: [PK]}
      - {name: level, type: int, rule: {type: range, min: 0, max: 3}}
  - table_name: Order Lines
    rows: {per: customers, expression: "level * 2"}
    columns:
      - {name: id, type: int, constraints: [PK]}
      - {name: customer, type: int, constraints: [FK]}
      - {name: amount, type: "decimal(8,2)", rule: {type: range, min: 1, max: 10}}
      - {name: note, type: str, rule: {type: template, template: "{amount} of {customers.level}"}}
    checks: ["amount >= 1"]
    foreign_keys: [{parent_table: customers, parent_column: id, child_column: customer}]
"""


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "shop.yaml").write_text(SHOP)
    return tmp_path / "shop.yaml"


def dm(*arguments: str) -> Result:
    return CliRunner().invoke(main, [*arguments])


def test_run_writes_all_tables_with_closed_keys(shop: Path) -> None:
    made = dm("run", "shop.yaml", "--rows", "customers=200", "-o", "out")
    assert made.exit_code == 0, made.output
    customers, lines = (pc.read_csv(shop.parent / "out" / f"{name}.csv") for name in ("customers", "Order Lines"))
    assert customers.num_rows == 200
    assert lines.num_rows == 2 * sum(customers.column("level").to_pylist())
    assert set(lines.column("customer").to_pylist()) <= set(customers.column("id").to_pylist())
    schema = {each["name"]: each for each in json.loads((shop.parent / "out" / "schema.json").read_text())}
    assert schema["Order Lines"]["foreign_keys"] == [
        {"column": "customer", "references": {"table": "customers", "column": "id"}}
    ]
    verified = dm("verify", "out")
    assert verified.exit_code == 0 and verified.output.count("byte-identical") == 2, verified.output


def test_run_takes_the_models_name_and_seed_and_writes_the_same_again(shop: Path) -> None:
    told = [json.loads(dm("run", "shop.yaml", "--json", *more).stdout) for more in ([], ["-o", "again"])]
    assert told[0]["output"] == "shop" and told[0]["seed"] == "demo" and told[0]["tables"] == told[1]["tables"]
    for name in ("customers.csv", "Order Lines.csv"):
        assert (shop.parent / "shop" / name).read_bytes() == (shop.parent / "again" / name).read_bytes()


def test_run_loads_a_database(shop: Path) -> None:
    import sqlite3

    made = dm("run", "shop.yaml", "--to", "sqlite:///shop.db")
    assert made.exit_code == 0, made.output
    with sqlite3.connect(shop.parent / "shop.db") as connection:
        [(lost,)] = connection.execute(
            'select count(*) from "Order Lines" l left join customers c on c.id = l.customer where c.id is null'
        )
        [(lines,)] = connection.execute('select count(*) from "Order Lines"')
    assert lost == 0 and lines > 20


def test_check_lists_all_mistakes_and_makes_no_row(shop: Path) -> None:
    assert dm("model", "check", "shop.yaml").exit_code == 0
    shop.write_text(
        SHOP.replace("level * 2", "levle * 2")
        .replace("{amount} of", "{amonut} of")
        .replace("parent_column: id", "parent_column: level")
    )
    checked = dm("model", "check", "shop.yaml", "--json")
    told = json.loads(checked.stdout)
    assert checked.exit_code == 2 and not told["ok"]
    assert [(each["code"], each["line"]) for each in told["mistakes"]] == [("models.bad_foreign_key", 17)]
    shop.write_text(shop.read_text().replace("parent_column: level", "parent_column: id"))
    told = json.loads(dm("model", "check", "shop.yaml", "--json").stdout)
    assert [(each["code"], each["line"], each["hint"]) for each in told["mistakes"]] == [
        ("models.unknown_column", 10, "did you mean level?"),
        ("models.unknown_column", 15, "did you mean amount?"),
    ]
    shown = dm("model", "check", "shop.yaml")
    assert "shop.yaml:10:" in shown.output and "error[models.unknown_column]" in shown.output


def test_convert_prints_what_reads_as_the_same_model(shop: Path) -> None:
    for language in ("yaml", "json"):
        assert dm("model", "convert", "shop.yaml", "-o", f"again.{language}", "--to", language).exit_code == 0
        assert Model.load(shop.parent / f"again.{language}").tables == Model.load(shop).tables


def test_explain_tells_how_each_column_is_made(shop: Path) -> None:
    made = json.loads(dm("model", "explain", "shop.yaml", "--json").stdout)
    told = {table["table"]: {each["column"]: each["made"] for each in table["columns"]} for table in made["tables"]}
    assert told["Order Lines"]["customer"] == "id of a row of customers, which counts the rows"
    assert "serial" in told["customers"]["id"] and "says nothing" in told["customers"]["id"]


def test_explain_tells_the_meaning_behind_a_pattern_and_what_a_country_has_none_of(tmp_path: Path) -> None:
    columns = """
      - {name: id, type: int, constraints: [PK]}
      - {name: email, type: str, rule: {type: pattern, pattern: ".+@.+", of_meaning: true}}
      - {name: xyz, type: str, rule: {type: pattern, pattern: "[a-z]", of_meaning: true}}
      - {name: iban, type: str, nullable: NULLABLE}
"""
    told = []
    for locale, nullable in (("en_US", "true"), ("en_US", "false"), ("de_DE", "false")):
        text = f"locale: {locale}\ntables:\n  - table_name: account\n    rows: 4\n    columns:{columns}"
        (tmp_path / "m.yaml").write_text(text.replace("NULLABLE", nullable))
        told.append(dm("model", "explain", str(tmp_path / "m.yaml")).output)
    assert "person.email: finance.bank_account.holder.email, where that matches .+@.+" in told[0]
    assert "text that matches [a-z], as its name means nothing" in told[0]
    assert "none has one in en_US: null" in told[0] and "none has one in en_US: text" in told[1]
    assert "none has one" not in told[2]


def test_the_published_schema_accepts_models_and_refuses_wrong_words(shop: Path) -> None:
    import yaml

    schema: dict[str, Any] = json.loads(dm("model", "schema").stdout)
    jsonschema.Draft202012Validator.check_schema(schema)
    judge = jsonschema.Draft202012Validator(schema)
    assert judge.is_valid(yaml.safe_load(SHOP))
    assert judge.is_valid(json.loads(Model.load(shop).to_json()))
    for wrong in (
        SHOP.replace("rule: {type: range,", "rule: {type: range, maxx: 1,"),
        SHOP.replace("constraints", "constraint"),
    ):
        assert not judge.is_valid(yaml.safe_load(wrong))


def test_rules_are_listed_with_their_words() -> None:
    listed = json.loads(dm("model", "rules", "--json").stdout)
    assert {"range", "choice", "serial", "uuid", "expression"} <= listed.keys()
    assert "Only min, min + step" in dm("model", "rules", "range").output
    assert dm("model", "rules", "rnage").exit_code == 2


def test_errors_of_rows_name_the_line_and_hints_the_name_that_people_write(tmp_path: Path) -> None:
    begin = "# of a comment\n\ntables:\n  - table_name: people\n    columns:\n"
    age = "      - {name: age, type: int, rule: {type: range, max: 3}}\n"
    fails = tmp_path / "fails.yaml"
    fails.write_text(
        f"{begin}{age}      - name: share\n        type: float\n        rule: {{value: 10 / age, type: expression}}\n"
    )
    said = CliRunner().invoke(main, ["generate", "people", "--model", str(fails), "-n", "50", "--seed", "a"])
    assert said.exit_code and "models.expression_failed" in said.output and "fails.yaml:7)" in said.output
    typo = tmp_path / "typo.yaml"
    typo.write_text(f"{begin}{age}      - {{name: x, type: str, rule: first_nam}}\n")
    said = CliRunner().invoke(main, ["model", "check", str(typo)])
    assert said.exit_code == 2 and "(did you mean first_name?)" in said.output


OWN = """
locale: de_DE
seed: s
clock: "2024-05-01"
tables:
  - table_name: customers
    columns:
      - {name: id, type: int, constraints: [PK]}
      - {name: postal_code, type: str}
      - {name: since, type: date, rule: {type: range, min: now-1d, max: now}}
      - {name: email, type: str, rule: {type: email, regex: "^[a-zA-Z0-9._%+-]+@[a-zA-Z0-9.-]+\\\\.[a-zA-Z]{2,}$"}}
"""


def test_a_table_alone_is_made_in_the_models_own_world_and_without_pandas(tmp_path: Path) -> None:
    (tmp_path / "own.yaml").write_text(OWN)
    whole = CliRunner().invoke(
        main, ["run", str(tmp_path / "own.yaml"), "-o", str(tmp_path / "all"), "--rows", "3", "-q"]
    )
    assert whole.exit_code == 0, whole.output
    code = (
        "import sys; from datamimic.cli import main\n"
        "try: main(['generate', 'customers', '--model', sys.argv[1], '-n', '3'])\n"
        "except SystemExit as end: assert not end.code, end.code\n"
        "assert 'pandas' not in sys.modules\n"
    )
    asked = [sys.executable, "-c", code, str(tmp_path / "own.yaml")]
    alone = subprocess.run(asked, check=True, capture_output=True, text=True)
    assert alone.stdout == (tmp_path / "all" / "customers.csv").read_text() and "2024-0" in alone.stdout
