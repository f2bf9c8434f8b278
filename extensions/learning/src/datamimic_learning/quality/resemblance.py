"""How much a copy resembles its originals: every column, and every pair of columns, beside what another half of the
originals does.

Shapes: 1 less the Kolmogorov-Smirnov distance of numbers, 1 less the total variation distance of other values, nulls among
them. Pairs of numbers: 1 less half the difference of their correlations; of others: 1 less the total variation distance of
their contingency tables, numbers in ten bands with as many originals each. These are the definitions of SDMetrics, over all
pairs.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import combinations
from typing import Any

import numpy as np
import pyarrow as pa
from attrs import frozen

from datamimic import DatamimicError
from datamimic.columns import Floats, Ints
from datamimic_learning.privacy.records.values import Values, read_values

BANDS = 10
"""Of numbers, where they are compared with what is no number."""
MANY_CELLS = 1 << 20
"""Cells of a contingency table from which only those that come are counted."""
MANY = 0.5
"""Share of different values from which text is none of the columns: free text and names of rows have no shape."""
FEW = 20


@frozen
class Resemblance:
    """From 0 to 1: `shapes` and `pairs` are means over the columns and over the pairs that `columns` and `of_pairs` hold,
    `score` is the mean of both. With one column there are no pairs."""

    columns: Mapping[str, float]
    of_pairs: Mapping[tuple[str, str], float]

    @property
    def shapes(self) -> float:
        return float(np.mean([*self.columns.values()]))

    @property
    def pairs(self) -> float:
        return float(np.mean([*self.of_pairs.values()])) if self.of_pairs else self.shapes

    @property
    def score(self) -> float:
        return (self.shapes + self.pairs) / 2

    def to_dict(self) -> dict[str, Any]:
        """As JSON has it."""
        return {
            "score": self.score,
            "shapes": self.shapes,
            "pairs": self.pairs,
            "columns": dict(self.columns),
            "of_pairs": [{"columns": list(names), "score": score} for names, score in self.of_pairs.items()],
        }


@frozen(eq=False)
class _Column:
    """Both tables' values: `numbers`, or None, and `codes` of values or bands, from 0."""

    real: Floats | None
    copy: Floats | None
    real_codes: Ints
    copy_codes: Ints
    size: int
    real_bands: Ints
    copy_bands: Ints
    bands: int


def resemblance(real: pa.Table, copy: pa.Table) -> Resemblance:
    """Of the columns that both have; text of which more than half is different is left out.

    Raises `DatamimicError`: `learning.no_rows`, `learning.no_shared_columns`.
    """
    for name, table in (("the original", real), ("the copy", copy)):
        if not table.num_rows:
            raise DatamimicError("learning.no_rows", f"{name} holds no rows")
    columns: dict[str, _Column] = {}
    for name in real.column_names:
        if name in copy.column_names:
            found = read_values([real[name], copy[name]])
            if not _is_free(found, real.num_rows):
                columns[name] = _split(found, real.num_rows)
    if not columns:
        raise DatamimicError(
            "learning.no_shared_columns", "no column of both tables has a shape", hint="name them alike"
        )
    pairs = {(one, other): _pair(columns[one], columns[other]) for one, other in combinations(columns, 2)}
    return Resemblance({name: _shape(each) for name, each in columns.items()}, pairs)


def _is_free(found: Values, rows: int) -> bool:
    if found.numbers is not None:
        return False
    codes = found.codes[:rows]
    codes = codes[codes != found.missing]
    return len(codes) >= FEW and len(np.unique(codes)) > MANY * len(codes)


def _split(found: Values, rows: int) -> _Column:
    codes = found.codes.astype(np.int64)
    size = int(codes.max()) + 1
    if found.numbers is None:
        return _Column(None, None, codes[:rows], codes[rows:], size, codes[:rows], codes[rows:], size)
    numbers = found.numbers
    there = numbers[:rows][~np.isnan(numbers[:rows])]
    ends = np.unique(np.quantile(there, np.arange(1, BANDS) / BANDS)) if len(there) else np.zeros(0)
    bands = np.searchsorted(ends, numbers, side="right").astype(np.int64)
    bands[np.isnan(numbers)] = len(ends) + 1
    return _Column(
        numbers[:rows], numbers[rows:], codes[:rows], codes[rows:], size, bands[:rows], bands[rows:], len(ends) + 2
    )


def _shape(column: _Column) -> float:
    if column.real is None or column.copy is None:
        return 1 - _variation(_shares(column.real_codes, column.size), _shares(column.copy_codes, column.size))
    real, copy = column.real[~np.isnan(column.real)], column.copy[~np.isnan(column.copy)]
    nulls = abs(len(real) / len(column.real) - len(copy) / len(column.copy))
    if not len(real) or not len(copy):
        return 1 - nulls
    places = np.concatenate((real, copy))
    climbing = [np.searchsorted(np.sort(each), places, side="right") / len(each) for each in (real, copy)]
    return 1 - max(float(np.abs(climbing[0] - climbing[1]).max()), nulls)


def _pair(one: _Column, other: _Column) -> float:
    if one.real is not None and other.real is not None and one.copy is not None and other.copy is not None:
        known = _correlation(one.real, other.real), _correlation(one.copy, other.copy)
        if None not in known:
            return 1 - abs(float(known[0] or 0.0) - float(known[1] or 0.0)) / 2
    cells = np.concatenate(
        (one.real_bands * other.bands + other.real_bands, one.copy_bands * other.bands + other.copy_bands)
    )
    size = one.bands * other.bands
    if size > MANY_CELLS:
        there, cells = np.unique(cells, return_inverse=True)
        size = len(there)
    rows = len(one.real_bands)
    return 1 - _variation(_shares(cells[:rows], size), _shares(cells[rows:], size))


def _correlation(one: Floats, other: Floats) -> float | None:
    """Pearson's; None where a column does not vary."""
    both = np.isfinite(one) & np.isfinite(other)
    first, second = one[both], other[both]
    if len(first) < 2 or np.ptp(first) == 0 or np.ptp(second) == 0:
        return None
    return float(np.corrcoef(first, second)[0, 1])


def _shares(codes: Ints, size: int) -> Floats:
    return np.bincount(codes, minlength=size) / max(len(codes), 1)


def _variation(one: Floats, other: Floats) -> float:
    return float(np.abs(one - other).sum() / 2)
