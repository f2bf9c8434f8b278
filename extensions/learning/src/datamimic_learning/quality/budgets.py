"""How much a private copy resembles its originals under larger and smaller budgets.

The curve itself is taken from the originals without noise: it is for those who may see them, to choose a budget by, and not
to be given out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import isfinite
from typing import Any

import pyarrow as pa

from datamimic import DatamimicError
from datamimic_learning.failures import told_without_values
from datamimic_learning.privacy.noise.domains import Domain
from datamimic_learning.privacy.noise.ledger import Ledger
from datamimic_learning.privacy.noise.private_rows import private_rows
from datamimic_learning.privacy.noise.statistics import NoisedStatistics
from datamimic_learning.quality.resemblance import resemblance
from datamimic_learning.samples.opening import open_sample

EPSILONS = (0.1, 0.3, 1.0, 3.0, 10.0)


def utility_curve(
    table: pa.Table,
    delta: float = 0.0,
    domains: Mapping[str, Domain] | None = None,
    *,
    holdout: pa.Table | None = None,
    epsilons: Sequence[float] = EPSILONS,
) -> list[dict[str, Any]]:
    """Per epsilon how much private rows resemble `holdout`, or else the table; what the table does, the ceiling; and what of
    the budget each column cost."""
    judged = table if holdout is None else holdout
    ceiling = None if holdout is None else resemblance(holdout, table)
    found = []
    for epsilon in epsilons:
        ledger = Ledger.opened(epsilon, delta)
        rows = private_rows(table, NoisedStatistics(ledger), domains)
        made = resemblance(judged, rows)
        found.append(
            {
                "epsilon": epsilon,
                "delta": delta,
                "shapes": made.shapes,
                "pairs": made.pairs,
                "ceiling_shapes": None if ceiling is None else ceiling.shapes,
                "ceiling_pairs": None if ceiling is None else ceiling.pairs,
                "spent": ledger.columns(),
            }
        )
    return found


@told_without_values
def with_utility(
    report: Mapping[str, Any],
    real: object,
    holdout: object = None,
    epsilons: Sequence[float] = EPSILONS,
    delta: float = 0.0,
) -> dict[str, Any]:
    """A report of privacy with the curve of each table (`utility`): of the columns that it compares, so that none that
    identifies is among them. Raises `DatamimicError` (`learning.bad_budget`, `learning.needs_delta`,
    `learning.not_installed`)."""
    originals = open_sample(real)
    others = None if holdout is None else open_sample(holdout)
    tables = []
    for each in report["tables"]:
        rows = originals.tables[each["name"]].read()
        rows = rows.select([name for name in rows.column_names if name in each["columns"]["compared"]])
        half = None
        if others is not None and each["rows"]["holdout"]:
            half = (others.tables.get(each["name"]) or others.table).read().select(rows.column_names)
        tables.append({**each, "utility": utility_curve(rows, delta, holdout=half, epsilons=epsilons)})
    return {**report, "tables": tables}


def epsilons_from(text: str) -> tuple[float, ...]:
    """`0.1,1,10`. Raises `DatamimicError` (`learning.bad_budget`)."""
    try:
        found = tuple(float(each) for each in text.split(","))
    except ValueError:
        found = ()
    if not found or not all(isfinite(each) and each > 0 for each in found):
        raise DatamimicError("learning.bad_budget", f"{text!r} are no budgets", hint="--epsilons 0.1,1,10")
    return tuple(sorted({*found}))
