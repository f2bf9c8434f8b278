"""A good model with one mistake each: told with code, line and hint, before a row is made; and what comes once does so."""

from __future__ import annotations

from pathlib import Path

import pytest

from datamimic import DatamimicError
from datamimic_models import Model
from datamimic_models.checking import mistakes_of
from datamimic_models.model import BadModel

GOOD = """locale: de_DE
tables:
  - table_name: lands
    rows: 4
    columns:
      - {name: code, type: char(2), constraints: [PK], rule: {type: choice, value: [DE, FR, IT, AT]}}
      - {name: weight, type: float, rule: {type: range, min: 1, max: 9, decimals: 1}}
  - table_name: ships
    rows: 9
    columns:
      - {name: no, type: int, constraints: [PK]}
      - {name: flag, type: char(2), constraints: [FK]}
      - {name: tug, type: int, constraints: [FK], nullable: true}
      - {name: age, type: int, rule: {type: range, min: 1, max: 60}}
      - name: kind
        rule: {type: constant, value: b}
        conditional_rules:
          - {condition: {column: age, operator: between, value: [5, 9]}, rule: {type: constant, value: a}}
      - {name: risk, type: str, rule: {type: drawn, by: "age,value,weight\\n0..9,high,1\\n*,low,1\\n"}}
    foreign_keys:
      - {parent_table: lands, parent_column: code, child_column: flag, pick: weighted, weight: weight}
      - {parent_table: ships, parent_column: no, child_column: tug, null_share: 0.5}
  - table_name: calls
    rows: {per: ships, min: 1, max: 3}
    primary_key: [ship, no]
    columns:
      - {name: ship, type: int, constraints: [FK]}
      - {name: no, type: int, rule: position}
      - {name: state, type: str, rule: {type: states, transitions: {planned: {berthed: 1}, berthed: {gone: 1}}}}
      - {name: total, type: int, rule: {type: expression, expression: "(previous.total or 0) + no"}}
    foreign_keys: [{parent_table: ships, parent_column: no, child_column: ship}]
  - table_name: reports
    rows: 5
    columns:
      - {name: ship, type: int, constraints: [PK, FK]}
      - {name: no, type: int, constraints: [PK, FK]}
    foreign_keys: [{parent_table: calls, parent_columns: [ship, no], child_columns: [ship, no]}]
"""


def told(tmp_path: Path, *changes: tuple[str, str]) -> list[tuple[str, int | None, bool]]:
    text = GOOD
    for before, after in changes:
        assert before in text
        text = text.replace(before, after, 1)
    (tmp_path / "m.yaml").write_text(text)
    return [(each.code, each.place.line, bool(each.hint)) for each in mistakes_of(str(tmp_path / "m.yaml"))]


@pytest.mark.parametrize(
    ("before", "after", "code", "line"),
    [
        ("locale: de_DE", "locale: xx_YY", "models.bad_value", 1),
        ("IT, AT]", "IT, AUT]", "models.type_mismatch", 6),
        ("rows: 4", "rows: many", "models.wrong_type", 4),
        ("decimals: 1}", "decimals: -1}", "models.bad_value", 7),
        ("type: char(2), constraints: [PK]", "type: char(2), nullable: true, constraints: [PK]", "models.contradiction", 6),
        (", weight: weight}", "}", "models.missing", 21),
        ("[FK], nullable: true", "[FK, NOT NULL]", "models.contradiction", 22),
        ("[5, 9]", "[9, 5]", "models.empty_range", 18),
        ("\\n0..9", "\\n9..0", "models.bad_table", 19),
        ("per: ships", "per: shps", "models.unknown_table", 24),
        ("planned: {berthed: 1}", "planned: {berth: 1}", "models.unreachable", 29),
        ("name: age,", "name: flag,", "models.duplicate_name", 14),
    ],
)  # fmt: skip
def test_a_mistake_has_its_code_line_and_hint(tmp_path: Path, before: str, after: str, code: str, line: int) -> None:
    assert told(tmp_path) == []
    assert (code, line, True) in told(tmp_path, (before, after))


def test_no_more_rows_than_parents_that_are_needed_one_each(tmp_path: Path) -> None:
    counted = ("rows: {per: ships, min: 1, max: 3}", "rows: 12"), ("(previous.total or 0) + no", "no")
    fixed = (*counted, ("rule: position", "rule: serial"))
    assert told(tmp_path, *fixed) == told(tmp_path)
    assert ("models.too_many_rows", 33, True) in told(tmp_path, *fixed, ("rows: 5", "rows: 13"))
    assert ("models.fewer_rows", 32, True) in told(tmp_path, *fixed, ("    rows: 5\n", ""))
    with pytest.raises(BadModel):
        Model.load(tmp_path / "m.yaml").with_rows(reports=13)

    # How many calls there are is only known with the seed: found before a row is written, or the table is as long as can be.
    told(tmp_path, ("rows: 5", "rows: 500"))
    model = Model.load(tmp_path / "m.yaml")
    with pytest.raises(DatamimicError) as raised:
        model.world(seed="s")["m.reports"][0:500]
    assert raised.value.code == "not_enough_ids"
    told(tmp_path, ("    rows: 5\n", ""))
    model = Model.load(tmp_path / "m.yaml")
    world = model.world(seed="s")
    counts = model.counts(world)
    made = world["m.reports"][0 : counts["reports"]].to_arrow().to_pylist()
    assert len({tuple(each.values()) for each in made}) == counts["reports"] == counts["calls"] > 9


def test_rules_are_judged_beside_mistakes_of_words_types_and_keys(tmp_path: Path) -> None:
    found = told(
        tmp_path,
        ("rows: 9", "rwos: 9"),
        (
            "age, type: int, rule: {type: range, min: 1, max: 60}",
            "age, type: int, rule: {type: range, min: 61, max: 60}",
        ),
        ("{name: total, type: int", "{name: total, type: itn"),
        (
            "parent_table: ships, parent_column: no, child_column: tug",
            "parent_table: ship, parent_column: no, child_column: tug",
        ),
    )
    assert [code for code, _, _ in found] == [
        "models.unknown_word",
        "models.empty_range",
        "models.unknown_table",
        "models.unknown_type",
    ]
