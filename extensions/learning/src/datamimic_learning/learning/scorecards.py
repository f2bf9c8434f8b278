"""Scorecards: what many other columns say of one together, each a little, as points that are added up.

A tree asks a few questions, each of fewer rows than the one before, so what a column owes to ten others by a little
each is lost on it. Points are found by ridge regression of the column (is it its most frequent value; of numbers its
rank) on the codes of the others, where neighbouring bands are held near to each other. The tree is shown points that
were found without the rows that have them, so that it learns what points are worth, not how well they remember.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from typing import Final

import numpy as np
from attrs import frozen

from datamimic.columns import Bools, Floats, Ints
from datamimic_learning.learning.counting import Counting, histogram, quantiles
from datamimic_learning.learning.dependent import condition
from datamimic_learning.learning.prepared import Coded
from datamimic_learning.learning.writing import CsvTable

_FOLDS: Final = 5
_MOST_COLUMNS: Final = 16
_FEWEST_COLUMNS: Final = 3
"""What fewer columns say a tree says better."""
_FEWEST_ROWS: Final = 60
"""So many times as many rows as may be told are looked at, at least."""
_MOST_BANDS: Final = 14
_MOST_NAMED: Final = 24
_RIDGE: Final = 4.0
_SMOOTH: Final = 40.0
_WORTH: Final = 0.06
"""A column has no points where they differ by a smaller share of what those of the first column do."""
_POINTS: Final = 1_000.0
"""Points of the whole way: from never to always, from the least to the greatest."""
_BANDS: Final = 24
_MOST_STEPS: Final = 200
_MOST_PAIRS: Final = 6
_COARSE: Final = 6
"""Groups of each column of a pair."""
_SURPRISING: Final = 3.0
"""Standard deviations above what chance says that a pair has to say."""


@frozen(eq=False)
class Scorecard:
    """`column` has the bands of the points of each row, as any number has; `points` those of the codes of each parent; `pairs`
    what two of them have together besides."""

    column: Coded
    parents: Sequence[Coded]
    points: Sequence[Ints]
    pairs: Sequence[tuple[Pair, Ints]] = ()

    def table(self, file: str) -> CsvTable:
        """A line for the codes of a column that have the same points, where these are any."""
        lines: list[Sequence[str]] = []
        for place, (parent, points) in enumerate(zip(self.parents, self.points, strict=True)):
            for number in dict.fromkeys(points.tolist()):
                if number and (points != number).any():
                    cells = ["*"] * len(self.parents)
                    cells[place] = condition(parent, points == number)
                    lines.append((*cells, str(number)))
        place_of = {each.name: place for place, each in enumerate(self.parents)}
        for pair, points in self.pairs:
            for at, number in enumerate(points.tolist()):
                masks = pair.masks(at)
                if number and all(mask.any() for mask in masks):
                    cells = ["*"] * len(self.parents)
                    for parent, mask in zip((pair.one, pair.other), masks, strict=True):
                        cells[place_of[parent.name]] = condition(parent, mask)
                    # What one of them alone says is no matter of two.
                    lines += [(*cells, str(number))] if sum(cell != "*" for cell in cells) == 2 else []
        names = [each.name for each in self.parents]
        header = (*names, "value_" if "value" in names else "value")
        if "weight" in names:
            header, lines = (*header, "weight_"), [(*each, "1") for each in lines]
        return CsvTable(file, [header, *lines])


@frozen(eq=False)
class Pair:
    """Two parents in a few groups each, `ones` and `theirs` those of their codes: cells that have points together."""

    one: Coded
    other: Coded
    ones: Ints
    theirs: Ints
    count: int
    many: int

    @property
    def name(self) -> str:
        return f"{self.one.name} × {self.other.name}"

    @property
    def column(self) -> Coded:
        return Coded(self.name, self.codes(), self.count * self.many, False, None, None, "int", ())

    def codes(self) -> Ints:
        return self.ones.take(self.one.codes) * self.many + self.theirs.take(self.other.codes)

    def masks(self, cell: int) -> tuple[Bools, Bools]:
        """The codes of both that a cell holds."""
        return self.ones == cell // self.many, self.theirs == cell % self.many

    def sayable(self) -> Bools:
        """Cells that are not of values that too few rows have to be told."""
        sides = []
        for parent, groups, count in ((self.one, self.ones, self.count), (self.other, self.theirs, self.many)):
            made = np.ones(count, dtype=np.bool_)
            if parent.rare is not None:
                made[groups[parent.rare]] = False
            sides.append(made)
        return np.outer(*sides).ravel()


def _coarse(column: Coded) -> tuple[Ints, int]:
    """Few groups of codes with about as many rows each, neighbours of an order; of categories the most frequent. Missing and
    rare ones have one of their own."""
    counts, codes = histogram(column.codes, column.size), np.arange(column.size)
    values = column.values
    if column.ordered:
        there = counts[:values]
        middle = (np.cumsum(there) - there / 2) / max(float(there.sum()), 1.0)
        groups = np.minimum((middle * _COARSE).astype(np.int64), _COARSE - 1)
        groups = np.unique(groups, return_inverse=True)[1] if values else groups
    else:
        groups = np.minimum(codes[:values], _COARSE - 1)
    made = np.concatenate((groups, int(groups.max(initial=-1)) + 1 + np.arange(column.size - values)))
    return made.astype(np.int64), int(made.max()) + 1


@frozen(eq=False)
class _Grouped:
    """The codes of a column in groups few enough: neighbours of an order, the most frequent of categories. `group` is that of
    each code, `told` which of the groups may have points; the first
    `bands` of them are neighbours in their order; `rows` the group of each row, those of later folds after
    all of those before."""

    group: Ints
    size: int
    told: Bools
    bands: int
    rows: Ints


class Scorecards:
    """Makes scorecards of the columns of one table. How often codes come together is counted once, for all."""

    def __init__(self, counting: Counting) -> None:
        self.counting = counting
        self._groups: dict[str, _Grouped] = {}
        self._counted: dict[tuple[str, str], Floats] = {}

    def of(self, column: Coded, others: Sequence[Coded], name: str, *, together: bool = False) -> Scorecard | None:
        """The scorecard of a column by `others`, those that say most of it first, called `name`; with what pairs of them say
        `together`. None where too few say anything."""
        others = others[:_MOST_COLUMNS]
        if len(column.codes) < _FEWEST_ROWS * self.counting.least or column.values < 2:
            return None
        for _ in range(2):
            if len(others) < _FEWEST_COLUMNS:
                return None
            fitted = self._fitted(column, others)
            spread = [
                float(np.sqrt(self._shares(each) @ own[0] ** 2)) for each, own in zip(others, fitted, strict=True)
            ]
            kept = [at for at, each in enumerate(spread) if each > _WORTH * max(spread)]
            if len(kept) == len(others):
                break
            others = [others[at] for at in kept]
        else:
            fitted = [fitted[at] for at in kept]
        pairs = self._pairs(column, others, fitted) if together else []
        if pairs:
            fitted = self._fitted(column, [*others, *(each.column for each in pairs)])
        others = [*others, *(each.column for each in pairs)]
        points = [
            np.rint(own[0] * _POINTS).astype(np.int64)[self._grouped(each).group]
            for each, own in zip(others, fitted, strict=True)
        ]
        made, unseen = np.zeros(len(column.codes)), np.zeros(len(column.codes))
        for each, own, of_groups in zip(others, points, fitted, strict=True):
            made += own.take(each.codes)
            unseen += of_groups[1:].ravel().take(self._grouped(each).rows)
        edges = np.unique(quantiles(made, _BANDS))
        if len(edges) < 3:
            return None
        codes = np.searchsorted(edges[1:-1], np.rint(unseen * _POINTS), side="right").astype(np.int64)
        texts = [f"{each:.0f}" for each in edges]
        made_of = Coded(name, codes, len(edges) - 1, True, None, None, "int", (), edges=texts)
        count = len(others) - len(pairs)
        return Scorecard(made_of, others[:count], points[:count], [*zip(pairs, points[count:], strict=True)])

    def _pairs(self, column: Coded, others: Sequence[Coded], fitted: Sequence[Floats]) -> list[Pair]:
        """The pairs that say most of what is left of the column when each has said its own."""
        own = self._grouped(column)
        worth = self._worth(column)[own.group].take(column.codes)
        for each, of_groups in zip(others, fitted, strict=True):
            worth = worth - of_groups[1:].ravel().take(self._grouped(each).rows)
        left = worth - worth.mean()
        spread = max(float((left**2).mean()), 1e-12)
        coarse = [(each, *_coarse(each)) for each in others]
        found = []
        for (one, ones, count), (other, theirs, many) in combinations(coarse, 2):
            pair = Pair(one, other, ones, theirs, count, many)
            codes = pair.codes()
            rows, sums = histogram(codes, count * many), np.bincount(codes, left, count * many)
            cells = int((rows > 0).sum())
            gain = float((sums**2 / np.maximum(rows + _RIDGE, 1.0)).sum()) / spread
            if gain > cells + _SURPRISING * np.sqrt(2.0 * cells):
                found.append((gain - cells, pair, codes, rows))
        found.sort(key=lambda each: -each[0])
        for _, pair, codes, rows in found[:_MOST_PAIRS]:
            size = len(rows)
            told = (rows >= 2 * self.counting.least) & pair.sayable()
            fold = np.arange(len(codes)) % _FOLDS
            self._groups[pair.name] = _Grouped(np.arange(size), size, told, 0, fold * size + codes)
        return [pair for _, pair, _, _ in found[:_MOST_PAIRS]]

    def _fitted(self, column: Coded, others: Sequence[Coded]) -> list[Floats]:
        """What the groups of each of the others add: a line by all rows, and lines by those without each fold."""
        sizes = [self._grouped(each).size for each in others]
        starts = np.cumsum([0, *sizes])
        places = [slice(start, start + size) for start, size in zip(starts.tolist(), sizes, strict=False)]
        whole = int(starts[-1])
        together, told = np.zeros((_FOLDS, whole, whole)), np.zeros((_FOLDS, whole))
        worth, penalty = self._worth(column), np.zeros((whole, whole))
        for at, one in enumerate(others):
            told[:, places[at]] = self._together(one, column) @ worth
            penalty[places[at], places[at]] = _penalty(self._grouped(one))
            for other, there in zip(others[at:], places[at:], strict=True):
                made = self._together(one, other)
                together[:, places[at], there], together[:, there, places[at]] = made, made.transpose(0, 2, 1)
        # All folds, and all but each.
        counts = np.concatenate((together.sum(axis=0)[None], together.sum(axis=0) - together))
        sums = np.concatenate((told.sum(axis=0)[None], told.sum(axis=0) - told))
        rows = np.einsum("fii->fi", counts)
        mean = sums[:, places[0]].sum(axis=1) / rows[:, places[0]].sum(axis=1)
        found = _solved(counts + penalty, sums - mean[:, None] * rows)
        return [found[:, place] for place in places]

    def _shares(self, column: Coded) -> Floats:
        own = self._grouped(column)
        return histogram(own.group.take(column.codes), own.size) / len(column.codes)

    def _worth(self, column: Coded) -> Floats:
        """What is predicted, of each group: the share of its most frequent value; of numbers the rank, a missing one in the
        middle."""
        counts = histogram(column.codes, column.size)
        each = np.zeros(column.size)
        if column.ordered:
            there = counts[: column.values]
            each[: column.values] = (np.cumsum(there) - there / 2) / max(float(there.sum()), 1.0)
            each[column.values :] = 0.5
        else:
            each[0] = 1.0
        own = self._grouped(column)
        weight = np.bincount(own.group, weights=counts, minlength=own.size)
        found: Floats = np.bincount(own.group, weights=counts * each, minlength=own.size) / np.maximum(weight, 1.0)
        return found

    def _together(self, one: Coded, other: Coded) -> Floats:
        """How many rows of each fold have each group of the one with each of the other."""
        key = one.name, other.name
        if key not in self._counted:
            left, right = self._grouped(one), self._grouped(other)
            flat = left.rows * right.size + right.group.take(other.codes)
            made = histogram(flat, _FOLDS * left.size * right.size).reshape(_FOLDS, left.size, right.size)
            self._counted[key], self._counted[other.name, one.name] = made, made.transpose(0, 2, 1)
        return self._counted[key]

    def _grouped(self, column: Coded) -> _Grouped:
        if column.name not in self._groups:
            codes = np.arange(column.size)
            count = column.values
            bands = min(count, _MOST_BANDS) if column.ordered else 0
            if column.ordered:
                group = np.where(codes < count, codes * bands // max(count, 1), bands + codes - count)
            else:
                group = np.minimum(codes, _MOST_NAMED)
                if column.null is not None:
                    group[column.null] = min(count, _MOST_NAMED) + (count > _MOST_NAMED or column.rare is not None)
            size = int(group.max()) + 1
            told = (
                np.bincount(group, weights=histogram(column.codes, column.size), minlength=size)
                >= 2 * self.counting.least
            )
            if not column.ordered and size > _MOST_NAMED:
                told[_MOST_NAMED] = False
            if column.rare is not None:
                told[group[column.rare]] = False
            fold = np.arange(len(column.codes)) % _FOLDS
            rows = fold * size + group.take(column.codes)
            self._groups[column.name] = _Grouped(group, size, told, bands, rows)
        return self._groups[column.name]


def _penalty(grouped: _Grouped) -> Floats:
    """Small points, those of neighbours alike; none at all where no points may be told."""
    found = np.diag(np.where(grouped.told, _RIDGE, 1e12))
    for low in range(grouped.bands - 1):
        if grouped.told[low] and grouped.told[low + 1]:
            found[low : low + 2, low : low + 2] += _SMOOTH * np.array([[1.0, -1.0], [-1.0, 1.0]])
    return found


def _solved(matrices: Floats, sides: Floats) -> Floats:
    """The solutions of positive definite systems, by conjugate gradients: to well below a point. Without the threads and the
    roundings of a library that every machine has another one of."""
    scale = 1.0 / np.einsum("fii->fi", matrices)
    found, rest = np.zeros_like(sides), sides.copy()
    towards = scale * rest
    size = (rest * towards).sum(axis=1)
    enough = 1e-10 * np.maximum(size, 1e-300)
    for _ in range(_MOST_STEPS):
        moved = np.einsum("fij,fj->fi", matrices, towards)
        length = size / np.maximum((towards * moved).sum(axis=1), 1e-300)
        found += length[:, None] * towards
        rest -= length[:, None] * moved
        following = scale * rest
        before, size = size, (rest * following).sum(axis=1)
        if (size <= enough).all():
            break
        towards = following + (size / np.maximum(before, 1e-300))[:, None] * towards
    return found
