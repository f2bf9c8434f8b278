"""Which columns a private table takes together, and how many rows have which of their values: a network of few parents,
whose edges are chosen, and whose tables are counted, under the budget (PrivBayes: Zhang and others, 2017)."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import combinations

import numpy as np
from attrs import frozen

from datamimic.columns import Floats, Ints
from datamimic_learning.privacy.noise.coding import Coded
from datamimic_learning.privacy.noise.scores import SENSITIVITY, association
from datamimic_learning.privacy.noise.statistics import NoisedStatistics

PARENTS = 2
NOISE = 0.5
"""What noise of scale 1 makes of an empty cell, on average, once what is below 0 is 0: a table is no use below so much."""


@frozen(eq=False)
class Node:
    """A column, its parents, and how many rows have which of their values: parents' combinations down, its own codes across."""

    column: int
    parents: tuple[int, ...]
    counts: Floats


def learn_network(
    columns: Sequence[Coded], noised: NoisedStatistics, rows: int, edges: Fraction, tables: Fraction
) -> list[Node]:
    """The columns in an order in which each follows its parents. `edges` is spent on choosing, `tables` on counting."""
    each_table = tables / len(columns)
    scale = float(noised.rows_per_person / each_table)
    placed: list[int] = []
    chosen: list[tuple[int, tuple[int, ...]]] = []
    known: dict[tuple[int, tuple[int, ...]], int] = {}
    left = list(range(len(columns)))
    first = max(left, key=lambda place: (-columns[place].size, -place))
    chosen.append((first, ()))
    placed.append(first)
    left.remove(first)
    while left:
        candidates = [(place, ()) for place in left] + _candidates(columns, left, placed, rows, scale)
        for each in candidates:
            if each not in known:
                known[each] = _score(columns, each[0], each[1], scale)
        best = noised.choose(
            [known[each] for each in candidates], SENSITIVITY, None, "parents", edges / (len(columns) - 1)
        )
        place, parents = candidates[best]
        chosen.append((place, parents))
        placed.append(place)
        left.remove(place)
    return [_node(columns, place, parents, noised, rows, each_table) for place, parents in chosen]


def _candidates(
    columns: Sequence[Coded], left: Sequence[int], placed: Sequence[int], rows: int, scale: float
) -> list[tuple[int, tuple[int, ...]]]:
    """Columns with parents whose table would not drown in its noise."""
    found = []
    for count in range(1, PARENTS + 1):
        for parents in combinations(sorted(placed), count):
            across = int(np.prod([columns[each].size for each in parents]))
            found += [(place, parents) for place in left if across * columns[place].size * scale * NOISE < rows / 2]
    return found


def _score(columns: Sequence[Coded], place: int, parents: tuple[int, ...], scale: float) -> int:
    """The association less what noise costs, which is public."""
    if not parents:
        return 0
    counts = _counted(columns, place, parents)
    return association(counts) - int(NOISE * scale * counts.size / 2)


def _counted(columns: Sequence[Coded], place: int, parents: tuple[int, ...]) -> Ints:
    across, size = combined(columns, [columns[each].codes for each in parents], parents, len(columns[place].codes))
    own = columns[place].size
    return np.bincount(across * own + columns[place].codes, minlength=size * own).reshape(size, own)


def combined(columns: Sequence[Coded], codes: Sequence[Ints], parents: tuple[int, ...], rows: int) -> tuple[Ints, int]:
    """The combination of the parents' codes as one number, and how many there are."""
    found, size = np.zeros(rows, dtype=np.int64), 1
    for place, each in zip(parents, codes, strict=True):
        found = found * columns[place].size + each
        size *= columns[place].size
    return found, size


def _node(
    columns: Sequence[Coded],
    place: int,
    parents: tuple[int, ...],
    noised: NoisedStatistics,
    rows: int,
    epsilon: Fraction,
) -> Node:
    named = ", ".join(columns[each].name for each in parents)
    noisy = noised.signed_counts(
        _counted(columns, place, parents), columns[place].name, f"counts by {named}" if named else "counts", epsilon
    )
    return Node(place, parents, onto_simplex(noisy.astype(np.float64), float(max(rows, 1))))


def onto_simplex(counts: Floats, total: float) -> Floats:
    """The nearest counts that are none below 0 and sum to `total`: what is small goes, and with it most of the noise."""
    ordered = np.sort(counts.ravel())[::-1]
    over = (np.cumsum(ordered) - total) / np.arange(1, ordered.size + 1)
    last = int(np.flatnonzero(ordered > over)[-1])
    found: Floats = np.maximum(counts - over[last], 0.0)
    return found
