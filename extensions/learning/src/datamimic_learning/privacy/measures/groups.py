"""Who is alike in what others may know: k-anonymity (Sweeney, 2002), l-diversity (Machanavajjhala and others, 2007) and
t-closeness (Li and others, 2007).

They tell of the rows that are given out; what is made up is nobody's, however alone it is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from datamimic.columns import Floats, Ints
from datamimic_learning.privacy.measures.measured import Measure
from datamimic_learning.privacy.records.hashing import row_hashes
from datamimic_learning.privacy.records.space import Records, Space

FEW = 5
"""Classes smaller than this are counted."""
_NO_QUASI = "it needs columns that others may know: --quasi"
_NO_SENSITIVE = "it needs columns that others should not learn: --sensitive"


def anonymity(
    space: Space, real: Records, copy: Records, quasi: Sequence[str], sensitive: Sequence[str]
) -> list[Measure]:
    """`k_anonymity`: rows of the smallest class of the copy that is alike in all of `quasi`. `l_diversity`: the fewest
    different values of a column of `sensitive` in a class. `t_closeness`: how far the values of a class are from those of
    all, at most."""
    names = ("k_anonymity", "l_diversity", "t_closeness")
    if not quasi:
        return [Measure.not_taken(name, _NO_QUASI) for name in names]
    places = space.named(quasi)
    classes, sizes = _classes(copy, places)
    told = _sizes(sizes) | {"quasi": list(quasi), "original": _sizes(_classes(real, places)[1])}
    made = [Measure("k_anonymity", float(sizes.min()), None, None, copy.rows, told)]
    if not sensitive:
        return [*made, *(Measure.not_taken(name, _NO_SENSITIVE) for name in names[1:])]
    columns: list[dict[str, Any]] = []
    for place in space.named(sensitive):
        dimension, codes = space.dimensions[place], copy.codes[place].astype(np.int64)
        different, entropy = _diversity(classes, codes, sizes)
        distance = _distances(classes, codes, sizes, ordered=dimension.is_number)
        columns.append(
            {
                "column": dimension.name,
                "distinct": int(different.min()),
                "entropy": float(entropy.min()),
                "distance": float(distance.max()),
            }
        )
    least = min(each["distinct"] for each in columns)
    farthest = max(each["distance"] for each in columns)
    made.append(Measure("l_diversity", float(least), None, None, len(sizes), {"columns": columns}))
    made.append(Measure("t_closeness", farthest, None, None, len(sizes), {"columns": columns}))
    return made


def _classes(records: Records, places: Sequence[int]) -> tuple[Ints, Ints]:
    """The class of every row, and how many rows each class has."""
    _, classes, sizes = np.unique(row_hashes(records.select(places)), return_inverse=True, return_counts=True)
    return classes, sizes


def _sizes(sizes: Ints) -> dict[str, Any]:
    return {
        "k": int(sizes.min()),
        "classes": len(sizes),
        "rows": int(sizes.sum()),
        "alone": int((sizes == 1).sum()),
        "rows_below_five": int(sizes[sizes < FEW].sum()),
    }


def _pairs(classes: Ints, codes: Ints) -> tuple[Ints, Ints, Ints]:
    """Of each value that a class has: the class, the value, how many rows; ordered by class, then by value."""
    width = int(codes.max()) + 1
    pairs, counts = np.unique(classes * width + codes, return_counts=True)
    return pairs // width, pairs % width, counts


def _diversity(classes: Ints, codes: Ints, sizes: Ints) -> tuple[Ints, Floats]:
    """Per class how many different values there are, and e to the entropy of their shares."""
    of, _, counts = _pairs(classes, codes)
    shares = counts / sizes[of]
    entropy = np.bincount(of, weights=-shares * np.log(shares), minlength=len(sizes))
    return np.bincount(of, minlength=len(sizes)), np.exp(entropy)


def _distances(classes: Ints, codes: Ints, sizes: Ints, *, ordered: bool) -> Floats:
    """Per class the earth mover's distance of its values from those of all rows: between neighbours in order 1 / (values -
    1), between values without an order 1."""
    values, codes = np.unique(codes, return_inverse=True)
    overall = np.bincount(codes) / len(codes)
    of, value, counts = _pairs(classes, codes)
    shares = counts / sizes[of]
    if not ordered:
        same = np.bincount(of, weights=np.minimum(shares, overall[value]), minlength=len(sizes))
        return np.asarray(1.0 - same, dtype=np.float64)
    if len(values) == 1:
        return np.zeros(len(sizes), dtype=np.float64)
    # From one value of a class to its next, its distribution function stays at `level`, while that of all rows climbs past it.
    climbing = np.cumsum(overall)
    climbed = np.concatenate(([0.0], np.cumsum(climbing)))
    before = np.concatenate(([True], of[1:] != of[:-1]))
    total = np.cumsum(shares)
    start = total - shares
    level = total - np.maximum.accumulate(np.where(before, start, 0.0))
    stop = np.append(np.where(before[1:], len(values), value[1:]), len(values))
    moved = _between(climbing, climbed, level, value, stop)
    first = np.flatnonzero(before)
    moved_first = climbed[value[first]]
    found = np.bincount(of, weights=moved, minlength=len(sizes))
    found[of[first]] += moved_first
    return found / (len(values) - 1)


def _between(climbing: Floats, climbed: Floats, level: Floats, start: Ints, stop: Ints) -> Floats:
    """The sum of |level - climbing[i]| over start <= i < stop."""
    crossing = np.clip(np.searchsorted(climbing, level), start, stop)
    below = level * (crossing - start) - (climbed[crossing] - climbed[start])
    above = (climbed[stop] - climbed[crossing]) - level * (stop - crossing)
    return below + above
