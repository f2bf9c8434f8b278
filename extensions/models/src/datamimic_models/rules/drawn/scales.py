"""Numbers and moments as what is compared and counted: whole units, or floating-point numbers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

import numpy as np
from attrs import frozen

from datamimic import Text
from datamimic.columns import Column, Floats, Ints
from datamimic.columns.value_types import (
    Date,
    DateTime,
    Decimals,
    Duration,
    Float,
    Int,
    TimeOfDay,
    ValueType,
)
from datamimic_models.model import ColumnType
from datamimic_models.rules.annotations import scale_of
from datamimic_models.rules.bounds import MOMENTS, BadBound, bound_of
from datamimic_models.rules.ranges import shown_units

_NAMES: Final[tuple[tuple[type[ValueType], str], ...]] = (
    (Float, "float"),
    (Decimals, "decimal"),
    (DateTime, "datetime"),
    (Date, "date"),
    (TimeOfDay, "time"),
    (Duration, "duration"),
    (Int, "int"),
)


def number_of(text: str, kind: ValueType) -> float | int:
    """A value or an end of an interval, as columns of the kind are compared: of dates days, of moments microseconds,
    of decimals
    units. Raises `BadBound`."""
    name = next(name for cls, name in _NAMES if isinstance(kind, cls))
    if name == "float":
        return _float(text)
    return _units(text, name, getattr(kind, "scale", 0))


def numbers_of(column: Any) -> Any:
    """What a column in flight is compared as; of a masked one the data."""
    data = np.ma.getdata(column)
    return data.view(np.int64) if data.dtype.kind in "mM" else data


def is_numeric(kind: ValueType) -> bool:
    return isinstance(kind, tuple(cls for cls, _ in _NAMES))


def _float(text: str) -> float:
    try:
        made = float(text)
    except ValueError:
        raise BadBound(f"{text} is no number") from None
    if not np.isfinite(made):
        raise BadBound(f"{text} is no number")
    return made


def _units(text: str, name: str, decimals: int) -> int:
    found = bound_of(text, name, decimals)
    if found.from_clock:
        raise BadBound(f"{text} depends on the clock")
    return found.units


@frozen
class Scale:
    """What values of a column lie on: `step` apart in units of 10**-decimals, days or microseconds; any number where `step` is
    None."""

    name: str
    decimals: int
    step: int | None
    shown: ColumnType

    @classmethod
    def of(cls, shown: ColumnType, step: Any, decimals: int | None) -> Scale:
        """Raises `BadBound`."""
        name = shown.name
        if name == "float" and decimals is None and step is None:
            return cls(name, 0, None, shown)
        if name == "bool":
            return cls(name, 0, 1, shown)
        if name in MOMENTS:
            usual = "1d" if name == "date" else "1s"
            units = bound_of(usual if step is None else str(step), "duration").units
            units = units // bound_of("1d", "duration").units if name == "date" else units
            return cls(name, 0, units, shown)
        places = {"decimal": scale_of(shown), "int": 0}.get(name, decimals if decimals is not None else 0)
        units = 1 if step is None else bound_of(step, name, places).units
        return cls(name, places, units, shown)

    @property
    def dtype(self) -> Any:
        return np.float64 if self.step is None else np.int64

    def read(self, text: str) -> float | int:
        """Raises `BadBound`."""
        if self.name == "bool":
            if text not in ("true", "false"):
                raise BadBound(f"{text} is neither true nor false")
            return int(text == "true")
        return _float(text) if self.step is None else _units(text, self.name, self.decimals)

    def counted(self, low: float | int, high: float | int) -> int:
        """How many values there are from `low` to below `high`; 2 for any numbers between them."""
        if self.step is None:
            return 2 if high > low else 0
        return max(0, -((int(low) - int(high)) // self.step))

    def column(self, values: Any) -> Column:
        """Units as the column of the type."""
        if self.step is None:
            made: Floats = values
            return made
        if self.name == "bool":
            return np.asarray(values, dtype=np.bool_)
        units: Ints = values
        return shown_units(units, self.name, self.decimals, self.shown)

    def limits(self, column: Any, kind: ValueType, up: bool) -> tuple[Any, Any]:
        """Another column as a limit in the same units, rounded `up` or down, and where it is missing."""
        missing = np.array(column.is_null() if isinstance(column, Text) else np.ma.getmaskarray(column))
        data = numbers_of(column)
        theirs = getattr(kind, "scale", 0)
        if isinstance(kind, Date) and self.name == "datetime":
            data = data * 86_400_000_000
        elif isinstance(kind, DateTime) and self.name == "date":
            data = -(-data // 86_400_000_000) if up else data // 86_400_000_000
        if self.step is None:
            return data / 10.0**theirs, missing
        if isinstance(kind, Float):
            rounding: Callable[[Any], Any] = np.ceil if up else np.floor
            return rounding(np.where(np.isfinite(data), data, 0.0) * 10.0**self.decimals).astype(np.int64), missing
        if theirs <= self.decimals:
            return data * 10 ** (self.decimals - theirs), missing
        lost = 10 ** (theirs - self.decimals)
        return (-(-data // lost) if up else data // lost), missing
