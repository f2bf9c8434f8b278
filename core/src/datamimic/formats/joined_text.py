"""Texts of Arrow columns joined, a column at a time.

What a row's text is made of are its parts: constants and columns of text, in order. A part costs nothing until it is joined, so
nested values hand theirs on to the row, and each letter is copied once.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import TypeAlias

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from datamimic.columns.buffers import arrow_numbers, arrow_text, arrow_texts, numpy_values

Part: TypeAlias = str | pa.StringArray


def join(*parts: Part) -> pa.StringArray:
    """The parts of every row, one after the other; null where a column is. At least one part is a column."""
    if len(parts) == 1 and not isinstance(parts[0], str):
        return parts[0]
    joined: list[Part] = []
    for part in parts:
        if isinstance(part, str) and joined and isinstance(joined[-1], str):
            joined[-1] += part
        else:
            joined.append(part)
    columns = [arrow_text(part) if isinstance(part, str) else part for part in joined]
    return pc.binary_join_element_wise(*columns, arrow_text(""))


def join_cells(cells: Sequence[Sequence[Part]], separator: str, end: str) -> pa.StringArray:
    """The cells of every row, each given as its parts, with the separator between them and the end after the last.

    Neighbours of one part each are joined by Arrow's own separator, which costs half of what a column of it would.
    """
    ended = [*cells[:-1], [join(*cells[-1], end)]]
    joined: list[Part] = []
    for alone, neighbours in groupby(ended, lambda parts: len(parts) == 1):
        columns = list(neighbours)
        if alone and len(columns) > 1:
            texts = [text for (text,) in columns]
            columns = [[pc.binary_join_element_wise(*texts, arrow_text(separator))]]
        for parts in columns:
            joined += [separator if joined else "", *parts]
    return join(*joined[1:])


def one_of(choices: Iterable[str], number: NDArray[np.int8]) -> pa.StringArray:
    """For every row the choice of this number."""
    return arrow_texts(choices).take(arrow_numbers(number))


def empty_where_null(texts: pa.StringArray) -> pa.StringArray:
    """The texts, those that are null empty instead."""
    if not texts.null_count:
        return texts
    if lengths_of(texts)[numpy_values(texts.is_null())].any():
        return texts.fill_null(arrow_text(""))
    _, offsets, body = texts.buffers()
    return pa.StringArray.from_buffers(len(texts), offsets, body, None, 0, texts.offset)


def null_where(missing: pa.BooleanArray, texts: pa.StringArray) -> pa.StringArray:
    """The texts, of which those are null where `missing` is True: none is copied where none was null before."""
    present = pc.invert(missing)
    if texts.null_count or texts.offset or present.offset:
        return pc.if_else(missing, arrow_text(None), texts)
    _, there = present.buffers()
    _, offsets, body = texts.buffers()
    return pa.StringArray.from_buffers(len(texts), offsets, body, there)


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


def body_of(texts: pa.StringArray) -> memoryview:
    """The texts one after the other, as UTF-8."""
    if len(texts) == 0 or texts.buffers()[2] is None:
        return memoryview(b"")
    offsets = _offsets(texts)
    return memoryview(texts.buffers()[2])[offsets[0] : offsets[-1]]


def rows_of_bytes(texts: pa.StringArray, places: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Is one of the bytes of `body_of(texts)` at these places in the text? Of every text."""
    offsets = _offsets(texts)
    found = np.zeros(len(texts), dtype=np.bool_)
    found[np.searchsorted(offsets[1:] - offsets[0], places, side="right")] = True
    return found


def bytes_at(texts: pa.StringArray, place: int) -> NDArray[np.uint8]:
    """Of every text the byte at this place; 255, which is none of UTF-8, where it is shorter."""
    offsets = _offsets(texts)
    places = offsets[:-1] + np.int32(place)
    found = np.full(len(texts), 255, dtype=np.uint8)
    there = places < offsets[1:]
    if there.any():
        found[there] = np.frombuffer(texts.buffers()[2], dtype=np.uint8)[places[there]]
    return found


def lengths_of(texts: pa.StringArray) -> NDArray[np.int32]:
    """How many bytes each text has; for a null any number."""
    return np.diff(_offsets(texts))


def _offsets(texts: pa.StringArray) -> NDArray[np.int32]:
    offsets = np.frombuffer(texts.buffers()[1], dtype=np.int32)
    return offsets[texts.offset : texts.offset + len(texts) + 1]
