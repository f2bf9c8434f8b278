"""The tables language: both configurations as the description prints them, YAML and JSON, and what is wrong with a document."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml

from datamimic import World, installed_packs
from datamimic_models.compiling.planning import plan_of
from datamimic_models.model import BadModel, Mistakes, Model
from datamimic_models.model_reader import TablesReader, described
from datamimic_models.printing.text import to_json, to_yaml
from datamimic_models.reading.tables_files import document_part, read_tables
from datamimic_models.reading.tables_language import model_of

BASIC = """
tables:
  - table_name: customers
    columns:
      - name: customer_id
        type: int
        constraints: [PK]
        rule:
          type: range
          min: 1
          max: 10000

      - name: first_name
        type: str
        rule: first_name

      - name: email
        type: str
        rule:
          type: email
          regex: "^[a-zA-Z0-9._%+-]+@[a-zA-Z0-9.-]+\\\\.[a-zA-Z]{2,}$"
        sensitivity: PII

      - name: age
        type: int
        rule:
          type: range
          min: 18
          max: 80

locale: en_US
rows: 10000
output_format: csv
"""
ADVANCED = """
tables:
  - table_name: departments
    columns:
      - name: dept_id
        type: int
        constraints: [PK]
        rule:
          type: range
          min: 1
          max: 10

      - name: dept_name
        type: str
        rule:
          type: choice
          value: ["Engineering", "Marketing", "Sales", "HR"]

  - table_name: employees
    columns:
      - name: emp_id
        type: int
        constraints: [PK]
        rule:
          type: range
          min: 1000
          max: 9999

      - name: dept_id
        type: int
        constraints: [FK]

      - name: salary
        type: float
        conditional_rules:
          - condition:
              column: dept_id
              operator: "=="
              value: 1  # Engineering
            rule:
              type: range
              min: 80000
              max: 150000

    foreign_keys:
      - parent_table: departments
        parent_column: dept_id
        child_column: dept_id
"""


def read(text: str, name: str = "shop") -> tuple[Model, Mistakes]:
    mistakes = Mistakes()
    return model_of(document_part(text, None, mistakes), name, mistakes), mistakes


def world(text: str, name: str = "shop", seed: str = "demo") -> World:
    model, mistakes = read(text, name)
    mistakes.refuse()
    return World(seed, models=described(model))


def test_the_basic_configuration_runs_as_printed() -> None:
    rows = world(BASIC)["customers"][0:10_000].to_arrow()
    assert sorted(rows.column("customer_id").to_pylist()) == [*range(1, 10_001)]
    assert set(rows.column("age").to_pylist()) == {*range(18, 81)}
    assert len(set(rows.column("first_name").to_pylist())) > 300
    assert all(
        re.fullmatch(r"[a-zA-Z0-9._%+-]+@[a-zA-Z0-9.-]+\.[a-zA-Z]{2,}", each)
        for each in rows.column("email").to_pylist()
    )
    with pytest.raises(Exception, match="10000 different values"):
        world(BASIC)["customers"][0:10_001].to_arrow()


def test_the_advanced_configuration_runs_as_printed() -> None:
    made = world(ADVANCED)
    departments = made["departments"][0:10].to_arrow().to_pydict()
    employees = made["employees"][0:100].to_arrow().to_pydict()
    assert sorted(departments["dept_id"]) == [*range(1, 11)]
    assert set(employees["dept_id"]) == {*range(1, 11)}, "evenly"
    for department, salary in zip(employees["dept_id"], employees["salary"], strict=True):
        assert (department == 1) == (salary is not None and 80_000 <= salary <= 150_000)
    assert made["employees"][3].dept.dept_id == made["employees"][3].dept_id


def test_the_departments_are_cut_to_their_keys_with_a_warning(tmp_path: Path) -> None:
    model, mistakes = read(ADVANCED)
    plan = plan_of(model, installed_packs(), mistakes)
    assert {name: each.counted.rows for name, each in plan.tables.items()} == {"departments": 10, "employees": 100}
    assert [(each.code, each.level) for each in mistakes.found] == [
        ("models.no_default", "warning"),
        ("models.fewer_rows", "warning"),
    ]
    explicit, wrong = read(
        ADVANCED.replace("  - table_name: departments\n", "  - table_name: departments\n    rows: 11\n")
    )
    plan_of(explicit, installed_packs(), wrong)
    [error] = wrong.errors
    assert error.code == "models.too_many_rows" and error.place.line == 4


def test_yaml_and_json_of_one_configuration_are_one_model(tmp_path: Path) -> None:
    (tmp_path / "shop.yaml").write_text(BASIC)
    (tmp_path / "shop.json").write_text(json.dumps(yaml.safe_load(BASIC), indent=1))
    one, other = (TablesReader.read(str(tmp_path / name)) for name in ("shop.yaml", "shop.json"))
    assert one == other and one.document == other.document
    assert World("demo", models=one) == World("demo", models=other)


@pytest.mark.parametrize("text", [BASIC, ADVANCED])
def test_what_is_printed_reads_as_the_same_model(text: str) -> None:
    model, _ = read(text)
    for printed in (to_yaml(model), to_json(model)):
        again, mistakes = read(printed)
        assert not mistakes.found and again == model


def mistakes_of(text: str) -> list[tuple[str, int | None, int | None, str | None]]:
    _, mistakes = read(text)
    return [(each.code, each.place.line, each.place.column, each.hint) for each in mistakes.found]


def test_every_mistake_has_its_place_and_the_nearest_name() -> None:
    found = mistakes_of(
        """tables:
  - table_name: people
    columns:
      - {name: id, type: integr, constraints: [PKK]}
      - name: age
        ruel: {type: range}
      - name: kind
        rule: {type: choice, valeu: [a]}
    rows: many
  - columns: []
