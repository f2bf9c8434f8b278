"""Columns that come in pieces, as one."""

from __future__ import annotations

import pyarrow as pa


def one_piece(column: pa.ChunkedArray | pa.Array) -> pa.Array:
    """All pieces as one array of the column's type. Raises `pa.ArrowInvalid` for texts too long for one."""
    made = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    if isinstance(made, pa.ChunkedArray):
        return pa.concat_arrays(made.chunks) if made.num_chunks else pa.array([], made.type)
    return made
