"""JSON text of Arrow columns, a column at a time."""

from __future__ import annotations

import json

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from datamimic.columns.buffers import arrow_numbers, arrow_text, arrow_texts, numpy_values
from datamimic.formats.iso_text import iso_text
from datamimic.formats.joined_text import (
    Part,
    body_of,
    empty_where_null,
    fixed_offsets,
    join,
    joined_items,
    one_of,
)
from datamimic.model.arrow import decoded

_TEXT = pa.string()
_NULL = "null"


def json_text(array: pa.Array, *, null: str | None = _NULL) -> pa.StringArray:
    """One JSON text per value: dates, times and durations as ISO 8601 strings, decimals as numbers, bytes as hexadecimal
    strings, maps and structs as objects.

    `null` is the text of a null; None leaves it null.
    """
    text = join(*json_parts(array))
    if null == _NULL or not array.null_count:
        return text
    return pc.if_else(array.is_valid(), text, arrow_text(null))


def json_parts(array: pa.Array, quote: str = '"') -> list[Part]:
    """The parts of one JSON text per value, `null` for nulls; `quote` stands for every quote: two within a cell of CSV."""
    kind = array.type
    if pa.types.is_dictionary(kind):
        return [looked_up(members(array.dictionary, quote=quote), array.indices)]
    if pa.types.is_string(kind) or pa.types.is_large_string(kind):
        return _strings(array.cast(_TEXT), quote)
    if pa.types.is_temporal(kind):
        return _quoted(iso_text(array), quote)
    if pa.types.is_binary(kind):
        return _quoted(hex_text(array), quote)
    if pa.types.is_struct(kind):
        parts: list[Part] = []
        for index, field in enumerate(kind):
            name = ("{" if index == 0 else ",") + json.dumps(field.name) + ":"
            parts += [name.replace('"', quote), *json_parts(array.field(index), quote)]
        return _or_null(array, [*parts, "}"])
    if pa.types.is_map(kind) or pa.types.is_list(kind) or pa.types.is_fixed_size_list(kind):
        begin, end = "{}" if pa.types.is_map(kind) else "[]"
        return _or_null(array, [begin, json_items(array, quote), end])
    if pa.types.is_boolean(kind):
        return [pc.if_else(array, arrow_text("true"), arrow_text("false")).fill_null(arrow_text(_NULL))]
    if pa.types.is_floating(kind):
        return [pc.if_else(pc.is_finite(array), array.cast(_TEXT), arrow_text(_NULL)).fill_null(arrow_text(_NULL))]
    return [array.cast(_TEXT).fill_null(arrow_text(_NULL))]


def json_items(array: pa.Array, quote: str = '"') -> pa.StringArray:
    """What stands between the brackets of a list, or the braces of a map; null where it is null."""
    kind = array.type
    if pa.types.is_map(kind):
        entries = join(*_strings(decoded(array.keys), quote), ":", *json_parts(array.items, quote))
        return joined_items(array, array.offsets, entries, ",")
    offsets = fixed_offsets(array) if pa.types.is_fixed_size_list(kind) else array.offsets
    return joined_items(array, offsets, join(*json_parts(array.values, quote)), ",")


def hex_text(array: pa.Array) -> pa.StringArray:
    """Bytes as hexadecimal digits."""
    return arrow_texts([None if value is None else value.hex() for value in array.to_pylist()])


def members(dictionary: pa.Array, before: str = "", quote: str = '"') -> pa.StringArray:
    """The JSON text of every value of a dictionary, with `before` in front, and of null at the end: what `looked_up` takes."""
    texts = join(before, *json_parts(dictionary, quote))
    return pa.concat_arrays([texts, arrow_texts([before + _NULL])])


def looked_up(texts: pa.StringArray, indices: pa.Array) -> pa.StringArray:
    """Of every index its text, the last one for a null."""
    if indices.null_count:
        (last,) = arrow_numbers(np.array([len(texts) - 1]))
        indices = indices.cast(pa.int64()).fill_null(last)
    return texts.take(indices)


def _strings(array: pa.StringArray, quote: str) -> list[Part]:
    body = np.frombuffer(body_of(array), dtype=np.uint8)
    if not ((body < 0x20) | (body == ord('"')) | (body == ord("\\"))).any():
        return _quoted(array, quote)
    values = [_NULL if value is None else json.dumps(value, ensure_ascii=False) for value in array.to_pylist()]
    return [arrow_texts(value.replace('"', quote) for value in values)]


def _quoted(texts: pa.StringArray, quote: str) -> list[Part]:
    if not texts.null_count:
        return [quote, texts, quote]
    missing = numpy_values(texts.is_null()).view(np.int8)
    return [one_of((quote, _NULL), missing), empty_where_null(texts), one_of((quote, ""), missing)]


def _or_null(array: pa.Array, parts: list[Part]) -> list[Part]:
    if not array.null_count:
        return parts
    return [pc.if_else(array.is_valid(), join(*parts), arrow_text(_NULL))]
