"""Structs and lists: rules within rules."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from datamimic import World
from datamimic_models.model import BadModel, Mistakes, Model
from datamimic_models.model_reader import checked, described
from datamimic_models.printing.text import to_yaml
from datamimic_models.reading.tables_files import document_part
from datamimic_models.reading.tables_language import model_of

TEXT = """
name: nested
tables:
  - table_name: things
    rows: 300
    columns:
      - {name: id, type: int, constraints: [PK]}
      - name: size
        type: {name: struct, members: {width: int, unit: "str?", inner: {name: struct, members: {deep: float}}}}
        rule: {type: struct, members: {width: {type: range, min: 3, max: 5}, unit: {type: choice, value: [cm, mm]}}}
        nullable: false
      - name: digits
        type: list[int]
        rule: {type: list, min: 2, max: 4, distinct: true, item: {type: choice, value: [1, 2, 3, 4, 5]}}
      - name: many
        type: list[int]
        rule: {type: list, min: 5, max: 9, distinct: true, item: {type: range, min: 1, max: 1000000}}
      - name: people
        type: {name: list, item: {name: struct, members: {given: str, family: str, email: str}}}
        rule:
          type: list
          min: 1
          max: 3
          item:
            type: struct
            members: {given: common.person.given_name, family: common.person.family_name, email: common.person.email}
      - {name: pair, type: "list[bool](2)"}
      - {name: document, type: json, rule: {type: expression, expression: "[id, 'ü', None] if id > 1 else {'k': True}"}}
      - {name: nested, type: "list[list[int]]", rule: {type: list, min: 1, item: {type: list, max: 2}}}
"""


def model(text: str) -> Model:
    mistakes = Mistakes()
    return checked(model_of(document_part(text, "nested.yaml", mistakes), "nested", mistakes), mistakes)


WORLD = World("demo", models=[described(model(TEXT))])
ROWS: list[dict[str, Any]] = WORLD["things"][0:300].to_arrow().to_pylist()


def test_members_have_rules_of_their_own() -> None:
    assert {row["size"]["width"] for row in ROWS} == {3, 4, 5}
    assert {row["size"]["unit"] for row in ROWS} == {"cm", "mm", None}
    assert len({row["size"]["inner"]["deep"] for row in ROWS}) > 250


def test_lists_and_mappings_of_expressions_are_json_in_columns_of_json() -> None:
    assert [json.loads(row["document"]) for row in ROWS[:2]] == [{"k": True}, [2, "ü", None]]


def test_lists_have_as_many_items_as_is_said_and_distinct_ones_no_two_alike() -> None:
    assert {len(row["digits"]) for row in ROWS} == {2, 3, 4} and {len(row["pair"]) for row in ROWS} == {2}
    for row in ROWS:
        assert len(set(row["digits"])) == len(row["digits"]) and len(set(row["many"])) == len(row["many"])
    assert len({tuple(row["digits"]) for row in ROWS}) > 60
    assert {each for row in ROWS for each in row["digits"]} == {1, 2, 3, 4, 5}
    assert {len(inner) for row in ROWS for inner in row["nested"]} == {0, 1, 2}


def test_an_item_is_one_subject_and_another_item_another_one() -> None:
    people = [each for row in ROWS for each in row["people"]]
    for each in people:
        assert each["family"][0].lower() in each["email"] or each["given"][0].lower() in each["email"]
    assert len({tuple(each.values()) for each in people}) > 0.95 * len(people)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 299), st.integers(0, 40))
def test_any_slice_is_the_same(start: int, length: int) -> None:
    assert WORLD["things"][start : min(start + length, 300)].to_arrow().to_pylist() == ROWS[start : start + length]


def test_a_model_is_printed_with_rules_within_rules() -> None:
    assert model(to_yaml(model(TEXT))) == model(TEXT)


@pytest.mark.parametrize(
    ("column", "code"),
    [
        ("{name: a, type: int, rule: {type: list}}", "models.type_mismatch"),
        ("{name: a, type: 'list[int]', rule: struct}", "models.type_mismatch"),
        ("{name: a, type: 'list[int]', rule: {type: list, min: 4, max: 3}}", "models.empty_range"),
        ("{name: a, type: 'list[int](2)', rule: {type: list, max: 3}}", "models.type_mismatch"),
        ("{name: a, type: 'list[int]', rule: {type: list, item: {type: range, min: 4, max: 3}}}", "models.empty_range"),
        (
            "{name: a, type: 'list[int]', rule: {type: list, min: 3, distinct: true, item: {type: choice, value: [1, 2]}}}",
            "models.empty_range",
        ),
        (
            "{name: a, type: {name: struct, members: {b: int}}, rule: {type: struct, members: {c: uuid}}}",
            "models.unknown_word",
        ),
        (
            "{name: a, type: {name: struct, members: {b: int}}, rule: {type: struct, members: {b: 3}}}",
            "models.wrong_type",
        ),
        (
            "{name: a, type: {name: struct, members: {b: int}}, rule: {type: struct, members: {b: {type: uuid}}}}",
            "models.type_mismatch",
        ),
    ],
)
def test_what_cannot_be_is_refused(column: str, code: str) -> None:
    with pytest.raises(BadModel) as caught:
        model(f"tables: [{{table_name: t, columns: [{column}]}}]")
    assert caught.value.code == code
