"""Arithmetic where some rows have whole numbers and others floats, as after `price if sold else 0`."""

from __future__ import annotations

import numpy as np

from datamimic_models.expressions.columnar.choosing import as_numbers
from datamimic_models.expressions.columnar.vectors import EXACT, Operand, Vector, kind_of, nulls_of, unsure_of

_KINDS = ("int", "bool", "float", "number")


def computed(operator: str, left: Operand, right: Operand) -> Vector | None:
    """`+ - * /` of such a vector and numbers; None for what is left to the operator on plain values."""
    kinds = kind_of(left), kind_of(right)
    if "number" not in kinds or operator not in ("+", "-", "*", "/") or not all(kind in _KINDS for kind in kinds):
        return None
    (a, a_whole), (b, b_whole) = as_numbers(left), as_numbers(right)
    unsure = unsure_of(left, right)
    doubt = (a_whole & (np.abs(a) >= EXACT)) | (b_whole & (np.abs(b) >= EXACT))
    if operator == "/":
        made = Vector("float", a / b).marked(doubt | (b == 0))
    else:
        values = a + b if operator == "+" else a - b if operator == "-" else a * b
        whole = a_whole & b_whole
        # Whole numbers have no zero below 0.
        values = np.where(whole & (values == 0), 0.0, values)
        made = Vector("number", values, whole=whole).marked(doubt | (whole & (np.abs(values) >= EXACT)))
    return made.nulled(nulls_of(left, right)).marked(unsure)
