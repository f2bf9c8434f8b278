"""A function of plain values, applied value by value: what no kernel does. Of coded text it sees every distinct value once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import localcontext
from typing import Any, Final

import numpy as np

from datamimic.columns import Text, take
from datamimic_models.expressions.columnar.vectors import (
    DTYPES,
    LARGE,
    Fixed,
    Operand,
    Vector,
    either,
    nulls_of,
    objects,
    unsure_of,
    vector_of,
)
from datamimic_models.expressions.failures import WHAT_ROWS_RAISE, TooLarge
from datamimic_models.expressions.limits import LARGEST_BATCH
from datamimic_models.expressions.rowwise import DECIMALS
from datamimic_models.expressions.values import bounded, size_of

_LEAST_CODED: Final = 4
"""A vocabulary is gone through where every value of it stands for so many rows at least."""


def each(
    function: Callable[..., Any],
    operands: Sequence[Operand],
    length: int,
    *,
    null_in_null_out: bool = False,
    gives: str = "any",
) -> Operand:
    """The function of the operands in every row; where it raises, the row is unsure. `null_in_null_out`: null where one is."""
    if all(isinstance(operand, Fixed) for operand in operands):
        return _folded(function, operands, length, null_in_null_out)
    varying = [operand for operand in operands if isinstance(operand, Vector)]
    if len(varying) == 1 and varying[0].kind in ("text", "uuid") and varying[0].values.is_coded:
        coded = varying[0]
        codes, vocabulary = coded.values.coding()
        if (len(vocabulary.values) + 1) * _LEAST_CODED <= length:
            return _of_vocabulary(function, operands, coded, codes, vocabulary, null_in_null_out, gives)
    return _of_rows(function, operands, length, null_in_null_out, gives)


def _folded(function: Callable[..., Any], operands: Sequence[Operand], length: int, strict: bool) -> Operand:
    values = [operand.value for operand in operands if isinstance(operand, Fixed)]
    if strict and any(value is None for value in values):
        return Fixed(None)
    try:
        with localcontext(DECIMALS):
            made = bounded(function(*values))
    except WHAT_ROWS_RAISE:
        return unknown(length)
    return Fixed(made) if size_of(made) < LARGE else unknown(length)


def unknown(length: int) -> Vector:
    """Unsure in every row."""
    return Vector("any", np.full(length, None, dtype=object), None, np.ones(length, dtype=np.bool_))


def _of_vocabulary(
    function: Callable[..., Any],
    operands: Sequence[Operand],
    coded: Vector,
    codes: Any,
    vocabulary: Any,
    strict: bool,
    gives: str,
) -> Vector:
    words = vector_of([*vocabulary.values, None])
    words = Vector(coded.kind, words.values, words.null)
    inner: list[Operand] = [words if operand is coded else operand for operand in operands]
    made = _of_rows(function, inner, len(words), strict, gives)
    where = np.where(codes < 0, len(words) - 1, codes)
    if coded.null is not None:
        where = np.where(coded.null, len(words) - 1, where)
    null = None if made.null is None else made.null[where]
    unsure = None if made.unsure is None else made.unsure[where]
    return Vector(made.kind, take(made.values, where), null, either(unsure, coded.unsure), made.scale)


def _of_rows(
    function: Callable[..., Any], operands: Sequence[Operand], length: int, strict: bool, gives: str
) -> Vector:
    unsure = unsure_of(*operands)
    skipped = unsure
    null = nulls_of(*operands) if strict else None
    if strict and any(isinstance(operand, Fixed) and operand.value is None for operand in operands):
        return Vector("any", np.full(length, None, dtype=object), np.ones(length, dtype=np.bool_), unsure)
    skipped = either(skipped, null)
    columns = [objects(operand, length) for operand in operands]
    failed = np.zeros(length, dtype=np.bool_)
    values: list[Any] = []
    size, too_large = 0, False
    with localcontext(DECIMALS):
        for position, arguments in enumerate(zip(*columns, strict=True)):
            value = None
            if too_large:
                failed[position] = True
            elif skipped is None or not skipped[position]:
                try:
                    value = bounded(function(*arguments))
                except WHAT_ROWS_RAISE as error:
                    too_large = isinstance(error, TooLarge)
                    failed[position] = True
                size += size_of(value)
                if size_of(value) >= LARGE or size > LARGEST_BATCH // 4:
                    value, failed[position] = None, True
            values.append(value)
    if not length:
        return _empty(gives)
    return vector_of(values, either(unsure, failed if failed.any() else None))


def _empty(gives: str) -> Vector:
    """No rows, of the kind that the function gives."""
    if gives in ("text", "uuid"):
        return Vector("text" if gives == "text" else "uuid", Text.of([]))
    kind: Any = gives if gives in DTYPES and gives != "decimal" else "any"
    return Vector(kind, np.zeros(0, DTYPES[kind]))
