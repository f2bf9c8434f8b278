"""Checks of a table hold in the rows that a model makes: they are solved, not only judged."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner

from datamimic import spec_of
from datamimic.cli import main
from datamimic_models import Model

PURCHASES = """
CREATE TYPE state AS ENUM ('draft', 'placed', 'shipped', 'cancelled');
CREATE TABLE purchase (
  id int PRIMARY KEY CHECK (id >= 1000), slug text NOT NULL UNIQUE CHECK (slug = lower(slug) AND length(slug) BETWEEN 3 AND 20),
  state state NOT NULL, placed_at timestamp, shipped_at timestamp, coupon text CHECK (coupon ~ '^[A-Z]{4}[0-9]{2}$'),
  low int NOT NULL, high int NOT NULL, start_on date NOT NULL, end_on date, kind text NOT NULL CHECK (kind IN ('a', 'b')),
  net numeric(12,2) NOT NULL CHECK (net > 0), vat numeric NOT NULL CHECK (vat >= 0), gross numeric NOT NULL, bonus int,
  ratio float NOT NULL CHECK (ratio BETWEEN 0.25 AND 0.75), no smallint UNIQUE CHECK (no BETWEEN 10 AND 5000),
  CHECK ((state = 'draft') = (placed_at IS NULL)), CHECK ((state = 'shipped') = (shipped_at IS NOT NULL)),
  CHECK (shipped_at >= placed_at), CHECK (low < high), CHECK (end_on IS NULL OR end_on > start_on),
  CHECK (gross = net + vat), CHECK (kind <> 'b' OR bonus IS NOT NULL), CHECK (start_on >= DATE '2020-01-01'));
