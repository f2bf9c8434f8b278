"""Tables of SQLite with their texts as they are stored: what is read as a day or a number is written in many ways there."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from functools import partial
from pathlib import Path

import pyarrow as pa

from datamimic.related import path_of
from datamimic_databases.sources.reading import quoted
from datamimic_learning.samples.sample import SampleTable, schema_of

_ROWS = 1 << 14


def as_stored(table: SampleTable, url: str) -> SampleTable:
    """The table with days, moments and decimals as texts, where it is one of SQLite."""
    kept = [each for each in table.schema if pa.types.is_temporal(each.type) or pa.types.is_decimal(each.type)]
    if not url.startswith("sqlite") or not kept:
        return table
    texts = {each.name for each in kept}
    schema = pa.schema([each.with_type(pa.string()) if each.name in texts else each for each in table.schema])
    read = partial(_batches, Path(path_of(url)).expanduser().absolute(), table, schema)
    return SampleTable(table.name, table.place, schema, table.rows, read, table.declared)


def _batches(
    path: Path, table: SampleTable, schema: pa.Schema, columns: Sequence[str] | None
) -> Iterator[pa.RecordBatch]:
    wanted = schema_of(schema, columns)
    listed = ", ".join(
        f"CAST({quoted(each.name)} AS TEXT)" if each.type == pa.string() else quoted(each.name) for each in wanted
    )
    order = ", ".join(map(quoted, table.declared.primary_key)) or "rowid"
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as connection:
        cursor = connection.execute(f"SELECT {listed} FROM {quoted(table.name)} ORDER BY {order}")
        while portion := cursor.fetchmany(_ROWS):
            cells = [
                pa.array(list(column), field.type)
                for column, field in zip(zip(*portion, strict=True), wanted, strict=True)
            ]
            yield pa.RecordBatch.from_arrays(cells, schema=wanted)
