"""Columns of rows as NumPy arrays, each made once: as numbers, as codes of values, as moments; and columns derived of them.

elapsed = [from, until], unit = "years"      time between two dates or moments: years, months, days, hours, minutes
part = "hour", of = moment, zone = column    hour, weekday (1 Monday), day, month or date ("12-25") on local clocks
has = list, any = [values]                   is one of the values in the list? the value equal to one, of a single value
has = list, prefix = ["E11"]                 does one begin so?
length = list                                how many
same = [a, b]                                are they equal?
present = column                             is there a value?
ratio = [a, b], difference = [a, b]          numbers
distance = [latitude, longitude, other latitude, other longitude]    km
letters = 1, of = text                       the first letters
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from datamimic import Rows, World, kilometres, to_local
from datamimic.errors import DataError
from datamimic_report.dependencies.measures import Codes, Marks, Numbers

Moments = NDArray[np.datetime64]
DAYS = {"minutes": 1 / 1440, "hours": 1 / 24, "days": 1.0, "months": 365.2425 / 12, "years": 365.2425}
"""Length of a unit of `elapsed`."""

OF_ITEMS = "[]."
"""Between a list and a member of its items, `visits[].start`: the values of all items of all rows."""

LOOKED_UP_ROWS = 40_000
"""Rows of another entity in which a value is looked up; what is not among them has none."""


class Coded(NamedTuple):
    """Values by number; -1 is null."""

    codes: Codes
    labels: list[str]


class Columns:
    """Columns of the rows, and derived ones, by name."""

    def __init__(self, rows: Rows, names: Iterable[str], derived: Mapping[str, Mapping[str, Any]]) -> None:
        """Raises `UnknownName` for columns that the entity does not have."""
        self.derived = derived
        self.world: World = rows.world
        asked = sorted({base for name in names for base in _bases(name, derived)})
        self.table = rows.select(asked).to_arrow() if asked else pa.table({})
        self.rows = self.table.num_rows
        self._arrows: dict[str, pa.Array] = {}
        self._numbers: dict[str, Numbers] = {}
        self._coded: dict[str, Coded] = {}

    def arrow(self, name: str) -> pa.Array:
        """The column in one piece, without dictionaries."""
        if name not in self._arrows:
            if name in self.derived:
                made = self._derive(self.derived[name])
            else:
                column, _, member = name.partition(OF_ITEMS)
                made = self.table.column(column).combine_chunks()
                made = pc.struct_field(made.flatten(), member) if member else made
            self._arrows[name] = made
        return self._arrows[name]

    def numbers(self, name: str) -> Numbers:
        """float64, NaN for null; yes is 1, dates and moments are days since 1970."""
        if name not in self._numbers:
            self._numbers[name] = _numbers(self.arrow(name), name)
        return self._numbers[name]

    def is_number(self, name: str) -> bool:
        """Whether `numbers` can be asked."""
        kind = self.arrow(name).type
        return bool(
            self.is_date(name) or pa.types.is_integer(kind) or pa.types.is_floating(kind) or pa.types.is_decimal(kind)
        )

    def is_date(self, name: str) -> bool:
        """Whether its numbers are days since 1970."""
        return bool(pa.types.is_date(self.arrow(name).type) or pa.types.is_timestamp(self.arrow(name).type))

    def moments(self, name: str) -> Moments:
        """datetime64[us], NaT for null."""
        column = self.arrow(name)
        if pa.types.is_timestamp(column.type):
            column = column.cast(pa.timestamp("us", column.type.tz)).cast(pa.timestamp("us"))
        return column.to_numpy(zero_copy_only=False).astype("datetime64[us]")

    def coded(self, name: str) -> Coded:
        """Each value as a number of its text, in order of first appearance."""
        if name not in self._coded:
            column = self.arrow(name)
            if not pa.types.is_dictionary(column.type):
                column = column.dictionary_encode()
            codes = np.asarray(column.indices.fill_null(-1)).astype(np.int64)
            labels = [_text(value) for value in column.dictionary.to_pylist()]
            self._coded[name] = Coded(codes, labels)
        return self._coded[name]

    def banded(self, name: str, bands: list[float] | None) -> Coded:
        """The number of the band that a number lies in, and of none below the first; as `coded` without bands."""
        if bands is None:
            return self.coded(name)
        values = self.numbers(name)
        codes = np.searchsorted(bands, values, side="right").astype(np.int64) - 1
        codes[np.isnan(values)] = -1
        return Coded(codes, [f"{band:g}" for band in bands])

    def fits(self, name: str, wanted: list[Any]) -> Marks:
        """Whether the value lies between two numbers or dates, both inclusive, or is one of the values."""
        if len(wanted) == 2 and all(isinstance(w, int | float | date) and not isinstance(w, bool) for w in wanted):
            low, high = (_days(limit) for limit in wanted)
            values = self.numbers(name)
            return np.asarray((values >= low) & (values <= high), dtype=np.bool_)
        coded = self.coded(name)
        texts = {_text(value) for value in wanted}
        known = np.array([label in texts for label in coded.labels] + [False], dtype=np.bool_)
        return known[coded.codes]

    def keys(self, names: list[str]) -> list[tuple[str, ...]]:
        """The values of some columns as text, by row; null is empty."""
        parts = [self.coded(name) for name in names]
        texts = [[coded.labels[code] if code >= 0 else "" for code in coded.codes.tolist()] for coded in parts]
        return list(zip(*texts, strict=True))

    def owners(self, name: str) -> Any:
        """The row that each value of a column is of: of `visits[].start` that of the list."""
        column, _, member = name.partition(OF_ITEMS)
        if not member:
            return slice(None)
        return np.asarray(pc.list_parent_indices(self.table.column(column).combine_chunks()))

    def inside(self, where: Mapping[str, list[Any]]) -> Marks:
        """The rows that fit all."""
        marks = np.ones(self.rows, dtype=np.bool_)
        for name, wanted in where.items():
            marks &= self.fits(name, wanted)
        return marks

    def local(self, name: str, zone: str) -> Moments:
        """What clocks show there; `zone` is a column of time zones, or one zone, or none for what is local."""
        shown = self.moments(name)
        if not zone:
            return shown
        if zone not in self.derived and zone not in self.table.column_names:
            return to_local(shown, zone)
        coded = self.coded(zone)
        for code, label in enumerate(coded.labels):
            there = coded.codes == code
            shown[there] = to_local(shown[there], label)
        return shown

    def _derive(self, how: Mapping[str, Any]) -> pa.Array:
        told = dict(how)
        for name, make in DERIVED.items():
            if name in told:
                return make(self, told.pop(name), **told)
        raise DataError("bad_catalog", f"nothing derives a column from {', '.join(how)}", hint=", ".join(DERIVED))


def _bases(name: str, derived: Mapping[str, Mapping[str, Any]]) -> Iterable[str]:
    """The columns of the entity that a column is made of."""
    if name not in derived:
        return [name.partition(OF_ITEMS)[0]]
    how = derived[name]
    named = [how[key] for key in ("elapsed", "same", "ratio", "difference", "distance", "looked_up") if key in how]
    parts = [part for each in named for part in each]
    parts += [how[key] for key in ("of", "has", "length", "present") if key in how]
    if "/" not in how.get("zone", "/"):
        parts.append(how["zone"])
    return [base for part in parts for base in _bases(part, derived)]


def _numbers(column: pa.Array, name: str) -> Numbers:
    kind = column.type
    if pa.types.is_dictionary(kind):
        column, kind = column.cast(kind.value_type), kind.value_type
    if pa.types.is_date(kind):
        column = column.cast(pa.int32())
    elif pa.types.is_timestamp(kind):
        microseconds = column.cast(pa.timestamp("us", kind.tz)).cast(pa.int64())
        return _numbers(microseconds, name) / 86_400e6
    elif pa.types.is_boolean(kind):
        column = column.cast(pa.int8())
    elif not (pa.types.is_integer(kind) or pa.types.is_floating(kind) or pa.types.is_decimal(kind)):
        raise DataError("bad_catalog", f"{name} is {kind}, no number", hint="give its values an `order`")
    made: Numbers = column.cast(pa.float64()).to_numpy(zero_copy_only=False)
    return made


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return f"{value:g}" if isinstance(value, float) else str(value)


def _days(limit: Any) -> float:
    return float((limit - date(1970, 1, 1)).days) if isinstance(limit, date) else float(limit)


def _elapsed(columns: Columns, ends: list[str], unit: str) -> pa.Array:
    made = (columns.numbers(ends[1]) - columns.numbers(ends[0])) / DAYS[unit]
    return pa.array(made, mask=np.isnan(made))


def _part(columns: Columns, part: str, of: str, zone: str = "") -> pa.Array:
    return parts_of(columns.local(of, zone), part)


def parts_of(local: Moments, part: str) -> pa.Array:
    """Hour, weekday from 1, day of the month, month, or date as text."""
    column = pa.array(local)
    if part == "date":
        return pc.strftime(column, "%m-%d")
    if part == "weekday":
        return pc.day_of_week(column, count_from_zero=False)
    return {"hour": pc.hour, "day": pc.day, "month": pc.month}[part](column)


def _has(columns: Columns, of: str, any: list[Any] | None = None, prefix: list[str] | None = None) -> pa.Array:
    column = columns.arrow(of)
    nested = pa.types.is_list(column.type) or pa.types.is_large_list(column.type)
    values = pc.list_flatten(column) if nested else column
    if pa.types.is_dictionary(values.type):
        values = values.cast(values.type.value_type)
    if prefix is not None:
        found = np.zeros(len(values), dtype=np.bool_)
        for start in prefix:
            found |= np.asarray(pc.fill_null(pc.starts_with(values, start), False))
    else:
        found = np.asarray(pc.fill_null(pc.is_in(values, pa.array(any, values.type)), False))
    if not nested:
        return pa.array(found)
    parents = np.asarray(pc.list_parent_indices(column)).astype(np.int64)
    return pa.array(np.bincount(parents, weights=found, minlength=len(column)) > 0)


def _same(columns: Columns, of: list[str]) -> pa.Array:
    first, second = (
        column.cast(column.type.value_type) if pa.types.is_dictionary(column.type) else column
        for column in (columns.arrow(name) for name in of)
    )
    return pc.equal(first, second)


def _ratio(columns: Columns, of: list[str]) -> pa.Array:
    above, below = columns.numbers(of[0]), columns.numbers(of[1])
    there = ~(np.isnan(above) | np.isnan(below) | (below == 0))
    return pa.array(np.divide(above, below, out=np.zeros(len(above)), where=there), mask=~there)


def _difference(columns: Columns, of: list[str]) -> pa.Array:
    made = columns.numbers(of[0]) - columns.numbers(of[1])
    return pa.array(made, mask=np.isnan(made))


def _distance(columns: Columns, of: list[str]) -> pa.Array:
    made = np.asarray(kilometres(*(columns.numbers(name) for name in of)), dtype=np.float64)
    return pa.array(made, mask=np.isnan(made))


def _letters(columns: Columns, count: int, of: str) -> pa.Array:
    column = columns.arrow(of)
    if pa.types.is_dictionary(column.type):
        column = column.cast(column.type.value_type)
    return pc.utf8_slice_codeunits(column, 0, count)


def _looked_up(columns: Columns, of: list[str], *, by: list[str], value: str, **told: str) -> pa.Array:
    other = Columns(columns.world[told["in"]][0:LOOKED_UP_ROWS], [*by, value], {})
    known = dict(zip(other.keys(by), other.numbers(value).tolist(), strict=True))
    made = np.array([known.get(key, np.nan) for key in columns.keys(of)], dtype=np.float64)
    return pa.array(made, mask=np.isnan(made))


DERIVED: dict[str, Callable[..., pa.Array]] = {
    "elapsed": _elapsed,
    "part": _part,
    "has": _has,
    "length": lambda columns, of: pc.list_value_length(columns.arrow(of)),
    "same": _same,
    "present": lambda columns, of: pc.is_valid(columns.arrow(of)),
    "ratio": _ratio,
    "difference": _difference,
    "distance": _distance,
    "letters": _letters,
    "looked_up": _looked_up,
}
"""What makes a derived column; the first of these keys says which."""

__all__ = ["Coded", "Columns", "Moments", "parts_of"]
