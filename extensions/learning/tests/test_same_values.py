"""Numbers that are those of another column in many rows: copies keep them the same, and what goes with that."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest

from datamimic_learning import learn
from datamimic_learning.learning.columns import coded
from datamimic_learning.learning.counting import Counting
from datamimic_learning.learning.same_values import same_as_others

ROWS = 2_000


def _rows() -> pa.Table:
    """Days until somebody fell ill again, or as many as they were seen."""
    draw = np.random.default_rng(3)
    seen = draw.integers(100, 4_000, ROWS)
    again = draw.random(ROWS) < 0.4
    until = np.where(again, (seen * draw.uniform(0.05, 0.9, ROWS)).astype(np.int64), seen)
    return pa.table({"seen": seen, "until": until, "age": draw.integers(20, 90, ROWS), "again": again})


def test_a_copy_has_the_same_numbers_where_the_rows_have_them(tmp_path: Path) -> None:
    rows = _rows()
    model = learn(rows, name="watched").model(tmp_path / "w.yaml")
    table = model.tables.tables[0].name
    copy = model.world(seed="s")[model.plan.path(table)][0:ROWS].to_arrow()
    assert copy.column_names == rows.column_names and copy["until"].null_count == 0
    made = {name: np.asarray(copy[name]) for name in copy.column_names}
    same = made["until"] == made["seen"]
    assert (made["until"] <= made["seen"]).all()
    assert abs(float(same.mean()) - 0.6) < 0.05
    assert float((same == ~made["again"]).mean()) > 0.97
    assert abs(float(made["until"].mean()) / float(np.mean(np.asarray(rows["until"]))) - 1) < 0.06


@pytest.mark.parametrize("kind", ["missing", "zeros", "few", "chance"])
def test_what_says_nothing_of_numbers_being_the_same_is_not_told(kind: str) -> None:
    draw = np.random.default_rng(5)
    one = draw.integers(1, 5_000, ROWS)
    other = one + draw.integers(1, 50, ROWS)
    share = {"missing": 0.5, "zeros": 0.5, "few": 0.02, "chance": 0.0}[kind]
    other = np.where(draw.random(ROWS) < share, one, other)
    if kind == "zeros":
        one, other = np.where(one == other, 0, one), np.where(one == other, 0, other)
    if kind == "chance":
        one, other = draw.integers(0, 5, ROWS), draw.integers(0, 5, ROWS)
    values = {"one": pa.array(one, mask=np.arange(ROWS) % 7 == 0) if kind == "missing" else pa.array(one)}
    values["other"] = pa.array(other)
    counting = Counting()
    columns = [made for name, each in values.items() if (made := coded(name, each, counting)) is not None]
    assert len(columns) == 2 and same_as_others(columns, values, values, counting) == []
