"""Numbers, moments and durations: `+ - * / // % **` and signs."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any, Final

import numpy as np

from datamimic_models.expressions.columnar.vectors import (
    DTYPES,
    EXACT,
    MOST,
    Fixed,
    Kind,
    Operand,
    Vector,
    either,
    kind_of,
    nulls_of,
    out_of_range,
    raw,
    scale_of,
    some,
    units_of,
    unsure_of,
)

_WHOLE: Final = ("int", "bool")
_DAY: Final = 86_400_000_000


def computed(operator: str, left: Operand, right: Operand) -> Vector | None:
    """None for what is left to the operator on plain values."""
    left, right = _exact(left, right), _exact(right, left)
    kinds = kind_of(left), kind_of(right)
    act = _by_kinds(operator, kinds)
    if act is None:
        return None
    with np.errstate(all="ignore"):
        made = act(operator, left, right)
    return None if made is None else made.nulled(nulls_of(left, right)).marked(unsure_of(left, right))


def _exact(operand: Operand, other: Operand) -> Operand:
    """A fixed float that meets decimals is the number that it shows."""
    if isinstance(operand, Fixed) and isinstance(operand.value, float) and kind_of(other) == "decimal":
        shown = Decimal(repr(operand.value))
        return Fixed(shown) if units_of(shown) is not None else operand
    return operand


def _by_kinds(operator: str, kinds: tuple[str, str]) -> Callable[[str, Operand, Operand], Vector | None] | None:
    if all(kind in _WHOLE for kind in kinds):
        return _whole
    if all(kind in (*_WHOLE, "float") for kind in kinds):
        return _float
    if all(kind in (*_WHOLE, "decimal") for kind in kinds):
        return _decimal
    if kinds in _MOMENTS.get(operator, ()):
        return _moment
    return None


# -- whole numbers ----------------------------------------------------------------------------------------------------


def _ends(values: Any) -> tuple[int, int]:
    if isinstance(values, np.ndarray):
        return (int(values.min()), int(values.max())) if len(values) else (0, 0)
    return int(values), int(values)


def _fits(low: int, high: int) -> bool:
    return low >= -MOST and high <= MOST


def _sum_overflow(operator: str, left: Any, right: Any) -> Any:
    """Where the sum or difference leaves 64 bits; None for nowhere."""
    (low, high), (least, most) = _ends(left), _ends(right)
    if _fits(low + least, high + most) if operator == "+" else _fits(low - most, high - least):
        return None
    made = left + right if operator == "+" else left - right
    other = right if operator == "+" else ~np.asarray(right)
    return (((left ^ made) & (other ^ made)) < 0) | (made == -MOST - 1)


def _product_overflow(left: Any, right: Any) -> Any:
    one, other = (max(map(abs, _ends(each))) for each in (left, right))
    if one * other <= MOST:
        return None
    return np.abs(np.asarray(left, np.float64) * np.asarray(right, np.float64)) > 2.0**62


def _whole(operator: str, left: Operand, right: Operand) -> Vector | None:
    a, b = raw(left), raw(right)
    if operator in ("+", "-"):
        return Vector("int", a + b if operator == "+" else a - b, None, _sum_overflow(operator, a, b))
    if operator == "*":
        return Vector("int", a * b, None, _product_overflow(a, b))
    if operator == "/":
        unsure = either(_too_large(a), _too_large(b), some(b == 0))
        return Vector("float", np.true_divide(a, b), None, _along(unsure, a, b))
    if operator in ("//", "%"):
        unsure = either(some(b == 0), some((np.asarray(b) == -1) & (np.asarray(a) == -MOST - 1)))
        by = np.where(np.asarray(b) == 0, 1, b)
        return Vector("int", a // by if operator == "//" else a % by, None, _along(unsure, a, b))
    if operator == "**" and isinstance(right, Fixed) and type(right.value) is int and 0 <= right.value <= 64:
        size = max(map(abs, _ends(a)))
        return Vector("int", np.power(a, right.value)) if size**right.value <= MOST else None
    return None


def _along(unsure: Any, *values: Any) -> Any:
    """Flags of a fixed value, for every row."""
    length = next(len(each) for each in values if isinstance(each, np.ndarray))
    return None if unsure is None else np.broadcast_to(unsure, (length,))


def _too_large(values: Any) -> Any:
    low, high = _ends(values)
    return None if low >= -EXACT and high <= EXACT else np.abs(np.asarray(values, np.float64)) >= EXACT


# -- floats -----------------------------------------------------------------------------------------------------------


def _float(operator: str, left: Operand, right: Operand) -> Vector | None:
    a, b = (np.asarray(raw(each), dtype=np.float64) for each in (left, right))
    length = max(a.size if a.ndim else 0, b.size if b.ndim else 0)
    if operator in ("+", "-", "*"):
        made = a + b if operator == "+" else a - b if operator == "-" else a * b
        return Vector("float", made)
    if operator == "/":
        zero = some(b == 0)
        return Vector("float", a / b, None, None if zero is None else np.broadcast_to(zero, (length,)))
    if operator in ("//", "%"):
        odd = some((b == 0) | ~np.isfinite(a) | ~np.isfinite(b))
        made = np.floor_divide(a, b) if operator == "//" else np.mod(a, b)
        return Vector("float", made, None, None if odd is None else np.broadcast_to(odd, (length,)))
    if operator == "**" and isinstance(right, Fixed) and kind_of(left) == "float":
        if right.value == 2:
            made = a * a
            return Vector("float", made, None, some(np.isinf(made) & np.isfinite(a)))
        if right.value == 0.5:
            return Vector("float", np.sqrt(a), None, some(~((a > 0) & np.isfinite(a))))
    return None


# -- exact numbers ----------------------------------------------------------------------------------------------------


def too_long(units: Any, by: int) -> bool:
    """Is it one number that leaves 64 bits when it is written in smaller units?"""
    return not isinstance(units, np.ndarray) and abs(units) * 10**by > MOST


def rescaled(values: Any, by: int) -> tuple[Any, Any]:
    """Units of a smaller size, and where they leave 64 bits."""
    if by == 0:
        return values, None
    factor = 10**by
    low, high = _ends(values)
    if _fits(low * factor, high * factor):
        return values * factor, None
    return values * factor, np.abs(np.asarray(values, np.float64)) > MOST // factor - 1


def _decimal(operator: str, left: Operand, right: Operand) -> Vector | None:
    scales = scale_of(left), scale_of(right)
    a, b = raw(left), raw(right)
    if operator in ("+", "-"):
        scale = max(scales)
        if scale - min(scales) > 17 or too_long(a, scale - scales[0]) or too_long(b, scale - scales[1]):
            return None
        (a, first), (b, second) = rescaled(a, scale - scales[0]), rescaled(b, scale - scales[1])
        made = a + b if operator == "+" else a - b
        unsure = either(first, second, _sum_overflow(operator, a, b))
        return Vector("decimal", made, None, _along(unsure, a, b), scale)
    if operator == "*" and sum(scales) <= 18:
        made = a * b
        # A zero that is made of a number below zero has a sign, which whole units have not.
        signed = some((made == 0) & ((a < 0) | (b < 0)))
        return Vector("decimal", made, None, either(_product_overflow(a, b), signed), sum(scales))
    return None


# -- moments ----------------------------------------------------------------------------------------------------------

_MOMENTS: Final[dict[str, tuple[tuple[str, str], ...]]] = {
    "+": (
        ("date", "duration"),
        ("duration", "date"),
        ("datetime", "duration"),
        ("duration", "datetime"),
        ("duration", "duration"),
    ),
    "-": (
        ("date", "duration"),
        ("datetime", "duration"),
        ("duration", "duration"),
        ("date", "date"),
        ("datetime", "datetime"),
        ("date", "datetime"),
        ("datetime", "date"),
    ),
    "*": (("duration", "int"), ("int", "duration")),
    "/": (("duration", "duration"),),
}


def _moment(operator: str, left: Operand, right: Operand) -> Vector | None:
    kinds = kind_of(left), kind_of(right)
    a, b = raw(left), raw(right)
    if operator == "/":
        unsure = either(_too_large(a), _too_large(b), some(b == 0))
        return Vector("float", np.true_divide(a, b), None, _along(unsure, a, b))
    if operator == "*":
        unsure = _product_overflow(a, b)
        return _made("duration", a * b, unsure)
    if "duration" not in kinds:
        if kinds == ("date", "date"):
            return _made("duration", (a - b) * _DAY, None)
        a, b = (each * _DAY if kind == "date" else each for each, kind in zip((a, b), kinds, strict=True))
        return _made("duration", a - b, None)
    if "date" in kinds:
        # Python counts the whole days of a duration, downwards, also where it is taken away.
        if kinds[0] == "duration":
            a, b = b, a
        days = np.floor_divide(b, _DAY)
        return _made("date", a - days if operator == "-" else a + days, None)
    unsure = _sum_overflow(operator, a, b)
    kind: Kind = "datetime" if "datetime" in kinds else "duration"
    return _made(kind, a + b if operator == "+" else a - b, unsure)


def _made(kind: Kind, numbers: Any, unsure: Any) -> Vector:
    numbers = np.atleast_1d(numbers)
    outside = out_of_range(kind, numbers)
    if outside is not None:
        numbers = np.where(outside, 0, numbers)
    return Vector(kind, numbers.astype(DTYPES[kind]), None, either(unsure, outside))


def signed(operator: str, operand: Vector) -> Vector | None:
    """`-x`, `+x`."""
    if operand.kind == "bool":
        operand = Vector("int", operand.numbers, operand.null, operand.unsure)
    if operand.kind not in ("int", "float", "decimal", "duration") or operator == "~":
        return None
    if operator == "+":
        return operand
    if operand.kind == "duration":
        return _made("duration", -operand.numbers, None).nulled(operand.null).marked(operand.unsure)
    least = some(operand.values == -MOST - 1) if operand.kind != "float" else None
    return Vector(operand.kind, -operand.values, operand.null, either(operand.unsure, least), operand.scale)
