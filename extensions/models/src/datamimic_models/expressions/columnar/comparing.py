"""`== != < <= > >= in`, over columns of one kind."""

from __future__ import annotations

import operator
from collections.abc import Callable
from decimal import Decimal
from functools import partial
from typing import Any, Final

import numpy as np
import pyarrow.compute as pc

from datamimic.columns import Bools, Text
from datamimic_models.expressions.columnar.arithmetic import rescaled, too_long
from datamimic_models.expressions.columnar.texts import flags_of
from datamimic_models.expressions.columnar.vectors import (
    EXACT,
    Fixed,
    Operand,
    Vector,
    either,
    kind_of,
    nulls_of,
    raw,
    scale_of,
    units_of,
    unsure_of,
)

_ACTS: Final[dict[str, Callable[[Any, Any], Any]]] = {
    "==": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
_TURNED: Final[dict[str, Callable[[Any, Any], Any]]] = {
    "==": operator.eq,
    "!=": operator.ne,
    "<": operator.gt,
    "<=": operator.ge,
    ">": operator.lt,
    ">=": operator.le,
}
_ARROW: Final[dict[str, Callable[[Any, Any], Any]]] = {
    "==": pc.equal,
    "!=": pc.not_equal,
    "<": pc.less,
    "<=": pc.less_equal,
    ">": pc.greater,
    ">=": pc.greater_equal,
}
_MOST_ITEMS: Final = 1_000
_MIDNIGHTS: Final = 86_400_000_000


def compared(name: str, left: Operand, right: Operand) -> Vector | None:
    """A bool vector, null where a side is null; None for what is left to the comparison of plain values."""
    if isinstance(left, Fixed) and isinstance(right, Fixed):
        return None
    if name in ("in", "not in"):
        made = _among(left, right)
        if made is not None and name == "not in":
            made = Vector("bool", ~made.values, made.null, made.unsure)
        return made
    if name not in _ACTS:
        return None
    # Numbers of two kinds are compared as the floats that they are held as.
    kinds = tuple("float" if kind == "number" else kind for kind in (kind_of(left), kind_of(right)))
    if kinds == ("text", "text"):
        flags = _texts(name, left, right)
        return Vector("bool", flags, nulls_of(left, right), unsure_of(left, right))
    numbers = _numbers(left, right, kinds)
    if numbers is None:
        return None
    a, b, unsure = numbers
    return Vector("bool", _ACTS[name](a, b), nulls_of(left, right), either(unsure, unsure_of(left, right)))


def _texts(name: str, left: Operand, right: Operand) -> Bools:
    act = _ACTS[name]
    for one, other, turned in ((left, right, False), (right, left, True)):
        if isinstance(one, Vector) and isinstance(other, Fixed) and one.values.is_coded:
            fits = partial(act, other.value) if turned else partial(_TURNED[name], other.value)
            made: Bools = one.values.matches(fits)
            return made
    shown = [each.values.arrow() if isinstance(each, Vector) else each.value for each in (left, right)]
    return flags_of(_ARROW[name](*shown))


def _numbers(left: Operand, right: Operand, kinds: tuple[str, ...]) -> tuple[Any, Any, Any] | None:
    """What can be compared as numbers, and where that is not exact."""
    a, b = (
        None if kind in ("any", "null", "text", "uuid") else raw(each)
        for each, kind in zip((left, right), kinds, strict=True)
    )
    if a is None or b is None:
        return None
    if all(kind in ("int", "bool", "decimal", "float") for kind in kinds):
        return _amounts(left, right, kinds, a, b)
    if kinds[0] == kinds[1]:
        return a, b, None
    if kinds == ("date", "datetime"):
        return a * _MIDNIGHTS, b, None
    if kinds == ("datetime", "date"):
        return a, b * _MIDNIGHTS, None
    return None


def _amounts(left: Operand, right: Operand, kinds: tuple[str, ...], a: Any, b: Any) -> tuple[Any, Any, Any] | None:
    if "decimal" in kinds and "float" in kinds:
        # A float is the number that it shows.
        if isinstance(left, Fixed) and isinstance(left.value, float):
            left = Fixed(Decimal(repr(left.value)))
        elif isinstance(right, Fixed) and isinstance(right.value, float):
            right = Fixed(Decimal(repr(right.value)))
        else:
            return None
        if any(isinstance(each, Fixed) and units_of(each.value) is None for each in (left, right)):
            return None
        a, b = raw(left), raw(right)
    if "decimal" in kinds:
        scales = scale_of(left), scale_of(right)
        if max(scales) - min(scales) > 17:
            return None
        if any(too_long(each, max(scales) - scale) for each, scale in zip((a, b), scales, strict=True)):
            return None
        (a, first), (b, second) = (
            rescaled(each, max(scales) - scale) for each, scale in zip((a, b), scales, strict=True)
        )
        return a, b, either(first, second)
    if "float" in kinds:
        unsure = None
        for each, kind in zip((a, b), kinds, strict=True):
            if kind == "int" and isinstance(each, np.ndarray) and np.any(np.abs(each.astype(np.float64)) >= EXACT):
                unsure = either(unsure, np.abs(each.astype(np.float64)) >= EXACT)
            elif kind == "int" and not isinstance(each, np.ndarray) and abs(each) >= EXACT:
                return None
        return a, b, unsure
    return a, b, None


def _among(left: Operand, right: Operand) -> Vector | None:
    if isinstance(left, Fixed) and isinstance(left.value, str) and isinstance(right, Vector) and right.kind == "text":
        sought = left.value
        return Vector("bool", right.values.matches(lambda text: sought in text), right.null, right.unsure)
    if not isinstance(left, Vector) or not isinstance(right, Fixed):
        return None
    items = right.value
    if not isinstance(items, list | tuple | frozenset) or not 0 < len(items) <= _MOST_ITEMS:
        return None
    if left.kind == "text" and all(isinstance(item, str) for item in items):
        text: Text = left.values
        return Vector("bool", text.isin(items), left.null, left.unsure)
    if left.kind == "int" and all(type(item) is int and abs(item) < 1 << 62 for item in items):
        wanted = np.array(sorted(items), dtype=np.int64)
        return Vector("bool", np.isin(left.values, wanted), left.null, left.unsure)
    return None
