"""Records as texts of JSON, column by column: what records have in common is written once."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime, time
from decimal import Decimal
from json.encoder import encode_basestring
from typing import Any

import numpy as np

from datamimic_models.xml.arrow import plain, text_of
from datamimic_models.xml.frames import Frame
from datamimic_models.xml.values import Listed, Value


def json_texts(value: Value) -> list[str]:
    """One text per record, as `json.dumps` writes it without escapes of letters."""
    if isinstance(value, Frame):
        return _records({name: json_texts(each) for name, each in value.fields.items()}, value)
    if isinstance(value, Listed):
        items, ends = json_texts(value.items), np.cumsum(value.lengths).tolist()
        return [f"[{', '.join(items[start:end])}]" for start, end in zip([0, *ends], ends, strict=False)]
    return _values(value.objects())


def _values(values: list[Any]) -> list[str]:
    kinds = set(map(type, values))
    if kinds == {int}:
        return list(map(str, values))
    if kinds <= {str, type(None)}:
        known = {each: "null" if each is None else encode_basestring(each) for each in set(values)}
        return [known[each] for each in values]
    return [json.dumps(plain(each), ensure_ascii=False, default=said) for each in values]


def _records(columns: Mapping[str, list[str]], frame: Frame) -> list[str]:
    """Records that have the same members are written together."""
    if not frame.present:
        return _alike(columns, len(frame))
    names = list(columns)
    there = np.array([frame.present.get(name, np.ones(len(frame), dtype=np.bool_)) for name in names])
    patterns, of = np.unique(there, axis=1, return_inverse=True)
    found = [""] * len(frame)
    for number in range(patterns.shape[1]):
        rows = np.flatnonzero(of.reshape(-1) == number).tolist()
        kept = [name for name, has in zip(names, patterns[:, number], strict=True) if has]
        texts = _alike({name: [columns[name][row] for row in rows] for name in kept}, len(rows))
        for row, text in zip(rows, texts, strict=True):
            found[row] = text
    return found


def _alike(columns: Mapping[str, list[str]], rows: int) -> list[str]:
    if not columns:
        return ["{}"] * rows
    form = ", ".join(f"{encode_basestring(name).replace('%', '%%')}: %s" for name in columns)
    return ["{" + form % each + "}" for each in zip(*columns.values(), strict=True)]


def said(value: Any) -> Any:
    """What JSON has no word for."""
    if isinstance(value, date | datetime | time):
        return value.isoformat()
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return text_of(value)
