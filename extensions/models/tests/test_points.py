"""Scorecards: points for what a row has in other columns, added up."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from datamimic import DatamimicError
from datamimic_models import Model

POINTS = """home,age,value
rent|null,*,-12
own,*,30
*,..30,-5
*,20..40,7
*,null,100
"""
MODEL = """
name: people
tables:
  - table_name: person
    rows: 3000
    columns:
      - {name: home, type: str, null_share: 0.1, rule: {type: choice, values: [rent, own, other]}}
      - {name: age, type: int, null_share: 0.1, rule: {type: range, min: 18, max: 60}}
      - {name: score, type: int, nullable: false, rule: {type: points, by: score.csv}}
      - {name: good, type: bool, rule: {type: drawn, by: "score,value\\n..0,false\\n*,true\\n"}}
"""


def loaded(folder: Path, points: str) -> Model:
    (folder / "score.csv").write_text(points)
    place = folder / "people.yaml"
    place.write_text(MODEL)
    return Model.load(place)


def test_points_of_the_first_line_that_holds_of_each_column_are_added(tmp_path: Path) -> None:
    rows = loaded(tmp_path, POINTS).world(seed="demo")["people.person"][0:3000].to_arrow().to_pylist()
    for row in rows:
        home = {"own": 30, "rent": -12, None: -12}.get(row["home"], 0)
        age = 100 if row["age"] is None else -5 if row["age"] < 30 else 7 if row["age"] < 40 else 0
        assert row["score"] == home + age
        assert row["good"] == (row["score"] >= 0)
    assert len({row["score"] for row in rows}) >= 10


def test_points_of_several_columns_together_are_added_too(tmp_path: Path) -> None:
    points = "home,age,value\nown,*,30\nown|null,..30,5\n*,..40,100\nown,..50,7\n"
    for row in loaded(tmp_path, points).world(seed="demo")["people.person"][0:3000].to_arrow().to_pylist():
        age = 99 if row["age"] is None else row["age"]
        together = 5 if age < 30 and row["home"] in ("own", None) else 7 if age < 50 and row["home"] == "own" else 0
        assert row["score"] == 30 * (row["home"] == "own") + 100 * (age < 40) + together


def test_any_slice_has_the_same_points(tmp_path: Path) -> None:
    person = loaded(tmp_path, POINTS).world(seed="demo")["people.person"]
    whole = np.asarray(person[0:3000].to_arrow()["score"])
    assert np.asarray(person[1234:1300].to_arrow()["score"]).tolist() == whole[1234:1300].tolist()


@pytest.mark.parametrize(
    ("points", "said"),
    [
        ("home,age,value\n*,*,5\n", "line 2 has 0 conditions"),
        ("home,age,value\nrent,*,5\n*,*,5\n", "line 3 has 0 conditions"),
        ("home,value\nrent,1.5\n", "whole number"),
        ("home,value\nrent,*\n", "whole number"),
        ("hom,value\nrent,1\n", "hom"),
        ("age,value\nold,1\n", "old"),
    ],
)
def test_tables_that_are_no_scorecard_are_refused(tmp_path: Path, points: str, said: str) -> None:
    with pytest.raises(DatamimicError, match=said) as failure:
        loaded(tmp_path, points)
    assert failure.value.hint and json.dumps(failure.value.to_dict())


def test_points_of_the_one_number_that_is_told(tmp_path: Path) -> None:
    """Between zero and what follows it lies next to nothing."""
    place = tmp_path / "m.yaml"
    place.write_text("""
name: m
tables:
  - table_name: t
    rows: 300
    columns:
      - {name: x, type: float, nullable: false, rule: {type: choice, values: [0.0, 1.5, -2.0]}}
      - {name: score, type: int, nullable: false, rule: {type: points, by: "x,value\\n0,5\\n"}}
""")
    rows = Model.load(place).world(seed="demo")["m.t"][0:300].to_arrow().to_pylist()
    assert all(row["score"] == 5 * (row["x"] == 0) for row in rows)
