"""Measures of association of two columns, and what chance alone reaches with so many rows.

Chance is the value that independent columns stay below in all but one of 10,000 samples: two-sided for measures with a
sign (from their normal approximation), one-sided for others (from the χ² distribution that n·V²·(min(r, c) - 1), n·η² and
2n·MI then follow, by the Wilson-Hilferty approximation).

    spearman            ρ, Pearson's correlation of average ranks: -1 to 1
    cramers_v           V = sqrt(χ² / (n · (min(rows, columns) - 1))) of the cross table, not bias-corrected: 0 to 1
    mutual_information  Σ p(x, y) ln(p(x, y) / (p(x) p(y))), in nats
    eta                 correlation ratio η = sqrt(sum of squares between the groups / total): 0 to 1
    rank_eta            η of average ranks, which is sqrt(H / (n - 1)) of Kruskal and Wallis's H
    auc                 P(x > y) + P(x = y) / 2 for x among the hits, y among the others: 0.5 says nothing
    rate_ratio          share of hits in a group over that in the other; within strata by Mantel and Haenszel
"""

from __future__ import annotations

from collections.abc import Callable
from math import exp, log, sqrt
from typing import Any

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
Codes = NDArray[np.int64]
Marks = NDArray[np.bool_]

Z = 3.891
"""Normal quantile of 1 in 10,000, two-sided."""
Z_ONE_SIDED = 3.719
SIGNED = {"spearman", "auc", "rate_ratio"}
NO_EFFECT = {
    "spearman": 0.06,
    "cramers_v": 0.06,
    "eta": 0.06,
    "rank_eta": 0.06,
    "mutual_information": 0.004,
    "auc": 0.54,
    "rate_ratio": 1.25,
}
"""What counts as independent where a pair names no `most`."""


def ranks(values: Numbers) -> Numbers:
    """1, 2, …; equal values share the mean of their ranks."""
    _, places, counts = np.unique(values, return_inverse=True, return_counts=True)
    last = np.cumsum(counts)
    middle: Numbers = last - (counts - 1) / 2.0
    return middle[places]


def spearman(x: Numbers, y: Numbers) -> float:
    """ρ; NaN where one column is constant."""
    a, b = ranks(x), ranks(y)
    a -= a.mean()
    b -= b.mean()
    scale = float(a @ a) * float(b @ b)
    return float(a @ b) / sqrt(scale) if scale else float("nan")


def cross_table(x: Codes, y: Codes) -> Numbers:
    """Counts by value of x (rows) and of y (columns), without empty rows and columns."""
    rows, columns = int(x.max(initial=0)) + 1, int(y.max(initial=0)) + 1
    counted = np.bincount(x * columns + y, minlength=rows * columns).reshape(rows, columns).astype(np.float64)
    return counted[np.ix_(counted.sum(axis=1) > 0, counted.sum(axis=0) > 0)]


def _expected(table: Numbers) -> Numbers:
    made: Numbers = np.outer(table.sum(axis=1), table.sum(axis=0)) / table.sum()
    return made


def cramers_v(table: Numbers) -> float:
    """V of a cross table; NaN with one row or one column."""
    least = min(table.shape) - 1
    if least < 1:
        return float("nan")
    expected = _expected(table)
    return sqrt(float(((table - expected) ** 2 / expected).sum()) / (float(table.sum()) * least))


def mutual_information(table: Numbers) -> float:
    """Of a cross table, in nats; NaN with one row or one column."""
    if min(table.shape) < 2:
        return float("nan")
    there = table > 0
    return float((table[there] * np.log(table[there] / _expected(table)[there])).sum() / table.sum())


def correlation_ratio(values: Numbers, groups: Codes) -> float:
    """η; NaN where all values are equal."""
    counts = np.bincount(groups)
    sums = np.bincount(groups, weights=values - values.mean())
    there = counts > 0
    between = float((sums[there] ** 2 / counts[there]).sum())
    total = float(((values - values.mean()) ** 2).sum())
    return sqrt(between / total) if total else float("nan")


def auc(values: Numbers, hits: Marks) -> float:
    """Area under the receiver operating characteristic, from the rank sum; NaN where all or none are hits."""
    ones = int(hits.sum())
    others = len(hits) - ones
    if not ones or not others:
        return float("nan")
    return (float(ranks(values)[hits].sum()) - ones * (ones + 1) / 2) / (ones * others)


def rate_ratio(strata: list[Numbers]) -> float:
    """Mantel-Haenszel ratio of 2 x 2 tables [[hits, others] of the group, [hits, others] of those it is compared to].

    Where one side has no hit at all, half a row is added to every cell (Haldane). NaN where neither has.
    """
    above, below = _weighed(strata)
    if not above and not below:
        return float("nan")
    if not above or not below:
        above, below = _weighed([table + 0.5 for table in strata])
    return above / below


def _weighed(strata: list[Numbers]) -> tuple[float, float]:
    above = sum(float(t[0, 0] * t[1].sum() / t.sum()) for t in strata)
    below = sum(float(t[1, 0] * t[0].sum() / t.sum()) for t in strata)
    return above, below


def chi_squared_quantile(freedom: int) -> float:
    """What a χ² variable exceeds once in 10,000 times; exact for one and two degrees of freedom."""
    if freedom <= 2:
        return Z**2 if freedom == 1 else 2 * log(10_000)
    part = 2 / (9 * freedom)
    return float(freedom * (1 - part + Z_ONE_SIDED * sqrt(part)) ** 3)


def chance_spearman(rows: int) -> float:
    return Z / sqrt(max(1, rows - 1))


def chance_table(measure: str, table: Numbers) -> float:
    """Of `cramers_v` or `mutual_information`."""
    quantile = chi_squared_quantile(max(1, (table.shape[0] - 1) * (table.shape[1] - 1)))
    rows = float(table.sum())
    if measure == "mutual_information":
        return quantile / (2 * rows)
    return sqrt(quantile / (rows * max(1, min(table.shape) - 1)))


def chance_ratio(rows: int, groups: int) -> float:
    """Of `eta` and `rank_eta`."""
    return sqrt(chi_squared_quantile(max(1, groups - 1)) / max(1, rows - 1))


def chance_auc(ones: int, others: int) -> float:
    """How far from 0.5."""
    return Z * sqrt((ones + others + 1) / (12 * ones * others))


def chance_rate_ratio(strata: list[Numbers]) -> float:
    """The ratio, above 1, from the variance of the Mantel-Haenszel statistic where the rates are equal."""
    variance = scale = 0.0
    for table in strata:
        rows = float(table.sum())
        share = float(table[:, 0].sum()) / rows
        weight = float(table[0].sum() * table[1].sum()) / rows
        variance += weight * share * (1 - share)
        scale += weight * share
    return exp(min(50.0, Z * sqrt(variance) / scale)) if scale else float("inf")


MEASURES: dict[str, Callable[..., Any]] = {
    "spearman": spearman,
    "cramers_v": cramers_v,
    "mutual_information": mutual_information,
    "eta": correlation_ratio,
    "rank_eta": lambda values, groups: correlation_ratio(ranks(values), groups),
    "auc": auc,
    "rate_ratio": rate_ratio,
}


def effect(measure: str, value: float) -> float:
    """How far a value lies from none, with its sign: 0 for a rate ratio of 1 and an AUC of 0.5."""
    if measure == "rate_ratio":
        return log(value)
    return value - 0.5 if measure == "auc" else value
