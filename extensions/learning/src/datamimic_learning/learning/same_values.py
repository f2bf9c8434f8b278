"""Numbers that are those of another column in many rows, and in the others their own: who was not seen to fall ill again was
watched as long as they lived, what was not sold for less went for its price.

How bands of two columns come together does not say that they are the same number; and it is the first thing that whoever learns
from a copy would find in the rows that were learned.
"""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from itertools import combinations
from typing import Final

import numpy as np
import pyarrow as pa
from attrs import frozen

from datamimic.columns import Bools, Floats
from datamimic_learning.learning.counting import Counting
from datamimic_learning.learning.facts import numbers_of
from datamimic_learning.learning.names import said
from datamimic_learning.learning.prepared import Coded

_FEWEST: Final = 30
_SHARE: Final = 0.1
"""Of the rows at least so many are the same, and so many are not."""
_BY_CHANCE: Final = 0.25
"""Of the rows that are the same at most so many would be, if the columns had nothing to do with each other."""
_MOST_OF_ONE: Final = 0.5
"""Of the rows that are the same at most so many have one number: zeros say nothing of each other."""
_MOST_COLUMNS: Final = 60
_TRIED: Final = 128


@frozen(eq=False)
class Same:
    """`name` is `other`, but where the hidden column `part` has a number: `values`, null where both are the same."""

    name: str
    other: str
    part: str
    values: pa.Array

    @property
    def expression(self) -> str:
        return f"{self.part} if {self.part} is not None else {said(self.other)}"


def same_as_others(
    columns: Sequence[Coded], values: Mapping[str, pa.Array], taken: Container[str], counting: Counting
) -> list[Same]:
    """Columns without missing values that are told by another one; each column is in one such pair at most. The one that is
    less in the mean is told by the other."""
    numeric = [each for each in columns if each.scale is not None and each.values > 2 and each.null is None]
    numeric = [each for each in numeric if each.scale and each.scale.kind in ("int", "float", "decimal")][
        :_MOST_COLUMNS
    ]
    numbers = {each.name: numbers_of(each) for each in numeric}
    found, used = list[Same](), set[str]()
    for one, other in combinations(numeric, 2):
        if {one.name, other.name} & used or values[one.name].type != values[other.name].type:
            continue
        left, right = numbers[one.name], numbers[other.name]
        # A look at some rows first: hardly any two columns are the same in many.
        if not (left[:_TRIED] == right[:_TRIED]).any():
            continue
        same = left == right
        if not _says_something(left, right, same, counting):
            continue
        name, by = (one.name, other.name) if left.mean() <= right.mean() else (other.name, one.name)
        part = f"{said(name)}_unlike_{said(by)}"
        if part in taken:
            continue
        mask = pa.array(same)
        found.append(Same(name, by, part, pa.compute.if_else(mask, pa.scalar(None, values[name].type), values[name])))
        used |= {one.name, other.name}
    return found


def _says_something(left: Floats, right: Floats, same: Bools, counting: Counting) -> bool:
    rows, count = len(same), int(same.sum())
    least = max(_FEWEST, 4 * counting.least, _SHARE * rows)
    if count < least or rows - count < least:
        return False
    alike = np.unique(left[same], return_counts=True)[1]
    if alike.max() > _MOST_OF_ONE * count:
        return False
    ours, our_counts = np.unique(left, return_counts=True)
    theirs, their_counts = np.unique(right, return_counts=True)
    _, at, there = np.intersect1d(ours, theirs, assume_unique=True, return_indices=True)
    by_chance = float((our_counts[at].astype(np.float64) * their_counts[there]).sum()) / rows
    return by_chance < _BY_CHANCE * count
