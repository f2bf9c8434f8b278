"""Mass at the ends of ages and dates: a value that was clipped to a bound leaves a spike on it.

Values are counted by whole units: years of an age, days of a date. The first and the last are compared with the mean of
their nearest `NEIGHBOURS` that occur. An end holds where it has at most `most` times that mean, but for chance (z standard
deviations of a Poisson count), or less than one row in 500.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import sqrt
from typing import Any

import numpy as np
import pyarrow as pa

from datamimic import Rows
from datamimic_report.dependencies.columns import OF_ITEMS, Columns
from datamimic_report.dependencies.declared import Ends, Matrix
from datamimic_report.dependencies.measures import Numbers, Z
from datamimic_report.dependencies.pairs import FEWEST, state_of

NEIGHBOURS = 10
FEWEST_VALUES = 2 * NEIGHBOURS
"""Columns of fewer different values have no ends to speak of."""
RARE = 0.002


def ends_of(matrix: Matrix, rows: Rows) -> list[Ends]:
    """What is declared, and every other age and date of the entity as it is expected of all."""
    declared = {each.of for each in matrix.ends}
    own = [Ends(of=name, reason="no end is clipped") for name in _ages_and_dates(rows) if name not in declared]
    elapsed = [
        Ends(of=name, reason="no end is clipped")
        for name, how in matrix.derived.items()
        if how.get("unit") in ("years", "days") and name not in declared
    ]
    return [*matrix.ends, *own, *elapsed]


def _ages_and_dates(rows: Rows) -> Iterator[str]:
    for field in rows[0:1].to_arrow().schema:
        if _is_age_or_date(field):
            yield field.name
        elif pa.types.is_list(field.type) and pa.types.is_struct(field.type.value_type):
            yield from (f"{field.name}{OF_ITEMS}{part.name}" for part in field.type.value_type if _is_age_or_date(part))


def _is_age_or_date(field: pa.Field) -> bool:
    age = field.name.split("_")[0] == "age" and pa.types.is_integer(field.type)
    return bool(age or pa.types.is_date(field.type) or pa.types.is_timestamp(field.type))


def judge_ends(ends: Ends, columns: Columns) -> dict[str, Any]:
    """{of, rows, most, first: {value, share, ratio}, last: …, holds, state, …}."""
    values = columns.numbers(ends.of)[columns.inside(ends.where)[columns.owners(ends.of)]]
    values = np.floor(values[~np.isnan(values)])
    told: dict[str, Any] = {"of": ends.of, "rows": len(values), "most": ends.most}
    found, counts = np.unique(values, return_counts=True)
    judged = len(found) >= FEWEST_VALUES and len(values) >= FEWEST
    holds: bool | None = None
    if judged:
        dates = columns.is_date(ends.of)
        told["first"] = _end(found, counts, len(values), ends.most, dates)
        told["last"] = _end(found[::-1], counts[::-1], len(values), ends.most, dates)
        holds = told["first"]["holds"] and told["last"]["holds"]
    return told | {
        "source": ends.source,
        "reason": ends.reason,
        "falls_short": ends.falls_short,
        "holds": holds,
        "state": state_of(holds, ends.falls_short),
    }


def _end(found: Numbers, counts: Any, rows: int, most: float, dates: bool) -> dict[str, Any]:
    mean = float(counts[1 : 1 + NEIGHBOURS].mean())
    count = int(counts[0])
    limit = most * mean
    value = str(np.datetime64(int(found[0]), "D")) if dates else f"{found[0]:g}"
    return {
        "value": value,
        "share": count / rows,
        "ratio": count / mean,
        "holds": count < RARE * rows or count <= limit + Z * sqrt(limit),
    }
