"""Which rows the filter of a PyArrow dataset leaves over, and which columns it reads: Arrow itself says so.

A dataset leaves out the files of which its filter cannot be true, going by what is promised of each ("the row number is 5 or
more"). Asked that of ranges of row numbers that nothing stands in, it tells by bisection where the first and the last row are
that the filter may let through. What Arrow cannot prove, it keeps: then more rows are made, and the filter looks at each.
"""

from __future__ import annotations

import re
from typing import Any

import pyarrow as pa
import pyarrow.dataset as ds
from pyarrow import fs

from datamimic_databases.virtual.table import ROW_NUMBER, VirtualTable

_TEXT = re.compile(r'"([^"\\]*)"')
_MOST_KEYS = 8


def span_of(table: VirtualTable, filter: Any) -> tuple[int, int]:
    """First row and end of the rows of a table for which the filter may be true."""
    possible = _Possible(table.schema, filter)
    start, stop = table.start, table.stop
    if table.key is not None:
        key = ds.field(table.key)
        # What stands in quotes is a guess at the key; that no other key will do, Arrow says.
        for value in _TEXT.findall(str(filter))[:_MOST_KEYS]:
            if not possible(key < value) and not possible(key > value):
                low, high = table.span_of_key(value)
                start, stop = max(start, low), max(start, min(stop, high))
                break
    number = ds.field(ROW_NUMBER)
    # Down to the first row before which nothing is, then to the last behind which nothing is.
    low, high = start, stop
    while low < high:
        middle = (low + high + 1) // 2
        if possible((number >= start) & (number < middle)):
            high = middle - 1
        else:
            low = middle
    first, low, high = low, low, stop
    while low < high:
        middle = (low + high) // 2
        if possible((number >= middle) & (number < stop)):
            low = middle + 1
        else:
            high = middle
    return first, low


class _Possible:
    """Can the filter be true of a row of which an expression holds? Where Arrow cannot say, it can."""

    def __init__(self, schema: pa.Schema, filter: Any) -> None:
        self._schema = schema
        self._filter = filter
        self._format = ds.IpcFileFormat()
        self._system = fs.LocalFileSystem()

    def __call__(self, promise: Any) -> bool:
        told = ds.FileSystemDataset.from_paths(
            ["nowhere"], schema=self._schema, format=self._format, filesystem=self._system, partitions=[promise]
        )
        return any(True for _ in told.get_fragments(filter=self._filter))


def columns_of(schema: pa.Schema, filter: Any) -> set[str]:
    """The columns without which the filter cannot be applied."""
    nothing = schema.empty_table()
    needed = set()
    for name in schema.names:
        try:
            nothing.drop_columns([name]).filter(filter)
        except pa.ArrowInvalid:
            needed.add(name)
    return needed
