"""JSON text of Arrow columns, a column at a time."""

from __future__ import annotations

import json
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from datamimic.columns.buffers import arrow_text, arrow_texts
from datamimic.model.arrow import decoded

_NEEDS_ESCAPE = r'["\\\x00-\x1f]'
_TEXT = pa.string()


def json_text(array: pa.Array, *, null: str | None = "null") -> pa.StringArray:
    """One JSON text per value: dates and times as ISO 8601 strings, decimals as numbers, maps and structs as objects.

    `null` is the text of a null; None leaves it null.
    """
    text = _text(array)
    return text if null is None else text.fill_null(arrow_text(null))


def iso_text(array: pa.Array) -> pa.StringArray:
    """Dates as 2025-01-31, times as 2025-01-31T12:30:00Z, with a fraction only where one value has it."""
    if pa.types.is_timestamp(array.type):
        whole = not any(pc.max(part(array)).as_py() for part in (pc.millisecond, pc.microsecond))
        plain = array.cast(pa.timestamp("us")).cast(pa.timestamp("s")) if whole else array.cast(pa.timestamp("us"))
        text = pc.replace_substring(plain.cast(_TEXT), " ", "T")
        return _join(text, "Z")
    return array.cast(_TEXT)


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
    if pa.types.is_timestamp(kind) or pa.types.is_date(kind):
        return _join('"', iso_text(array), '"')
    if pa.types.is_binary(kind):
        return _strings(arrow_texts([None if v is None else v.hex() for v in array.to_pylist()]))
    if pa.types.is_map(kind):
        entries = _join(_strings(decoded(array.keys)), ":", json_text(array.items))
        return _joined_lists(array, entries, "{", "}")
    if pa.types.is_list(kind):
        return _joined_lists(array, json_text(array.values), "[", "]")
    if pa.types.is_struct(kind):
        parts: list[Any] = []
        for index, field in enumerate(kind):
            parts += [("{" if index == 0 else ",") + json.dumps(field.name) + ":", json_text(array.field(index))]
        text = _join(*parts, "}")
        return pc.if_else(array.is_valid(), text, arrow_text(None))
    return array.cast(_TEXT)


def _strings(array: pa.Array) -> pa.StringArray:
    special = pc.match_substring_regex(array, _NEEDS_ESCAPE)
    if not pc.any(special).as_py():
        return _join('"', array, '"')
    values = [None if v is None else json.dumps(v, ensure_ascii=False) for v in array.to_pylist()]
    return arrow_texts(values)


def _joined_lists(array: pa.Array, texts: pa.StringArray, opening: str, closing: str) -> pa.StringArray:
    # `values`, `keys` and `items` ignore a slice's offset, and so do the offsets: both are of the whole array.
    lists = pa.ListArray.from_arrays(array.offsets, texts, mask=array.is_null() if array.null_count else None)
    return _join(opening, pc.binary_join(lists, arrow_text(",")), closing)


def _join(*parts: Any) -> pa.StringArray:
    scalars = [arrow_text(part) if isinstance(part, str) else part for part in parts]
    return pc.binary_join_element_wise(*scalars, arrow_text(""))


def rows_of_text(columns: list[Any], separator: str, end: str) -> memoryview:
    """The columns' texts of every row with the separator between and `end` after them, row after row, as UTF-8."""
    *rest, last = columns
    lines = pc.binary_join_element_wise(*rest, _join(last, end), arrow_text(separator))
    if len(lines) == 0:
        return memoryview(b"")
    offsets = memoryview(lines.buffers()[1]).cast("i")
    return memoryview(lines.buffers()[2])[offsets[lines.offset] : offsets[lines.offset + len(lines)]]