"""
    )
    assert ("models.unknown_type", 4, 25, "did you mean integer or int?") in found or found[1][
        0
    ] == "models.unknown_type"
    assert {(code, line) for code, line, _, _ in found} >= {
        ("models.unknown_type", 4),
        ("models.bad_value", 4),
        ("models.unknown_word", 6),
        ("models.missing", 8),
        ("models.unknown_word", 8),
        ("models.wrong_type", 9),
        ("models.missing", 10),
    }
    assert ("models.unknown_word", 6, 9, "did you mean rule?") in found


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "models.empty"),
        ("tables: [", "models.bad_syntax"),
        ("a: *b", "models.bad_syntax"),
        ("a: &a [*a]", "models.bad_syntax"),
        ("a: 1\n---\nb: 2", "models.bad_syntax"),
        ("[" * 100, "models.too_deep"),
        ('{"a":' * 100, "models.too_deep"),
        ('{"a": "\\ud800"}', "models.bad_text"),
        ('a: "\\ud800"', "models.bad_text"),
        ("{'a': 1}", "models.bad_syntax"),
        ("{? [a] : 1}", "models.bad_syntax"),
        ("a: !!python/object:os.system 1\nb: *c", "models.bad_syntax"),
    ],
)
def test_a_document_that_cannot_be_taken_apart_is_one_mistake(text: str, code: str) -> None:
    with pytest.raises(BadModel) as caught:
        read(text)
    assert caught.value.code == code


def test_a_format_that_there_is_not_has_its_line() -> None:
    found = mistakes_of("tables:\n  - {table_name: t, columns: [{name: id, type: int}]}\nformat: paquet\n")
    assert found == [("models.bad_value", 3, 9, "did you mean 'parquet'?")]


def test_a_bomb_of_aliases_is_refused() -> None:
    bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
    bomb += "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, 12))
    with pytest.raises(BadModel) as caught:
        read(bomb)
    assert caught.value.code == "models.too_large"


def test_a_key_that_comes_twice_is_told_with_the_line_of_the_first() -> None:
    for text in ("rows: 1\nrows: 2\ntables: []", '{"rows": 1,\n"rows": 2,\n"tables": []}'):
        _, mistakes = read(text)
        [found] = [each for each in mistakes.found if each.code == "models.duplicate_key"]
        assert found.place.line == 2 and "first in line 1" in found.message


def test_scalars_are_those_of_the_core_schema() -> None:
    part = document_part("[no, on, 1_0, 012, 1.5, 2024-01-01, true, ~, '1', 1e3]", None, Mistakes())
    assert part.plain == ["no", "on", 10, "012", 1.5, "2024-01-01", True, None, "1", 1000.0]


def test_a_file_that_is_not_there_or_not_utf8(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_bytes(b"\xff\xfe")
    for name, code in (("b.yaml", "models.unreadable"), ("a.yaml", "models.bad_text")):
        with pytest.raises(BadModel) as caught:
            read_tables(tmp_path / name, Mistakes())
        assert caught.value.code == code


SHAPES: list[dict[str, Any]] = [
    {"type": "decimal(10,2)"},
    {"type": {"name": "str", "choices": ["a", "b"]}},
    {"type": {"name": "struct", "members": [{"name": "b", "type": "int"}, {"name": "a", "type": "str"}]}},
    {"type": "list[int8]"},
    {"type": "uint64", "unique": True},
    {"type": "datetime(Europe/Berlin)", "nullable": False},
    {"type": "char(3)", "null_share": 0.25, "sensitivity": "PII", "comment": "a: b # c", "of": "billing"},
    {"type": "str", "rule": {"type": "choice", "value": {"x": 1, "y": 2}}},
    {"type": "str", "rule": {"type": "EANGenerator", "locale": "de"}},
    {"type": "str", "rule": {"type": "constant", "value": None}},
    {
        "type": "int",
        "rule": "range",
        "conditional_rules": [
            {"condition": {"column": "c", "operator": "is null"}, "rule": {"type": "constant", "value": 1}}
        ],
    },
]


@pytest.mark.parametrize("column", SHAPES, ids=str)
def test_columns_of_every_shape_are_printed_and_read(column: dict[str, Any]) -> None:
    model, mistakes = read(json.dumps({"tables": [{"name": "t", "columns": [{"name": "c", **column}]}]}))
    assert not mistakes.errors
    again, mistakes = read(to_yaml(model))
    assert not mistakes.found and again == model


def planned(text: str) -> tuple[dict[str, int], list[str]]:
    """The rows of each table, and what is wrong or told."""
    model, mistakes = read(text)
    plan = plan_of(model, installed_packs(), mistakes)
    return {name: each.counted.rows for name, each in plan.tables.items()}, [each.message for each in mistakes.found]


def test_what_is_unique_together_caps_rows_that_nobody_has_said() -> None:
    text = """
