"""Columns and rows that come in pieces, as one, or in pieces of another size."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

_MOST_BYTES: Final = 1 << 26
_CACHED_ROWS: Final = 1 << 14
"""Values of which all that is computed stays in the cache."""
_LOOKED_AT: Final = 2_048
_NEARLY: Final = 0.99


def one_piece(column: pa.ChunkedArray | pa.Array) -> pa.Array:
    """All pieces as one array of the column's type. Raises `pa.ArrowInvalid` for texts too long for one."""
    made = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    if isinstance(made, pa.ChunkedArray):
        return pa.concat_arrays(made.chunks) if made.num_chunks else pa.array([], made.type)
    return made


def worked_in_pieces(work: Callable[..., pa.Array], *columns: pa.Array) -> pa.Array:
    """What the work makes of the columns, row by row, done on so many rows at once as are quick."""
    starts = range(0, max(len(columns[0]), 1), _CACHED_ROWS)
    return pa.concat_arrays([work(*(each.slice(start, _CACHED_ROWS) for each in columns)) for start in starts])


def nearly_unique(texts: pa.Array) -> bool:
    """Whether texts without nulls hardly repeat, by a look at some of all parts of them: working each out by itself is then
    cheaper than finding those that are the same."""
    if not pa.types.is_string(texts.type) or texts.null_count or len(texts) < _LOOKED_AT:
        return False
    step = len(texts) // _LOOKED_AT
    some = texts.take(pa.array(range(0, step * _LOOKED_AT, step), pa.int64()))
    return bool(pc.count_distinct(some).as_py() >= _NEARLY * _LOOKED_AT)


def of_rows(batches: Iterable[pa.RecordBatch], most: int) -> Iterator[pa.RecordBatch]:
    """The same rows in batches of at most `most`; small batches are put together, up to a size in memory, where their types
    allow it."""
    waiting: list[pa.RecordBatch] = []
    rows = size = 0
    for batch in batches:
        for start in range(0, batch.num_rows, most):
            some = batch.slice(start, most)
            if waiting and (rows + some.num_rows > most or size + some.nbytes > _MOST_BYTES or not _joins(some)):
                yield _joined(waiting)
                waiting, rows, size = [], 0, 0
            waiting.append(some)
            rows, size = rows + some.num_rows, size + some.nbytes
    if waiting:
        yield _joined(waiting)


def _joins(batch: pa.RecordBatch) -> bool:
    """Codes of several dictionaries are no codes of one."""
    return not any(pa.types.is_dictionary(each.type) or pa.types.is_nested(each.type) for each in batch.schema)


def _joined(batches: list[pa.RecordBatch]) -> pa.RecordBatch:
    if len(batches) == 1:
        return batches[0]
    columns = [pa.concat_arrays([batch.column(at) for batch in batches]) for at in range(batches[0].num_columns)]
    return pa.RecordBatch.from_arrays(columns, schema=batches[0].schema)
