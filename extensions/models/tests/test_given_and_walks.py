"""Tables whose rows exist, look-ups, states and series."""

from __future__ import annotations

import csv
import json
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner
from sqlalchemy.engine import make_url

from datamimic import DatamimicError, verify
from datamimic.cli import main
from datamimic_models import BadModel, Model

POSTGRESQL = os.environ.get("DATAMIMIC_TEST_POSTGRESQL", "postgresql://localhost:5432/test?connect_timeout=60")
TABLE = f"given_countries_{os.getpid()}"
COUNTRIES = "code,name,population\nDE,Germany,83\nFR,France,68\nMT,Malta,0\n"
MODEL = """
tables:
  - {table_name: countries, source: countries.csv, primary_key: [code]}
  - table_name: orders
    rows: 300
    columns:
      - {name: id, type: int, constraints: [PK]}
      - {name: country, type: str, constraints: [FK]}
      - {name: label, type: str, rule: {type: template, template: "{countries.name}!"}}
      - {name: to_name, type: str, rule: {type: lookup, table: countries, column: name, weight: population}}
      - {name: to_code, type: str, rule: {type: lookup, table: countries, column: code, weight: population}}
      - {name: chosen, type: str, rule: {type: choice, value: [DE, MT]}}
      - {name: chosen_name, type: str, rule: {type: lookup, table: countries, column: name, by: {chosen: code}}}
    foreign_keys: [{parent_table: countries, parent_column: code, child_column: country}]
  - table_name: events
    rows: 4/parent
    columns:
      - {name: order_id, type: int, constraints: [PK, FK]}
      - {name: no, type: int, constraints: [PK]}
      - {name: at, type: datetime, rule: {type: series, start: "2024-01-01T08:00", step: 15min}}
      - {name: load, type: float, rule: {type: series, base: 100, trend: 1, amplitude: 10, period: 4}}
      - {name: state, type: str, rule: {type: states, transitions: {new: {paid: 3, cancelled: 1}, paid: {shipped: 1}}}}
    foreign_keys: [{parent_table: orders, parent_column: id, child_column: order_id}]
"""
NAMES = {"DE": "Germany", "FR": "France", "MT": "Malta"}


@pytest.fixture
def model(tmp_path: Path) -> Path:
    (tmp_path / "countries.csv").write_text(COUNTRIES)
    (tmp_path / "g.yaml").write_text(MODEL)
    return tmp_path / "g.yaml"


def rows(model: Path, table: str, count: int) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = Model.load(model).world("demo")[table][0:count].to_arrow().to_pydict()
    return found


def test_given_rows_are_parents_and_are_looked_up(model: Path) -> None:
    made = rows(model, "orders", 300)
    assert set(made["country"]) == set(NAMES)
    assert made["label"] == [f"{NAMES[code]}!" for code in made["country"]]
    assert made["to_name"] == [NAMES[code] for code in made["to_code"]], "of one row"
    assert set(made["to_code"]) == {"DE", "FR"}, "by weight, and one weighs nothing"
    assert made["chosen_name"] == [NAMES[code] for code in made["chosen"]]
    assert Model.load(model).world("demo")["countries"][0].population == 83, "a column of the file, as a number"


OF_GIVEN = """
tables:
  - {table_name: countries, source: countries.csv, primary_key: [code]}
  - table_name: offices
    rows: 2/countries
    columns:
      - {name: id, type: int, constraints: [PK]}
      - {name: country, type: str, constraints: [FK]}
      - {name: own, type: str, rule: {type: lookup, table: countries, column: name, by: {country: code}}}
      - {name: alike, type: str, rule: {type: lookup, table: countries, column: code, by: {own: name}}}
    foreign_keys: [{parent_table: countries, parent_column: code, child_column: country}]
"""


