"""Keys of every shape: composite, shared, circular, one to one, many to many, several to one parent."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from datamimic.cli import main
from datamimic_models import BadModel, Model

TABLES: list[dict[str, Any]] = [
    {
        "name": "authors",
        "rows": 40,
        "columns": [
            {"name": "id", "type": "int", "constraints": ["PK"]},
            {"name": "favourite", "type": "int"},
            {"name": "weight", "type": "int", "rule": {"type": "range", "min": 0, "max": 1}},
        ],
        "foreign_keys": [{"parent_table": "books", "parent_column": "id", "child_column": "favourite", "nulls": "50%"}],
    },
    {
        "name": "books",
        "rows": 60,
        "columns": [
            {"name": "id", "type": "int", "constraints": ["PK"]},
            {"name": "author", "type": "int", "constraints": ["FK", "NOT NULL"]},
            {"name": "editor", "type": "int", "constraints": ["FK"]},
            {"name": "translator", "type": "int", "constraints": ["FK"]},
        ],
        "foreign_keys": [
            {"parent_table": "authors", "parent_column": "id", "child_column": "author"},
            {"parent_table": "authors", "parent_column": "id", "child_column": "editor", "null_share": 0.2},
            {"parent_table": "authors", "parent_column": "id", "child_column": "translator", "weight": "weight"},
        ],
    },
    {
        "name": "covers",
        "rows": 60,
        "columns": [{"name": "book", "type": "int", "constraints": ["PK", "FK"]}, {"name": "colour", "rule": "color"}],
        "foreign_keys": [{"parent_table": "books", "parent_column": "id", "child_column": "book"}],
    },
    {
        "name": "readings",
        "rows": 200,
        "columns": [
            {"name": "a", "type": "int", "constraints": ["PK"]},
            {"name": "b", "type": "int", "constraints": ["PK"]},
        ],
        "foreign_keys": [
            {"parent_table": "authors", "parent_column": "id", "child_column": "a"},
            {"parent_table": "books", "parent_column": "id", "child_column": "b"},
        ],
    },
    {
        "name": "quotes",
        "columns": [
            {"name": "a", "type": "int", "constraints": ["PK"]},
            {"name": "b", "type": "int", "constraints": ["PK"]},
        ],
        "foreign_keys": [
            {"parent_table": "authors", "parent_column": "id", "child_column": "a", "children": {"min": 0, "max": 4}},
            {"parent_table": "books", "parent_column": "id", "child_column": "b"},
        ],
    },
    {
        "name": "shelves",
        "rows": 20,
        "columns": [
            {"name": "room", "rule": {"type": "choice", "value": ["A", "B"]}},
            {"name": "number", "type": "int", "rule": {"type": "range", "min": 1, "max": 10}},
        ],
        "primary_key": ["room", "number"],
    },
    {
        "name": "copies",
        "rows": 50,
        "columns": [
            {"name": "id", "type": "uuid", "constraints": ["PK"]},
            {"name": "in_room", "constraints": ["FK"]},
            {"name": "on_shelf", "type": "int", "constraints": ["FK"]},
        ],
        "foreign_keys": [
            {
                "parent_table": "shelves",
                "parent_columns": ["room", "number"],
                "child_columns": ["in_room", "on_shelf"],
            }
        ],
    },
]


@pytest.fixture
def library(tmp_path: Path) -> Path:
    (tmp_path / "library.json").write_text(json.dumps({"tables": TABLES}))
    return tmp_path / "library.json"


def made(library: Path) -> dict[str, list[dict[str, Any]]]:
    model = Model.load(library)
    world = model.world("demo")
    return {
        name: world[model.plan.path(name)][0:count].to_arrow().to_pylist()
        for name, count in model.counts(world).items()
    }


def test_all_keys_are_closed_and_come_once(library: Path) -> None:
    rows = made(library)
    for table in TABLES:
        for key in table.get("foreign_keys", ()):
            own = key.get("child_columns") or [key["child_column"]]
            theirs = key.get("parent_columns") or [key["parent_column"]]
            known = {tuple(row[name] for name in theirs) for row in rows[key["parent_table"]]}
            shown = {tuple(row[name] for name in own) for row in rows[table["name"]]}
            assert {each for each in shown if None not in each} <= known, key
            assert len(shown) > 3, "not one parent for all"
        primary = table.get("primary_key") or [c["name"] for c in table["columns"] if "PK" in c.get("constraints", ())]
        keys = [tuple(row[name] for name in primary) for row in rows[table["name"]]]
        assert len(set(keys)) == len(keys) and keys
    assert {row["book"] for row in rows["covers"]} == {row["id"] for row in rows["books"]}, "one to one"
    assert 10 < sum(row["favourite"] is None for row in rows["authors"]) < 30
    light = {row["id"] for row in rows["authors"] if row["weight"] == 0}
    assert not light & {row["translator"] for row in rows["books"]}


def test_dm_run_writes_a_circle_of_tables(library: Path) -> None:
    done = CliRunner().invoke(
        main, ["run", str(library), "-o", str(library.parent / "out"), "--seed", "demo", "--json"]
    )
    assert done.exit_code == 0, done.output
    told = json.loads(done.stdout)["tables"]
    assert told["shelves"] == 20 and told["covers"] == 60 and set(told) == {table["name"] for table in TABLES}
    verified = CliRunner().invoke(main, ["verify", str(library.parent / "out")])
    assert verified.exit_code == 0, verified.output


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"rows": 21}, "models.too_many_rows"),
        ({"rows": {"per": "nobody", "min": 1, "max": 2}}, "models.unknown_table"),
    ],
)
def test_more_rows_than_a_key_has_are_refused(tmp_path: Path, change: dict[str, Any], code: str) -> None:
    (tmp_path / "bad.json").write_text(json.dumps({"tables": [{**TABLES[5], **change}]}))
    with pytest.raises(BadModel) as caught:
        Model.load(tmp_path / "bad.json")
    assert caught.value.code == code


def test_two_references_that_a_check_keeps_apart_are_apart(tmp_path: Path) -> None:
    """`origin <> destination`: also where the pairs come once, and where either may be null."""
    place = tmp_path / "air.sql"
    place.write_text(
        "CREATE TABLE airport (code char(3) PRIMARY KEY, city text NOT NULL);"
        "CREATE TABLE flight (id int PRIMARY KEY, origin char(3) NOT NULL REFERENCES airport,"
        " destination char(3) NOT NULL REFERENCES airport, CHECK (origin <> destination));"
        "CREATE TABLE swap (id int PRIMARY KEY, a char(3) REFERENCES airport, b char(3) REFERENCES airport,"
        " CHECK (a IS NULL OR b IS NULL OR a <> b));"
        "CREATE TABLE route (origin char(3) REFERENCES airport, destination char(3) REFERENCES airport,"
        " PRIMARY KEY (origin, destination), CHECK (origin <> destination));",
        encoding="utf-8",
    )
    model = Model.load(place).with_rows(airport=20, flight=500, swap=500, route=380)
    world = model.world(seed="apart")
    for table, one, other in (
        ("flight", "origin", "destination"),
        ("swap", "a", "b"),
        ("route", "origin", "destination"),
    ):
        rows = world[table][0:380].to_arrow().to_pylist()
        pairs = [(row[one], row[other]) for row in rows]
        assert all(a is None or a != b for a, b in pairs) and len({b for _, b in pairs}) >= 20
        assert world[table][100:110].to_arrow().to_pylist() == rows[100:110]
        assert table != "route" or len(set(pairs)) == 380, "every pair there is"
    with pytest.raises(BadModel, match="380 combinations"):
        Model.load(place).with_rows(airport=20, route=381)


def test_a_place_among_the_rows_of_a_parent_is_part_of_a_key(tmp_path: Path) -> None:
    tours = """
tables:
  - {table_name: drivers, rows: 40, columns: [{name: id, type: int, constraints: [PK]}]}
  - table_name: tours
    rows: 3/drivers
    primary_key: [driver_id, KEY]
    columns:
      - {name: driver_id, type: int}
      - {name: no, type: int, rule: position}
      - {name: day, type: date, rule: {type: series, start: 2025-01-01}}
    foreign_keys: [{parent_table: drivers, parent_column: id, child_column: driver_id}]
"""
    for name in ("no", "day"):
        place = tmp_path / f"{name}.yaml"
        place.write_text(tours.replace("KEY", name), encoding="utf-8")
        rows = Model.load(place).world(seed="tours")["tours"][0:120].to_arrow().to_pylist()
        assert len({(row["driver_id"], row[name]) for row in rows}) == 120
