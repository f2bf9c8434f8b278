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


def test_whoever_has_many_rows_is_in_no_model(tmp_path: Path) -> None:
    rows = range(ROWS)
    table = pa.table(
        {
            "mail": [f"anna.weber{row % 30}@firma.de" for row in rows],
            "page": [f"/reset?mail=anna.weber{row % 30}%40firma.de" if row % 3 else "/start" for row in rows],
            "rep": [["Anna Weberlich", "Jörg Thiemann", "Uwe Kastrop"][row % 3] for row in rows],
            "login": [f"anna_weber_{row % 30}" for row in rows],
            "first_name": [["Anna", "Jörg", "Uwe"][row % 3] for row in rows],
            "paid": [["new", "sent"][row % 3 == 0] for row in rows],
        }
    )
    made = learning.learn(table, name="model")
    told = written(made, tmp_path)
    assert not [each for each in ("anna.weber", "Weberlich", "Thiemann", "Kastrop", "anna_weber") if each in told]
    assert "Jörg" in told and "/start" in told
    model = made.model(tmp_path / "again.yaml")
    copy = model.world(seed="x")[model.plan.path(model.tables.tables[0].name)][0:ROWS].to_arrow()
    assert copy["rep"].value_counts().field("counts").to_pylist() == pytest.approx([1000] * 3, rel=0.15)
    # What goes with whom stays.
    assert len({(row["rep"], row["first_name"]) for row in copy.select(["rep", "first_name"]).to_pylist()}) == 3


def test_under_a_budget_nothing_of_anybody_is_told(tmp_path: Path) -> None:
    pytest.importorskip("opendp", reason="the extra [privacy] is not installed")
    made = private_sample(open_sample(planted()), 10.0, 1e-6, {"email": Domain(key=True)})
    told = written(learning.learn(made.sample, name="model"), tmp_path)
    assert "Aachen" in told and "Nowhere" not in told and "example.org" not in told and "1234567" not in told
