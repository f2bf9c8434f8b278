"""Records and lists masked within: text by text, in the structure that they have."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from datamimic_learning.masking.methods.canonical import canonical

Rows = NDArray[np.int64]
Masked = Callable[[pa.Array, Rows, Mapping[str, str]], pa.Array]
"""Texts, the row that each is of, and what the parts of documents among them become: as many texts."""


def is_nested(kind: pa.DataType) -> bool:
    """Whether values are records or lists that can be masked within."""
    return pa.types.is_struct(kind) or pa.types.is_list(kind) or pa.types.is_large_list(kind)


def within(values: pa.Array, parts: Mapping[str, str], masked: Masked) -> pa.Array:
    """Values of records and lists with their texts `masked`; `parts` say of parts what they become (`customer.name`; what is in
    a list is called as the list is). Of parts that are no text nothing is left where `parts` name them."""
    return _within(values, "", np.arange(len(values)), parts, masked)


def _within(values: pa.Array, path: str, rows: Rows, parts: Mapping[str, str], masked: Masked) -> pa.Array:
    kind = values.type
    if pa.types.is_struct(kind):
        fields = [kind.field(at) for at in range(kind.num_fields)]
        made = [
            _within(pc.struct_field(values, at), f"{path}.{each.name}".lstrip("."), rows, parts, masked)
            for at, each in enumerate(fields)
        ]
        there = [pa.field(each.name, each.type) for each in fields]
        if not there:
            return values
        return pa.StructArray.from_arrays(made, fields=there, mask=pc.is_null(values)).cast(kind)
    if is_nested(kind):
        lengths = np.asarray(pc.fill_null(pc.list_value_length(values), 0)).astype(np.int64)
        flat = _within(values.flatten(), path, np.repeat(rows, lengths), parts, masked)
        whole = pa.ListArray if pa.types.is_list(kind) else pa.LargeListArray
        size = pa.int32() if pa.types.is_list(kind) else pa.int64()
        offsets = pa.array(np.concatenate([[0], np.cumsum(lengths)]), pa.int64()).cast(size)
        return whole.from_arrays(offsets, flat, mask=pc.is_null(values)).cast(kind)
    if not (pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_string_view(kind)):
        return pa.nulls(len(values), kind) if path in parts else values
    texts = canonical(values)
    if path not in parts:
        return masked(texts, rows, {}).cast(kind)
    # As a document of one part.
    documents: list[Any] = [None if text is None else json.dumps([text]) for text in texts.to_pylist()]
    made = masked(pa.array(documents, pa.string()), rows, {"": parts[path]}).to_pylist()
    return pa.array([None if each is None else json.loads(each)[0] for each in made], pa.string()).cast(kind)
