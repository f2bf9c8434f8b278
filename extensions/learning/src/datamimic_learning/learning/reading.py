"""The rows that are learned from: all of a table, or evenly many of a large one."""

from __future__ import annotations

from typing import Final

import numpy as np
import pyarrow as pa

from datamimic_learning.samples.sample import SampleTable
from datamimic_learning.samples.texts import TEMPORAL, TextColumn

MOST_ROWS: Final = 500_000
"""From more rows than these little more is learned."""


def rows_of(table: SampleTable, whole: bool) -> tuple[pa.Table, int]:
    """The rows, and how many there are: every n-th of a table that has more than are needed, or the `whole` of it. Texts that
    are all days or moments are such, as those of CSV and JSON are."""
    rows, count = _rows(table, whole)
    for place, field in enumerate(rows.schema):
        if pa.types.is_string(field.type) or pa.types.is_large_string(field.type):
            made = _moments(rows.column(place))
            if made is not None:
                rows = rows.set_column(place, field.name, made)
    return rows, count


def _moments(column: pa.ChunkedArray) -> pa.Array | None:
    seen = TextColumn(set(TEMPORAL))
    texts = column.combine_chunks().cast(pa.string())
    seen.see(texts)
    return None if seen.kind is None else seen.typed(texts)


def _rows(table: SampleTable, whole: bool) -> tuple[pa.Table, int]:
    if whole or (table.rows is not None and table.rows <= MOST_ROWS):
        read = table.read()
        return read, read.num_rows
    total = table.rows if table.rows is not None else sum(batch.num_rows for batch in table.batches())
    every = -(-total // MOST_ROWS) if total else 1
    kept, before = [], 0
    for batch in table.batches():
        first = -before % every
        if first < batch.num_rows:
            kept.append(batch.take(pa.array(np.arange(first, batch.num_rows, every))) if every > 1 else batch)
        before += batch.num_rows
    return pa.Table.from_batches(kept, schema=table.schema), total
