"""Kernels of functions, by name: of the operands by parameter. None for what is left to the function on plain values."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

import numpy as np
import pyarrow.compute as pc
from attrs import evolve

from datamimic.columns import where
from datamimic_models.expressions.columnar import moments, numbers, texts
from datamimic_models.expressions.columnar.choosing import chosen, true_where
from datamimic_models.expressions.columnar.comparing import compared
from datamimic_models.expressions.columnar.vectors import Fixed, Operand, Vector, either, nulls_of, unsure_of
from datamimic_models.expressions.columnar.writing import written
from datamimic_models.expressions.failures import Failed
from datamimic_models.expressions.limits import LONGEST_PATTERN, MOST_SEARCHED
from datamimic_models.expressions.regexes import pattern_of

Given = Mapping[str, Any]
Kernel = Callable[[Given, int, bool], Vector | None]


def _of_one(act: Callable[[Vector], Vector | None], parameter: str = "value") -> Kernel:
    def kernel(given: Given, length: int, sql: bool) -> Vector | None:
        return act(given[parameter]) if [*given] == [parameter] and isinstance(given[parameter], Vector) else None

    return kernel


def _text(given: Given, length: int, sql: bool) -> Vector | None:
    value = given.get("value")
    made = written(value) if isinstance(value, Vector) else None
    if made is None or sql or made.null is None:
        return made
    return evolve(made, null=None, values=where(made.null, "None", made.values))


def _truth(given: Given, length: int, sql: bool) -> Vector | None:
    value = given.get("value")
    if not isinstance(value, Vector):
        return None
    flags, unsure = true_where(value, length)
    return Vector("bool", flags, value.null if sql else None, unsure)


def _rounded(given: Given, length: int, sql: bool) -> Vector | None:
    value, digits = given["value"], given.get("digits", Fixed(None))
    if isinstance(value, Vector) and isinstance(digits, Fixed) and type(digits.value) in (int, type(None)):
        return numbers.rounded(value, digits.value)
    return None


def _length(vector: Vector) -> Vector | None:
    return Vector("int", vector.values.lengths(), vector.null, vector.unsure) if vector.kind == "text" else None


def _least_or_most(operator: str) -> Kernel:
    def kernel(given: Given, length: int, sql: bool) -> Vector | None:
        values: tuple[Operand, ...] = given.get("values", ())
        if [*given] != ["values"] or len(values) < 2 or not any(isinstance(each, Vector) for each in values):
            return None
        made, unsure = values[0], None
        for other in values[1:]:
            nearer = compared(operator, other, made)
            if nearer is None:
                return None
            unsure = either(unsure, nearer.unsure, nulls_of(other, made))
            made = chosen(nearer.values, other, made)
        assert isinstance(made, Vector)
        null = nulls_of(*values)
        return evolve(made, null=null).marked(unsure)

    return kernel


def _first_present(given: Given, length: int, sql: bool) -> Vector | None:
    values: tuple[Operand, ...] = given.get("values", ())
    if not values:
        return None
    made = values[-1]
    for other in reversed(values[:-1]):
        if isinstance(other, Fixed):
            made = other if other.value is not None else made
        else:
            there = np.ones(length, dtype=np.bool_) if other.null is None else ~other.null
            made = chosen(there, other, made)
    # All are worked out, whichever is taken.
    return made.marked(unsure_of(*values)) if isinstance(made, Vector) else None


def _between(given: Given, length: int, sql: bool) -> Vector | None:
    value, low, high = given["value"], given["low"], given["high"]
    if not isinstance(value, Vector):
        return None
    lower, upper = compared("<=", low, value), compared("<=", value, high)
    if lower is None or upper is None:
        return None
    unsure = either(lower.unsure, upper.unsure)
    return Vector("bool", lower.values & upper.values, either(lower.null, upper.null), unsure)


def _like(ignore_case: bool) -> Kernel:
    def kernel(given: Given, length: int, sql: bool) -> Vector | None:
        value, pattern = given["value"], given["pattern"]
        if not isinstance(value, Vector) or value.kind != "text" or not isinstance(pattern, Fixed):
            return None
        if not isinstance(pattern.value, str) or len(pattern.value) > LONGEST_PATTERN:
            return None
        flags = texts.flags_of(pc.match_like(value.values.arrow(), pattern.value, ignore_case=ignore_case))
        return Vector("bool", flags, value.null, value.unsure)

    return kernel


def _duration(given: Given, length: int, sql: bool) -> Vector | None:
    return moments.duration(given, length) if any(isinstance(each, Vector) for each in given.values()) else None


KERNELS: Final[dict[str, Kernel]] = {
    "str": _text,
    "bool": _truth,
    "int": _of_one(numbers.whole),
    "float": _of_one(numbers.floating),
    "abs": _of_one(numbers.absolute),
    "round": _rounded,
    "len": _of_one(_length),
    "min": _least_or_most("<"),
    "max": _least_or_most(">"),
    "math.floor": _of_one(lambda vector: numbers.cut("floor", vector)),
    "math.ceil": _of_one(lambda vector: numbers.cut("ceil", vector)),
    "math.trunc": _of_one(lambda vector: numbers.cut("trunc", vector)),
    "math.sqrt": _of_one(numbers.square_root),
    "coalesce": _first_present,
    "between": _between,
    "like": _like(False),
    "ilike": _like(True),
    "timedelta": _duration,
}

_ANCHORS: Final = {"re.search": ("", ""), "re.match": (r"\A", ""), "re.fullmatch": (r"\A", r"\z")}


def found(name: str, pattern: Operand, text: Operand) -> Vector | None:
    """Whether a fixed pattern is found in texts."""
    if name not in _ANCHORS or not isinstance(text, Vector) or text.kind != "text" or not isinstance(pattern, Fixed):
        return None
    try:
        asked = pattern_of(pattern.value)
    except Failed:
        return None
    if texts.longest(text.values) * (1 + len(asked.text)) > MOST_SEARCHED:
        return None
    return texts.searched(asked.text, text, *_ANCHORS[name])