def test_rows_that_exist_have_children_of_their_own(tmp_path: Path) -> None:
    (tmp_path / "countries.csv").write_text(COUNTRIES)
    (tmp_path / "offices.yaml").write_text(OF_GIVEN)
    done = CliRunner().invoke(
        main, ["run", str(tmp_path / "offices.yaml"), "-o", str(tmp_path / "made"), "-q", "--json"]
    )
    assert done.exit_code == 0, done.output
    assert json.loads(done.stdout)["tables"] == {"countries": 3, "offices": 6}
    with (tmp_path / "made" / "offices.csv").open(encoding="utf-8", newline="") as file:
        offices = list(csv.DictReader(file))
    assert [each["country"] for each in offices] == ["DE", "DE", "FR", "FR", "MT", "MT"]
    assert all(each["own"] == NAMES[each["country"]] and each["alike"] == each["country"] for each in offices)


def test_a_column_that_the_other_table_calls_otherwise_is_named_with_its_remedy(tmp_path: Path) -> None:
    (tmp_path / "countries.csv").write_text(COUNTRIES)
    (tmp_path / "offices.yaml").write_text(OF_GIVEN.replace("by: {country: code}", "by: country"))
    with pytest.raises(BadModel, match=r"by: \{country: code\}, where countries calls it otherwise"):
        Model.load(tmp_path / "offices.yaml")


def test_states_follow_each_other_among_the_rows_of_a_parent(model: Path) -> None:
    made = rows(model, "events", 1_200)
    follows = {"new": {"paid", "cancelled"}, "paid": {"shipped"}, "shipped": {"shipped"}, "cancelled": {"cancelled"}}
    for place in range(1_200):
        if made["no"][place] == 1:
            assert made["state"][place] == "new"
        else:
            assert made["state"][place] in follows[made["state"][place - 1]]
    assert 0.6 < sum(made["state"][place] == "paid" for place in range(1, 1_200, 4)) / 300 < 0.9


def test_series_go_on_from_step_to_step(model: Path) -> None:
    made = rows(model, "events", 8)
    assert [each.strftime("%H:%M") for each in made["at"]] == ["08:00", "08:15", "08:30", "08:45"] * 2
    assert made["load"] == [100.0, 111.0, 102.0, 93.0] * 2
    assert made["no"] == [1, 2, 3, 4] * 2


def test_any_row_alone_is_the_row_of_the_whole(model: Path) -> None:
    events = Model.load(model).world("demo")["events"]
    whole = events[0:400].to_arrow().to_pylist()
    assert [events[row : row + 1].to_arrow().to_pylist()[0] for row in (0, 5, 399)] == [
        whole[row] for row in (0, 5, 399)
    ]


def test_a_file_elsewhere_needs_trust(model: Path, tmp_path: Path) -> None:
    inner = tmp_path / "inner"
    inner.mkdir()
    (inner / "g.yaml").write_text(MODEL.replace("countries.csv", "../countries.csv"))
    with pytest.raises(DatamimicError) as caught:
        Model.load(inner / "g.yaml")
    assert caught.value.code == "models.outside_folder"
    assert Model.load(inner / "g.yaml", trust=True).world("demo")["orders"][0].country_id in NAMES
    (inner / "g.yaml").write_text(MODEL.replace("countries.csv", "nothing.csv"))
    with pytest.raises(BadModel) as missing:
        Model.load(inner / "g.yaml")
    assert missing.value.code == "models.unreadable"


DATABASE = """
tables:
  - {table_name: countries, source: "PLACE", primary_key: [code]}
  - table_name: orders
    rows: 2 per countries
    columns:
      - {name: id, type: int, constraints: [PK]}
      - {name: country, type: str, constraints: [FK]}
      - {name: people, type: int, rule: {type: expression, expression: countries.population}}
    foreign_keys: [{parent_table: countries, parent_column: code, child_column: country}]
"""


