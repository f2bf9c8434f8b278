"""What the values of a column of numbers or moments lie on, found in its rows: steps of so many units, or any numbers."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from attrs import frozen
from numpy.typing import NDArray

from datamimic.columns import Bools, Floats
from datamimic_learning.learning.counting import Counting

_DAY: Final = 86_400_000_000
_MONDAY: Final = 4
"""1970-01-05 was one."""
_MOST_DECIMALS: Final = 6
_EXACT: Final = 2.0**52
_STEPS: Final = {
    "int": (1_000_000, 100_000, 10_000, 1_000, 500, 100, 50, 25, 20, 10, 5, 4, 2),
    "datetime": (_DAY, 3_600_000_000, 1_800_000_000, 900_000_000, 300_000_000, 60_000_000, 1_000_000, 1_000),
    "time": (3_600_000_000, 1_800_000_000, 900_000_000, 300_000_000, 60_000_000, 1_000_000, 1_000),
    "duration": (_DAY, 3_600_000_000, 60_000_000, 1_000_000, 1_000),
}
_UNITS: Final = ((_DAY, "d"), (3_600_000_000, "h"), (60_000_000, "min"), (1_000_000, "s"), (1_000, "ms"), (1, "us"))


@frozen
class FoundScale:
    """Values are `offset` + a whole number of `step`s, in units of 10**-decimals, of days or of microseconds;
    numbers of any kind
    where `step` is None. `type` is how the model language calls them."""

    kind: str
    type: str
    decimals: int = 0
    step: int | None = 1
    offset: int = 0

    def text(self, place: float) -> str:
        """The value at a place, as a cell of a table has it."""
        if self.step is None:
            return number_text(float(place))
        units = self.offset + round(place) * self.step
        if self.kind in ("int", "float", "decimal"):
            return number_text(Decimal(units).scaleb(-self.decimals))
        return _moment_text(units, self.kind)

    def rule_words(self) -> dict[str, object]:
        """What the rule says of them."""
        said: dict[str, object] = {}
        if self.kind == "float" and self.step is not None:
            said["decimals"] = self.decimals
        if self.step is None:
            return said
        if self.kind in ("int", "float", "decimal"):
            if self.step != 1:
                exact = Decimal(self.step).scaleb(-self.decimals)
                said["step"] = int(exact) if exact == exact.to_integral_value() else float(exact)
        elif self.kind == "date":
            if self.step != 1:
                said["step"] = f"{self.step}d"
        elif self.step != 1_000_000:
            size, unit = next(each for each in _UNITS if self.step % each[0] == 0)
            said["step"] = f"{self.step // size}{unit}"
        return said


def number_text(value: float | Decimal) -> str:
    """The shortest text of a number, without an exponent where it is not huge."""
    exact = Decimal(repr(value)) if isinstance(value, float) else value
    exact = exact.normalize()
    exponent = exact.as_tuple().exponent
    if isinstance(exponent, int) and exponent >= -12 and exact.adjusted() < 18:
        return f"{exact:f}"
    return str(exact)


def _moment_text(units: int, kind: str) -> str:
    if kind == "date":
        return (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(days=units)).date().isoformat()
    if kind == "datetime":
        made = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=units)
        return made.replace(tzinfo=None).isoformat(timespec="auto" if units % 60_000_000 else "minutes")
    if kind == "time":
        made = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=units)
        return made.time().isoformat(timespec="auto" if units % 60_000_000 else "minutes")
    size, unit = next(each for each in _UNITS if units % each[0] == 0)
    return f"{units // size}{unit}"


def is_scaled(kind: pa.DataType) -> bool:
    """Is it a type of numbers or moments?"""
    tests = (pa.types.is_integer, pa.types.is_floating, pa.types.is_decimal, pa.types.is_date)
    moments = (pa.types.is_timestamp, pa.types.is_time, pa.types.is_duration)
    return any(test(kind) for test in (*tests, *moments))


def scaled(column: pa.Array, counting: Counting) -> tuple[FoundScale, Floats, Bools]:
    """How the values lie, the place of each (a whole number of steps, as float64), and which rows have none: nulls, NaN and
    infinities."""
    kind = column.type
    if pa.types.is_floating(kind):
        values = column.cast(pa.float64()).fill_null(np.nan).to_numpy(zero_copy_only=False)
        missing = ~np.isfinite(values)
        return _floats(np.where(missing, 0.0, values), missing, counting)
    missing = np.asarray(column.is_null().to_numpy(zero_copy_only=False), dtype=np.bool_)
    units, name, said, decimals = _units(column)
    there = units[~missing]
    if name == "date" and len(there) and counting.always((there - _MONDAY) % 7 == 0):
        return (
            FoundScale(name, said, 0, 7, _MONDAY),
            np.where(missing, 0, (units - _MONDAY) // 7).astype(np.float64),
            missing,
        )
    step = next(
        (
            each
            for each in _STEPS.get("int" if name in ("int", "decimal") else name, ())
            if len(there) and counting.always(there % each == 0)
        ),
        1,
    )
    return FoundScale(name, said, decimals, step), np.where(missing, 0, units // step).astype(np.float64), missing


def _units(column: pa.Array) -> tuple[NDArray[np.int64], str, str, int]:
    kind = column.type
    if pa.types.is_integer(kind):
        said = (
            "int"
            if kind in (pa.int64(), pa.int32())
            else f"{'uint' if str(kind).startswith('u') else 'int'}{kind.bit_width}"
        )
        return _ints(column.cast(pa.int64(), safe=False)), "int", said, 0
    if pa.types.is_decimal(kind):
        scale = max(int(kind.scale), 0)
        units = pc.multiply(column.cast(pa.decimal128(38, scale)), pa.scalar(10**scale).cast(pa.decimal128(19, 0)))
        return (
            _ints(units.cast(pa.decimal128(38, 0), safe=False).cast(pa.int64())),
            "decimal",
            (f"decimal({min(kind.precision, 18)},{scale})"),
            scale,
        )
    if pa.types.is_date(kind):
        return _ints(column.cast(pa.date32()).cast(pa.int32()).cast(pa.int64())), "date", "date", 0
    if pa.types.is_timestamp(kind):
        zone = f"datetime({kind.tz})" if kind.tz else "datetime"
        return _ints(column.cast(pa.timestamp("us", kind.tz), safe=False).cast(pa.int64())), "datetime", zone, 0
    if pa.types.is_time(kind):
        return _ints(column.cast(pa.time64("us"), safe=False).cast(pa.int64())), "time", "time", 0
    return _ints(column.cast(pa.duration("us"), safe=False).cast(pa.int64())), "duration", "duration", 0


def _ints(column: pa.Array) -> NDArray[np.int64]:
    made: NDArray[np.int64] = column.fill_null(0).to_numpy(zero_copy_only=False).astype(np.int64)
    return made


def _floats(values: Floats, missing: Bools, counting: Counting) -> tuple[FoundScale, Floats, Bools]:
    there = values[~missing]
    for decimals in range(_MOST_DECIMALS + 1):
        units = there * 10.0**decimals
        if len(units) and float(np.abs(units).max()) > _EXACT:
            break
        near = np.rint(units)
        if counting.always(np.abs(units - near) <= 1e-6 * np.maximum(1.0, np.abs(near)) * 1e-3 + 1e-9):
            step = 1
            if decimals == 0:
                step = next((each for each in _STEPS["int"] if counting.always(near % each == 0)), 1)
            return FoundScale("float", "float", decimals, step), np.rint(values * 10.0**decimals) // step, missing
    return FoundScale("float", "float", 0, None), values, missing
