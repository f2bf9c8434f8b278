"""What holds between numbers or moments of a row without exception: that one is not below another, that one is the
sum of two."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import Final

import numpy as np
from attrs import frozen

from datamimic.columns import Floats
from datamimic_learning.learning.counting import Counting
from datamimic_learning.learning.prepared import Coded

_FEWEST: Final = 30
"""Of so many rows something is said at least."""
_SURPRISING: Final = 10.0
"""In so many rows an order would not hold if the columns had nothing to do with each other."""
_MOST_COLUMNS: Final = 120
_TRIED: Final = 64


@frozen
class Sum:
    """`whole` is `one` + `other` in every row."""

    whole: str
    one: str
    other: str


def numbers_of(column: Coded) -> Floats:
    """The numbers themselves, NaN where they are missing: moments in their units."""
    assert column.scale is not None and column.places is not None
    if column.scale.step is None:
        return column.places
    units = column.scale.offset + column.places * column.scale.step
    return units / 10.0**column.scale.decimals


def _comparable(one: Coded, other: Coded) -> bool:
    assert one.scale is not None and other.scale is not None
    kinds = {
        ("number" if each.scale.kind in ("int", "float", "decimal") else each.scale.kind)
        for each in (one, other)
        if each.scale
    }
    return len(kinds) == 1 and not (one.scale.kind == "time" and other.scale.kind == "time")


def orders_of(columns: Sequence[Coded], counting: Counting) -> set[tuple[str, str]]:
    """Pairs of columns, the first never above the second, where that says something."""
    numeric = [each for each in columns if each.scale is not None and each.values > 1][:_MOST_COLUMNS]
    numbers = {each.name: numbers_of(each) for each in numeric}
    found = set()
    for one, other in combinations(numeric, 2):
        if not _comparable(one, other):
            continue
        left, right = numbers[one.name], numbers[other.name]
        there = ~(np.isnan(left) | np.isnan(right))
        if int(there.sum()) < _FEWEST:
            continue
        left, right = left[there], right[there]
        for low, high, names in ((left, right, (one.name, other.name)), (right, left, (other.name, one.name))):
            # A look at some rows first: hardly any pair has an order.
            if (low[:_TRIED] > high[:_TRIED]).any():
                continue
            if _by_chance(low, high) < _SURPRISING:
                continue
            if counting.always(low <= high):
                found.add(names)
    return found


def _by_chance(low: Floats, high: Floats) -> float:
    """In how many rows the order would not hold if the columns were independent."""
    above = len(high) - np.searchsorted(np.sort(low), high, side="right")
    return float(above.mean())


def limits_of(
    name: str, before: Sequence[str], orders: set[tuple[str, str]], middles: Mapping[str, float]
) -> dict[str, str]:
    """The nearest of the columns made before that it is not below, and not above."""
    found = {}
    below = [each for each in before if (each, name) in orders]
    above = [each for each in before if (name, each) in orders]
    if below:
        found["at_least"] = max(below, key=lambda each: middles[each])
    if above:
        found["at_most"] = min(above, key=lambda each: middles[each])
    return found


def middle_of(column: Coded) -> float:
    return float(np.nanmean(numbers_of(column)))


def sums_of(columns: Sequence[Coded], counting: Counting) -> list[Sum]:
    """Columns that are the sum of two others in all rows, these two missing where it is. Each column is in one sum at most."""
    numeric = [
        each
        for each in columns
        if each.scale is not None
        and each.scale.step is not None
        and each.scale.kind in ("int", "float", "decimal")
        and each.values > 2
    ][:_MOST_COLUMNS]
    if len(numeric) < 3:
        return []
    rows = np.stack([numbers_of(each) for each in numeric])
    places = np.linspace(0, rows.shape[1] - 1, min(_TRIED, rows.shape[1])).astype(np.int64)
    tried = rows[:, places]
    found, used = list[Sum](), set[int]()
    for one, other in combinations(range(len(numeric)), 2):
        if one in used or other in used:
            continue
        together = tried[one] + tried[other]
        near = np.isclose(tried, together, rtol=0, atol=1e-6) | (np.isnan(tried) & np.isnan(together))
        for whole in np.flatnonzero(near.all(axis=1)).tolist():
            if whole in (one, other) or whole in used or _trivial(rows[one]) or _trivial(rows[other]):
                continue
            exact = rows[one] + rows[other]
            holds = np.isclose(rows[whole], exact, rtol=0, atol=1e-6) | (np.isnan(rows[whole]) & np.isnan(exact))
            names = (numeric[whole].name, numeric[one].name, numeric[other].name)
            if len(holds) >= _FEWEST and counting.always(holds):
                found.append(Sum(*names))
                used |= {whole, one, other}
                break
    return found


def _trivial(numbers: Floats) -> bool:
    """Is it hardly ever anything but zero? Then a sum is hardly ever more than one of its parts."""
    return float(((numbers != 0) & ~np.isnan(numbers)).mean()) < 0.05