@pytest.fixture(scope="module")
def postgresql() -> Iterator[str]:
    psycopg = pytest.importorskip("psycopg")
    try:
        connection = psycopg.connect(POSTGRESQL, autocommit=True)
    except psycopg.Error as error:
        pytest.skip(f"no PostgreSQL at {POSTGRESQL}: {str(error).strip().splitlines()[0]}")
    with connection:
        connection.execute(f"DROP TABLE IF EXISTS {TABLE}")
        connection.execute(f"CREATE TABLE {TABLE} (name text NOT NULL, population bigint, code char(2) PRIMARY KEY)")
        connection.execute(
            f"INSERT INTO {TABLE} VALUES ('Malta', 0, 'MT'), ('Germany', 83, 'DE'), ('France', 68, 'FR')"
        )
        # A model may hold no password: the variable does.
        url = make_url(POSTGRESQL)
        with pytest.MonkeyPatch.context() as patch:
            if url.password:
                patch.setenv("PGPASSWORD", str(url.password))
            yield f"{url.set(password=None).render_as_string()}#{TABLE}"
        connection.execute(f"DROP TABLE IF EXISTS {TABLE}")


def test_rows_of_a_server_are_parents_of_a_model_that_is_trusted(postgresql: str, tmp_path: Path) -> None:
    file = tmp_path / "g.yaml"
    file.write_text(DATABASE.replace("PLACE", postgresql))
    with pytest.raises(BadModel) as caught:
        Model.load(file)
    assert caught.value.code == "models.not_trusted"
    model = Model.load(file, trust=True)
    types = {each.name: (str(each.type), each.nullable) for each in model.tables.tables[0].columns}
    assert types == {"name": ("str", False), "population": ("int", True), "code": ("str", False)}
    world = model.world("demo")
    assert world["orders"][0:6].to_arrow()["country"].to_pylist() == ["DE", "DE", "FR", "FR", "MT", "MT"]
    assert world["orders"][0:6].to_arrow()["people"].to_pylist() == [83, 83, 68, 68, 0, 0]
    out = tmp_path / "orders.csv"
    world["orders"][0:6].write(out)
    assert verify(out, given={"g.countries": postgresql}).holds
    with pytest.raises(DatamimicError) as alone:
        verify(out)
    assert alone.value.code == "no_given_rows", "no server is asked because a manifest names it"
    file.write_text(DATABASE.replace("PLACE", f"{postgresql}s"))
    with pytest.raises(BadModel) as unknown:
        Model.load(file, trust=True)
    assert unknown.value.code == "models.unreadable" and "did you mean" in unknown.value.render()


def test_no_password_stands_in_a_model(tmp_path: Path) -> None:
    file = tmp_path / "g.yaml"
    file.write_text(DATABASE.replace("PLACE", "postgresql://me:geheim@localhost/shop#countries"))
    with pytest.raises(BadModel) as caught:
        Model.load(file, trust=True)
    assert caught.value.code == "models.password" and "geheim" not in caught.value.render()


def test_a_database_in_a_file_beside_the_model(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "shop.db")) as connection:
        connection.executescript(
            "CREATE TABLE countries (code TEXT PRIMARY KEY, population INTEGER);"
            "INSERT INTO countries VALUES ('FR', 68), ('DE', 83)"
        )
    for place in ("shop.db#countries", "sqlite:///shop.db#countries"):
        (tmp_path / "g.yaml").write_text(DATABASE.replace("PLACE", place))
        world = Model.load(tmp_path / "g.yaml").world("demo")
        assert world["orders"][0:4].to_arrow()["people"].to_pylist() == [83, 83, 68, 68]
    (tmp_path / "inner").mkdir()
    (tmp_path / "inner" / "g.yaml").write_text(DATABASE.replace("PLACE", "../shop.db#countries"))
    with pytest.raises(DatamimicError) as caught:
        Model.load(tmp_path / "inner" / "g.yaml").world("demo")
    assert caught.value.code == "models.outside_folder"


def test_the_same_model_in_two_folders_reads_what_lies_beside_each(tmp_path: Path) -> None:
    text = "name: m\ntables:\n  - {table_name: people, source: people.csv, primary_key: [id]}\n"
    for name, rows in (("one", "id\n1\n2\n"), ("two", "id\n7\n")):
        folder = tmp_path / name
        folder.mkdir()
        (folder / "m.yaml").write_text(text)
        (folder / "people.csv").write_text(rows)
        model = Model.load(folder / "m.yaml")
        assert model.counts(model.world(seed=1)) == {"people": rows.count("\n") - 1}


