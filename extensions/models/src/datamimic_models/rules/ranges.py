"""Numbers, dates and times out of a range."""

from __future__ import annotations

from typing import Any, ClassVar, Final

import numpy as np
import pyarrow as pa
from attrs import frozen

from datamimic import Context, Generator, Permutation, Text
from datamimic.columns import Column, Ints, date_text, number_text
from datamimic.errors import excerpt
from datamimic_models.model import ColumnType, Mistakes
from datamimic_models.rules.annotations import scale_of
from datamimic_models.rules.bounds import MOMENTS, BadBound, Bound, bound_of, decimals_of
from datamimic_models.rules.rule import RuleKind, Where
from datamimic_models.rules.words import word

_LARGEST: Final = 1 << 62
_USUAL_DECIMALS: Final = 2
_USUAL: Final[dict[str, tuple[Any, Any]]] = {
    "int": (0, 1_000_000),
    "float": (0, 10_000),
    "decimal": (0, 10_000),
    "date": ("now-3650d", "now"),
    "datetime": ("now-3650d", "now"),
    "time": ("00:00:00", "23:59:59"),
    "duration": ("0s", "1d"),
}


@frozen
class Grid:
    """Values low, low + step, … up to high, in whole units of a kind of values."""

    kind: str
    decimals: int
    low: Bound
    high: Bound
    step: int

    def size(self) -> int | None:
        """How many there are; None where that depends on the clock."""
        if self.low.from_clock != self.high.from_clock:
            return None
        return (self.high.units - self.low.units) // self.step + 1


@frozen
class Range(RuleKind):
    """A value from `min` to `max`, both included, all equally likely: a number, a date, a moment, a time of day or a duration,
    as the column's type says. In a key or unique column every value comes once, in no visible order."""

    kind: ClassVar[str] = "range"

    min: Any = word("The least value.", "bound", None)
    max: Any = word("The greatest value, included.", "bound", None)
    step: Any = word("Only min, min + step, min + 2 × step …; for moments such as 15min, 1h, 1d.", "bound", None)
    decimals: int | None = word("Of a number that is not whole: how many decimals. Default 2.", "whole", None)

    def grid(self, column: ColumnType) -> Grid:
        """Raises `BadBound`."""
        kind = column.name if column.name in _USUAL else self._kind_of_text()
        low, high = _USUAL[kind]
        low = low if self.min is None else self.min
        high = high if self.max is None else self.max
        if kind == "decimal":
            decimals = scale_of(column)
        elif kind == "float":
            decimals = (
                self.decimals if self.decimals is not None else max(_USUAL_DECIMALS, decimals_of(low, high, self.step))
            )
        else:
            decimals = 0
        return Grid(
            kind, decimals, bound_of(low, kind, decimals), bound_of(high, kind, decimals), self._step(kind, decimals)
        )

    def _step(self, kind: str, decimals: int) -> int:
        if kind == "float" and self.step is None:
            return 1
        if kind in MOMENTS:
            usual = "1d" if kind == "date" else "1s"
            step = bound_of(usual if self.step is None else self.step, "duration").units
            return step // bound_of("1d", "duration").units if kind == "date" else step
        usual_step = 1 if kind == "int" else 10**-decimals
        return bound_of(usual_step if self.step is None else self.step, kind, decimals).units

    def _kind_of_text(self) -> str:
        said = [each for each in (self.min, self.max, self.step) if each is not None]
        if any(isinstance(each, str) for each in said):
            return "datetime" if any("T" in str(each) or ":" in str(each) for each in said) else "date"
        return "float" if self.decimals or any(isinstance(each, float) for each in said) else "int"

    def mistakes(self, where: Where, mistakes: Mistakes) -> None:
        kind = where.column.type.name
        if kind not in (*_USUAL, "str"):
            mistakes.add(
                "models.type_mismatch",
                f"{where.label} is {where.column.type}, and no range has such values",
                where.place,
                hint="ranges are of int, float, decimal, date, datetime, time and duration",
            )
            return
        if self.decimals is not None and not 0 <= self.decimals <= 12:
            said = f"{where.label}: {self.decimals} decimals"
            mistakes.add("models.bad_value", said, where.place, hint="0 to 12 decimals")
            return
        try:
            grid = self.grid(where.column.type)
        except BadBound as error:
            mistakes.add("models.bad_value", f"{where.label}: {error}", where.place, hint="see `dm model rules range`")
            return
        if grid.step < 1:
            said = f"{where.label}: the step is below one unit"
            mistakes.add("models.bad_value", said, where.place, hint="a step above 0")
            return
        size = grid.size()
        if size is not None and not 0 < size < 1 << 63:
            mistakes.add(
                "models.empty_range",
                f"{where.label}: no value is from {excerpt(self.min)} to {excerpt(self.max)}",
                where.place,
                hint="min must not exceed max",
            )
        bits = where.column.type.bits
        if kind == "int" and bits is not None and size is not None:
            least, most = (
                (-(1 << (bits - 1)), (1 << (bits - 1)) - 1) if where.column.type.signed else (0, (1 << bits) - 1)
            )
            if grid.low.units < least or grid.high.units > most:
                mistakes.add(
                    "models.bad_value",
                    f"{where.label} has {bits} bits, which do not hold {excerpt(self.min)} to {excerpt(self.max)}",
                    where.place,
                    hint=f"from {least} to {most}",
                )

    def capacity_of(self, column: ColumnType) -> int | None:
        """How many values there are, where that does not depend on the clock."""
        try:
            return self.grid(column).size()
        except BadBound:
            return None

    def capacity_in(self, where: Where) -> int | None:
        return self.capacity_of(where.column.type)

    def generator(self, where: Where) -> Generator[Any]:
        return RangeGenerator(self.grid(where.column.type), where.column.type, where.unique)


