"""Cells of sources with `{expressions}` in them, which are worked out for every record anew, at any depth."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from datamimic_models.model import Place
from datamimic_models.xml.frames import Frame
from datamimic_models.xml.scripts import evaluate, filled, pieces
from datamimic_models.xml.setting import Setting
from datamimic_models.xml.values import Value, of_objects

Put = Callable[[Any], None]


def has_scripts(records: Value) -> bool:
    """Is there a cell with an expression?"""
    columns = records.fields.values() if isinstance(records, Frame) else [records]
    return any(_is_scripted(value) for column in columns for value in column.objects())


def _is_scripted(value: Any) -> bool:
    if isinstance(value, dict):
        return any(map(_is_scripted, value.values()))
    if isinstance(value, list):
        return any(map(_is_scripted, value))
    return isinstance(value, str) and "{" in value and any(isinstance(part, tuple) for part in pieces(value))


def with_scripts(records: Value, frame: Frame, setting: Setting, place: Place, label: str) -> Value:
    """The records with what their cells say of each record of the frame. Names are those that scripts of the frame know, then
    other cells of the same record. Raises `DatamimicError`."""
    if not isinstance(records, Frame):
        return _column(records, frame, setting, place, label)
    made = Frame(records.name, records.numbers, records.index, path=records.path)
    beside = Frame("", frame.numbers, frame.index, frame, None, path=frame.path)
    for name, column in records.fields.items():
        if frame.resolve([name]) is None:
            beside.put(name, column, shown=True)
    for name, column in records.fields.items():
        own = beside.fields.pop(name, None)
        done = _column(column, beside, setting, place, f"{label} {name}")
        made.put(name, done, shown=True, present=records.present.get(name))
        if own is not None:
            beside.put(name, done, shown=True)
    return made


def _column(column: Value, frame: Frame, setting: Setting, place: Place, label: str) -> Value:
    """Equal cells are worked out together, for their records."""
    waiting: dict[tuple[str, str], list[tuple[int, Put]]] = {}
    held: list[Any] = [None] * len(column)
    found = False
    for row, value in enumerate(column.objects()):
        if _is_scripted(value):
            found = True
            _collect(value, "", row, _into(held, row), waiting)
        else:
            held[row] = value
    if not found:
        return column
    for (text, path), cells in waiting.items():
        rows = np.array([row for row, _ in cells], dtype=np.int64)
        done = _worked_out(text, frame.branch(rows), setting, place, f"{label}{path}")
        for (_, put), value in zip(cells, done, strict=True):
            put(value)
    return of_objects(held)


def _into(holder: Any, key: Any) -> Put:
    def put(value: Any) -> None:
        holder[key] = value

    return put


def _collect(value: Any, path: str, row: int, put: Put, waiting: dict[tuple[str, str], list[tuple[int, Put]]]) -> None:
    """Puts a copy, whose scripted cells wait."""
    if isinstance(value, dict):
        copy: dict[str, Any] = dict.fromkeys(value)
        put(copy)
        for name, each in value.items():
            _collect(each, f"{path}.{name}", row, _into(copy, name), waiting)
    elif isinstance(value, list):
        items: list[Any] = [None] * len(value)
        put(items)
        for number, each in enumerate(value):
            _collect(each, f"{path}[{number}]", row, _into(items, number), waiting)
    elif _is_scripted(value):
        waiting.setdefault((value, path), []).append((row, put))
    else:
        put(value)


def _worked_out(text: str, frame: Frame, setting: Setting, place: Place, label: str) -> list[Any]:
    parts = pieces(text)
    if len(parts) == 1 and isinstance(parts[0], tuple):
        return evaluate(parts[0][0], frame, setting, place, label).objects()
    return filled(text, frame, setting, place, label)
