"""Coherent by default: columns that mean fields of one subject are fields of one row of it."""

from __future__ import annotations

import re

from datamimic import World, installed_packs
from datamimic_models.compiling.planning import plan_of
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


def test_options_of_an_entity_narrow_whose_fields_columns_are() -> None:
    table = """
    tables:
      - table_name: t
        columns:
          - {name: age, type: int, rule: {type: common.person.age, parameters: {min_age: 21, max_age: 25}}, of: one}
          - {name: born, type: date, rule: {type: common.person.birthdate, parameters: {min_age: 21, max_age: 25}}, of: one}
          - {name: other, type: int, rule: {type: common.person.age, parameters: {min_age: 70}}, of: two}
          - name: ages
            type: list[int]
            rule: {type: list, min: 2, item: {type: common.person.age, parameters: {max_age: 3}}}
    """
    mistakes = Mistakes()
    model = model_of(document_part(table, None, mistakes), "own", mistakes)
    mistakes.refuse()
    rows = World("demo", models=described(model))["t"][0:200].to_arrow().to_pylist()
    assert {each["age"] for each in rows} == {21, 22, 23, 24, 25} and min(each["other"] for each in rows) >= 70
    clock = World("demo").clock.at
    for each in rows:
        had = (clock.month, clock.day) >= (each["born"].month, each["born"].day)
        assert each["age"] == clock.year - each["born"].year - (not had)
        assert all(age <= 3 for age in each["ages"])


def test_an_option_that_there_is_not_is_told() -> None:
    rule = "{type: common.person.age, parameters: {mn_age: 2}}"
    table = f"tables: [{{table_name: t, columns: [{{name: a, type: int, rule: {rule}}}]}}]"
    mistakes = Mistakes()
    plan_of(model_of(document_part(table, None, mistakes), "own", mistakes), installed_packs(), mistakes)
    assert [each.code for each in mistakes.errors] == ["unknown_option"] and "t.a" in mistakes.errors[0].message


def test_members_read_each_other_and_items_the_columns_of_their_row() -> None:
    table = """
    tables:
      - table_name: t
        columns:
          - {name: k, type: int, rule: serial}
          - name: s
            type: {name: struct, members: {a: int, b: str, k: int}}
            rule:
              type: struct
              members:
                a: {type: range, min: 5, max: 9}
                b: {type: expression, expression: "str(a) + '-' + str(k)"}
                k: {type: expression, expression: "k * 10"}
          - name: xs
            type: {name: list, item: {name: struct, members: {n: int, a: int, d: int, turn: str}}}
            rule:
              type: list
              min: 1
              item:
                type: struct
                members: {n: position, a: {type: range, max: 9}, d: {type: expression, expression: a + n * 100 + k * 10000},
                  turn: {type: cycle, value: [x, y]}}
    """
    mistakes = Mistakes()
    model = model_of(document_part(table, None, mistakes), "own", mistakes)
    mistakes.refuse()
    rows = World("demo", models=described(model))["t"]
    whole = rows[0:100].to_arrow().to_pylist()
    for each in whole:
        assert each["s"] == {"a": each["s"]["a"], "b": f"{each['s']['a']}-{each['s']['k']}", "k": each["k"] * 10}
        for place, item in enumerate(each["xs"], start=1):
            assert item["n"] == place and item["turn"] == "yx"[place % 2]
            assert item["d"] == item["a"] + place * 100 + each["k"] * 10000
    assert rows[40:50].to_arrow().to_pylist() == whole[40:50]
    circle = table.replace("a: {type: range, min: 5, max: 9}", "a: {type: expression, expression: int(b)}")
    mistakes = Mistakes()
    plan_of(model_of(document_part(circle, None, mistakes), "own", mistakes), installed_packs(), mistakes)
    assert [each.code for each in mistakes.errors] == ["models.circle"]
