"""Numbers and dates as text, written as matrices of ASCII bytes, and dates taken apart."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from datamimic.base.arrays import Ints
from datamimic.columns.buffers import arrow_numbers, texts_of_one_length
from datamimic.columns.joining import join
from datamimic.columns.text import Text, where

# Four ASCII digits of each number below 10,000, as one 32-bit word: one look-up writes four bytes.
_DIGITS4 = np.array([f"{number:04d}".encode() for number in range(10_000)], dtype="S4").view(np.uint32)


def digits(numbers: NDArray[Any], width: int, prefix: str = "") -> Text:
    """`numbers` in [0, 10 ** width) as text with leading zeros, after an ASCII prefix."""
    matrix = digit_matrix(numbers, width)
    if prefix:
        head = np.broadcast_to(np.frombuffer(prefix.encode("ascii"), dtype=np.uint8), (len(matrix), len(prefix)))
        matrix = np.concatenate([head, matrix], axis=1)
    return from_bytes(matrix)


def digit_matrix(numbers: NDArray[Any], width: int) -> NDArray[np.uint8]:
    """The ASCII digits of `numbers`, uint8 of shape (rows, width)."""
    rest = np.asarray(numbers, dtype=np.int64)
    groups = -(-width // 4)
    words = np.empty((len(rest), groups), dtype=np.uint32)
    for group in range(groups - 1, 0, -1):
        whole = rest // 10_000
        words[:, group] = _DIGITS4.take(rest - whole * 10_000)
        rest = whole
    words[:, 0] = _DIGITS4.take(rest - rest // 10_000 * 10_000)
    return words.view(np.uint8)[:, groups * 4 - width :]


def from_bytes(matrix: NDArray[np.uint8]) -> Text:
    """One ASCII string per row of a (rows, width) byte matrix."""
    return Text(None, None, texts_of_one_length(matrix))


def number_text(numbers: NDArray[Any]) -> Text:
    """Whole `numbers` as text without padding."""
    plain = np.asarray(numbers)
    if plain.size and plain.dtype == np.int64 and plain.min() >= 0 and plain.max() < _WRITTEN:
        return Text(None, None, _written_numbers().take(arrow_numbers(plain)))
    return Text(None, None, arrow_numbers(plain).cast(pa.string()))


_WRITTEN = 100_000
"""Numbers below it are written once and looked up, a third of what writing costs."""


@cache
def _written_numbers() -> pa.StringArray:
    return arrow_numbers(np.arange(_WRITTEN)).cast(pa.string())


def divided(numbers: Ints, by: int) -> tuple[Ints, Ints]:
    """Quotient and rest of `numbers` divided by one number, as of `np.divmod`, in a quarter of its time."""
    whole = numbers // by
    return whole, numbers - whole * by


def date_text(dates: NDArray[Any]) -> Text:
    """`dates` as ISO 8601 text, YYYY-MM-DD."""
    return from_bytes(date_matrix(dates))


def date_matrix(dates: NDArray[Any]) -> NDArray[np.uint8]:
    """The ASCII letters of `dates` of the years 0 to 9999, YYYY-MM-DD: uint8 of shape (rows, 10)."""
    year, month, day = year_month_day(dates)
    matrix = np.empty((len(year), 10), dtype=np.uint8)
    matrix[:, 0:4] = digit_matrix(year, 4)
    matrix[:, 5:7] = digit_matrix(month, 2)
    matrix[:, 8:10] = digit_matrix(day, 2)
    matrix[:, 4] = matrix[:, 7] = ord("-")
    return matrix


def year_month_day(dates: NDArray[Any]) -> tuple[Ints, Ints, Ints]:
    """Civil year, month (1-12) and day (1-31) of `dates`, datetime64 of any unit."""
    days = dates.astype("datetime64[D]", copy=False).astype(np.int64) - _FIRST_DAY
    if not isinstance(days, np.ma.MaskedArray) and days.size and days.min() >= 0 and days.max() < _DAYS:
        packed = _packed_days()[days].astype(np.int64)
        return packed >> 9, packed >> 5 & 15, packed & 31
    return _taken_apart(dates)


_FIRST_DAY, _DAYS = -43_829, 109_573
"""1850-01-01 up to 2149-12-31: the days whose parts are kept in a table that a processor's cache holds."""


@cache
def _packed_days() -> NDArray[np.int32]:
    year, month, day = _taken_apart(np.arange(_FIRST_DAY, _FIRST_DAY + _DAYS).astype("datetime64[D]"))
    return (year << 9 | month << 5 | day).astype(np.int32)


def _taken_apart(dates: NDArray[Any]) -> tuple[Ints, Ints, Ints]:
    months = dates.astype("datetime64[M]")
    number = months.astype(np.int64)
    day = (dates.astype("datetime64[D]") - months.astype("datetime64[D]")).astype(np.int64) + 1
    return number // 12 + 1970, number % 12 + 1, day


def years_between(start: NDArray[Any], end: Any) -> Ints:
    """Completed years from `start` to `end` (an array or one date); a 29 February is completed on 1 March."""
    start_year, start_month, start_day = year_month_day(np.asarray(start, dtype="datetime64[D]"))
    end_year, end_month, end_day = year_month_day(np.atleast_1d(np.asarray(end, dtype="datetime64[D]")))
    before = (end_month < start_month) | ((end_month == start_month) & (end_day < start_day))
    return end_year - start_year - before


def money_text(cents: NDArray[Any]) -> Text:
    """Hundredths (`cents`) as decimal text, such as -12.05."""
    values = np.asarray(cents, dtype=np.int64)
    whole = number_text(np.abs(values) // 100)
    return join(where(values < 0, "-", ""), whole, ".", digits(np.abs(values) % 100, 2))
