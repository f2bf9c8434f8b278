"""The values of a column of several tables: numbers where all of them are, and codes that are the same where values are."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from attrs import frozen
from numpy.typing import NDArray

from datamimic.columns import Floats
from datamimic_learning.samples.pieces import one_piece

EXACT = 1 << 53
"""Whole numbers up to here are exact as floats."""
_ZERO_IN_FRONT = r"^[+-]?0[0-9]"


@frozen(eq=False)
class Values:
    """`numbers`, NaN where null, or None where values are no numbers; `codes` from 0; `missing` is null's, or -1."""

    numbers: Floats | None
    codes: NDArray[np.int32]
    missing: int


def read_values(columns: Sequence[pa.ChunkedArray]) -> Values:
    """One after the other. Dates and times are numbers; text is where all of it says numbers or ISO dates, as CSV has them."""
    plain = [_plain(each) for each in columns]
    if all(_is_measured(each) for each in plain):
        times = [pa.types.is_temporal(each.type) for each in plain]
        if all(times) or not any(times):
            return _numbered(np.concatenate([_numbers(each) for each in plain]))
    texts = [pc.dictionary_encode(each.cast(pa.string())) for each in plain]
    read = [_read(each) for each in texts]
    for forms in zip(*read, strict=True):
        if all(each is not None for each in forms):
            return _numbered(np.concatenate(forms))
    together = pa.chunked_array([each.cast(pa.string()) for each in texts]).combine_chunks()
    return _coded(together)


def _plain(column: pa.ChunkedArray) -> pa.Array:
    """Without dictionaries, decimals and nesting."""
    values = one_piece(column)
    if pa.types.is_dictionary(values.type):
        values = values.dictionary_decode()
    if pa.types.is_decimal(values.type):
        return values.cast(pa.float64(), safe=False)
    if pa.types.is_nested(values.type):
        return pa.array([None if each is None else str(each) for each in values.to_pylist()], pa.string())
    if (
        pa.types.is_binary(values.type)
        or pa.types.is_large_binary(values.type)
        or pa.types.is_fixed_size_binary(values.type)
    ):
        return pa.array([None if each is None else each.hex() for each in values.to_pylist()], pa.string())
    if pa.types.is_integer(values.type) and len(values):
        ends = pc.min_max(values).as_py()
        if max(abs(ends["min"] or 0), abs(ends["max"] or 0)) > EXACT:
            return values.cast(pa.string())
    return values


def _is_measured(values: pa.Array) -> bool:
    kind = values.type
    return (
        pa.types.is_integer(kind) or pa.types.is_floating(kind) or pa.types.is_temporal(kind) or pa.types.is_null(kind)
    )


def _numbers(values: pa.Array) -> Floats:
    """Dates and moments in microseconds since 1970, spans and times of day in their own units."""
    kind = values.type
    if pa.types.is_date(kind) or pa.types.is_timestamp(kind):
        values = values.cast(pa.timestamp("us", tz=getattr(kind, "tz", None)), safe=False).cast(pa.int64())
    elif pa.types.is_temporal(kind):
        values = values.cast(pa.int32() if pa.types.is_time32(kind) else pa.int64())
    return np.asarray(values.cast(pa.float64(), safe=False).to_numpy(zero_copy_only=False), dtype=np.float64)


def _read(text: pa.DictionaryArray) -> tuple[Floats | None, Floats | None]:
    """What the text says as numbers, and as dates; None where some of it says neither."""
    said = text.dictionary
    said = pc.if_else(pc.equal(said, ""), None, said) if len(said) else said
    found: list[Floats | None] = []
    for kind in (pa.float64(), pa.timestamp("us")):
        try:
            if kind == pa.float64() and pc.any(pc.match_substring_regex(said, _ZERO_IN_FRONT)).as_py():
                raise pa.ArrowInvalid("a code")
            numbers = _numbers(said.cast(kind))
            if kind == pa.float64() and (np.abs(numbers) > EXACT).any():
                raise pa.ArrowInvalid("more digits than floats tell apart")
        except pa.ArrowInvalid:
            found.append(None)
            continue
        places = text.indices.fill_null(len(numbers)).to_numpy(zero_copy_only=False)
        found.append(np.append(numbers, np.nan)[places])
    return found[0], found[1]


def _numbered(numbers: Floats) -> Values:
    distinct, codes = np.unique(numbers, return_inverse=True)
    missing = len(distinct) - 1 if len(distinct) and np.isnan(distinct[-1]) else -1
    return Values(numbers, codes.astype(np.int32), missing)


def _coded(text: pa.Array) -> Values:
    encoded = pc.dictionary_encode(text)
    missing = len(encoded.dictionary)
    codes = encoded.indices.fill_null(missing).to_numpy(zero_copy_only=False).astype(np.int32)
    return Values(None, codes, missing if encoded.null_count else -1)
