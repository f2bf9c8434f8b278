"""The lines of the table of one column given others: cases in words, and how often which values are in each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from attrs import evolve, frozen

from datamimic.columns import Bools, Floats
from datamimic_learning.learning.prepared import Coded
from datamimic_learning.learning.trees import Leaf
from datamimic_models.rules.drawn.cells import quoted

ANYTHING: Final = "*"
_MOST_USUAL: Final = 24
"""Values that are told for those of a case that are too few to be told."""

_FEW_NUMBERS: Final = 4
"""Different numbers, of which neighbours are no more alike than categories: yes and no as 1 and 0."""
_TWO: Final = 2
_DRAWN: Final = 10.0
"""Rows."""
_EXPECTED: Final = 5.0
"""Rows."""


@frozen
class Line:
    """A line of a table: a cell of each condition, a value and how many rows have it."""

    conditions: tuple[str, ...]
    value: str
    weight: float


def lines_of(
    column: Coded, parents: Sequence[Coded], leaves: Sequence[Leaf], least: float
) -> tuple[tuple[str, ...], list[Line]]:
    """The conditions that are asked for at all, and the lines of all cases: those that are told apart by the first condition
    first."""
    asked = [at for at, parent in enumerate(parents) if any(not leaf.allowed[at].all() for leaf in leaves)]
    found = []
    said: dict[tuple[int, bytes], str] = {}
    for leaf in leaves:
        masks = [(at, leaf.allowed[at].tobytes()) for at in asked]
        for at, mask in masks:
            if (at, mask) not in said:
                said[at, mask] = condition(parents[at], leaf.allowed[at])
        cells = tuple(said[each] for each in masks)
        key = tuple(tuple((~leaf.allowed[at]).tolist()) for at in asked)
        found.append((key, cells, leaf))
    found.sort(key=lambda each: each[0])
    lines = [Line(cells, value, weight) for _, cells, leaf in found for value, weight in values(column, leaf, least)]
    return tuple(parents[at].name for at in asked), lines


def condition(parent: Coded, allowed: Bools) -> str:
    """The cell that holds for these codes of a parent."""
    if allowed.all():
        return ANYTHING
    if parent.ordered:
        count = parent.values
        parts = []
        for start, end in _runs(allowed[:count]):
            if parent.whole and end - start == 1:
                parts.append(parent.edges[start])
                continue
            low = "" if start == 0 else parent.edges[start]
            high = "" if end == count else parent.edges[end]
            # Everything but what is missing has two open ends: all but null.
            parts.append(f"{low}..{high}" if low or high else "")
        null = parent.null is not None and bool(allowed[parent.null])
        if parts == [""]:
            return "!null"
        return "|".join([*parts, *(["null"] if null else [])])
    names = parent.names
    missing = ["null"] if parent.null is not None else []
    yes = [quoted(names[code]) for code in np.flatnonzero(allowed[: len(names)]).tolist()]
    no = [quoted(names[code]) for code in np.flatnonzero(~allowed[: len(names)]).tolist()]
    with_null = bool(missing) and bool(allowed[parent.null or 0])
    rare = parent.rare is not None and bool(allowed[parent.rare])
    included = [*yes, *(missing if with_null else [])]
    excluded = [*no, *(missing if not with_null else [])]
    if excluded and (rare or not included or len(excluded) < len(included)):
        return "!" + "|".join(excluded)
    return "|".join(included) if included else "!" + "|".join(excluded)


def _runs(allowed: Bools) -> list[tuple[int, int]]:
    """From where to below where codes are allowed."""
    edges = np.flatnonzero(np.diff(np.concatenate(([0], allowed.astype(np.int8), [0]))))
    return [(int(start), int(end)) for start, end in edges.reshape(-1, 2)]


def values(column: Coded, leaf: Leaf, least: float) -> list[tuple[str, float]]:
    """The values of a case with their weights. What fewer rows have than `least` is told with its neighbours, where
    values have an
    order, and else left to what is usual in the wider cases that it is part of."""
    if column.values <= _TWO:
        leaf = evolve(leaf, weights=_steady(leaf))
    if not column.ordered:
        return _categories(column, leaf, least)
    few = column.whole and column.values <= _FEW_NUMBERS
    return (_whole(column, leaf, least) if few else None) or _bands(column, leaf.weights, least)


def _steady(leaf: Leaf) -> Floats:
    """The weights of a case, drawn to those of the wider ones that it is part of as if a few more rows were as there. What
    never comes here, where it would be expected, does not come."""
    widest, *narrower = (*reversed(leaf.above), leaf.weights)
    made = widest
    for own in narrower:
        total, share = float(own.sum()), made / made.sum()
        made = (own + _DRAWN * share) * total / (total + _DRAWN)
        made = np.where((own == 0) & (total * share >= _EXPECTED), 0.0, made)
    return made


def _whole(column: Coded, leaf: Leaf, least: float) -> list[tuple[str, float]] | None:
    """Numbers that are told one by one, as categories are: the few that too few rows have here are as frequent among each
    other as in a wider case. None where there is no such, or where nearly all are few."""
    own = leaf.weights[: column.values]
    few = (own > 0) & (own < least)
    rest = float(own[few].sum())
    if not few.any() or 2 * rest > float(own.sum()):
        return None
    usual = _usual(column, leaf, least, everywhere=True)
    whole = sum(weight for _, weight in usual)
    if not usual:
        return None
    told = [(column.edges[code], float(own[code])) for code in range(column.values) if own[code] >= least]
    told += [(column.edges[code], rest * weight / whole) for code, weight in usual]
    null = [("null", float(leaf.weights[column.null]))] if column.null is not None and leaf.weights[column.null] else []
    return [*told, *null]


def _categories(column: Coded, leaf: Leaf, least: float) -> list[tuple[str, float]]:
    weights = leaf.weights
    told = [(quoted(name), float(weights[code])) for code, name in enumerate(column.names) if weights[code] >= least]
    told.sort(key=lambda each: -each[1])
    rest = float(weights[: len(column.names)].sum()) - sum(weight for _, weight in told)
    if column.rare is not None:
        rest += float(weights[column.rare])
    if column.null is not None and weights[column.null] > 0:
        told.append(("null", float(weights[column.null])))
    usual = _usual(column, leaf, least) if rest > 0 and told else []
    whole = sum(weight for _, weight in usual)
    told += [(quoted(column.names[code]), rest * weight / whole) for code, weight in usual]
    if (rest > 0 and not usual) or not told:
        told.append((ANYTHING, max(rest, 1.0 if not told else rest)))
    return told


def _usual(column: Coded, leaf: Leaf, least: float, *, everywhere: bool = False) -> list[tuple[int, float]]:
    """The codes of values that the nearest wider case tells, where it tells all that are here too few to be told; none where
    that is all there is, but `everywhere`, or are many. So what never comes with something does not come with it here."""
    count = column.values
    few = (leaf.weights[:count] > 0) & (leaf.weights[:count] < least)
    if column.rare is not None and leaf.weights[column.rare] > 0:
        return []
    for above in leaf.above if everywhere else leaf.above[:-1]:
        known = (above[:count] >= least) & (leaf.weights[:count] < least)
        if (known | ~few).all():
            found = [(code, float(above[code])) for code in np.flatnonzero(known).tolist()]
            return found if len(found) <= _MOST_USUAL else []
    return []


def _bands(column: Coded, weights: Floats, least: float) -> list[tuple[str, float]]:
    count = column.values
    told: list[tuple[str, float]] = []
    start, mass = 0, 0.0
    groups: list[tuple[int, int, float]] = []
    for code in range(count):
        if weights[code] <= 0:
            if mass > 0 and mass >= least:
                groups.append((start, code, mass))
                mass = 0.0
            if mass == 0:
                start = code + 1
            continue
        mass += float(weights[code])
        if mass >= least:
            groups.append((start, code + 1, mass))
            start, mass = code + 1, 0.0
    if mass > 0:
        if groups and groups[-1][1] >= start - 2:
            last = groups.pop()
            groups.append((last[0], count if weights[count - 1] > 0 else _last(weights, count), last[2] + mass))
        else:
            groups.append((start, _last(weights, count), mass))
    for low, high, weight in groups:
        one = column.whole and high - low == 1
        told.append((column.edges[low] if one else f"{column.edges[low]}..{column.edges[high]}", weight))
    if column.null is not None and weights[column.null] > 0:
        told.append(("null", float(weights[column.null])))
    return told or [(ANYTHING, 1.0)]


def _last(weights: Floats, count: int) -> int:
    """Behind the last code that has rows."""
    return int(np.flatnonzero(weights[:count])[-1]) + 1
