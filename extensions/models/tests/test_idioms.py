"""What dialects say in their own way: moments as text, equality of nulls, rounding, types that only a database has, sexes."""

from __future__ import annotations

import csv
import json
import sqlite3
from decimal import Decimal
from pathlib import Path

import pytest
from click.testing import CliRunner
from stdnum import luhn

from datamimic import World
from datamimic.cli import main
from datamimic_models import Model
from datamimic_models.filling.filling import Wanted, fill
from datamimic_models.meanings.sexes import choices_by_sex
from datamimic_models.schemas.expressions import python_text

LOG = """
CREATE TABLE worker (id INTEGER PRIMARY KEY, born TEXT NOT NULL CHECK (born IS date(born)), hired TEXT NOT NULL
  CHECK (hired IS date(hired) AND hired > born), boss_id INTEGER REFERENCES worker(id) CHECK (boss_id IS NOT id),
  rate NUMERIC CHECK (typeof(rate) IN ('integer', 'real') AND rate >= 11.44),
  code TEXT NOT NULL CHECK (code NOT GLOB '*[IO]*'));
CREATE TABLE trip (id INTEGER PRIMARY KEY, worker_id INTEGER NOT NULL REFERENCES worker(id), started TEXT NOT NULL, ended TEXT,
  opened TEXT CHECK (opened IN ('yes', 'no')), CHECK (ended IS NULL OR ended > started),
  CHECK (ended IS NULL OR julianday(ended) - julianday(started) <= 3));
"""
SOLD = """
CREATE TYPE anrede AS ENUM ('Herr', 'Frau', 'Divers');
CREATE TABLE kunde (id serial PRIMARY KEY, anrede anrede NOT NULL, vorname text NOT NULL, nachname text NOT NULL,
  geschlecht char(1) NOT NULL CHECK (geschlecht IN ('m', 'w', 'd')), letzter_login inet, passport_no varchar(9) NOT NULL);
CREATE TABLE item (id serial PRIMARY KEY, price numeric(8,2) NOT NULL CHECK (price > 0), pieces int NOT NULL
  CHECK (pieces BETWEEN 1 AND 30), percent numeric(4,1) NOT NULL CHECK (percent BETWEEN 0 AND 50), total numeric(12,2) NOT NULL
  CHECK (total = round(price * pieces * (100 - percent) / 100, 2)), order_no varchar(20) NOT NULL UNIQUE
  CHECK (order_no LIKE 'RE-____-%'), lang varchar(5) NOT NULL CHECK (lang SIMILAR TO '[a-z]{2}(_[A-Z]{2})?'),
  colour char(7) NOT NULL CHECK (colour ~* '^#[0-9a-f]{6}$'));
"""


def test_sqlite_is_filled_where_moments_are_text(tmp_path: Path) -> None:
    path = tmp_path / "log.db"
    with sqlite3.connect(path) as base:
        base.executescript(LOG)
    fill(f"sqlite:///{path}", Wanted(rows=300, seed="a"))
    with sqlite3.connect(path) as base:
        rows = base.execute("SELECT started, ended FROM trip").fetchall()
        assert {len(started) for started, _ in rows} <= {19, 26}
        assert any(ended is not None for _, ended in rows)
        assert base.execute("SELECT count(*) FROM worker WHERE hired <= date(born, '+16 years')").fetchone() == (0,)
        assert base.execute("SELECT count(DISTINCT opened) FROM trip").fetchone() == (2,)


