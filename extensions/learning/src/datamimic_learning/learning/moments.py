"""Days and moments as what they are made of: a week and a day of it, a day and a time of it, or a time after another one."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import permutations
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from attrs import frozen

from datamimic.columns import Floats, Ints
from datamimic_learning.learning.counting import Counting, histogram, quantiles
from datamimic_learning.learning.names import said, sayable

_DAY: Final = 86_400_000_000
_MONDAY: Final = 4
"""1970-01-05 was one."""
_FEWEST: Final = 50
_UNEVEN: Final = 0.04
"""By how much days of the week, or hours, differ from all being alike, that it is told (total variation)."""
_CLOSE: Final = 0.2
"""A moment is told as one after another one, where that varies by less than so much of what it varies itself."""


@frozen(eq=False)
class Split:
    """A column that is worked out of hidden ones: the `expression`, and these, by name."""

    name: str
    type: str
    expression: str
    parts: Mapping[str, pa.Array]


def splits_of(columns: Mapping[str, pa.Array], taken: set[str], counting: Counting) -> list[Split]:
    """How columns of days and moments are better told; none of those that are well told by themselves."""
    there = sayable(taken)
    moments = {name: each for name, each in columns.items() if _is_moment(each.type) and name in there}
    found = []
    after = _afters(moments, counting)
    for name, column in moments.items():
        if name in after:
            found.append(_after(name, column, after[name], moments[after[name]], taken))
            continue
        made = _of_week(name, column, taken) if _is_date(column.type) else _of_day(name, column, taken)
        if made is not None:
            found.append(made)
    return found


def _is_date(kind: pa.DataType) -> bool:
    return bool(pa.types.is_date(kind))


def _is_moment(kind: pa.DataType) -> bool:
    return bool(pa.types.is_date(kind) or (pa.types.is_timestamp(kind) and kind.tz is None))


def _units(column: pa.Array) -> tuple[Ints, Ints]:
    """Days or microseconds of the rows that have some, and which rows these are."""
    plain = (
        column.cast(pa.date32()).cast(pa.int32())
        if _is_date(column.type)
        else column.cast(pa.timestamp("us"), safe=False)
    )
    there = np.flatnonzero(column.is_valid().to_numpy(zero_copy_only=False))
    return plain.cast(pa.int64()).drop_null().to_numpy(zero_copy_only=False).astype(np.int64), there


def _named(name: str, what: str, taken: set[str]) -> str:
    made = f"{said(name)}_{what}"
    while made in taken:
        made += "_"
    taken.add(made)
    return made


def _full(values: Ints, there: Ints, rows: int, kind: pa.DataType) -> pa.Array:
    whole = np.zeros(rows, dtype=np.int64)
    whole[there] = values
    mask = np.ones(rows, dtype=np.bool_)
    mask[there] = False
    made = pa.array(whole, pa.int64(), mask=mask)
    return made.cast(pa.int32()).cast(kind) if pa.types.is_date32(kind) else made.cast(kind)


def _uneven(codes: Ints, size: int) -> bool:
    counts = histogram(codes, size)
    total = float(counts.sum())
    if total < _FEWEST:
        return False
    apart = float(np.abs(counts / total - 1 / size).sum()) / 2
    return apart > _UNEVEN + 0.5 * float(np.sqrt(size / total))


def _of_week(name: str, column: pa.Array, taken: set[str]) -> Split | None:
    days, there = _units(column)
    weekday = (days - _MONDAY) % 7
    weeks = days - weekday
    if not len(days) or len(np.unique(weeks)) < 4 or not _uneven(weekday, 7):
        return None
    week, day = _named(name, "week", taken), _named(name, "weekday", taken)
    parts = {week: _full(weeks, there, len(column), pa.date32()), day: _full(weekday, there, len(column), pa.int64())}
    sum_of = f"{week} + timedelta(days={day})"
    return Split(name, "date", _unless_missing(sum_of, (week, day), len(there) < len(column)), parts)


def _of_day(name: str, column: pa.Array, taken: set[str]) -> Split | None:
    moments, there = _units(column)
    if not len(moments):
        return None
    of_day = moments % _DAY
    if len(np.unique(moments // _DAY)) < 4 or not _uneven(of_day // 3_600_000_000, 24):
        return None
    day, time = _named(name, "day", taken), _named(name, "time", taken)
    parts = {
        day: _full((moments - of_day) // _DAY, there, len(column), pa.date32()).cast(pa.timestamp("us")),
        time: _full(of_day, there, len(column), pa.duration("us")),
    }
    return Split(name, "datetime", _unless_missing(f"{day} + {time}", (day, time), len(there) < len(column)), parts)


def _afters(moments: Mapping[str, pa.Array], counting: Counting) -> dict[str, str]:
    """The columns that are better told as a time after another one: the one that they are closest to."""
    found: dict[str, tuple[float, str]] = {}
    for first, then in permutations(moments, 2):
        one, other = moments[first], moments[then]
        if one.type != other.type:
            continue
        both = pc.and_(one.is_valid(), other.is_valid())
        if (pc.sum(both).as_py() or 0) < _FEWEST:
            continue
        if not counting.always(one.filter(other.is_valid()).is_valid().to_numpy(zero_copy_only=False)):
            continue
        left, right = _units(one.filter(both))[0], _units(other.filter(both))[0]
        own = _spread(right.astype(np.float64))
        apart = _spread((right - left).astype(np.float64))
        ordered = counting.always(left <= right)
        # The later one is told by the earlier one.
        if own > 0 and apart < _CLOSE * own and float(np.mean(right >= left)) >= 0.5:
            rank = apart / own - (0.5 if ordered else 0.0)
            if then not in found or rank < found[then][0]:
                found[then] = (rank, first)
    kept: dict[str, str] = {}
    for then, (_, first) in sorted(found.items(), key=lambda each: each[1]):
        earlier: str | None = first
        while earlier is not None and earlier != then:
            earlier = kept.get(earlier)
        if earlier is None:
            kept[then] = first
    return kept


def _spread(values: Floats) -> float:
    edges = quantiles(values, 10)
    return float(edges[9] - edges[1])


def _after(name: str, column: pa.Array, first: str, before: pa.Array, taken: set[str]) -> Split:
    date = _is_date(column.type)
    both = pc.and_(column.is_valid(), before.is_valid())
    there = np.flatnonzero(both.to_numpy(zero_copy_only=False))
    gaps = _units(column.filter(both))[0] - _units(before.filter(both))[0]
    gap = _named(name, "after", taken)
    parts = {gap: _full(gaps, there, len(column), pa.int64() if date else pa.duration("us"))}
    sum_of = f"{said(first)} + timedelta(days={gap})" if date else f"{said(first)} + {gap}"
    moved = _unless_missing(sum_of, (gap, said(first)), len(there) < len(column))
    return Split(name, "date" if date else "datetime", moved, parts)


def _unless_missing(expression: str, names: tuple[str, ...], missing: bool) -> str:
    if not missing:
        return expression
    return f"{expression} if {' and '.join(f'{name} is not None' for name in names)} else None"
