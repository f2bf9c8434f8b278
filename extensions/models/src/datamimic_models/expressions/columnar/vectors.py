"""Columns while an expression is worked out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any, Final, Literal, TypeAlias
from uuid import UUID

import numpy as np
from attrs import evolve, frozen
from numpy.typing import NDArray

from datamimic.columns import Bools, Text

Kind: TypeAlias = Literal[
    "int", "float", "number", "bool", "text", "uuid", "date", "datetime", "time", "duration", "decimal", "any"
]
LARGE: Final = 5_000
"""Characters or items from which on a value is left to the row form, which counts the work."""
MOST: Final = (1 << 63) - 1
EXACT: Final = 1 << 53
"""Whole numbers up to this are floats without loss."""
_FIRST_DAY, _LAST_DAY = -719_162, 2_932_896
_FIRST_MOMENT, _LAST_MOMENT = _FIRST_DAY * 86_400_000_000, (_LAST_DAY + 1) * 86_400_000_000 - 1
_LONGEST_DURATION: Final = 999_999_999 * 86_400_000_000


@frozen(eq=False)
class Fixed:
    """A value that is the same in every row."""

    value: Any


@frozen(eq=False)
class Vector:
    """`values`: NumPy arrays, as in flight; a `Text` for text and uuid; whole units of 10**-scale for decimal; Python objects
    for any; floats for number, of which those at `whole` are whole numbers, and within 2**53. Where `null` the value is null,
    where `unsure` only the row form knows it; there `values` have anything."""

    kind: Kind
    values: Any
    null: Bools | None = None
    unsure: Bools | None = None
    scale: int = 0
    whole: Bools | None = None

    def __len__(self) -> int:
        return len(self.values)

    def marked(self, *unsure: Bools | None) -> Vector:
        """With more rows that are unsure."""
        return evolve(self, unsure=either(self.unsure, *unsure))

    def nulled(self, *null: Bools | None) -> Vector:
        """With more rows that are null."""
        return evolve(self, null=either(self.null, *null))

    @property
    def numbers(self) -> NDArray[Any]:
        """The values of moments and durations as whole days or microseconds, of truth values as 0 and 1."""
        made: NDArray[Any] = self.values.astype(np.int64, copy=False)
        return made


Operand: TypeAlias = Vector | Fixed


def either(*flags: Bools | None) -> Bools | None:
    """Where one of the flags is set; None for nowhere."""
    made: Bools | None = None
    for each in flags:
        if each is not None:
            made = each if made is None else made | each
    return made


def some(flags: Any) -> Any:
    """The flags; None where none is set."""
    return flags if np.any(flags) else None


def within(unsure: Bools | None, where: Bools) -> Bools | None:
    """The flags, where something is looked at."""
    return None if unsure is None else unsure & where


def nulls_of(*operands: Operand) -> Bools | None:
    return either(*(each.null for each in operands if isinstance(each, Vector)))


def unsure_of(*operands: Operand) -> Bools | None:
    return either(*(each.unsure for each in operands if isinstance(each, Vector)))


def kind_of(operand: Operand) -> Kind | Literal["null"]:
    """The kind of the values; "any" for a fixed value that no column holds."""
    if isinstance(operand, Vector):
        return operand.kind
    value = operand.value
    if value is None:
        return "null"
    if type(value) is int and abs(value) > MOST:
        return "any"
    if isinstance(value, Decimal):
        exponent = value.as_tuple().exponent
        small = isinstance(exponent, int) and -18 <= exponent <= 0 and abs(value) < Decimal(10) ** 18
        return "decimal" if small and units_of(value) is not None else "any"
    return _KINDS.get(type(value), "any")


_KINDS: Final[dict[type, Kind]] = {
    bool: "bool",
    int: "int",
    float: "float",
    str: "text",
    UUID: "uuid",
    date: "date",
    datetime: "datetime",
    time: "time",
    timedelta: "duration",
    Decimal: "decimal",
}


def units_of(value: Decimal) -> tuple[int, int] | None:
    """(units, scale) of an exact number that is one of int64 units; None for one that is none, or a zero below 0."""
    sign, digits, exponent = value.as_tuple()
    if not isinstance(exponent, int) or not -18 <= exponent <= 0 or len(digits) > 18:
        return None
    units = int("".join(map(str, digits)))
    return None if sign and not units else (-units if sign else units, -exponent)


def scale_of(operand: Operand) -> int:
    if isinstance(operand, Vector):
        return operand.scale
    known = units_of(operand.value) if isinstance(operand.value, Decimal) else None
    return 0 if known is None else known[1]


def raw(operand: Operand) -> Any:
    """What NumPy computes with: an array, or one number for a fixed value; moments as whole days or microseconds."""
    if isinstance(operand, Vector):
        return operand.numbers if operand.kind not in ("int", "float", "number", "decimal", "any") else operand.values
    value = operand.value
    if isinstance(value, datetime):
        return int(np.datetime64(value, "us").astype(np.int64))
    if isinstance(value, date):
        return int(np.datetime64(value, "D").astype(np.int64))
    if isinstance(value, timedelta):
        return value // timedelta(microseconds=1)
    if isinstance(value, time):
        return ((value.hour * 60 + value.minute) * 60 + value.second) * 1_000_000 + value.microsecond
    if isinstance(value, Decimal):
        known = units_of(value)
        assert known is not None
        return known[0]
    return int(value) if isinstance(value, bool) else value


def spread(operand: Operand, length: int) -> Vector:
    """The operand as a vector."""
    if isinstance(operand, Vector):
        return operand
    kind, value = kind_of(operand), operand.value
    if kind == "null":
        return Vector("any", np.full(length, None, dtype=object), np.ones(length, dtype=np.bool_))
    if kind == "any":
        values = np.empty(length, dtype=object)
        values[:] = [value] * length
        return Vector("any", values)
    if kind in ("text", "uuid"):
        return Vector(kind, Text.constant(str(value), length))
    return Vector(kind, np.full(length, raw(operand), dtype=DTYPES[kind]), scale=scale_of(operand))


DTYPES: Final[dict[str, np.dtype[Any]]] = {
    "int": np.dtype(np.int64),
    "float": np.dtype(np.float64),
    "number": np.dtype(np.float64),
    "bool": np.dtype(np.bool_),
    "decimal": np.dtype(np.int64),
    "date": np.dtype("datetime64[D]"),
    "datetime": np.dtype("datetime64[us]"),
    "time": np.dtype("timedelta64[us]"),
    "duration": np.dtype("timedelta64[us]"),
    "any": np.dtype(object),
}


def objects(operand: Operand, length: int) -> list[Any]:
    """One plain value per row; anything where it is unsure."""
    if isinstance(operand, Fixed):
        return [operand.value] * length
    values: list[Any]
    kind = operand.kind
    if kind == "uuid":
        values = [None if each is None else UUID(each) for each in operand.values.tolist()]
    elif kind == "number" and operand.whole is not None:
        shown = zip(operand.values.tolist(), operand.whole.tolist(), strict=True)
        values = [int(value) if whole and value == value else value for value, whole in shown]
    elif kind == "decimal":
        units = operand.values.tolist()
        known = {unit: Decimal(unit).scaleb(-operand.scale) for unit in set(units)}
        values = [known[unit] for unit in units]
    elif kind == "time":
        midnight = np.datetime64(0, "us")
        values = [moment.time() for moment in (midnight + operand.values).tolist()]
    else:
        values = operand.values.tolist()
    if operand.null is not None:
        return [None if missing else value for value, missing in zip(values, operand.null.tolist(), strict=True)]
    return values


def vector_of(values: Sequence[Any], unsure: Bools | None = None) -> Vector:
    """The vector of plain values: of their kind where they are all of one, else of any."""
    length = len(values)
    missing = np.fromiter((value is None for value in values), np.bool_, length)
    if unsure is not None:
        missing &= ~unsure
    types = {type(value) for value in values}
    types.discard(type(None))
    null = missing if missing.any() else None
    if len(types) == 1:
        made = _of_one_type(types.pop(), values, null)
        if made is not None:
            return made.marked(unsure)
    held = np.empty(length, dtype=object)
    held[:] = values
    return Vector("any", held, null, unsure)


def _of_one_type(kind: type, values: Sequence[Any], null: Bools | None) -> Vector | None:
    if kind is str:
        return Vector("text", Text.of(values), null)
    if kind is UUID:
        return Vector("uuid", Text.of([None if value is None else str(value) for value in values]), null)
    if kind is Decimal:
        return _decimals(values, null)
    name = _KINDS.get(kind)
    if name is None:
        return None
    numbers = [0 if value is None else raw(Fixed(value)) for value in values]
    if name == "float":
        return Vector("float", np.array(numbers, dtype=np.float64), null)
    if kind is int and any(not -MOST <= number <= MOST for number in numbers):
        return None
    return Vector(name, np.array(numbers, dtype=np.int64).astype(DTYPES[name]), null)


def _decimals(values: Sequence[Any], null: Bools | None) -> Vector | None:
    known = [None if value is None else units_of(value) for value in values]
    if any(units is None and value is not None for units, value in zip(known, values, strict=True)):
        return None
    scales = {units[1] for units in known if units is not None}
    if len(scales) != 1:
        return None
    numbers = [0 if units is None else units[0] for units in known]
    return Vector("decimal", np.array(numbers, dtype=np.int64), null, None, scales.pop())


def out_of_range(kind: Kind, numbers: Any) -> Bools | None:
    """Where days or microseconds are outside of what Python's dates and durations hold; None for nowhere."""
    low, high = {
        "date": (_FIRST_DAY, _LAST_DAY),
        "datetime": (_FIRST_MOMENT, _LAST_MOMENT),
        "duration": (-_LONGEST_DURATION, _LONGEST_DURATION),
    }[kind]
    if not len(numbers) or (int(numbers.min()) >= low and int(numbers.max()) <= high):
        return None
    outside: Bools = (numbers < low) | (numbers > high)
    return outside
