"""Truth, and one of two columns per row."""

from __future__ import annotations

from typing import Any

import numpy as np

from datamimic.columns import Bools, Text, where
from datamimic_models.expressions.columnar.each import each
from datamimic_models.expressions.columnar.vectors import (
    EXACT,
    Fixed,
    Operand,
    Vector,
    either,
    kind_of,
    objects,
    raw,
    scale_of,
    spread,
    within,
)
from datamimic_models.expressions.values import truth


def true_where(operand: Operand, length: int) -> tuple[Bools, Bools | None]:
    """Where the operand counts as true, and where that is unsure; null does not."""
    if isinstance(operand, Fixed):
        return np.full(length, truth(operand.value)), None
    values = operand.values
    made: Any
    if operand.kind == "bool":
        made = values
    elif operand.kind in ("int", "float", "number", "decimal"):
        made = values != 0
    elif operand.kind == "duration":
        made = operand.numbers != 0
    elif operand.kind == "text":
        made = ~values.is_null() & (values != "")
    elif operand.kind == "any":
        flags = each(truth, [operand], length, gives="bool")
        assert isinstance(flags, Vector)
        made = flags.values.astype(np.bool_) if flags.kind == "bool" else np.zeros(length, dtype=np.bool_)
        return made, flags.unsure if flags.kind == "bool" or length == 0 else np.ones(length, dtype=np.bool_)
    else:
        made = np.ones(length, dtype=np.bool_)
    return made if operand.null is None else made & ~operand.null, operand.unsure


def chosen(test: Bools, yes: Operand, no: Operand) -> Vector:
    """Per row the one or the other; unsure where the chosen one is."""
    length = len(test)
    null = either(*_picked(test, yes, no, "null", length))
    unsure = either(*_picked(test, yes, no, "unsure", length))
    kinds = kind_of(yes), kind_of(no)
    if "null" in kinds and kinds[0] != kinds[1]:
        # The other one, null where null is chosen.
        one = spread(no if kinds[0] == "null" else yes, length)
        if one.kind != "any":
            return Vector(one.kind, one.values, null, unsure, one.scale)
    kind = kinds[0]
    if kind == kinds[1] and kind not in ("any", "number") and kind != "null" and scale_of(yes) == scale_of(no):
        if kind in ("text", "uuid"):
            texts = [each.values if isinstance(each, Vector) else str(each.value) for each in (yes, no)]
            made: Text = where(test, *texts)
            return Vector(kind, made, null, unsure)
        values = np.where(test, raw(yes), raw(no))
        like = yes if isinstance(yes, Vector) else no
        dtype = like.values.dtype if isinstance(like, Vector) else spread(like, 0).values.dtype
        return Vector(kind, values.astype(dtype, copy=False), null, unsure, scale_of(yes))
    if all(kind in ("int", "float", "number") for kind in kinds):
        (ones, one_whole), (others, other_whole) = (as_numbers(each) for each in (yes, no))
        values, whole = np.where(test, ones, others), np.where(test, one_whole, other_whole)
        return Vector("number", values, null, either(unsure, whole & (np.abs(values) >= EXACT)), whole=whole)
    held = np.empty(length, dtype=object)
    held[:] = objects(no, length)
    picked = np.empty(length, dtype=object)
    picked[:] = objects(yes, length)
    return Vector("any", np.where(test, picked, held), null, unsure)


def as_numbers(operand: Operand) -> tuple[Any, Any]:
    """Floats, and which of them are whole numbers, of whole numbers and floats."""
    kind = kind_of(operand)
    if isinstance(operand, Vector) and operand.whole is not None:
        return operand.values, operand.whole
    return np.asarray(raw(operand), dtype=np.float64), np.bool_(kind != "float")


def _picked(test: Bools, yes: Operand, no: Operand, flag: str, length: int) -> tuple[Bools | None, Bools | None]:
    """The flags of the one where it is chosen, and of the other where that is."""

    def flags(operand: Operand) -> Bools | None:
        if isinstance(operand, Vector):
            return operand.null if flag == "null" else operand.unsure
        return np.ones(length, dtype=np.bool_) if flag == "null" and operand.value is None else None

    return within(flags(yes), test), within(flags(no), ~test)
