"""NumPy arrays and Python texts as Arrow arrays and back, over their buffers.

pyarrow's own conversions import pandas wherever it is installed, which takes longer than making the first thousands of rows.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from datamimic.errors import DatamimicError

_TYPES = {
    kind: pa.type_for_alias(kind)
    for kind in ("int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64", "float32", "float64")
}
_DTYPES = {kind: np.dtype(name) for name, kind in _TYPES.items()}
_LARGEST = 2**31 - 1


def arrow_numbers(values: NDArray[Any], missing: NDArray[np.bool_] | None = None) -> pa.Array:
    """Integers, floats or truth values as an Arrow array, of which the `missing` ones are null; without a copy but for truth
    values."""
    validity, nulls = None, 0
    if missing is not None:
        validity = pa.py_buffer(np.packbits(~missing, bitorder="little"))
        nulls = int(np.count_nonzero(missing))
    if values.dtype == np.bool_:
        body = pa.py_buffer(np.packbits(values, bitorder="little"))
        return pa.Array.from_buffers(pa.bool_(), len(values), [validity, body], nulls)
    body = pa.py_buffer(np.ascontiguousarray(values))
    return pa.Array.from_buffers(_TYPES[values.dtype.name], len(values), [validity, body], nulls)


def numpy_values(array: pa.Array) -> NDArray[Any]:
    """The values of an Arrow array of integers, floats or truth values without nulls; read-only."""
    body = array.buffers()[1]
    if pa.types.is_boolean(array.type):
        if not len(array):
            return np.zeros(0, dtype=np.bool_)
        bits = np.frombuffer(body, dtype=np.uint8)[array.offset // 8 :]
        first = array.offset % 8
        return np.unpackbits(bits, count=first + len(array), bitorder="little")[first:].view(np.bool_)
    dtype = _DTYPES[array.type]
    if not len(array):
        return np.zeros(0, dtype=dtype)
    return np.frombuffer(body, dtype=dtype)[array.offset : array.offset + len(array)]


def zero_where_null(array: pa.Array) -> NDArray[Any]:
    """The values of an Arrow array of integers, floats or truth values, 0 for those that are null."""
    values = numpy_values(array)
    return np.where(numpy_values(array.is_null()), values.dtype.type(0), values) if array.null_count else values


def byte_matrix(texts: pa.StringArray, width: int) -> NDArray[np.uint8]:
    """The bytes of texts that have `width` bytes each and no nulls: uint8 of shape (texts, width); read-only."""
    offsets = np.frombuffer(texts.buffers()[1], dtype=np.int32)
    first = int(offsets[texts.offset])
    return np.frombuffer(texts.buffers()[2], dtype=np.uint8)[first : first + len(texts) * width].reshape(-1, width)


def letters_of_one_length(texts: pa.StringArray) -> NDArray[np.uint8] | None:
    """As `byte_matrix`, of texts that have equally many letters each, ASCII all of them; None of any others."""
    if texts.null_count or not len(texts):
        return None
    ends = np.frombuffer(texts.buffers()[1], dtype=np.int32)[texts.offset : texts.offset + len(texts) + 1]
    width = int(ends[1] - ends[0])
    if not width or int(ends[-1] - ends[0]) != width * len(texts) or (ends[1:] - ends[:-1] != width).any():
        return None
    matrix = byte_matrix(texts, width)
    return matrix if int(matrix.max()) < 128 else None


def true_values(flags: pa.BooleanArray) -> NDArray[np.bool_]:
    """Where the truth values `flags` of Arrow are True, bool; null is False."""
    found: NDArray[np.bool_] = zero_where_null(flags)
    return found


def arrow_texts(values: Iterable[str | None]) -> pa.StringArray:
    """Python texts as an Arrow array; None is null. Raises `DatamimicError` (`invalid_count`) beyond two gigabytes."""
    texts = list(values)
    validity, nulls = None, 0
    try:
        body = "".join(texts).encode()  # type: ignore[arg-type]
    except TypeError:
        present = np.array([text is not None for text in texts], dtype=np.bool_)
        validity, nulls = pa.py_buffer(np.packbits(present, bitorder="little")), int(np.count_nonzero(~present))
        texts = [text or "" for text in texts]
        body = "".join(texts).encode()  # type: ignore[arg-type]
    lengths = np.fromiter(map(len, texts), dtype=np.int64, count=len(texts))  # type: ignore[arg-type]
    if int(lengths.sum()) != len(body):
        # Letters beyond ASCII take several bytes.
        lengths = np.array([len(text.encode()) for text in texts if text is not None], dtype=np.int64)
    if len(body) > _LARGEST:
        raise DatamimicError("invalid_count", f"{len(texts)} texts take {len(body)} bytes", hint="make smaller batches")
    offsets = np.zeros(len(texts) + 1, dtype=np.int32)
    np.cumsum(lengths, out=offsets[1:])
    return pa.StringArray.from_buffers(len(texts), pa.py_buffer(offsets), pa.py_buffer(body), validity, nulls)


def texts_of_one_length(matrix: NDArray[np.uint8], missing: NDArray[np.bool_] | None = None) -> pa.StringArray:
    """The rows of a (texts, width) matrix of bytes, UTF-8 each, as texts, of which the `missing` ones are null. Raises
    `DatamimicError` (`invalid_count`) beyond two gigabytes."""
    count, width = matrix.shape
    if matrix.size > _LARGEST:
        raise DatamimicError("invalid_count", f"{count} texts take {matrix.size} bytes", hint="make smaller batches")
    offsets = np.arange(count + 1, dtype=np.int32) * np.int32(width)
    validity, nulls = None, 0
    if missing is not None:
        matrix, offsets[1:] = matrix[~missing], np.cumsum(~missing, dtype=np.int32) * np.int32(width)
        validity, nulls = pa.py_buffer(np.packbits(~missing, bitorder="little")), int(np.count_nonzero(missing))
    body = pa.py_buffer(np.ascontiguousarray(matrix))
    return pa.StringArray.from_buffers(count, pa.py_buffer(offsets), body, validity, nulls)


def arrow_file(content: bytes) -> pa.NativeFile:
    """The bytes as a file that is Arrow's own, read from a copy in Arrow's memory.

    Arrow reads CSV in threads that let go of the file after the reader has returned. To let go of an object of Python's such a
    thread needs the interpreter's lock, and where Python ends meanwhile the process is aborted.
    """
    buffer = pa.allocate_buffer(len(content))
    np.frombuffer(buffer, dtype=np.uint8)[:] = np.frombuffer(content, dtype=np.uint8)
    return pa.BufferReader(buffer)


def arrow_text(value: str | None) -> pa.StringScalar:
    """One text as an Arrow scalar, as functions of pyarrow.compute want a constant."""
    return arrow_texts([value])[0]
