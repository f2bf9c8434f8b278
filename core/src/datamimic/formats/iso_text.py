"""Days, moments, times of day and durations as ISO 8601 text, a column at a time."""

from __future__ import annotations

from datetime import timedelta

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from datamimic.columns.buffers import (
    arrow_numbers,
    arrow_texts,
    numpy_values,
    texts_of_one_length,
    zero_where_null,
)
from datamimic.columns.formatting import date_matrix, digit_matrix
from datamimic.columns.value_types import duration_text
from datamimic.formats.joined_text import join
from datamimic.tables.time_zones import to_local

_TEXT = pa.string()
_DAY_SECONDS = 86_400
_FIRST_DAY, _LAST_DAY = (int(np.datetime64(day).astype(np.int64)) for day in ("0001-01-01", "9999-12-31"))


def iso_text(array: pa.Array) -> pa.StringArray:
    """ISO 8601: dates as 2025-01-31, moments as 2025-01-31T12:30:00Z, or with what their zone is ahead of UTC, times of day as
    12:30:00, durations as P1DT2H30M. Null where the value is."""
    kind = array.type
    if pa.types.is_timestamp(kind):
        return _moments(array) if kind.tz in (None, "UTC") else _moments_in_zone(array)
    if pa.types.is_time(kind):
        return _without_nothing(array.cast(_TEXT))
    if pa.types.is_duration(kind):
        coded = array.cast(pa.duration("us")).cast(pa.int64()).dictionary_encode()
        texts = [duration_text(timedelta(microseconds=each)) for each in coded.dictionary.to_pylist()]
        return arrow_texts(texts).take(coded.indices)
    if pa.types.is_date32(kind):
        days = zero_where_null(array.cast(pa.int32()))
        if _within(days):
            return texts_of_one_length(date_matrix(days.astype("datetime64[D]")), _missing(array))
    return array.cast(_TEXT)


def _moments(array: pa.Array) -> pa.StringArray:
    """With a fraction only where one value has it."""
    ticks = zero_where_null(array.cast(pa.timestamp("us")).cast(pa.int64()))
    seconds, parts = np.divmod(ticks, 1_000_000)
    days, seconds = np.divmod(seconds, _DAY_SECONDS)
    if parts.any() or not _within(days):
        whole = not parts.any()
        plain = array.cast(pa.timestamp("us")).cast(pa.timestamp("s" if whole else "us"))
        return join(pc.replace_substring(plain.cast(_TEXT), " ", "T"), "Z")
    matrix = np.empty((len(days), 20), dtype=np.uint8)
    matrix[:, :10] = date_matrix(days.astype("datetime64[D]"))
    minutes, second = np.divmod(seconds, 60)
    for place, numbers in zip((11, 14, 17), (*np.divmod(minutes, 60), second), strict=True):
        matrix[:, place : place + 2] = digit_matrix(numbers, 2)
    for place, letter in zip((10, 13, 16, 19), b"T::Z", strict=True):
        matrix[:, place] = letter
    return texts_of_one_length(matrix, _missing(array))


def _missing(array: pa.Array) -> NDArray[np.bool_] | None:
    return numpy_values(array.is_null()) if array.null_count else None


def _within(days: NDArray[np.int64]) -> bool:
    """Do all the days have years of four digits?"""
    return not len(days) or bool(days.min() >= _FIRST_DAY and days.max() <= _LAST_DAY)


def _moments_in_zone(array: pa.Array) -> pa.StringArray:
    moments = zero_where_null(array.cast(pa.timestamp("us", "UTC")).cast(pa.int64()))
    ahead = (to_local(moments.view("datetime64[us]"), array.type.tz).view(np.int64) - moments) // 1_000_000
    # Offsets of other than whole minutes, as some zones once had, are not written by RFC 3339.
    ahead = np.where(ahead % 60 == 0, ahead, 0)
    local = arrow_numbers(moments + ahead * 1_000_000, numpy_values(array.is_null())).view(pa.timestamp("us"))
    distinct, codes = np.unique(ahead, return_inverse=True)
    texts = arrow_texts(_ahead_text(each) for each in distinct.tolist()).take(arrow_numbers(codes))
    return join(_without_nothing(pc.replace_substring(local.cast(_TEXT), " ", "T")), texts)


def _ahead_text(seconds: int) -> str:
    hours, minutes = divmod(abs(seconds) // 60, 60)
    return f"{'-' if seconds < 0 else '+'}{hours:02d}:{minutes:02d}" if seconds else "Z"


def _without_nothing(text: pa.StringArray) -> pa.StringArray:
    return pc.replace_substring_regex(text, r"\.0+$", "")