def test_moments_of_given_rows_without_a_zone_are_in_utc_and_records_that_are_null_are_told(tmp_path: Path) -> None:
    (tmp_path / "c.csv").write_text("id,at\n1,2020-01-01 05:00:00\n2,2020-01-02T06:00:00.5\n3,2020-01-03T07:00:00Z\n")
    (tmp_path / "r.jsonl").write_text('{"id": 1, "home": {"city": "Ulm"}}\n{"id": 2, "home": null}\n')
    given = """
tables:
  - {table_name: kept, source: c.csv, columns: [{name: id, type: int}, {name: at, type: datetime}]}
  - table_name: shown
    rows: 60
    columns: [{name: at, type: datetime, rule: {type: lookup, table: kept, column: at}}]
"""
    (tmp_path / "m.yaml").write_text(given)
    rows = Model.load(tmp_path / "m.yaml").world(seed="1")["shown"][0:60].to_arrow()["at"].to_pylist()
    assert {f"{each:%d %H:%M:%S}" for each in rows} == {"01 05:00:00", "02 06:00:00", "03 07:00:00"}
    home = "{name: home, type: {name: struct, members: {city: str}}}"
    nested = f"""
tables:
  - {{table_name: kept, source: r.jsonl, columns: [{{name: id, type: int}}, {home}]}}
  - {{table_name: shown, rows: 2, columns: [{{name: id, type: int, rule: {{type: lookup, table: kept, column: id}}}}]}}
"""
    (tmp_path / "m.yaml").write_text(nested)
    with pytest.raises(DatamimicError) as caught:
        Model.load(tmp_path / "m.yaml").world(seed="1")["shown"][0:2].to_arrow()
    assert caught.value.code == "bad_given" and "city" in caught.value.message


def test_tables_of_any_language_may_have_rows_that_exist(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "shops.csv").write_text("shop_id,region\nS1,N\nS2,E\nS3,W\n")
    ddl = "CREATE TABLE shop (shop_id text PRIMARY KEY, region text);"
    ddl += "CREATE TABLE sale (id int PRIMARY KEY, shop_id text NOT NULL REFERENCES shop);"
    (tmp_path / "chain.sql").write_text(ddl)
    model = Model.load("chain.sql").with_given({"shop": "shops.csv"})
    world = model.world(seed="demo")
    assert model.counts(world) == {"shop": 3, "sale": 100}
    assert set(world["chain.sale"][0:100].to_arrow()["shop_id"].to_pylist()) == {"S1", "S2", "S3"}
    asked = ["run", "chain.sql", "--given", "shop=shops.csv", "--seed", "demo", "-o", "out", "--quiet"]
    assert CliRunner().invoke(main, asked).exit_code == 0
    assert (tmp_path / "out/shop.csv").read_text().splitlines()[1:] == ["S1,N", "S2,E", "S3,W"]
    with pytest.raises(BadModel, match="no table 'shops'"):
        Model.load("chain.sql").with_given({"shops": "shops.csv"})
    with pytest.raises(BadModel, match="outside the folder"):
        Model.load("chain.sql").with_given({"shop": "/etc/shops.csv"})


def test_files_may_hold_lists_and_records(tmp_path: Path) -> None:
    rows = [{"code": "A", "tags": ["x", "y"], "size": {"w": 1}}, {"code": "B", "tags": [], "size": {"w": 2}}]
    pq.write_table(pa.Table.from_pylist(rows), tmp_path / "given.parquet")
    (tmp_path / "m.yaml").write_text("tables: [{table_name: g, source: given.parquet, primary_key: [code]}]")
    assert Model.load(tmp_path / "m.yaml").world()["m.g"][0:2].to_arrow().to_pylist() == rows
