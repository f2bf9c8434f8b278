"""Does what is special in the copy single out one person of the originals?"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from datamimic import Permutation
from datamimic.columns import Bools, Ints
from datamimic_learning.privacy.measures import intervals
from datamimic_learning.privacy.measures.measured import NO_HALF, Measure
from datamimic_learning.privacy.records.drawing import drawn
from datamimic_learning.privacy.records.hashing import Hashes, row_hashes
from datamimic_learning.privacy.records.space import Records, Space

TRIES, ATTACKS, COLUMNS = 1_500, 400, 4


def unique_matches(space: Space, real: Records, copy: Records, other: Records | None, quasi: Sequence[str]) -> Measure:
    """Rows of the copy that are alone in what others may know, and are so like one single original; the share of all rows,
    above that of as many rows of the other half."""
    if not quasi:
        return Measure.not_taken("unique_matches", "it needs columns that others may know: --quasi")
    if other is None:
        return Measure.not_taken("unique_matches", NO_HALF)
    places = space.named(quasi)
    rows = min(copy.rows, other.rows)
    lonely = _alone(row_hashes(real.select(places)))
    found, baseline = (
        int(np.isin(_alone(row_hashes(each.take(drawn(each.rows, rows, "alone")).select(places))), lonely).sum())
        for each in (copy, other)
    )
    value = (found - baseline) / rows
    told = {"found": found, "baseline_found": baseline, "rows": rows, "quasi": list(quasi), "alone": len(lonely)}
    return Measure("unique_matches", value, intervals.difference(found, rows, baseline, rows), 0.0, rows, told)


def singling_out(space: Space, real: Records, copy: Records, other: Records | None) -> Measure:
    """Predicates of up to four columns that one row of the copy alone meets (categories are what they are there, numbers at
    least or at most, whichever side of the median): how often one original alone meets them, beside one row of as large
    another half. The multivariate attack of Anonymeter (Giomi and others, 2022)."""
    if other is None:
        return Measure.not_taken("singling_out", NO_HALF)
    rows = min(real.rows, other.rows)
    judged = [each.take(drawn(each.rows, rows, "singled")) for each in (real, other)]
    width = min(COLUMNS, len(space.dimensions))
    medians = [int(np.median(codes)) for codes in copy.codes]
    tried, hits = 0, [0, 0]
    starts = Permutation(copy.rows, ("datamimic_learning", "singling")).forward(np.arange(min(TRIES, copy.rows)))
    mixed = Permutation(len(starts) * len(medians), ("datamimic_learning", "columns")).forward(
        np.arange(len(starts) * len(medians))
    )
    chosen = np.argsort(mixed.reshape(len(starts), len(medians)), axis=1)[:, :width]
    for row, columns in zip(starts.tolist(), chosen, strict=True):
        values = [int(copy.codes[place][row]) for place in columns]
        if _meeting(space, copy, columns, values, medians) != 1:
            continue
        tried += 1
        for place, each in enumerate(judged):
            hits[place] += _meeting(space, each, columns, values, medians) == 1
        if tried == ATTACKS:
            break
    if not tried:
        return Measure.not_taken("singling_out", "no predicate is met by one row of the copy alone")
    value, interval = intervals.risk(hits[0], tried, hits[1], tried)
    told = {
        "predicates": tried,
        "successes": hits[0],
        "baseline_successes": hits[1],
        "columns": width,
        "rows_each": rows,
    }
    return Measure("singling_out", value, interval, 0.0, tried, told)


def _alone(hashes: Hashes) -> Hashes:
    values, counts = np.unique(hashes, return_counts=True)
    alone: Hashes = values[counts == 1]
    return alone


def _meeting(space: Space, records: Records, columns: Ints, values: list[int], medians: list[int]) -> int:
    """How many rows meet the predicate; rows are looked at column by column, as few as are left."""
    left: NDArray[np.int64] | None = None
    for place, value in zip(columns.tolist(), values, strict=True):
        codes = records.codes[place] if left is None else records.codes[place][left]
        dimension = space.dimensions[place]
        meets: Bools
        if not dimension.is_number or value == dimension.missing:
            meets = codes == value
        elif value >= medians[place]:
            meets = (codes >= value) & (codes != dimension.missing)
        else:
            meets = codes <= value
        left = np.flatnonzero(meets) if left is None else left[meets]
    return 0 if left is None else len(left)
