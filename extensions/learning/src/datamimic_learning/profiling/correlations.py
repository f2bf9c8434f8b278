"""How strongly columns go together: Pearson and Spearman of numbers, Cramér's V and mutual information of categories, the
correlation ratio of both."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import combinations
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
from attrs import frozen

from datamimic_learning.profiling.coding import CodedColumn, pairs_and_counts
from datamimic_learning.profiling.columns import as_numbers
from datamimic_report.dependencies.measures import correlation_ratio, ranks

_CATEGORIES: Final = 200
_FEWEST: Final = 3
_COLUMNS: Final = 60
Floats = npt.NDArray[np.float64]


@frozen
class NumberColumn:
    """NaN where there is no number."""

    name: str
    numbers: Floats
    ranks: Floats | None
    """None where some rows have no number: ranks are then those among rows that have both."""


def number_columns(table: pa.Table, names: Sequence[str]) -> list[NumberColumn]:
    made = []
    for name in names:
        cells = table.column(name).combine_chunks()
        filled = as_numbers(cells.drop_null())
        if filled is None:
            continue
        numbers = np.full(len(cells), np.nan)
        numbers[cells.is_valid().to_numpy(zero_copy_only=False)] = filled
        numbers[~np.isfinite(numbers)] = np.nan
        made.append(NumberColumn(name, numbers, None if np.isnan(numbers).any() else ranks(numbers)))
    return made


def correlations_of(numbers: Sequence[NumberColumn], categories: Sequence[CodedColumn]) -> list[dict[str, Any]]:
    """Every pair of columns, in the order of the table's columns within each kind; at most 60 columns of either kind."""
    numbers, categories = numbers[:_COLUMNS], [each for each in categories if 1 < each.size <= _CATEGORIES][:_COLUMNS]
    found: list[dict[str, Any]] = []
    for one, other in combinations(numbers, 2):
        found += _of_numbers(one, other)
    for first, second in combinations(categories, 2):
        found += _of_categories(first, second)
    for number in numbers:
        for category in categories:
            if number.name != category.name:
                found += _ratio(category, number)
    return [each for each in found if each["rows"] >= _FEWEST]


def _told(one: str, other: str, measure: str, value: float, rows: int, freedom: float = 1.0) -> dict[str, Any]:
    """`chance` is about the value that columns have that have nothing to do with each other."""
    chance = min(1.0, math.sqrt(freedom / max(1, rows - 1)))
    return {"columns": [one, other], "measure": measure, "value": value, "chance": chance, "rows": rows}


def _of_numbers(one: NumberColumn, other: NumberColumn) -> list[dict[str, Any]]:
    if one.ranks is not None and other.ranks is not None:
        pairs = ((one.numbers, other.numbers), (one.ranks, other.ranks))
        rows = len(one.numbers)
    else:
        both = ~(np.isnan(one.numbers) | np.isnan(other.numbers))
        left, right = one.numbers[both], other.numbers[both]
        pairs = ((left, right), (ranks(left), ranks(right)))
        rows = len(left)
    values = [_pearson(*pair) for pair in pairs]
    return [
        _told(one.name, other.name, measure, value, rows)
        for measure, value in zip(("pearson", "spearman"), values, strict=True)
        if value is not None
    ]


def _pearson(left: Floats, right: Floats) -> float | None:
    if len(left) < 2:
        return None
    left, right = left - left.mean(), right - right.mean()
    # Sums, not products of matrices: these depend on the machine, and spin on one that is busy.
    spread = math.sqrt(float(np.square(left).sum())) * math.sqrt(float(np.square(right).sum()))
    return max(-1.0, min(1.0, float((left * right).sum()) / spread)) if spread > 0 else None


def _of_categories(one: CodedColumn, other: CodedColumn) -> list[dict[str, Any]]:
    """Nulls are left out."""
    both = one.filled & other.filled
    rows = int(both.sum())
    if rows < _FEWEST:
        return []
    lefts, rights, counts = pairs_and_counts(one.codes[both], other.codes[both], one.size, other.size)
    left, right = (np.bincount(places, counts) for places in (lefts, rights))
    sizes = int((left > 0).sum()), int((right > 0).sum())
    if min(sizes) < 2:
        return []
    expected = left[lefts] * right[rights] / rows
    # Pairs that do not come add what was expected of them; those of all cells add up to the rows.
    chi = float(((counts - expected) ** 2 / expected).sum() + rows - expected.sum())
    shared = float((counts / rows * np.log(counts / expected)).sum())
    entropies = [-float((p * np.log(p)).sum()) for p in (each[each > 0] / rows for each in (left, right))]
    strength = min(1.0, math.sqrt(max(0.0, chi) / (rows * (min(sizes) - 1))))
    scale = math.sqrt(entropies[0] * entropies[1])
    freedom = (sizes[0] - 1) * (sizes[1] - 1)
    by_chance = (freedom / (2 * rows) / scale) ** 2 * (rows - 1)
    return [
        _told(one.name, other.name, "cramers_v", strength, rows, freedom / (min(sizes) - 1)),
        _told(one.name, other.name, "mutual_information", min(1.0, max(0.0, shared) / scale), rows, by_chance),
    ]


def _ratio(category: CodedColumn, number: NumberColumn) -> list[dict[str, Any]]:
    """Eta: how much of the numbers' variance lies between categories, and of it the root."""
    both = category.filled & ~np.isnan(number.numbers)
    rows = int(both.sum())
    if rows < _FEWEST:
        return []
    codes = category.codes[both]
    groups = int(np.count_nonzero(np.bincount(codes)))
    eta = correlation_ratio(number.numbers[both], codes)
    if math.isnan(eta) or groups < 2:
        return []
    return [_told(category.name, number.name, "correlation_ratio", min(1.0, eta), rows, groups - 1)]