rows: 60
tables:
  - table_name: pairs
    columns: [{name: s, type: int, constraints: [PK, FK]}, {name: k, type: int, constraints: [PK, FK]}]
    foreign_keys:
      - {parent_table: slots, parent_column: id, child_column: s}
      - {parent_table: kinds, parent_column: id, child_column: k}
  - {table_name: slots, columns: [{name: id, type: int, constraints: [PK], rule: {type: range, min: 1, max: 5}}]}
  - {table_name: kinds, columns: [{name: id, type: int, constraints: [PK], rule: {type: range, min: 1, max: 3}}]}
  - table_name: notes
    columns: [{name: s, type: int, constraints: [PK, FK]}, {name: k, type: int, constraints: [PK, FK]}]
    foreign_keys: [{parent_table: pairs, parent_columns: [s, k], child_columns: [s, k]}]
"""
    counts, told = planned(text)
    assert counts == {"pairs": 15, "slots": 5, "kinds": 3, "notes": 15}
    assert "pairs has 15 rows instead of 60: (s, k) have no more combinations" in told
    assert "notes has 15 rows instead of 60: every row refers to another row of pairs" in told
    said = text.replace("table_name: pairs", "table_name: pairs\n    rows: 16")
    assert any(each.startswith("pairs has 16 rows, but s, k have 15") for each in planned(said)[1])


def test_lists_are_null_and_durations_compare_in_conditions() -> None:
    text = """
tables:
  - table_name: t
    columns:
      - name: bare
        type: bool
        conditional_rules: [{condition: {column: tags, operator: is null}, rule: {type: constant, value: true}}]
        rule: {type: constant, value: false}
      - {name: tags, type: "list[int]", null_share: 0.3}
      - name: long
        type: bool
        conditional_rules: [{condition: {column: took, operator: ">", value: 90min}, rule: {type: constant, value: true}}]
        rule: {type: constant, value: false}
      - {name: took, type: duration, rule: {type: choice, value: [1h, 2h, PT3H]}}
"""
    rows = world(text)["shop.t"][0:100].to_arrow().to_pylist()
    assert all(row["bare"] == (row["tags"] is None) for row in rows) and {row["bare"] for row in rows} == {True, False}
    assert all(row["long"] == (row["took"] > timedelta(minutes=90)) for row in rows)
    assert {row["took"] for row in rows} == {timedelta(hours=each) for each in (1, 2, 3)}


def test_texts_of_a_pattern_fit_their_column_and_locales_are_known_everywhere() -> None:
    columns = """
tables:
  - table_name: t
    columns:
      - {name: slug, type: str(12), rule: {type: pattern, pattern: "[a-z0-9]+(-[a-z0-9]+)*", min_length: 3}}
"""
    slugs = world(columns)["shop.t"][0:100].to_arrow()["slug"].to_pylist()
    assert all(3 <= len(each) <= 12 and re.fullmatch("[a-z0-9]+(-[a-z0-9]+)*", each) for each in slugs)
    [told] = planned(columns.replace("[a-z0-9]+(-[a-z0-9]+)*", "[a-z]{20}"))[1]
    assert "no text of at least 3 and at most 12 letters matches it" in told
    said = "{name: city, rule: city, locale: xx_YY}"
    assert mistakes_of(f"tables: [{{table_name: t, columns: [{said}]}}]")[0][0] == "models.bad_value"
