"""The columns of a scope as vectors."""

from __future__ import annotations

from typing import Any

import numpy as np

from datamimic import ValueType
from datamimic.columns import Struct, Text
from datamimic.columns.value_types import (
    Bool,
    Choice,
    Date,
    DateTime,
    Decimals,
    Duration,
    Float,
    Int,
    Str,
    TimeOfDay,
    Uuid,
)
from datamimic_models.expressions.columnar.vectors import DTYPES, Kind, Vector, either
from datamimic_models.expressions.values import plain

_KINDS: tuple[tuple[type[ValueType], Kind], ...] = (
    (Decimals, "decimal"),
    (Int, "int"),
    (Float, "float"),
    (Bool, "bool"),
    (Date, "date"),
    (DateTime, "datetime"),
    (TimeOfDay, "time"),
    (Duration, "duration"),
    (Uuid, "uuid"),
    (Str, "text"),
)


def vector_of_column(column: Any, kind: ValueType, path: tuple[str, ...]) -> tuple[Vector, int]:
    """The vector of a column, or of a member of its records; and how many parts of the path were gone."""
    gone = 0
    null = None
    while gone < len(path) and isinstance(column, Struct) and path[gone] in (kind.members or {}):
        if path[gone] not in column.columns:
            break
        null = either(null, None if column.present is None else ~column.present)
        kind, column = (kind.members or {})[path[gone]], column.columns[path[gone]]
        gone += 1
    return _vector(column, kind).nulled(null), gone


def _vector(column: Any, kind: ValueType) -> Vector:
    if isinstance(kind, Choice):
        kind = kind.base
    name = next((name for known, name in _KINDS if isinstance(kind, known)), None)
    if isinstance(column, Text) and name in ("text", "uuid"):
        return Vector(name, column, column.is_null() if column.has_null() else None)
    if name is None or not isinstance(column, np.ndarray):
        return _objects(column, kind)
    null = None
    if isinstance(column, np.ma.MaskedArray):
        null = np.ma.getmaskarray(column)
        null, column = null if null.any() else None, column.data
    if column.dtype.kind == "u" and len(column) and column.max() > np.iinfo(np.int64).max:
        return _objects(column, kind)
    if column.dtype.kind in "mM":
        missing = np.isnat(column)
        if missing.any():
            null, column = either(null, missing), np.where(missing, np.zeros(1, column.dtype), column)
    scale = kind.scale if isinstance(kind, Decimals) else 0
    return Vector(name, column.astype(DTYPES[name], copy=False), null, None, scale)


def _objects(column: Any, kind: ValueType) -> Vector:
    values = [plain(value) for value in kind.objects(column)]
    held = np.empty(len(values), dtype=object)
    held[:] = values
    null = np.fromiter((value is None for value in values), np.bool_, len(values))
    return Vector("any", held, null if null.any() else None)
