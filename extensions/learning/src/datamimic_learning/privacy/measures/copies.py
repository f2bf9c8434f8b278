"""Rows of the copy that are rows of the original, or all but one column of them, and values that identify somebody.

All rows are looked at: what is counted is exact."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from datamimic_learning.privacy.measures import intervals
from datamimic_learning.privacy.measures.intervals import Interval
from datamimic_learning.privacy.measures.measured import Measure
from datamimic_learning.privacy.records.hashing import Hashes, column_hashes, row_hashes
from datamimic_learning.privacy.records.space import Records, Space

_FEW: Final = 2
"""Originals that have a value, so that it is somebody's."""
_RARE: Final = 0.3
"""Of so many originals the value is such a one, that a column counts."""
_TOLD: Final = 10


def exact_copies(real: Records, copy: Records, other: Records | None) -> Measure:
    """Share of rows of the copy that are rows of the original in every compared column, above what chance makes: the share of
    another half, or of original rows that another original row equals, whichever is more."""
    originals = row_hashes(real)
    found = np.isin(row_hashes(copy), originals)
    chance = int(_repeated(originals).sum()), real.rows
    half = None if other is None else (int(np.isin(row_hashes(other), originals).sum()), other.rows)
    return _above("exact_copies", int(found.sum()), copy.rows, *_more(chance, half))


def near_copies(real: Records, copy: Records, other: Records | None) -> Measure:
    """The same for rows that differ in exactly one compared column."""
    if len(real.codes) < 2:
        return Measure.not_taken("near_copies", "there is one column to compare")
    found = _but_one(real, copy)
    chance = int(_twins_but_one(real).sum()), real.rows
    half = None if other is None else (int(_but_one(real, other).sum()), other.rows)
    return _above("near_copies", int(found.sum()), copy.rows, *_more(chance, half))


def recurring_values(
    space: Space, real: Records, copy: Records, other: Records | None, names: Sequence[str]
) -> Measure:
    """Of columns whose values identify rows (keys, texts): the share of distinct values of the copy that are values of the
    original, above that of another half. The column with the largest counts."""
    if not names:
        return Measure.not_taken("recurring_values", "no column identifies rows")
    columns = []
    for place in space.named(names):
        missing = space.dimensions[place].missing
        theirs = _distinct(real.codes[place], missing)
        ours = _distinct(copy.codes[place], missing)
        half = None if other is None else _distinct(other.codes[place], missing)
        found = int(np.isin(ours, theirs).sum())
        baseline = 0 if half is None else int(np.isin(half, theirs).sum())
        cases = 1 if half is None else max(1, len(half))
        taken = _above("", found, max(1, len(ours)), baseline, cases)
        columns.append((space.dimensions[place].name, taken, found, len(ours)))
    columns.sort(key=lambda each: -(each[1].value or 0.0))
    worst = columns[0][1]
    told = [{"column": name, "recurring": found, "values": values} for name, _, found, values in columns]
    return Measure("recurring_values", worst.value, worst.interval, 0.0, columns[0][3], {"columns": told})


def kept_columns(space: Space, real: Records, copy: Records, other: Records | None) -> Measure:
    """Of columns most of whose values few originals have: the share of rows of the copy with such a value, above that of
    another half. The column with the largest counts: one that was kept as it is."""
    if other is None:
        return Measure.not_taken("kept_columns", "it needs another half of the people: --holdout")
    columns = []
    for dimension, theirs, ours, half in zip(space.dimensions, real.codes, copy.codes, other.codes, strict=True):
        values, counts = np.unique(theirs[theirs != dimension.missing], return_counts=True)
        few = values[counts <= _FEW]
        if counts[counts <= _FEW].sum() < _RARE * len(theirs):
            continue
        found, chance = int(np.isin(ours, few).sum()), int(np.isin(half, few).sum())
        columns.append((dimension.name, _above("", found, copy.rows, chance, other.rows), found))
    if not columns:
        return Measure.not_taken("kept_columns", "no column has values that few rows have")
    columns.sort(key=lambda each: -(each[1].value or 0.0))
    worst = columns[0][1]
    told = [{"column": name, "found": found} for name, _, found in columns[:_TOLD]]
    return Measure("kept_columns", worst.value, worst.interval, 0.0, copy.rows, {"columns": told})


def _more(chance: tuple[int, int], half: tuple[int, int] | None) -> tuple[int, int]:
    """Found and rows, of the larger share."""
    return chance if half is None or chance[0] * half[1] > half[0] * chance[1] else half


def _above(name: str, found: int, cases: int, baseline: int, baseline_cases: int) -> Measure:
    told = {"found": found, "rows": cases, "baseline_found": baseline, "baseline_rows": baseline_cases}
    value = found / cases - baseline / baseline_cases
    # Rows were counted, not drawn: where chance makes no copies, each one is a fact.
    interval = intervals.difference(found, cases, baseline, baseline_cases) if baseline else Interval(value, value)
    return Measure(name, value, interval, 0.0, cases, told)


def _repeated(hashes: Hashes) -> NDArray[np.bool_]:
    _, inverse, counts = np.unique(hashes, return_inverse=True, return_counts=True)
    several: NDArray[np.bool_] = counts[inverse] > 1
    return several


def _but_one(real: Records, rows: Records) -> NDArray[np.bool_]:
    """Rows that are no original, but all of one but for a column."""
    theirs, ours = row_hashes(real), row_hashes(rows)
    near = np.zeros(rows.rows, dtype=bool)
    for place in range(len(real.codes)):
        near |= np.isin(
            ours - column_hashes(rows.codes[place], place), theirs - column_hashes(real.codes[place], place)
        )
    return near & ~np.isin(ours, theirs)


def _twins_but_one(real: Records) -> NDArray[np.bool_]:
    """Originals that no other equals, but for a column."""
    whole = row_hashes(real)
    near = np.zeros(real.rows, dtype=bool)
    for place in range(len(real.codes)):
        near |= _repeated(whole - column_hashes(real.codes[place], place))
    return near & ~_repeated(whole)


def _distinct(codes: NDArray[np.int32], missing: int) -> NDArray[np.int32]:
    found = np.unique(codes)
    return found[found != missing]
