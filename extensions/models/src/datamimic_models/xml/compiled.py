"""Scripts as columns."""

from __future__ import annotations

from typing import Any

import numpy as np

from datamimic import DatamimicError, Text, ValueType
from datamimic.columns.value_types import kind_of
from datamimic_models.expressions import Expression, Scope
from datamimic_models.xml.frames import Frame
from datamimic_models.xml.setting import Setting
from datamimic_models.xml.values import Part, Plain, Typed, Value, of_objects


def as_columns(
    expression: Expression, names: dict[str, Value], frame: Frame, setting: Setting, label: str
) -> Value | None:
    """What the script gives as a column; None where values of no certain kind are in it, and where it fails for a record."""
    columns: dict[str, tuple[Any, ValueType]] = {}
    for name, value in names.items():
        found = _column(value)
        if found is None:
            return None
        columns[name] = found
    kinds = {name: kind for name, (_, kind) in columns.items()}
    draw = setting.draw(frame, label)
    scope = Scope(frame.numbers, kinds, lambda name: columns[name][0], draw, setting.clock)
    try:
        kind = expression.result_type(kinds)
        if kind is None:
            return of_objects(expression.values(scope))
        made = expression.column(scope, kind)
    except DatamimicError:
        # Record by record it is told which one fails, and what stands for it.
        return None
    if isinstance(made, Text) or (isinstance(made, np.ndarray) and made.dtype.kind in "ifbM"):
        return Plain(made) if kind.python in (int, float, bool, str) else Typed(made, kind)
    return Typed(made, kind)


_KINDS = {"i": int, "f": float, "b": bool}


def _column(value: Value) -> tuple[Any, ValueType] | None:
    """A column in flight and its kind; None for values of several kinds."""
    if isinstance(value, Typed | Part):
        return None if isinstance(value, Part) else (value.data, value.kind)
    column = value.column()
    if isinstance(column, Text):
        kind: ValueType = kind_of(str, "a script")
        return column, kind.or_null() if column.has_null() else kind
    if isinstance(column, np.ndarray) and column.dtype.kind in _KINDS:
        kind = kind_of(_KINDS[column.dtype.kind], "a script")
        return column, kind.or_null() if isinstance(column, np.ma.MaskedArray) else kind
    return None
