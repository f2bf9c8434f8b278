"""Texts of a column as matrices of characters, one for each length, and columns of such matrices."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from datamimic_learning.masking.methods.alphabets import Ints, Points

Part = tuple[Ints, Points]
"""Rows of a column, and their characters as code points: a matrix of (rows, length)."""
Bytes = NDArray[np.uint8]
_ASCII = 0x80


def stored(texts: pa.Array) -> tuple[Bytes, Ints]:
    """The bytes of texts (string array), UTF-8, and where each begins and the last ends: offsets into the bytes, one more than
    there are texts. What is stored of a null does not count."""
    if not len(texts):
        return np.zeros(0, np.uint8), np.zeros(1, np.int64)
    offsets = np.frombuffer(texts.buffers()[1], np.int32)[texts.offset : texts.offset + len(texts) + 1]
    data = texts.buffers()[2]
    first, last = int(offsets[0]), int(offsets[-1])
    content = np.zeros(0, np.uint8) if data is None else np.frombuffer(data, np.uint8)[first:last]
    return content, offsets.astype(np.int64) - first


def of_bytes(content: Bytes, offsets: Ints) -> pa.Array:
    """A string array of UTF-8 bytes and offsets into them."""
    buffers = [pa.py_buffer(offsets.astype(np.int32)), pa.py_buffer(np.ascontiguousarray(content))]
    return pa.StringArray.from_buffers(len(offsets) - 1, *buffers)


def by_length(texts: pa.Array) -> Iterator[Part]:
    """Texts (string array without nulls) in parts, one for each length that is not 0."""
    content, offsets = stored(texts)
    if content.max(initial=0) >= _ASCII:
        content = np.frombuffer("".join(texts.to_pylist()).encode("utf-32-le"), np.uint32)
        offsets = np.concatenate([[0], np.cumsum(np.asarray(pc.utf8_length(texts)).astype(np.int64))])
    lengths = np.diff(offsets)
    for length in np.unique(lengths).tolist():
        if length:
            rows = np.flatnonzero(lengths == length)
            whole = len(rows) * length == len(content)
            points = content.reshape(-1, length) if whole else content[offsets[rows, None] + np.arange(length)]
            yield rows, points.astype(np.uint32)


def column_of(count: int, parts: Sequence[Part]) -> pa.Array:
    """A column of `count` texts of the parts; what is in none is empty."""
    if any(points.max(initial=0) >= _ASCII for _, points in parts):
        found = np.array([""] * count, dtype=object)
        for rows, points in parts:
            found[rows] = texts_of(points)
        return pa.array(found, pa.string())
    lengths = np.zeros(count + 1, np.int64)
    for rows, points in parts:
        lengths[rows + 1] = points.shape[1]
    offsets = np.cumsum(lengths)
    content = np.empty(int(offsets[-1]), np.uint8)
    for rows, points in parts:
        if points.size == len(content):
            content = points.astype(np.uint8).ravel()
        else:
            content[offsets[rows, None] + np.arange(points.shape[1])] = points
    return of_bytes(content, offsets)


def texts_of(points: Points) -> list[str]:
    """The rows of a matrix as texts."""
    length = points.shape[1]
    joined = np.ascontiguousarray(points).tobytes().decode("utf-32-le")
    return [joined[start : start + length] for start in range(0, len(joined), length)]
