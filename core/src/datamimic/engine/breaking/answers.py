"""The answer key of breaks, as a table of its own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
import pyarrow as pa

from datamimic.engine.breaking.planning import Plan
from datamimic.engine.breaking.values import text_of
from datamimic.engine.view import View
from datamimic.model.arrow import decoded

_ITEM: Final = "place in the row's list before the break, from 0, through all lists within a list; null for whole rows"
SCHEMA: Final = pa.schema(
    [
        pa.field("number", pa.int64(), False, {"doc": "1, 2, … in the order of the rows"}),
        pa.field("kind", pa.string(), False, {"doc": "kind of break; of a message also the name of the rule"}),
        pa.field("entity", pa.string(), False, {"doc": "pack.entity"}),
        pa.field("message", pa.string(), True, {"doc": "name of the message, null for rows"}),
        pa.field("row", pa.int64(), False, {"doc": "number of the row in the world"}),
        pa.field("key", pa.string(), True, {"doc": "key of the row"}),
        pa.field("position", pa.int64(), True, {"doc": "where it stands in the output, from 0; null where it is missing"}),
        pa.field("item", pa.int64(), True, {"doc": _ITEM}),
        pa.field("field", pa.string(), True, {"doc": "the column that is changed"}),
        pa.field("original", pa.string(), True, {"doc": "its value without the break"}),
        pa.field("broken", pa.string(), True, {"doc": "its value with it"}),
        pa.field("rule", pa.string(), True, {"doc": "the rule that is broken, as a sentence"}),
    ]
)  # fmt: skip


def answer_key(view: View, plan: Plan, positions: Sequence[int | None], message: str) -> pa.Table:
    """A row for every break, in the order of the rows of the view that are broken; `positions` says where each stands."""
    found = sorted(zip(plan.breaks, positions, strict=True), key=lambda each: (each[0].row, each[0].name))
    rows = view.start + np.array([each.row for each, _ in found], dtype=np.int64)
    key = view.spec.key
    keys = (
        decoded(view.select([key.column_name]).gather(rows).column(0)).to_pylist()
        if key and found
        else [None] * len(found)
    )
    breaks = [each for each, _ in found]
    columns = [
        range(1, len(found) + 1),
        [each.name for each in breaks],
        [view.world.path(view.spec)] * len(found),
        [message or None] * len(found),
        rows.tolist(),
        [text_of(value) for value in keys],
        [place for _, place in found],
        [each.item for each in breaks],
        [each.field for each in breaks],
        [text_of(each.original) for each in breaks],
        [text_of(each.broken) for each in breaks],
        [each.rule for each in breaks],
    ]
    arrays = [pa.array(values, field.type) for values, field in zip(columns, SCHEMA, strict=True)]
    return pa.Table.from_arrays(arrays, schema=SCHEMA)
