"""Functions of numbers, column by column."""

from __future__ import annotations

from typing import Any, Final

import numpy as np

from datamimic_models.expressions.columnar.arithmetic import rescaled
from datamimic_models.expressions.columnar.vectors import EXACT, MOST, Vector, either, some

_SURE: Final = 2.0**50
"""Below this a float times a power of ten has its half exactly."""
_MOST_DIGITS: Final = 15


def _made(vector: Vector, kind: Any, values: Any, unsure: Any = None, scale: int = 0) -> Vector:
    return Vector(kind, values, vector.null, either(vector.unsure, unsure), scale)


def whole(vector: Vector) -> Vector | None:
    """`int(x)`"""
    if vector.kind in ("int", "bool"):
        return _made(vector, "int", vector.numbers)
    if vector.kind == "float":
        return _to_whole(vector, np.trunc(vector.values))
    if vector.kind == "decimal":
        size = np.abs(vector.values) // 10**vector.scale
        return _made(vector, "int", np.where(vector.values < 0, -size, size))
    return None


def _to_whole(vector: Vector, values: Any) -> Vector:
    outside = some(~(np.abs(values) < 2.0**62))
    return _made(vector, "int", (values if outside is None else np.where(outside, 0, values)).astype(np.int64), outside)


def floating(vector: Vector) -> Vector | None:
    """`float(x)`"""
    if vector.kind in ("int", "bool", "float"):
        return _made(vector, "float", np.asarray(vector.values, dtype=np.float64))
    return None


def absolute(vector: Vector) -> Vector | None:
    if vector.kind in ("int", "decimal", "float"):
        least = some(vector.values == -MOST - 1) if vector.kind != "float" else None
        return _made(vector, vector.kind, np.abs(vector.values), least, vector.scale)
    return None


def rounded(vector: Vector, digits: int | None) -> Vector | None:
    """`round(x)`, `round(x, digits)`"""
    if vector.kind in ("int", "bool"):
        return _made(vector, "int", vector.numbers) if digits is None or digits >= 0 else None
    if vector.kind == "float" and digits is None:
        return _to_whole(vector, np.rint(vector.values))
    if vector.kind == "float" and digits is not None and 0 <= digits <= _MOST_DIGITS:
        scaled = vector.values * 10.0**digits
        size = np.abs(scaled)
        unsure = some(~(size < _SURE) | (size - np.floor(size) == 0.5))
        return _made(vector, "float", np.rint(scaled) / 10.0**digits, unsure)
    if vector.kind == "decimal" and digits is None:
        return _made(vector, "int", _fewer(vector.values, vector.scale))
    if vector.kind == "decimal" and digits is not None and 0 <= digits <= _MOST_DIGITS:
        if digits >= vector.scale:
            units, unsure = rescaled(vector.values, digits - vector.scale)
            return _made(vector, "decimal", units, unsure, digits)
        units = _fewer(vector.values, vector.scale - digits)
        return _made(vector, "decimal", units, some((units == 0) & (vector.values < 0)), digits)
    return None


def _fewer(units: Any, places: int) -> Any:
    """Units of 10**places of them, halves to the even one."""
    factor = 10**places
    below = np.floor_divide(units, factor)
    twice = (units - below * factor) * 2
    return below + ((twice > factor) | ((twice == factor) & (below % 2 == 1)))


def cut(name: str, vector: Vector) -> Vector | None:
    """`math.floor`, `math.ceil`, `math.trunc`"""
    if vector.kind in ("int", "bool"):
        return _made(vector, "int", vector.numbers)
    if vector.kind == "float":
        return _to_whole(vector, {"floor": np.floor, "ceil": np.ceil, "trunc": np.trunc}[name](vector.values))
    return None


def square_root(vector: Vector) -> Vector | None:
    if vector.kind not in ("int", "float"):
        return None
    unsure = some(~(vector.values >= 0))
    if vector.kind == "int":
        unsure = either(unsure, some(vector.values >= EXACT))
    with np.errstate(invalid="ignore"):
        return _made(vector, "float", np.sqrt(vector.values.astype(np.float64)), unsure)
