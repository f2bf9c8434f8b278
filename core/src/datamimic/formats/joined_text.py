"""Texts of Arrow columns joined, a column at a time."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from datamimic.columns.buffers import arrow_numbers, arrow_text, numpy_values


def join(*parts: Any) -> pa.StringArray:
    """The parts of every row, columns of text and constants, one after the other; null where a column is."""
    scalars = [arrow_text(part) if isinstance(part, str) else part for part in parts]
    return pc.binary_join_element_wise(*scalars, arrow_text(""))


def joined_items(array: pa.Array, offsets: pa.Array, texts: pa.StringArray, separator: str) -> pa.StringArray:
    """For every list (or map) of the array the texts of its items with the separator between; null where it is null.

    `offsets` are those of the whole array, as `texts` are: `values`, `keys` and `items` ignore a slice's offset.
    """
    missing = None
    if array.null_count:
        # With nulls Arrow takes no offsets that are a slice.
        offsets, missing = arrow_numbers(numpy_values(offsets)), array.is_null()
    lists = pa.ListArray.from_arrays(offsets, texts, mask=missing)
    return pc.binary_join(lists, arrow_text(separator))


def fixed_offsets(array: pa.FixedSizeListArray) -> pa.Array:
    """Where the items of every list of one length begin among all of them, and where the last ends."""
    places = np.arange(array.offset, array.offset + len(array) + 1, dtype=np.int32) * np.int32(array.type.list_size)
    return arrow_numbers(places)


def rows_of_text(columns: list[Any], separator: str, end: str) -> memoryview:
    """The columns' texts of every row with the separator between and `end` after them, row after row, as UTF-8."""
    *rest, last = columns
    return body_of(pc.binary_join_element_wise(*rest, join(last, end), arrow_text(separator)))


def body_of(texts: pa.StringArray) -> memoryview:
    """The texts one after the other, as UTF-8."""
    if len(texts) == 0:
        return memoryview(b"")
    offsets = memoryview(texts.buffers()[1]).cast("i")
    return memoryview(texts.buffers()[2])[offsets[texts.offset] : offsets[texts.offset + len(texts)]]
