"""Which columns each one depends on, and in which order they are made."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np
from attrs import frozen

from datamimic.columns import Floats, Ints
from datamimic_learning.learning.counting import Counting, histogram
from datamimic_learning.learning.prepared import Coded

_MANY: Final = 320
"""Codes of a column that others are asked about one by one."""
_MOST_PARENTS: Final = 8
"""Columns that the table of one may depend on."""
_MOST_ASKED: Final = 16
"""Columns that the table of one may depend on that is made last."""
_FEW_VALUES: Final = 2
_SEVERAL: Final = 0.01
_MOST_LAST: Final = 3
_MOST_CELLS: Final = 110_000
"""Of the table of two columns that is counted in full."""


@frozen(eq=False)
class Network:
    """`order` are the columns as they are made; `before` of each those made before it that tell
    anything of it, those that tell most first, and `parents` the first of them; `determined` by what
    a column follows without exception."""

    order: tuple[str, ...]
    before: Mapping[str, tuple[str, ...]]
    parents: Mapping[str, tuple[str, ...]]
    determined: Mapping[str, str]
    asked: frozenset[str] = frozenset()
    """Columns that are made last, so that all others tell of them."""


def network_of(columns: Sequence[Coded], given: Sequence[Coded], counting: Counting) -> Network:
    """Greedy: after the columns that are `given` (those of a parent row), next is always the column that one of those before it
    tells most about, as a share of what there is to tell, as Chow and Liu's tree grows; one that another determines
    comes after it."""
    every = [*given, *columns]
    told, determines = _pairs(every, counting)
    tells = np.maximum(told - _doubt(every), 0.0)
    count, first = len(every), len(given)
    placed = [*range(first)]
    left = [*range(first, count)]
    last = _asked(every, tells, determines, first)
    cause = {at: other for at in range(first, count) if (other := _cause(at, determines, every)) is not None}
    while left:
        ready = [at for at in left if at not in cause or cause[at] in placed or _circle(at, cause)]
        ready = [at for at in ready if at not in last] or ready or left
        if placed:
            best = max(ready, key=lambda at: (-last.get(at, 0), float(tells[placed, at].max()), -at))
        else:
            best = max(ready, key=lambda at: (float(tells[at].sum()), -at))
        placed.append(best)
        left.remove(best)
    tell = {}
    for place, at in enumerate(placed[first:], start=first):
        before = sorted(placed[:place], key=lambda other: (-float(tells[other, at]), other))
        few = [other for other in before if every[other].size <= _MANY and told[other, at] > 0]
        tell[every[at].name] = tuple(every[other].name for other in few)
    asked = frozenset(every[at].name for at in last)
    parents = {name: each[: _MOST_ASKED if name in asked else _MOST_PARENTS] for name, each in tell.items()}
    determined = {
        every[at].name: every[other].name for at, other in cause.items() if placed.index(other) < placed.index(at)
    }
    return Network(tuple(every[at].name for at in placed[first:]), tell, parents, determined, asked)


def _asked(every: Sequence[Coded], tells: Floats, determines: Floats, first: int) -> dict[int, int]:
    """Columns of two values that several others tell of, and when they are made: 1 first. What is asked of rows, is a client
    lost, a letter unwanted, mostly is such a one; it is made last, so that all others tell of it together."""
    rows = len(every[0].codes) if every else 0
    found = []
    for at in range(first, len(every)):
        column = every[at]
        if not 2 <= column.values <= _FEW_VALUES or column.size > _FEW_VALUES + 1 or determines[:, at].any():
            continue
        shares = histogram(column.codes, column.size) / max(rows, 1)
        whole = -float((shares[shares > 0] * np.log(shares[shares > 0])).sum())
        several = np.sort(tells[:, at])[::-1][1:]
        found.append((float(several.sum()) / max(whole, 1e-9), at))
    found = sorted(each for each in found if each[0] > _SEVERAL)[-_MOST_LAST:]
    return {at: place for place, (_, at) in enumerate(found, start=1)}


def _doubt(every: Sequence[Coded]) -> Floats:
    """What a pair of columns would seem to tell by chance once in a while: two standard deviations of chi square."""
    rows = max(len(every[0].codes), 1) if every else 1
    sizes = np.array([min(each.size, _MANY) for each in every], dtype=np.float64) - 1
    made: Floats = np.sqrt(2.0 * np.minimum(np.outer(sizes, sizes), rows)) / rows
    return made


def _circle(at: int, cause: Mapping[int, int]) -> bool:
    """Do columns determine each other, this one among them?"""
    seen, other = {at}, cause[at]
    while other in cause:
        if other in seen:
            return other == at
        seen.add(other)
        other = cause[other]
    return False


def _cause(at: int, determines: Floats, every: Sequence[Coded]) -> int | None:
    """The column with the fewest values that determines this one."""
    found = [other for other in range(len(every)) if other != at and determines[other, at]]
    return min(found, key=lambda other: (every[other].size, other), default=None)


def _pairs(every: Sequence[Coded], counting: Counting) -> tuple[Floats, Floats]:
    """Per pair what one tells of the other (nats above what chance would), and whether it determines it."""
    count = len(every)
    tells, determines = np.zeros((count, count)), np.zeros((count, count))
    few = [_few_codes(each) for each in every]
    for one in range(count):
        for other in range(one + 1, count):
            left, right = every[one], every[other]
            if left.size * right.size > _MOST_CELLS:
                (own, size), (theirs, their_size) = few[one], few[other]
                table_of = histogram(own * their_size + theirs, size * their_size)
                tells[one, other] = tells[other, one] = information(table_of.reshape(size, their_size))
                continue
            flat = left.codes * right.size + right.codes
            together = histogram(flat, left.size * right.size).reshape(left.size, right.size)
            tells[one, other] = tells[other, one] = information(together)
            determines[one, other] = _determined(together, left, right, counting)
            determines[other, one] = _determined(together.T, right, left, counting)
    return tells, determines


def _few_codes(column: Coded) -> tuple[Ints, int]:
    """The codes, those after the first ones as one: of categories the first are those that most rows have."""
    size = min(column.size, _MANY)
    return np.minimum(column.codes, size - 1), size


def information(together: Floats) -> float:
    whole = float(together.sum())
    if whole <= 0:
        return 0.0
    of_left, of_right = together.sum(axis=1), together.sum(axis=0)

    def times_log(values: Floats) -> float:
        there = values[values > 0]
        return float((there * np.log(there)).sum())

    found = (times_log(together) - times_log(of_left) - times_log(of_right)) / whole + np.log(whole)
    freedom = (int((of_left > 0).sum()) - 1) * (int((of_right > 0).sum()) - 1)
    return max(0.0, float(found) - min(freedom, int((together > 0).sum())) / (2.0 * whole))


def _determined(together: Floats, cause: Coded, effect: Coded, counting: Counting) -> bool:
    """Has every value of the one the same of the other? Only of values that are told one by one, and enough of them."""
    told = all(not each.ordered or each.whole for each in (cause, effect))
    if not told or effect.values < 2 or cause.rare is not None or effect.rare is not None:
        return False
    rows = together.sum(axis=1)
    there = rows > 0
    return bool((together.max(axis=1)[there] == rows[there]).all()) and bool(rows[there].min() >= counting.least)
