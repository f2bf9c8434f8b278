"""What the rows of a model do not hold, checks and keys: found before anything is written."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from datamimic import DatamimicError, World, judge_rows
from datamimic.errors import excerpt
from datamimic_models.loading import Model


def refuse_unsatisfied(model: Model, world: World, counts: Mapping[str, int]) -> None:
    """Test all rows of the tables that have checks, and of those whose keys a rule of the model makes. Raises `DatamimicError`
    (`models.check_unsatisfied`, `repeated_key`) for the first that some do not hold."""
    for name, made in model.plan.tables.items():
        if made.table.source is None and counts.get(name):
            rows = world[model.plan.path(name)][0 : counts[name]]
            judge_rows(rows)
            for each in made.together:
                if each.believed:
                    refuse_repeats(rows.select(each.columns).to_arrow(), name)


def refuse_repeats(rows: pa.Table, table: str) -> None:
    """Raises `DatamimicError` (`repeated_key`) where two of all rows are alike; those with a null are like no other."""
    names = [f"column {number}" for number in range(rows.num_columns)]
    numbered = rows.unify_dictionaries().rename_columns(names).append_column("row", pa.array(np.arange(rows.num_rows)))
    groups = numbered.drop_null().group_by(names).aggregate([("row", "count"), ("row", "min")])
    again = groups.filter(pc.greater(groups["row_count"], 1))
    if not again.num_rows:
        return
    first = pc.min(again["row_min"]).as_py()
    values = ", ".join(excerpt(column[first].as_py()) for column in rows.columns)
    raise DatamimicError(
        "repeated_key",
        f"{table}: {', '.join(rows.column_names)} is {values} in row {first} and in another one",
        hint="a rule that gives every row of a parent another value",
    )