def rows_of(folder: Path, schema: str, table: str) -> list[dict[str, str]]:
    (folder / "own.pg.sql").write_text(schema, encoding="utf-8")
    said = CliRunner().invoke(
        main, ["run", str(folder / "own.pg.sql"), "-o", str(folder / "set"), "--seed", "a", "--rows", "400"]
    )
    assert said.exit_code == 0, said.output
    assert "left out" not in said.output
    with (folder / "set" / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return [*csv.DictReader(file)]


def test_choices_tell_women_from_men_as_the_names_do(tmp_path: Path) -> None:
    rows = rows_of(tmp_path, SOLD, "kunde")
    pairs = {(each["anrede"], each["geschlecht"]) for each in rows}
    assert {("Frau", "w"), ("Herr", "m")} <= pairs <= {("Frau", "w"), ("Herr", "m"), ("Divers", "d")}
    assert all(each["letzter_login"].startswith("10.") or not each["letzter_login"] for each in rows)
    assert all(each["passport_no"][1:].isdigit() for each in rows)


def test_a_filled_table_has_the_sex_of_the_name_too(databases: object) -> None:
    with databases.of("postgresql", SOLD) as url:  # type: ignore[attr-defined]
        fill(url, Wanted(rows=200, seed="a"))
        found = databases.answer(url, "SELECT DISTINCT anrede::text, geschlecht FROM kunde")  # type: ignore[attr-defined]
        assert {("Frau", "w"), ("Herr", "m")} <= set(found) <= {("Frau", "w"), ("Herr", "m"), ("Divers", "d")}
        wrong = "SELECT count(*) FROM item WHERE total <> round(price * pieces * (100 - percent) / 100, 2)"
        assert databases.answer(url, wrong) == [(0,)]  # type: ignore[attr-defined]


def test_rounded_totals_and_patterns_hold(tmp_path: Path) -> None:
    for each in rows_of(tmp_path, SOLD, "item"):
        exact = Decimal(each["price"]) * int(each["pieces"]) * (100 - Decimal(each["percent"])) / 100
        assert abs(Decimal(each["total"]) - exact) <= Decimal("0.005")
        assert each["order_no"].startswith("RE-")
        assert each["colour"].startswith("#")


@pytest.mark.parametrize(
    ("said", "dialect", "python"),
    [
        ("a IS DISTINCT FROM a", "postgres", "False"),
        ("typeof(a) = 'text'", "sqlite", "(a is not None)"),
        ("a <= date('now')", "sqlite", "(a <= today())"),
        ("round(a, 2) = b", "postgres", "(round_half_up(a, 2) == b)"),
        ("CASE WHEN a > 1 THEN b > 0 ELSE true END", "postgres", "((b > 0) if (a > 1) else True)"),
        ("coalesce(a, 0) > 1", "postgres", "(coalesce(a, 0) > 1)"),
    ],
)
def test_idioms_are_said_in_the_language_of_models(said: str, dialect: str, python: str) -> None:
    assert python_text(said, dialect) == python  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("choices", "female", "male"),
    [
        (("H", "F"), "F", "H"),
        (("weiblich", "männlich"), "weiblich", "männlich"),
        (("Sr.", "Sra."), "Sra.", "Sr."),
        (("nam", "nữ"), "nữ", "nam"),
    ],
)
def test_words_for_sexes(choices: tuple[str, ...], female: str, male: str) -> None:
    found = choices_by_sex(choices)
    assert found is not None
    assert (found["female"], found["male"]) == (female, male)


def test_other_choices_are_no_sexes() -> None:
    assert choices_by_sex(("red", "m", "f")) is None
    assert choices_by_sex(("m", "d")) is None


def test_patterns_of_schemas_leave_what_the_name_means(tmp_path: Path) -> None:
    """A postal code of five digits is that of the city beside it; a country of two letters is none's English name."""
    place = {"type": "object", "required": ["zip", "city", "country"], "properties": {
        "zip": {"type": "string", "pattern": r"^\d{5}$"}, "city": {"type": "string"},
        "country": {"type": "string", "minLength": 2, "maxLength": 2},
    }}  # fmt: skip
    schema = {"title": "Customer", "type": "object", "required": ["name", "home"], "properties": {
        "name": {"type": "string"}, "home": place, "card_number": {"type": "string", "pattern": "^[0-9]{16}$"},
    }}  # fmt: skip
    (tmp_path / "customer.schema.json").write_text(json.dumps(schema), encoding="utf-8")
    model = Model.load(tmp_path / "customer.schema.json")
    rows = model.world(seed="a", locale="DE")["customer"][0:50].to_arrow().to_pylist()
    places = {(each["home"]["zip"], each["home"]["city"]) for each in rows}
    addresses = World("a", locale="DE")["common.address"][0:20_000].to_arrow()
    known = set(zip(*(addresses.column(name).to_pylist() for name in ("postal_code", "city")), strict=True))
    assert len(places & known) > 10
    assert {each["home"]["country"] for each in rows} == {"DE"}
    numbers = [each["card_number"] for each in rows if each["card_number"]]
    # American Express has fifteen digits, so that another text of sixteen stands for it.
    assert sum(luhn.is_valid(each) for each in numbers) > 0.8 * len(numbers) > 10


def test_names_tell_flags_shares_passwords_and_states(tmp_path: Path) -> None:
    schema = """
    CREATE TABLE account (id serial PRIMARY KEY, password varchar(128) NOT NULL, is_active boolean NOT NULL,
      is_superuser boolean NOT NULL, date_joined timestamp NOT NULL, last_login timestamp, session_key char(32) NOT NULL UNIQUE,
      vat_rate numeric(4,3) NOT NULL, qty int NOT NULL, phase varchar(20) NOT NULL, guid varchar(255) NOT NULL);
    """
    rows = rows_of(tmp_path, schema, "account")
    assert all(len(each["password"]) == 60 and each["password"].startswith("$2b$12$") for each in rows)
    active, above = (sum(each[name] == "true" for each in rows) for name in ("is_active", "is_superuser"))
    assert active > 300 > 60 > above
    assert all(each["date_joined"] <= each["last_login"] for each in rows if each["last_login"])
    assert all(0 <= float(each["vat_rate"]) <= 0.25 and 1 <= int(each["qty"]) <= 20 for each in rows)
    assert {each["phase"] for each in rows} == {"new", "active", "pending", "done", "closed"}
    assert len({each["guid"] for each in rows}) == len({each["session_key"] for each in rows}) == 400
