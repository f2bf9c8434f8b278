"""Numbers and moments as text: `str(x)` and `format(x, spec)` of whole columns."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any, Final

import numpy as np
import pyarrow as pa

from datamimic.columns import (
    Text,
    date_text,
    digit_matrix,
    digits,
    from_bytes,
    join,
    number_text,
    where,
    year_month_day,
)
from datamimic_models.expressions.columnar.vectors import Vector, either, some
from datamimic_models.expressions.failures import Failed
from datamimic_models.expressions.moment_text import directives

_PADDED: Final = re.compile(r"0?(?P<width>\d{1,2})d?")
_FIXED: Final = re.compile(r"\.(?P<decimals>[0-6])f")
_DAY: Final = 86_400_000_000


def written(vector: Vector) -> Vector | None:
    """`str(x)` of every value, null where it is null; None for kinds that are written value by value."""
    unsure = None
    if vector.kind in ("text", "uuid"):
        text = vector.values
    elif vector.kind == "int":
        text = number_text(vector.values)
    elif vector.kind == "bool":
        text = Text.coded(np.where(vector.values, 1, 0), ("False", "True"))
    elif vector.kind == "float":
        text, unsure = _float_text(vector.values)
    elif vector.kind == "date":
        text = date_text(vector.values)
    elif vector.kind == "datetime":
        text = _stamp(vector, " ")
        unsure = some(vector.numbers % 1_000_000 != 0)
    elif vector.kind == "decimal" and 0 < vector.scale <= 6:
        text = _decimal_text(vector.values, vector.scale)
    elif vector.kind == "decimal" and vector.scale == 0:
        text = number_text(vector.values)
    else:
        return None
    return Vector("text", text, vector.null, either(vector.unsure, unsure))


def _float_text(values: Any) -> tuple[Text, Any]:
    """Arrow writes the shortest digits as Python does, but whole numbers without `.0` and small ones without exponent."""
    if (short := _of_hundredths(values)) is not None:
        return short, None
    buffers = [None, pa.py_buffer(np.ascontiguousarray(values, dtype=np.float64))]
    text = pa.Array.from_buffers(pa.float64(), len(values), buffers).cast(pa.string())
    size = np.abs(values)
    whole = values == np.trunc(values)
    unsure = some(((size < 1e-4) & (values != 0)) | ~(size < 1e14))
    if not whole.any():
        return Text.plain(text), unsure
    return join(Text.plain(text), Text.coded(np.where(whole, 1, 0), ("", ".0"))), unsure


_HUNDREDTHS: Final = tuple(f".{number:02d}".rstrip("0") if number % 100 else ".0" for number in range(100))


def _of_hundredths(values: Any) -> Text | None:
    """Where all have two decimals at most, as amounts have: what is nearest to so many hundredths is shown as these."""
    scaled = np.rint(values * 100.0)
    if not len(values) or not (np.abs(values) < 2.0**46).all() or not (scaled / 100.0 == values).all():
        return None
    if (scaled <= 0).any() and (np.signbit(values) & (scaled > -100)).any():
        return None
    units = scaled.astype(np.int64)
    size = np.abs(units)
    whole = size // 100
    rest = Text.coded(size - whole * 100, _HUNDREDTHS)
    return join(number_text(np.where(units < 0, -whole, whole)), rest)


def _decimal_text(units: Any, scale: int) -> Text:
    size = np.abs(units)
    whole = size // 10**scale
    rest = digits(size - whole * 10**scale, scale)
    body = join(number_text(whole), ".", rest)
    return join(where(units < 0, "-", ""), body) if len(units) and units.min() < 0 else body


def _stamp(vector: Vector, between: str) -> Text:
    """YYYY-MM-DD HH:MM:SS"""
    numbers = vector.numbers
    days = np.floor_divide(numbers, _DAY)
    seconds = (numbers - days * _DAY) // 1_000_000
    year, month, day = year_month_day(days.astype("datetime64[D]"))
    matrix = np.full((len(numbers), 19), ord(":"), dtype=np.uint8)
    for start, part, width in (
        (0, year, 4),
        (5, month, 2),
        (8, day, 2),
        (11, seconds // 3_600, 2),
        (14, seconds // 60 % 60, 2),
        (17, seconds % 60, 2),
    ):
        matrix[:, start : start + width] = digit_matrix(part, width)
    matrix[:, 4] = matrix[:, 7] = ord("-")
    matrix[:, 10] = ord(between)
    return from_bytes(matrix)


def formatted(vector: Vector, spec: str) -> Vector | None:
    """`format(x, spec)` of every value; None for formats that are applied value by value."""
    made: tuple[Text, Any] | None = None
    if vector.kind == "int" and (found := _PADDED.fullmatch(spec)) and spec.startswith("0"):
        made = _padded(vector.values, int(found["width"]))
    elif vector.kind == "int" and spec in ("d", ",", ",d"):
        made = (number_text(vector.values), some(np.abs(vector.values) >= 1_000) if "," in spec else None)
    elif vector.kind == "float" and (found := _FIXED.fullmatch(spec)):
        made = _fixed(vector.values, int(found["decimals"]))
    elif vector.kind == "decimal" and (found := _FIXED.fullmatch(spec)) and int(found["decimals"]) == vector.scale:
        text = written(vector)
        made = None if text is None else (text.values, text.unsure)
    elif vector.kind in ("date", "datetime"):
        made = _by_directives(vector, spec)
    if made is None:
        return None
    text_of, unsure = made
    return Vector("text", text_of, vector.null, either(vector.unsure, unsure))


def _padded(values: Any, width: int) -> tuple[Text, Any] | None:
    if not 1 <= width <= 18:
        return None
    outside = some((values < 0) | (values >= 10**width))
    return digits(values if outside is None else np.where(outside, 0, values), width), outside


def _fixed(values: Any, decimals: int) -> tuple[Text, Any]:
    scaled = values * 10.0**decimals
    size = np.abs(scaled)
    below = np.floor(size)
    # The product is rounded once: only where it falls upon a half can the exact one lie to either side of it. A zero below 0
    # has a sign, and large numbers have not all their digits.
    unsure = some((size - below == 0.5) | ~(size < 2.0**50) | ((scaled <= 0) & (size < 0.5) & np.signbit(values)))
    rounded = np.where(np.isfinite(scaled) & (size < 2.0**50), np.rint(scaled), 0.0).astype(np.int64)
    return (number_text(rounded) if decimals == 0 else _decimal_text(rounded, decimals)), unsure


@lru_cache(maxsize=256)
def _pieces_of(spec: str) -> tuple[str, ...] | None:
    try:
        return tuple(directives(spec))
    except Failed:
        return None


_WIDTHS: Final = {"Y": 4, "m": 2, "d": 2, "H": 2, "M": 2, "S": 2, "y": 2, "f": 6, "I": 2}


def _by_directives(vector: Vector, spec: str) -> tuple[Text, Any] | None:
    pieces = _pieces_of(spec)
    if pieces is None or not all(piece in _WIDTHS for piece in pieces[1::2]) or len(pieces) == 1:
        return None
    numbers = vector.numbers
    days = np.floor_divide(numbers, _DAY) if vector.kind == "datetime" else numbers
    rest = numbers - days * _DAY if vector.kind == "datetime" else np.zeros(len(numbers), dtype=np.int64)
    year, month, day = year_month_day(days.astype("datetime64[D]"))
    hour = rest // 3_600_000_000
    known = {
        "Y": year,
        "m": month,
        "d": day,
        "y": year % 100,
        "H": hour,
        "I": np.where(hour % 12 == 0, 12, hour % 12),
        "M": rest // 60_000_000 % 60,
        "S": rest // 1_000_000 % 60,
        "f": rest % 1_000_000,
    }
    columns = []
    for number, piece in enumerate(pieces):
        if number % 2:
            columns.append(digit_matrix(known[piece], _WIDTHS[piece]))
        elif piece:
            if not piece.isascii():
                return None
            letters = np.frombuffer(piece.encode(), dtype=np.uint8)
            columns.append(np.broadcast_to(letters, (len(numbers), len(letters))))
    return from_bytes(np.concatenate(columns, axis=1)), None
