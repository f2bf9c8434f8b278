"""Record batches as `INSERT` statements, a column at a time: no value becomes a Python object.

Literals are those of the standard, where in a text a quote is doubled and nothing else is special; a `Spelling` says what one
dialect writes otherwise. A session of MariaDB or MySQL needs `NO_BACKSLASH_ESCAPES` for them, or backslashes doubled.
`LOAD DATA LOCAL` would be no faster by much, needs a server that allows it, and lets that server ask for any file.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from attrs import frozen

from datamimic.related import flat, iso_text

_TEXT = pa.string()


@frozen
class Spelling:
    """`truths` are false and true. With `zones`, moments are ISO 8601 with theirs, without it those of UTC. Bytes are
    hexadecimal between the texts of `bytes`. `backslash` stands for one in a text."""

    truths: tuple[str, str] = ("0", "1")
    zones: bool = False
    bytes: tuple[str, str] = ("x'", "'")
    backslash: str = "\\"


@cache
def _null() -> pa.StringScalar:
    # Not at import: Arrow imports pandas for a scalar, and whoever looks for a target imports this module.
    return pa.scalar("NULL", _TEXT)


def inserts(
    target: str, batch: pa.RecordBatch, largest: int, spelling: Spelling | None = None, between: str = ","
) -> Iterator[bytes]:
    """Statements that insert the rows of a batch into `target`, which is a table and its columns, each of about `largest` bytes
    at most, and of one row at least; `between` stands between two rows."""
    if not batch.num_rows:
        return
    cells = [_literals(column, spelling or Spelling()) for column in flat(batch).columns]
    rows = pc.binary_join_element_wise(*cells, pa.scalar(",", _TEXT))
    rows = pc.binary_join_element_wise(pa.scalar("(", _TEXT), rows, pa.scalar(")", _TEXT), pa.scalar("", _TEXT))
    ends = np.cumsum(np.asarray(pc.binary_length(rows)).astype(np.int64) + len(between))
    start = 0
    while start < len(rows):
        before = int(ends[start - 1]) if start else 0
        stop = max(start + 1, int(np.searchsorted(ends, before + largest, side="right")))
        values = between.join(rows.slice(start, stop - start).to_pylist())
        yield f"INSERT INTO {target} VALUES {values}".encode()
        start = stop


def _literals(column: pa.Array, spelling: Spelling) -> pa.StringArray:
    """One SQL literal per value."""
    kind = column.type
    if pa.types.is_dictionary(kind):
        # Of few distinct values each is written once.
        return pc.fill_null(_literals(column.dictionary, spelling).take(column.indices), _null())
    if pa.types.is_boolean(kind):
        text = pa.array(spelling.truths, _TEXT).take(column.cast(pa.int8()))
    elif pa.types.is_binary(kind):
        before, after = spelling.bytes
        text = pa.array(
            [None if each is None else f"{before}{each.hex()}{after}" for each in column.to_pylist()], _TEXT
        )
    elif pa.types.is_timestamp(kind) and not spelling.zones:
        text = _quoted(column.cast(pa.timestamp("us")).cast(_TEXT))
    elif pa.types.is_temporal(kind):
        text = _quoted(iso_text(column))
    elif pa.types.is_string(kind):
        safe = column if spelling.backslash == "\\" else pc.replace_substring(column, "\\", spelling.backslash)
        text = _quoted(pc.replace_substring(safe, "'", "''"))
    elif pa.types.is_floating(kind):
        text = column.cast(_TEXT)
        endless = pc.fill_null(pc.invert(pc.is_finite(column)), False)
        text = pc.if_else(endless, _quoted(text), text) if pc.any(endless).as_py() else text
    else:
        text = column.cast(_TEXT)
    return pc.fill_null(text, _null())


def _quoted(text: Any) -> pa.StringArray:
    quote = pa.scalar("'", _TEXT)
    return pc.binary_join_element_wise(quote, text, quote, pa.scalar("", _TEXT))
