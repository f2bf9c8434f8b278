"""Coherent by default: columns that mean fields of one subject are fields of one row of it."""

from __future__ import annotations

import re

from datamimic import World
from datamimic_models.model import Mistakes
from datamimic_models.model_reader import described
from datamimic_models.reading.tables_files import document_part
from datamimic_models.reading.tables_language import model_of

REGEX = r"^[a-zA-Z0-9._%+-]+@[a-zA-Z0-9.-]+\.[a-zA-Z]{2,}$"
TABLE = f"""
tables:
  - table_name: customers
    columns:
      - {{name: id, type: int, constraints: [PK]}}
      - {{name: first_name, type: str, rule: first_name}}
      - {{name: nachname, type: str}}
      - {{name: email, type: str, rule: {{type: email, regex: '{REGEX}'}}}}
      - {{name: odd_email, type: str, rule: {{type: email, regex: '[a-z]{{5}}[0-9]@odd[.]example'}}}}
      - {{name: login, type: str, means: person.email, unique: true}}
      - {{name: birth_year, type: int}}
      - {{name: birth_date, type: date}}
      - {{name: billing_city, type: str}}
      - {{name: billing_zip, type: str}}
      - {{name: shipping_city, type: str}}
      - {{name: shipping_zip, type: str}}
"""


def made() -> dict[str, list[object]]:
    mistakes = Mistakes()
    model = model_of(document_part(TABLE, None, mistakes), "own", mistakes)
    mistakes.refuse()
    rows: dict[str, list[object]] = World("demo", models=described(model))["customers"][0:300].to_arrow().to_pydict()
    return rows


def test_columns_of_one_subject_are_of_one_row() -> None:
    rows = made()
    named = [
        str(first).lower() in str(email) or str(last).lower().replace(" ", "") in str(email)
        for first, last, email in zip(rows["first_name"], rows["nachname"], rows["email"], strict=True)
        if str(first).isascii() and str(last).isascii()
    ]
    assert sum(named) > 0.6 * len(named), "the address is that of the person"
    assert [each.year for each in rows["birth_date"]] == rows["birth_year"]  # type: ignore[attr-defined]


def test_an_address_matches_its_expression_and_a_unique_one_comes_once() -> None:
    rows = made()
    assert all(re.fullmatch(REGEX, str(each)) for each in rows["email"])
    assert all(re.fullmatch(r"[a-z]{5}[0-9]@odd\.example", str(each)) for each in rows["odd_email"])
    assert len(set(rows["login"])) == 300


def test_billing_and_shipping_are_two_places() -> None:
    rows = made()
    cities = World("demo")["common.address"].select(["city", "postal_code"])[0:70_000].to_arrow().to_pydict()
    known = set(zip(cities["city"], cities["postal_code"], strict=True))
    for kind in ("billing", "shipping"):
        pairs = set(zip(rows[f"{kind}_city"], rows[f"{kind}_zip"], strict=True))
        assert pairs <= known, "a city and its own postal code"
    assert rows["billing_city"] != rows["shipping_city"]
