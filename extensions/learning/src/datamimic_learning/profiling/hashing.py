"""Values as 64-bit numbers, whole columns at a time: equal values of equal kinds have equal numbers, on every machine."""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa

Hashes = npt.NDArray[np.uint64]
_FIRST: Final = np.uint64(0x9E3779B97F4A7C15)
_SECOND: Final = np.uint64(0xBF58476D1CE4E5B9)
_THIRD: Final = np.uint64(0x94D049BB133111EB)
_NULL: Final = np.uint64(0x5851F42D4C957F2D)


def mixed(numbers: Hashes) -> Hashes:
    """SplitMix64's finaliser: every bit of a number moves every bit of the result."""
    with np.errstate(over="ignore"):
        numbers = (numbers ^ (numbers >> np.uint64(30))) * _SECOND
        numbers = (numbers ^ (numbers >> np.uint64(27))) * _THIRD
        return numbers ^ (numbers >> np.uint64(31))


def hashes_of(cells: pa.Array) -> Hashes:
    """A number per cell; nulls have one too. Whole numbers of any width are equal, decimals and floats are as floats."""
    kind = cells.type
    if pa.types.is_string(kind) or pa.types.is_binary(kind):
        found = _of_bytes(cells)
    elif pa.types.is_boolean(kind):
        found = _of_words(cells.cast(pa.int64()))
    elif pa.types.is_decimal(kind):
        found = _of_words(cells.cast(pa.string()).cast(pa.float64()))
    elif pa.types.is_floating(kind):
        found = _of_words(cells.cast(pa.float64()))
    elif pa.types.is_integer(kind):
        found = _of_words(cells.cast(pa.int64(), safe=False))
    elif pa.types.is_date32(kind) or pa.types.is_time32(kind):
        found = _of_words(cells.cast(pa.int32()).cast(pa.int64()))
    elif pa.types.is_temporal(kind):
        found = _of_words(cells.cast(pa.int64()))
    else:
        found = _of_bytes(pa.array([None if each is None else repr(each) for each in cells.to_pylist()], pa.string()))
    if cells.null_count:
        found = np.where(cells.is_null().to_numpy(zero_copy_only=False), _NULL, found)
    return found


def joined(columns: list[Hashes]) -> Hashes:
    """Rows of several columns."""
    with np.errstate(over="ignore"):
        found = columns[0]
        for each in columns[1:]:
            found = mixed(found * _FIRST + each)
    return found


def _of_words(cells: pa.Array) -> Hashes:
    words = cells.fill_null(0).to_numpy(zero_copy_only=False)
    if words.dtype == np.float64:
        words = words + 0.0  # -0.0 is 0.0
    with np.errstate(over="ignore"):
        return mixed(np.ascontiguousarray(words).view(np.uint64) + _FIRST)


def _of_bytes(cells: pa.Array) -> Hashes:
    """Eight bytes at a time: the bytes of all cells lie behind each other."""
    count = len(cells)
    buffers = cells.buffers()
    offsets = np.frombuffer(buffers[1], np.int32)[cells.offset : cells.offset + count + 1].astype(np.int64)
    lengths = np.diff(offsets)
    content = np.zeros(int(offsets[-1] - offsets[0]) + 8 if count else 8, np.uint8)
    if count and buffers[2] is not None:
        content[:-8] = np.frombuffer(buffers[2], np.uint8)[offsets[0] : offsets[-1]]
    words = np.ndarray((len(content) - 7,), np.dtype("<u8"), content.data, strides=(1,))
    starts = offsets[:-1] - (offsets[0] if count else 0)
    with np.errstate(over="ignore"):
        found = mixed(lengths.astype(np.uint64) + _FIRST)
        left = lengths.copy()
        rows = np.flatnonzero(left > 0)
        at = starts[rows]
        while len(rows):
            word = words[at]
            short = left[rows] < 8
            if short.any():
                bits = (8 * left[rows][short]).astype(np.uint64)
                word[short] &= (np.uint64(1) << bits) - np.uint64(1)
            found[rows] = mixed(found[rows] * _FIRST + word)
            left[rows] -= 8
            going = left[rows] > 0
            rows, at = rows[going], at[going] + 8
    return found
