"""JSON text of Arrow columns, a column at a time."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from datamimic.columns.buffers import arrow_numbers, arrow_text, arrow_texts, numpy_values
from datamimic.columns.value_types import duration_text
from datamimic.formats.joined_text import fixed_offsets, join, joined_items
from datamimic.model.arrow import decoded
from datamimic.tables.time_zones import to_local

_NEEDS_ESCAPE = r'["\\\x00-\x1f]'
_TEXT = pa.string()


def json_text(array: pa.Array, *, null: str | None = "null") -> pa.StringArray:
    """One JSON text per value: dates, times and durations as ISO 8601 strings, decimals as numbers, bytes as hexadecimal
    strings, maps and structs as objects.

    `null` is the text of a null; None leaves it null.
    """
    text = _text(array)
    return text if null is None else text.fill_null(arrow_text(null))


def iso_text(array: pa.Array) -> pa.StringArray:
    """ISO 8601: dates as 2025-01-31, moments as 2025-01-31T12:30:00Z, or with what their zone is ahead of UTC, times of day as
    12:30:00, durations as P1DT2H30M."""
    kind = array.type
    if pa.types.is_timestamp(kind):
        return _moments(array) if kind.tz in (None, "UTC") else _moments_in_zone(array)
    if pa.types.is_time(kind):
        return _without_nothing(array.cast(_TEXT))
    if pa.types.is_duration(kind):
        coded = array.cast(pa.duration("us")).cast(pa.int64()).dictionary_encode()
        texts = [duration_text(timedelta(microseconds=each)) for each in coded.dictionary.to_pylist()]
        return arrow_texts(texts).take(coded.indices)
    return array.cast(_TEXT)


def hex_text(array: pa.Array) -> pa.StringArray:
    """Bytes as hexadecimal digits."""
    return arrow_texts([None if value is None else value.hex() for value in array.to_pylist()])


def _moments(array: pa.Array) -> pa.StringArray:
    """With a fraction only where one value has it."""
    whole = not any(pc.max(part(array)).as_py() for part in (pc.millisecond, pc.microsecond))
    plain = array.cast(pa.timestamp("us")).cast(pa.timestamp("s")) if whole else array.cast(pa.timestamp("us"))
    return join(pc.replace_substring(plain.cast(_TEXT), " ", "T"), "Z")


def _moments_in_zone(array: pa.Array) -> pa.StringArray:
    moments = numpy_values(array.cast(pa.timestamp("us", "UTC")).cast(pa.int64()).fill_null(0))
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


def _text(array: pa.Array) -> pa.StringArray:
    kind = array.type
    if pa.types.is_dictionary(kind):
        return _text(array.dictionary).take(array.indices)
    if pa.types.is_string(kind) or pa.types.is_large_string(kind):
        return _strings(array)
    if pa.types.is_boolean(kind):
        return pc.if_else(array, arrow_text("true"), arrow_text("false"))
    if pa.types.is_floating(kind):
        return pc.if_else(pc.is_finite(array), array.cast(_TEXT), arrow_text(None))
    if pa.types.is_temporal(kind):
        return join('"', iso_text(array), '"')
    if pa.types.is_binary(kind):
        return join('"', hex_text(array), '"')
    if pa.types.is_map(kind):
        entries = join(_strings(decoded(array.keys)), ":", json_text(array.items))
        return join("{", joined_items(array, array.offsets, entries, ","), "}")
    if pa.types.is_list(kind):
        return join("[", joined_items(array, array.offsets, json_text(array.values), ","), "]")
    if pa.types.is_fixed_size_list(kind):
        return join("[", joined_items(array, fixed_offsets(array), json_text(array.values), ","), "]")
    if pa.types.is_struct(kind):
        parts: list[Any] = []
        for index, field in enumerate(kind):
            parts += [("{" if index == 0 else ",") + json.dumps(field.name) + ":", json_text(array.field(index))]
        text = join(*parts, "}")
        return pc.if_else(array.is_valid(), text, arrow_text(None))
    return array.cast(_TEXT)


def _strings(array: pa.Array) -> pa.StringArray:
    special = pc.match_substring_regex(array, _NEEDS_ESCAPE)
    if not pc.any(special).as_py():
        return join('"', array, '"')
    values = [None if v is None else json.dumps(v, ensure_ascii=False) for v in array.to_pylist()]
    return arrow_texts(values)