"""
RULED: dict[str, Any] = {
    "tables": [
        {
            "name": "shifts",
            "rows": 400,
            "columns": [
                {"name": "id", "type": "int", "constraints": ["PK"]},
                {"name": "low", "type": "int", "rule": {"type": "range", "min": 1, "max": 60}},
                {"name": "high", "type": "int", "rule": {"type": "range", "min": 20, "max": 50}},
                {"name": "grade", "type": "str", "rule": {"type": "choice", "value": ["a", "b", "c"]}},
                {"name": "twice", "type": "int", "rule": {"type": "expression", "expression": "low * 2"}},
            ],
            "checks": ["low + 2 <= high", "grade != 'c' or low > 30", "twice == low * 2"],
        }
    ]
}


def broken(model: Model, table: str, rows: int) -> dict[str, int]:
    """How many rows break each check."""
    world = model.world("checks")
    [cls] = [each for each in world.packs.entities().values() if spec_of(each).table == table]
    batch = world.batch(spec_of(cls), np.arange(rows, dtype=np.int64))
    found: dict[str, int] = {}
    for each in spec_of(cls).checks:
        given = [world.clock if name == "clock" else batch.column(name) for name in each.parameters]
        found[each.sentence] = found.get(each.sentence, 0) + int((~each.function(*given)).sum())
    return found


@pytest.fixture(scope="module")
def purchases(tmp_path_factory: pytest.TempPathFactory) -> Model:
    place = tmp_path_factory.mktemp("checks") / "own.sql"
    place.write_text(PURCHASES, encoding="utf-8")
    return Model.load(place).with_rows(2_000)


def test_no_row_breaks_a_check_that_can_be_solved(purchases: Model) -> None:
    found = broken(purchases, "purchase", 2_000)
    assert len(found) == 16 and set(found.values()) == {0}


def test_columns_are_not_hollow_for_it(purchases: Model) -> None:
    """All states come, values differ, and what is unique is."""
    rows = purchases.world("checks")["purchase"][0:2_000].to_arrow()
    assert len(rows["state"].unique()) == 4
    assert all(len(rows[name].unique()) > 1_000 for name in ("placed_at", "low", "high", "start_on", "gross", "coupon"))
    assert all(len(rows[name].unique()) == 2_000 for name in ("id", "slug"))
    assert len(rows["no"].drop_null().unique()) == 2_000 - rows["no"].null_count > 1_700
    assert 0.1 < rows["placed_at"].null_count / 2_000 < 0.5


def test_any_slice_is_the_same(purchases: Model) -> None:
    world = purchases.world("checks")
    assert world["purchase"][700:733].to_arrow().to_pylist() == world["purchase"][0:900].to_arrow().to_pylist()[700:733]


def test_values_stay_within_the_rules_of_their_columns(tmp_path: Path) -> None:
    place = tmp_path / "own.json"
    place.write_text(json.dumps(RULED), encoding="utf-8")
    model = Model.load(place)
    assert broken(model, "shifts", 400) == {"low + 2 <= high": 0, "grade != 'c' or low > 30": 0, "twice == low * 2": 0}
    rows = model.world("checks")["shifts"][0:400].to_arrow().to_pydict()
    assert min(rows["high"]) >= 20 and max(rows["high"]) <= 50 and set(rows["grade"]) == {"a", "b", "c"}


def test_bytes_may_be_keys_and_what_is_unique_among_some_rows_is_unique(tmp_path: Path) -> None:
    place = tmp_path / "own.sql"
    place.write_text(
        "CREATE TABLE item (kind bytea NOT NULL, name bytea NOT NULL, PRIMARY KEY (kind, name));\n"
        "CREATE TABLE mail (id int PRIMARY KEY, email text NOT NULL, left_on date);\n"
        "CREATE UNIQUE INDEX one ON mail (lower(email)) WHERE left_on IS NULL;\n"
    )
    world = Model.load(place).with_rows(500).world("unique")
    assert len(set(world["item"][0:500].to_arrow()["kind"].to_pylist())) == 500
    assert len({each.lower() for each in world["mail"][0:500].to_arrow()["email"].to_pylist()}) == 500


def test_checks_of_a_domain_may_be_many_and_two_keys_may_be_one_column(tmp_path: Path) -> None:
    """Bytes are as long as asked for; a column that refers to two tables has what both have."""
    place = tmp_path / "own.sql"
    place.write_text(
        "CREATE DOMAIN digest AS bytea CONSTRAINT digest_length CHECK (octet_length(VALUE) = 20);\n"
        "CREATE TABLE a (id digest PRIMARY KEY, b digest NOT NULL, c digest, d digest);\n"
        "CREATE TABLE one (id int PRIMARY KEY);\nCREATE TABLE two (id int PRIMARY KEY);\n"
        "CREATE TABLE three (id int PRIMARY KEY);\n"
        "CREATE TABLE pair (x int REFERENCES one, y int REFERENCES three, PRIMARY KEY (x, y));\n"
        "ALTER TABLE pair ADD FOREIGN KEY (x) REFERENCES two (id);\n"
    )
    model = Model.load(place).with_rows(100)
    found = broken(model, "a", 100)
    assert len(spec_of(model.world("checks").packs.entity("own.a")).checks) == 4 and set(found.values()) == {0}
    assert len(set(zip(*model.world("checks")["pair"][0:100].to_arrow().columns, strict=True))) == 100


def test_of_each_kind_one_row_is_among_those_that_are_unique(tmp_path: Path) -> None:
    """Every customer has one default address, at most, and one open order."""
    place = tmp_path / "own.sql"
    place.write_text(
        "CREATE TABLE customer (id int PRIMARY KEY);\n"
        "CREATE TABLE address (id int PRIMARY KEY, customer_id int NOT NULL REFERENCES customer,\n"
        "  is_default boolean NOT NULL,\n"
        "  state text NOT NULL CHECK (state IN ('open', 'closed', 'lost')), left_on date);\n"
        "CREATE UNIQUE INDEX one_default ON address (customer_id) WHERE is_default;\n"
        "CREATE UNIQUE INDEX one_open ON address (customer_id) WHERE state = 'open' AND left_on IS NULL;\n"
    )
    model = Model.load(place).with_rows(50, address=400)
    assert not model.warnings
    world = model.world("unique")
    rows = world["address"][0:400].to_arrow()
    defaults = [row["customer_id"] for row in rows.to_pylist() if row["is_default"]]
    still = [r["customer_id"] for r in rows.to_pylist() if r["state"] == "open" and r["left_on"] is None]
    assert len(defaults) == len(set(defaults)) > 40 and len(still) == len(set(still))
    assert world["address"][111:140].to_arrow().to_pylist() == rows.to_pylist()[111:140]


def test_what_begins_does_so_before_it_ends(tmp_path: Path) -> None:
    file = tmp_path / "staff.sql"
    file.write_text(
        "CREATE TABLE salaries (emp_no int NOT NULL, from_date date NOT NULL, to_date date, PRIMARY KEY (emp_no, from_date));"
        "CREATE TABLE stays (id int PRIMARY KEY, shift_start timestamp, shift_end timestamp NOT NULL,"
        " open_year int, close_year int, CHECK (close_year > open_year + 2));",
        encoding="utf-8",
    )
    model = Model.load(file)
    said = {table.name: [each.expression for each in table.checks] for table in model.tables.tables}
    assert said == {"salaries": [], "stays": ["(close_year > (open_year + 2))"]}, "as it is written"
    world = model.world(seed="demo")
    for table, first, last in (
        ("salaries", "from_date", "to_date"),
        ("stays", "shift_start", "shift_end"),
        ("stays", "open_year", "close_year"),
    ):
        rows = world[table][0:500].to_pandas().dropna(subset=[first, last])
        assert len(rows) and (rows[first] <= rows[last]).all()


NOBODY_UNDERSTANDS = """
CREATE TABLE dice (id int PRIMARY KEY, a int NOT NULL, b int NOT NULL, c int NOT NULL CHECK (c BETWEEN 1 AND 50),
  CHECK ((a * 7 + b * 3) % 11 = 4), CHECK (abs(c - 25) % 3 = 1));
