"""Columns in flight as columns to solve, and back."""

from __future__ import annotations

from typing import Any

import numpy as np

from datamimic import Text
from datamimic.columns import Column
from datamimic.columns.value_types import Unsigned, ValueType
from datamimic_models.solving.arrow import made_of
from datamimic_models.solving.axes import Axis
from datamimic_models.solving.made import Made


def made_column(column: Column, kind: ValueType, axis: Axis | None) -> Made:
    """The column, of the kind, to solve."""
    return made_of(kind.or_null().to_arrow(column), axis)


def column_of(made: Made, kind: ValueType, axis: Axis | None) -> Column:
    """What was made, as the engine has columns of the kind."""
    if axis is None:
        return Text.of([None if null else str(text) for text, null in zip(made.values, made.null, strict=True)])
    match axis.kind:
        case "bool":
            values: Any = made.values != 0
        case "date":
            values = made.values.view("datetime64[D]")
        case "datetime":
            values = made.values.view("datetime64[us]")
        case "time":
            values = made.values.view("timedelta64[us]")
        case _:
            values = made.values / float(1 / axis.unit) if kind.python is float else made.values
            if isinstance(kind, Unsigned):
                values = values.astype(kind.dtype)
    return np.ma.MaskedArray(values, made.null) if kind.nullable else values
