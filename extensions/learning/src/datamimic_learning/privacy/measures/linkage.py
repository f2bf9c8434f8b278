"""Brought together: two parts of what is known of a person by the copy, and two outputs that tell of the same people."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from datamimic_learning.privacy.measures import intervals
from datamimic_learning.privacy.measures.measured import NO_HALF, Measure
from datamimic_learning.privacy.records.drawing import drawn
from datamimic_learning.privacy.records.hashing import Hashes, row_hashes
from datamimic_learning.privacy.records.nearest import closest
from datamimic_learning.privacy.records.space import Records, Space

NEIGHBOURS = 10


def linkability(space: Space, real: Records, copy: Records, other: Records | None, targets: int) -> Measure:
    """Two who know a half each of a person's columns look for its ten nearest rows of the copy: how often
    they find one that both found, beyond how often for people of the other half. (Anonymeter, Giomi and others, 2022.)"""
    if other is None:
        return Measure.not_taken("linkability", NO_HALF)
    places = range(len(space.dimensions))
    if len(places) < 2:
        return Measure.not_taken("linkability", "there is one column to compare")
    halves = places[::2], places[1::2]
    count = min(targets, real.rows, other.rows)
    linked = []
    for each in (real, other):
        people = each.take(drawn(each.rows, count, "linked"))
        found = [closest(space.select(half), people.select(half), copy.select(half), NEIGHBOURS) for half in halves]
        linked.append(int((found[0][:, :, None] == found[1][:, None, :]).any(axis=(1, 2)).sum()))
    value, interval = intervals.risk(linked[0], count, linked[1], count)
    told = {
        "linked": linked[0],
        "baseline_linked": linked[1],
        "people": count,
        "halves": [[space.dimensions[place].name for place in half] for half in halves],
    }
    return Measure("linkability", value, interval, 0.0, count, told)


def linkage_across(space: Space, one: Records, two: Records, on: Sequence[str], key: str | None) -> Measure:
    """Rows of one output that lead to a single row of another one by what both have: alone in both with the same values of
    `on`. With a `key` that names people in both, those that lead to the same person; else all of them. The share of rows
    of `one`."""
    places = space.named(on)
    if not places:
        return Measure.not_taken("linkage_across", "the outputs share no column to be joined by")
    first, second = (_alone_rows(row_hashes(each.select(places))) for each in (one, two))
    _, left, right = np.intersect1d(first[0], second[0], assume_unique=True, return_indices=True)
    left, right = first[1][left], second[1][right]
    right_ones = len(left)
    if key is not None:
        [place] = space.named([key])
        same = (one.codes[place][left] == two.codes[place][right]) & (
            one.codes[place][left] != space.dimensions[place].missing
        )
        right_ones = int(same.sum())
    told = {
        "on": list(on),
        "key": key,
        "matched": len(left),
        "right": None if key is None else right_ones,
        "rows": one.rows,
    }
    value = right_ones / one.rows
    return Measure("linkage_across", value, intervals.share(right_ones, one.rows), 0.0, one.rows, told)


def _alone_rows(hashes: Hashes) -> tuple[Hashes, np.ndarray[tuple[int], np.dtype[np.int64]]]:
    """Hashes that come once, and in which row."""
    values, rows, counts = np.unique(hashes, return_index=True, return_counts=True)
    return values[counts == 1], rows[counts == 1].astype(np.int64)
