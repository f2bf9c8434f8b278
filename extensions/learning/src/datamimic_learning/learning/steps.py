"""Columns that move from row to row of a parent: by a gap, a change, or another column that is added."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from attrs import frozen

from datamimic.columns import Floats, Ints
from datamimic_learning.learning.counting import Counting, quantiles
from datamimic_learning.learning.names import said
from datamimic_learning.learning.scales import FoundScale, is_scaled, scaled

_UNITS: Final = (86_400_000_000, 3_600_000_000, 60_000_000, 1_000_000, 1_000)
"""Microseconds of a day, an hour, a minute, a second and a millisecond."""
_CLOSE: Final = 0.35
"""A number moves by steps where these vary by less than so much of what it varies itself."""


@frozen(eq=False)
class Step:
    """A column that moves: `expression` of the row before, and the hidden columns that it names: `changes` of this table,
    `firsts` of its parent."""

    name: str
    type: str
    nullable: bool
    expression: str
    changes: Mapping[str, pa.Array]
    firsts: Mapping[str, pa.Array]


class Moving:
    """Finds columns that move by steps, in rows that lie in their order."""

    def __init__(
        self, arrays: Mapping[str, pa.Array], family: Ints, before: Ints, parents: int, name: str, reference: str,
        taken: set[str], counting: Counting,
    ) -> None:  # fmt: skip
        self.arrays, self.family, self.before, self.parents = arrays, family, before, parents
        self.name, self.reference, self.taken, self.counting = name, reference, taken, counting
        self.later = before >= 0
        self.numbers = {
            each: made for each, column in arrays.items() if (made := _numbers(column, counting)) is not None
        }

    def step(self, name: str, is_clock: bool) -> Step | None:
        column = self.arrays[name]
        if is_clock:
            return self._of_moments(name, column)
        if name not in self.numbers:
            return None
        scale, units = self.numbers[name]
        changes = units[self.later] - units[self.before[self.later]]
        added = self._added(name, units)
        if added is None and not (_spread(changes) < _CLOSE * _spread(units)):
            return None
        low, high = quantiles(units, 100)[[0, -1]]
        moved = (
            f"previous.{said(name)} + {said(added[0])}"
            if added
            else f"previous.{said(name)} + {self._named(name, 'change')}"
        )
        if added and added[1] < 0:
            moved = f"previous.{said(name)} - {said(added[0])}"
        first = self._first(name)
        decimals = scale.decimals
        if added is None:
            moved = f"max({_round(low, decimals, up=False)}, min({_round(high, decimals, up=True)}, {moved}))"
        if scale.kind == "float":
            moved = f"round({moved}, {decimals})"
        if added and self._begins_with(units, *added, decimals):
            begun = said(added[0]) if added[1] > 0 else f"-{said(added[0])}"
            return Step(name, scale.type, False, f"{begun} if previous.{said(name)} is None else {moved}", {}, {})
        kept = {} if added else {self._named(name, "change"): self._told(changes, scale, column.type)}
        expression = f"{said(self.reference)}.{first} if previous.{said(name)} is None else {moved}"
        return Step(name, scale.type, False, expression, kept, {first: self._firsts(column)})

    def _of_moments(self, name: str, column: pa.Array) -> Step:
        at = ticks(column)
        gaps = at[self.later] - at[self.before[self.later]]
        gap, first, date = self._named(name, "gap"), self._first(name), bool(pa.types.is_date(column.type))
        moved = f"previous.{said(name)} + " + (f"timedelta(days={gap})" if date else gap)
        if self.counting.always(gaps > 0):
            # Never the same moment twice, whatever the table of gaps says.
            least = next((unit for unit in _UNITS if not (gaps % unit).any()), 1)
            moved = f"previous.{said(name)} + " + (
                f"timedelta(days=max(1, {gap}))" if date else f"max(timedelta(seconds={least / 1e6:.6g}), {gap})"
            )
        expression = f"{said(self.reference)}.{first} if previous.{said(name)} is None else {moved}"
        kind = pa.int64() if date else pa.duration("us")
        told = self._filled(gaps).cast(kind)
        return Step(name, "date" if date else "datetime", False, expression, {gap: told}, {first: self._firsts(column)})

    def _added(self, name: str, units: Floats) -> tuple[str, int] | None:
        """The column that is added at every step, or taken away (-1)."""
        own, places = self.numbers[name]
        after, earlier = places[self.later], places[self.before[self.later]]
        for other, (scale, theirs) in self.numbers.items():
            if other == name or scale.decimals > own.decimals or len(np.unique(theirs)) < 3:
                continue
            moved = theirs[self.later] * 10.0 ** (own.decimals - scale.decimals)
            for sign in (1, -1):
                if self.counting.always(after == earlier + sign * moved):
                    return other, sign
        return None

    def _begins_with(self, units: Floats, other: str, sign: int, decimals: int) -> bool:
        """Is the first value what is added, too?"""
        scale, theirs = self.numbers[other]
        return self.counting.always(
            units[~self.later] == sign * theirs[~self.later] * 10.0 ** (decimals - scale.decimals)
        )

    def _filled(self, changes: Ints) -> pa.Array:
        """For all rows; the first ones have none."""
        whole = np.zeros(len(self.before), dtype=np.int64)
        whole[self.later] = changes
        return pa.array(whole, mask=~self.later)

    def _told(self, changes: Floats, scale: FoundScale, kind: pa.DataType) -> pa.Array:
        whole = self._filled(np.rint(changes).astype(np.int64))
        if pa.types.is_integer(kind):
            return whole
        return pc.divide(whole.cast(pa.float64()), 10.0**scale.decimals)

    def _firsts(self, column: pa.Array) -> pa.Array:
        """The first value of each parent, null for those without rows."""
        places = np.full(self.parents, -1, dtype=np.int64)
        places[self.family[~self.later]] = np.flatnonzero(~self.later)
        return column.take(pa.array(places, mask=places < 0))

    def _named(self, name: str, what: str) -> str:
        made = f"{said(name)}_{what}"
        while made in self.taken:
            made += "_"
        return made

    def _first(self, name: str) -> str:
        return f"{said(self.name)}_{said(name)}_first"


def _numbers(column: pa.Array, counting: Counting) -> tuple[FoundScale, Floats] | None:
    """Numbers in units of their decimals; None for what is none, has gaps, or no decimals that would be told."""
    kind = column.type
    if not is_scaled(kind) or is_moment(kind) or column.null_count or pa.types.is_decimal(kind):
        return None
    scale, places, missing = scaled(column, counting)
    if scale.step is None or scale.kind not in ("int", "float") or missing.any():
        return None
    return scale, (scale.offset + places * scale.step).astype(np.float64)


def _spread(values: Any) -> float:
    edges = quantiles(np.asarray(values, dtype=np.float64), 20)
    return float(edges[19] - edges[1])


def _round(units: float, decimals: int, *, up: bool) -> str:
    """An end that values do not go beyond, outwards to two digits, so that it is nobody's."""
    if units == 0:
        return "0"
    digits = 10.0 ** max(np.floor(np.log10(abs(units))) - 1, 0)
    made = (np.ceil(units / digits) if up else np.floor(units / digits)) * digits
    return f"{made / 10.0**decimals:.{decimals}f}" if decimals else f"{made:.0f}"


def is_moment(kind: pa.DataType) -> bool:
    return bool(pa.types.is_date(kind) or (pa.types.is_timestamp(kind) and kind.tz is None))


def ticks(column: pa.Array) -> Ints:
    if pa.types.is_date(column.type):
        column = column.cast(pa.date32()).cast(pa.int32())
    elif pa.types.is_timestamp(column.type):
        column = column.cast(pa.timestamp("us"), safe=False)
    return column.cast(pa.int64()).to_numpy(zero_copy_only=False).astype(np.int64)
