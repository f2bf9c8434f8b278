"""Values drawn out of tables of weights that depend on other columns."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from datamimic import DatamimicError, explain
from datamimic_models import Model
from datamimic_models.rules.drawn.cases import Among
from datamimic_models.rules.drawn.cells import cell_of, quoted

BY = """job,age,value,weight
fixed,..40,1000..2000,3
fixed,..40,null,1
fixed,40..|null,2000..3000,1
!fixed,*,0,1
!fixed,*,*,3
"""
VALUES = """value,weight
0,50
500..1000,30
1000..1500,90
1500..2000,10
2000..3000,60
null,5
"""
MODEL = """
name: people
tables:
  - table_name: person
    rows: 4000
    columns:
      - {name: job, type: str, rule: {type: drawn, values: tables/job.csv}}
      - {name: age, type: int, null_share: 0.1, rule: {type: range, min: 18, max: 60}}
      - {name: income, type: int, rule: {type: drawn, step: 10, values: tables/income.csv, by: tables/income.by.csv}}
      - {name: spent, type: float, rule: {type: drawn, decimals: 2, at_most: income, values: "value,weight\\n0..4000,1\\n"}}
"""


@pytest.fixture
def model(tmp_path: Path) -> Path:
    (tmp_path / "tables").mkdir()
    (tmp_path / "tables" / "job.csv").write_text("value,weight\nfixed,3\n'a|b',1\n")
    (tmp_path / "tables" / "income.csv").write_text(VALUES)
    (tmp_path / "tables" / "income.by.csv").write_text(BY)
    place = tmp_path / "people.yaml"
    place.write_text(MODEL)
    return place


def test_a_value_is_one_of_the_first_case_whose_conditions_hold(model: Path) -> None:
    rows = Model.load(model).world(seed="demo")["people.person"][0:4000].to_arrow().to_pylist()
    assert Counter(row["job"] for row in rows)["a|b"] == pytest.approx(1000, abs=120)
    young = [row["income"] for row in rows if row["job"] == "fixed" and (row["age"] or 99) < 40]
    assert sum(each is None for each in young) == pytest.approx(len(young) / 4, abs=90)
    known = [each for each in young if each is not None]
    assert min(known) >= 1000 and max(known) < 2000
    # Within an interval values lie as the table of values says: nine of ten below 1500.
    assert np.mean([each < 1500 for each in known]) == pytest.approx(0.9, abs=0.03)
    assert all(2000 <= row["income"] < 3000 for row in rows if row["job"] == "fixed" and (row["age"] or 99) >= 40)
    others = [row["income"] for row in rows if row["job"] == "a|b"]
    assert others.count(0) == pytest.approx(len(others) / 4, abs=70)
    # What the case does not list are all other values, null among them.
    assert {None} < {each if each is None else 1 for each in others if each != 0}
    assert all(each % 10 == 0 for each in known)


def test_a_limit_holds_in_every_row(model: Path) -> None:
    rows = Model.load(model).world(seed="demo")["people.person"][0:4000].to_arrow().to_pylist()
    assert all(row["spent"] <= row["income"] for row in rows if row["income"] is not None)
    assert any(row["spent"] > 1 for row in rows)


def test_any_slice_has_the_same_values_and_the_document_holds_the_tables(model: Path) -> None:
    made = Model.load(model)
    whole = made.world(seed="demo")["people.person"][0:500].to_arrow()
    (model.parent / "tables" / "income.csv").unlink()
    assert made.world(seed="demo")["people.person"][123:130].to_arrow().equals(whole.slice(123, 7))
    assert "1500..2000" in json.loads(made.described.document)["tables"][0]["columns"][2]["rule"]["values"]


def test_an_explanation_names_the_line_of_the_table(model: Path) -> None:
    told = explain(Model.load(model).world(seed="demo"), "people.person", 5, "income")
    read = [table for node in told["nodes"] for table in node["tables"] if table["file"] == "tables/income.by.csv"]
    (row,) = read[0]["rows"]
    assert BY.splitlines()[row["line"] - 1].split(",")[2] == row["cells"]["value"]


@pytest.mark.parametrize(
    ("by", "said"),
    [
        ("job,value,weight\nfixed,0,1\n", "no conditions hold"),
        ("job,value,weight\n*,abc,1\n", "line 2: 'abc' is no number"),
        ("jop,value,weight\n*,1,1\n", "'jop', which is no column"),
        ("job,value,weight\n*,1..2|5,1\n", "line 2: a value is one value"),
        ("job,value,weight\n*,5..5,1\n", "no value is from 5 to below 5"),
        ("job,value,weight\n*,1,-1\n", "weight"),
        ("job,weight\n*,1\n", "has no column value"),
        ("job,value,weight\n'x,1,1\n", "a quote is not closed"),
        ("job,value,weight\n*,1\n", "cells where the header has"),
    ],
)
def test_a_table_that_cannot_be_is_a_mistake(model: Path, by: str, said: str) -> None:
    (model.parent / "tables" / "income.by.csv").write_text(by)
    with pytest.raises(DatamimicError) as raised:
        Model.load(model)
    assert said in raised.value.message
    assert raised.value.code.startswith(("models.", "bad_"))


@pytest.mark.parametrize("name", ["tables/none.csv", "../outside.csv"])
def test_a_file_that_is_not_there_or_lies_outside_is_refused(model: Path, name: str) -> None:
    (model.parent.parent / "outside.csv").write_text("value,weight\n1,1\n")
    model.write_text(MODEL.replace("tables/income.csv", name))
    with pytest.raises(DatamimicError, match=r"cannot be read|outside the folder"):
        Model.load(model)


def test_cells_say_values_as_they_were_quoted() -> None:
    for value in ("", "null", "a|b", "it's", "1..2", "*", "!x", " x", "x ", "plain words", "é"):
        cell = cell_of(quoted(value), intervals=True)
        assert [item.value for item in cell.items] == [value] and not cell.null


def test_numbers_are_found_among_cuts_as_by_bisection() -> None:
    generator = np.random.default_rng(1)
    for cuts in (np.array([3, 4, 9, 70]), np.array([-5, 10**9]), np.array([0.1, 0.25, 1e3]), np.array([7])):
        numbers = np.concatenate((cuts, cuts - 1, cuts + 1, generator.integers(-100, 100, 50).astype(cuts.dtype)))
        for kind in (np.int64, np.float64):
            asked = numbers.astype(kind)
            assert Among(cuts).of(asked).tolist() == np.searchsorted(cuts, asked, side="right").tolist()