class RangeGenerator(Generator[Any]):
    """The values of a grid: drawn, or each once."""

    def __init__(self, grid: Grid, shown: ColumnType, unique: bool) -> None:
        self.grid = grid
        self.shown = shown
        self.unique = unique

    def capacity(self) -> int | None:
        size = self.grid.size()
        return min(size, _LARGEST) if self.unique and size is not None else None

    def column(self, context: Context) -> Column:
        grid = self.grid
        low, high = grid.low.at(context.clock, grid.kind), grid.high.at(context.clock, grid.kind)
        size = max((high - low) // grid.step + 1, 1)
        if self.unique:
            numbers = Permutation(min(size, _LARGEST), context.draw.address).forward(context.rows)
        else:
            numbers = context.draw.integers(0, size - 1)
        if grid.step != 1:
            numbers = numbers * grid.step
        return shown_units(numbers + low, grid.kind, grid.decimals, self.shown)


def shown_units(units: Ints, kind: str, decimals: int, shown: ColumnType) -> Column:
    """Whole units as a column of the type."""
    if kind == "float" and shown.name != "str":
        return units / float(10**decimals) if decimals else units.astype(np.float64)
    if kind == "date":
        days = units.view("datetime64[D]") if units.dtype == np.int64 else units.astype("datetime64[D]")
        return date_text(days) if shown.name == "str" else days
    if kind in ("datetime", "time", "duration"):
        moments = units.view("datetime64[us]" if kind == "datetime" else "timedelta64[us]")
        return Text.of(np.datetime_as_string(moments, unit="s").tolist()) if shown.name == "str" else moments
    if shown.name == "str":
        return number_text(units) if not decimals else decimal_text(units, decimals)
    return units.astype(np.uint64) if shown.name == "int" and shown.bits == 64 and not shown.signed else units


def decimal_text(units: Ints, decimals: int) -> Text:
    """Units of 10**-decimals as text, such as -0.50."""
    exact = pa.array(units).cast(pa.decimal128(38, 0))
    scaled = pa.Array.from_buffers(pa.decimal128(38, decimals), len(exact), exact.buffers())
    return Text.plain(scaled.cast(pa.string()))
