"""Model files are searched for what only a few people have: without a budget for values of fewer rows than a minimum, under
a budget for anything that is somebody's own."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from planted import people

from datamimic_learning import Domain, open_sample, private_sample

learning = pytest.importorskip("datamimic_learning.learning.learn", reason="the learner is not here yet")

ROWS = 3_000
FEW = 4
"""Fewer than the least number of rows that anything is told of."""


def planted() -> pa.Table:
    table = people(ROWS, 1).drop_columns(["id"])
    cities = [f"Nowhere {place}" for place in range(50) for _ in range(FEW)]
    cities += table["city"].to_pylist()[len(cities) :]
    income = np.asarray(table["income"]).copy()
    income[:5] = [91_234_567.89, 81_234_567.89, 71_234_567.89, -61_234_567.89, 51_234_567.89]
    table = table.set_column(table.column_names.index("city"), "city", pa.array(cities))
    return table.set_column(table.column_names.index("income"), "income", pa.array(income))


def written(made: Any, folder: Path) -> str:
    made.write(folder / "model.yaml")
    return "\n".join(each.read_text(encoding="utf-8") for each in sorted(folder.rglob("*")) if each.is_file())


def test_without_a_budget_nothing_of_fewer_rows_than_the_least_is_told(tmp_path: Path) -> None:
    told = written(learning.learn(planted(), name="model", least=FEW + 1), tmp_path)
    assert "Aachen" in told and "Nowhere" not in told and "example.org" not in told and "1234567" not in told


def test_under_a_budget_nothing_of_anybody_is_told(tmp_path: Path) -> None:
    pytest.importorskip("opendp", reason="the extra [privacy] is not installed")
    made = private_sample(open_sample(planted()), 10.0, 1e-6, {"email": Domain(key=True)})
    told = written(learning.learn(made.sample, name="model"), tmp_path)
    assert "Aachen" in told and "Nowhere" not in told and "example.org" not in told and "1234567" not in told
