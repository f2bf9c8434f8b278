"""What goes without saying holds in every language, and meanings stay where checks speak of their columns."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from datamimic_models import Model
from datamimic_models.meanings import recognise
from datamimic_models.model import Column, ColumnType, Mistakes, Table
from datamimic_models.reading.sql_schema import read_sql_schema
from datamimic_models.schemas.customs import in_order

STAFF = (
    "CREATE TABLE staff (id int PRIMARY KEY, first_name text NOT NULL, birth_date date NOT NULL, hire_date date NOT NULL,"
    " left_on date, salary numeric(10,2) NOT NULL{});"
)
YAML = """
tables:
  - table_name: staff
    columns:
      - {name: id, type: int, constraints: [PK]}
      - {name: birth_date, type: date}
      - {name: hire_date, type: date}
      - {name: left_on, type: date, nullable: true}
"""


@pytest.mark.parametrize(
    ("checks", "file"),
    [
        ("", "a.sql"),
        (", CHECK (hire_date > birth_date), CHECK (left_on IS NULL OR left_on > hire_date)", "a.sql"),
        (", CHECK (birth_date > DATE '1940-01-01'), CHECK (length(first_name) BETWEEN 1 AND 40)", "a.sql"),
        ("", "a.yaml"),
    ],
)
def test_nobody_is_hired_as_a_child_nor_leaves_before(checks: str, file: str, tmp_path: Path) -> None:
    place = tmp_path / file
    place.write_text(STAFF.format(checks) if file == "a.sql" else YAML, encoding="utf-8")
    rows = Model.load(place).world(seed="customs")["staff"][0:2_000].to_arrow().to_pylist()
    assert all(row["hire_date"] - row["birth_date"] >= timedelta(days=16 * 365) for row in rows)
    assert all(row["left_on"] is None or row["left_on"] >= row["hire_date"] for row in rows)
    years = [row["birth_date"].year for row in rows]
    assert len(set(years)) > 40 and max(years) < date.today().year - 15, "people of the ages of those who work"
    soon = [row["hire_date"] - row["birth_date"] < timedelta(days=16 * 366 + 60) for row in rows]
    assert sum(soon) < 0.1 * len(rows), "and not all on the first day that is allowed"


@pytest.mark.parametrize(
    ("check", "lost"),
    [
        ("hire_date > birth_date", ""),
        ("birth_date > DATE '1940-01-01'", ""),
        ("birth_date > DATE '2090-01-01'", "birth_date"),
        ("length(first_name) BETWEEN 1 AND 40", ""),
        ("length(first_name) > 60", "first_name"),
        ("first_name ~ '^[A-Z]'", ""),
        ("first_name LIKE 'X-%'", "first_name"),
        ("salary > 0 AND salary < hire_date - birth_date", ""),
        ("first_name <> ''", ""),
    ],
)
def test_a_check_takes_a_meaning_away_only_where_its_values_break_it(check: str, lost: str, tmp_path: Path) -> None:
    place = tmp_path / "staff.sql"
    place.write_text(STAFF.format(f", CHECK ({check})"), encoding="utf-8")
    model = read_sql_schema(place, Mistakes())
    found = recognise(model.tables[0], model).columns
    assert {"first_name", "birth_date", "salary"} - set(found) == {*filter(None, [lost])}


@pytest.mark.parametrize(
    "pair",
    [
        ("startDate", "endDate"),
        ("vertragsbeginn", "vertragsende"),
        ("beginn_datum", "ende_datum"),
        ("gueltig_von", "gueltig_bis"),
        ("date_debut", "date_fin"),
        ("fecha_inicio", "fecha_fin"),
        ("data_inicio", "data_fim"),
        ("ngay_bat_dau", "ngay_ket_thuc"),
        ("kaishi_bi", "shuryo_bi"),
        ("Geburtsdatum", "Eintrittsdatum"),
    ],
)
def test_what_begins_and_ends_is_known_in_seven_languages(pair: tuple[str, str]) -> None:
    columns = tuple(Column(name=name, type=ColumnType("date")) for name in reversed(pair))
    assert [(each.first, each.last) for each in in_order(Table(name="t", columns=columns).columns)] == [pair]