"""


def test_what_nobody_understands_is_drawn_until_it_holds(tmp_path: Path) -> None:
    (tmp_path / "d.sql").write_text(NOBODY_UNDERSTANDS)
    model = Model.load(tmp_path / "d.sql")
    assert broken(model, "dice", 500) == dict.fromkeys(broken(model, "dice", 1), 0)
    rows = model.world("x")["d.dice"][0:90].to_arrow()
    assert len({*rows.column("a").to_pylist()}) > 30 and len({*rows.column("c").to_pylist()}) > 10
    assert model.world("x")["d.dice"][37:52].to_arrow().equals(rows.slice(37, 15))


WORKED_OUT = """
CREATE TABLE post (
  id int PRIMARY KEY, first text NOT NULL, last text NOT NULL, ts timestamptz NOT NULL,
  slug varchar(60) NOT NULL UNIQUE CHECK (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$' AND length(slug) BETWEEN 3 AND 40),
  nick text NOT NULL CHECK (nick ~ '^[a-z0-9]+(-[a-z0-9]+)*$'), CHECK (length(nick) BETWEEN 3 AND 40),
  tag text UNIQUE CHECK (tag ~ '^(?!x)[[:lower:]]+$'),
  d date NOT NULL CHECK (d >= '2020-01-01'), d2 date,
  yr int NOT NULL CHECK (yr = date_part('year', d)), CHECK (yr < 2024), m int NOT NULL CHECK (m = EXTRACT(month FROM ts)),
  q int CHECK (q = extract(quarter from d2)), ym text CHECK (ym = to_char(d, 'YYYY-MM')),
  dow smallint CHECK (extract(dow from d) = dow), ref text NOT NULL CHECK (ref = 'P-' || id::text),
  full_text text NOT NULL CHECK (full_text = first || ' ' || last), ini char(1) CHECK (ini = left(first, 1)),
  up text CHECK (up = upper(substr(last, 1, 3))), tens int CHECK (tens = floor(id / 10.0)),
  dashed text CHECK (dashed = replace(slug, '-', '_')));
"""


def test_what_checks_say_to_be_other_columns_is_worked_out(tmp_path: Path) -> None:
    (tmp_path / "finance.sql").write_text(WORKED_OUT)
    model = Model.load(tmp_path / "finance.sql")
    assert not any(broken(model, "post", 300).values())
    rows = model.world("checks")["finance_tables.post"][0:100].to_arrow().to_pylist()
    slug = re.compile("[a-z0-9]+(-[a-z0-9]+)*")
    for row in rows:
        assert all(slug.fullmatch(row[name]) and 3 <= len(row[name]) <= 40 for name in ("slug", "nick"))
        assert row["tag"] is None or re.fullmatch("(?!x)[a-z]+", row["tag"])
        assert row["yr"] == row["d"].year in range(2020, 2024) and row["m"] == row["ts"].month
        assert row["q"] is None or row["q"] == (row["d2"].month + 2) // 3
        assert row["ref"] == f"P-{row['id']}" and row["full_text"] == f"{row['first']} {row['last']}"
        assert row["up"] in (None, row["last"][:3].upper()) and row["tens"] in (None, row["id"] // 10)
    assert any(row["q"] for row in rows) and any(row["ym"] for row in rows)


@pytest.mark.parametrize(
    ("rule", "check", "line"),
    [
        ("{type: pattern, pattern: '[A-Z]{3}'}", "x.startswith('A')", 10),
        ("{type: choice, value: [a, b]}", "x < parent.y", 10),
    ],
)
def test_rows_that_break_a_check_are_refused_before_anything_is_written(
    tmp_path: Path, rule: str, check: str, line: int
) -> None:
    text = f"""tables:
  - table_name: above
    columns: [{{name: id, type: int, constraints: [PK]}}, {{name: y, type: str, rule: {{type: choice, value: [a, b]}}}}]
  - table_name: below
    columns:
      - {{name: id, type: int, constraints: [PK]}}
      - {{name: above_id, type: int, constraints: [FK]}}
      - {{name: x, type: str, rule: {rule}}}
    foreign_keys: [{{parent_table: above, parent_column: id, child_column: above_id}}]
    checks: [{{name: asked, expression: "{check}"}}]
"""
    (tmp_path / "m.yaml").write_text(text)
    told = CliRunner().invoke(main, ["run", str(tmp_path / "m.yaml"), "-o", str(tmp_path / "out"), "--seed", "1"])
    assert told.exit_code == 2 and "models.check_unsatisfied" in told.output and "rows of below" in told.output
    assert "check asked" in told.output and f"m.yaml:{line}" in told.output and not (tmp_path / "out").exists()
    of_table = ["--model", str(tmp_path / "m.yaml"), "-o", str(tmp_path / "out"), "--seed", "1"]
    for command in (["generate", "below", "-n", "100"], ["world", "below=100"]):
        told = CliRunner().invoke(main, [*command, *of_table])
        assert told.exit_code == 2 and "models.check_unsatisfied" in told.output and f"m.yaml:{line}" in told.output
        assert not (tmp_path / "out").exists()
    (tmp_path / "m.yaml").write_text(text.replace(check, "x != 'zzzz'"))
    told = CliRunner().invoke(main, ["run", str(tmp_path / "m.yaml"), "-o", str(tmp_path / "out"), "--seed", "1"])
    assert told.exit_code == 0, told.output
