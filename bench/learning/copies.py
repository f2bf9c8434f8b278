"""Rows of every learner, of the half that it sees: files that the judges read."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from time import perf_counter, process_time
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from bench.environments import run
from bench.learning.sets import RUNNERS, judge
from datamimic_learning import learn

Maker = Callable[[Path, Path, Path], None]
"""Makes the third file, rows like those of the first one; the second is the other half."""


def ours(learned: Path, other: Path, made: Path) -> None:
    rows = pq.read_table(learned)
    model = learn(rows, name="copy").model(made.with_suffix(".yaml"))
    table = model.tables.tables[0].name
    copy = model.world(seed="bench")[model.plan.path(table)][0 : rows.num_rows].to_arrow()
    pq.write_table(_all_of(rows, copy), made)


def _all_of(rows: pa.Table, copy: pa.Table) -> pa.Table:
    """In the order and types of what was learned; what was left out is missing."""
    columns = [
        copy[each.name].cast(each.type, safe=False)
        if each.name in copy.column_names
        else pa.nulls(len(copy), each.type)
        for each in rows.schema
    ]
    return pa.table(columns, schema=rows.schema)


def copula(learned: Path, other: Path, made: Path) -> None:
    run([str(judge()), str(RUNNERS / "copula.py"), str(learned), str(made), str(pq.read_metadata(learned).num_rows)])


def independent(learned: Path, other: Path, made: Path) -> None:
    """Every column drawn by itself."""
    rows, draw = pq.read_table(learned), np.random.default_rng(1)
    pq.write_table(
        pa.table({name: rows[name].take(draw.integers(0, len(rows), len(rows))) for name in rows.column_names}), made
    )


def other_half(learned: Path, other: Path, made: Path) -> None:
    shutil.copy(other, made)


MAKERS: Final[Mapping[str, Maker]] = {
    "datamimic": ours,
    "SDV GaussianCopula": copula,
    "independent columns": independent,
    "the other real half": other_half,
}


def times(table: pa.Table, folder: Path, rows: int) -> Mapping[str, Mapping[str, Any]]:
    """Seconds to learn a table and to make so many rows, ours and SDV's: processor and wall."""
    source = folder / "large.parquet"
    pq.write_table(table, source)
    learning = _Clock()
    file = learn(table, name="large").write(folder / "large.yaml")
    fit = learning.told()
    from datamimic_models import Model

    model = Model.load(file)
    name = model.plan.path(model.tables.tables[0].name)
    world = model.world(seed="bench")
    made = 0
    world[name][0:1000].to_arrow()
    sampling = _Clock()
    while made < rows:
        made += world[name][made : made + 100_000].to_arrow().num_rows
    found = {"datamimic": {"fit": fit, "sample": sampling.told(), "rows": made}}
    given = run([str(judge()), str(RUNNERS / "copula.py"), str(source), str(folder / "sdv.parquet"), str(len(table))])
    return found | {"SDV GaussianCopula": json.loads(given.strip().splitlines()[-1])}


class _Clock:
    def __init__(self) -> None:
        self.spent, self.began = process_time(), perf_counter()

    def told(self) -> dict[str, float]:
        return {"processor": process_time() - self.spent, "wall": perf_counter() - self.began}
