"""Parts and methods of dates, moments and durations, and durations made of numbers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

import numpy as np

from datamimic.columns import year_month_day
from datamimic_models.expressions.columnar.vectors import DTYPES, Fixed, Operand, Vector, either, out_of_range
from datamimic_models.expressions.columnar.writing import formatted, written

_DAY: Final = 86_400_000_000
_UNITS: Final = {
    "weeks": 7 * _DAY,
    "days": _DAY,
    "hours": 3_600_000_000,
    "minutes": 60_000_000,
    "seconds": 1_000_000,
    "milliseconds": 1_000,
    "microseconds": 1,
}


def _made(vector: Vector, kind: Any, values: Any) -> Vector:
    return Vector(kind, values, vector.null, vector.unsure)


def _days(vector: Vector) -> Any:
    return np.floor_divide(vector.numbers, _DAY) if vector.kind == "datetime" else vector.numbers


def _of_day(vector: Vector) -> Any:
    return vector.numbers - _days(vector) * _DAY if vector.kind == "datetime" else vector.numbers


def part(vector: Vector, name: str) -> Vector | None:
    """`moment.year` and the like."""
    kind = vector.kind
    if kind in ("date", "datetime") and name in ("year", "month", "day"):
        parts = year_month_day(_days(vector).astype("datetime64[D]"))
        return _made(vector, "int", parts[("year", "month", "day").index(name)].astype(np.int64))
    if kind in ("datetime", "time") and name in ("hour", "minute", "second", "microsecond"):
        rest = _of_day(vector)
        numbers = {
            "hour": lambda: rest // 3_600_000_000,
            "minute": lambda: rest // 60_000_000 % 60,
            "second": lambda: rest // 1_000_000 % 60,
            "microsecond": lambda: rest % 1_000_000,
        }[name]()
        return _made(vector, "int", numbers)
    if kind == "duration" and name in ("days", "seconds", "microseconds"):
        days = np.floor_divide(vector.numbers, _DAY)
        rest = vector.numbers - days * _DAY
        return _made(vector, "int", {"days": days, "seconds": rest // 1_000_000}.get(name, rest % 1_000_000))
    return None


_METHODS: Final[dict[tuple[str, str], Callable[[Vector], Vector | None]]] = {
    ("date", "isoformat"): written,
    ("date", "weekday"): lambda vector: _made(vector, "int", (_days(vector) + 3) % 7),
    ("date", "isoweekday"): lambda vector: _made(vector, "int", (_days(vector) + 3) % 7 + 1),
    ("datetime", "weekday"): lambda vector: _made(vector, "int", (_days(vector) + 3) % 7),
    ("datetime", "isoweekday"): lambda vector: _made(vector, "int", (_days(vector) + 3) % 7 + 1),
    ("datetime", "date"): lambda vector: _made(vector, "date", _days(vector).astype(DTYPES["date"])),
    ("datetime", "time"): lambda vector: _made(vector, "time", _of_day(vector).astype(DTYPES["time"])),
}


def by_method(name: str, vector: Vector, arguments: tuple[Operand, ...]) -> Vector | None:
    if not arguments and (vector.kind, name) in _METHODS:
        return _METHODS[vector.kind, name](vector)
    if name == "strftime" and vector.kind in ("date", "datetime") and len(arguments) == 1:
        spec = arguments[0].value if isinstance(arguments[0], Fixed) else None
        return formatted(vector, spec) if isinstance(spec, str) and spec else None
    return None


def duration(parts: Mapping[str, Operand], length: int) -> Vector | None:
    """`timedelta(days=…)` of whole numbers."""
    total: Any = np.zeros(length, dtype=np.int64)
    unsure, null = None, None
    for name, operand in parts.items():
        if isinstance(operand, Vector) and operand.kind == "int":
            values: Any = operand.values
            null, unsure = either(null, operand.null), either(unsure, operand.unsure)
        elif isinstance(operand, Fixed) and type(operand.value) is int and abs(operand.value) < 1 << 40:
            values = np.full(length, operand.value)
        else:
            return None
        far = np.abs(values.astype(np.float64)) * _UNITS[name] > 2.0**61
        if far.any():
            unsure, values = either(unsure, far), np.where(far, 0, values)
        total = total + values * _UNITS[name]
    outside = out_of_range("duration", total)
    if outside is not None:
        total = np.where(outside, 0, total)
    return Vector("duration", total.astype(DTYPES["duration"]), null, either(unsure, outside))
