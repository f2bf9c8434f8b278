"""What is not known of a person, guessed from the row of the copy that is most like what is known."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from datamimic.columns import Bools, Ints
from datamimic_learning.privacy.measures import intervals
from datamimic_learning.privacy.measures.measured import NO_HALF, Measure
from datamimic_learning.privacy.records.drawing import drawn
from datamimic_learning.privacy.records.nearest import nearest, nearest_without
from datamimic_learning.privacy.records.space import Dimension, Records, Space

NEAR = 0.05
"""A number is guessed where its rank is within this share of all."""
SECRETS = 12
"""Columns that are guessed at most, where none is named."""


def attribute_inference(
    space: Space,
    real: Records,
    copy: Records,
    other: Records | None,
    *,
    quasi: Sequence[str],
    sensitive: Sequence[str],
    targets: int,
) -> Measure:
    """What guesses gain on originals beyond those on people of the other half, of the column where it is most.

    Known are `quasi`, or where none are named, all other columns; guessed are `sensitive`, or every other column, up to 12.
    Beside both stands how often the most frequent value of the copy is right. (Anonymeter, Giomi and others, 2022.)
    """
    if other is None:
        return Measure.not_taken("attribute_inference", NO_HALF)
    known = space.named(quasi)
    named = (
        space.named(sensitive) if sensitive else [place for place in range(len(space.dimensions)) if place not in known]
    )
    secrets = [place for place in named if place not in known][:SECRETS]
    if not secrets or (not known and len(space.dimensions) < 2):
        return Measure.not_taken("attribute_inference", "there is no column to guess from another")
    count = min(targets, real.rows, other.rows)
    people = [each.take(drawn(each.rows, count, "targets")) for each in (real, other)]
    if known:
        alike = [nearest(space.select(known), each.select(known), copy.select(known)).row for each in people]
        rows = [np.tile(each, (len(secrets), 1)) for each in alike]
    else:
        rows = [nearest_without(space, each, copy, secrets) for each in people]
    columns: list[dict[str, Any]] = []
    for number, place in enumerate(secrets):
        dimension = space.dimensions[place]
        right = [
            _right(dimension, space.steps, each, copy, place, taken[number])
            for each, taken in zip(people, rows, strict=True)
        ]
        usual = _right(dimension, space.steps, people[0], copy, place, np.full(count, _usual(dimension, copy, place)))
        hits = [int(each.sum()) for each in right]
        gained, interval = intervals.risk(hits[0], count, hits[1], count, len(secrets))
        columns.append(
            {
                "column": dimension.name,
                "risk": gained,
                "interval": list(interval),
                "right": float(right[0].mean()),
                "baseline": float(right[1].mean()),
                "most_frequent": float(usual.mean()),
            }
        )
    columns.sort(key=lambda each: -each["risk"])
    worst = columns[0]
    told = {"known": list(quasi), "columns": columns}
    return Measure("attribute_inference", worst["risk"], intervals.Interval(*worst["interval"]), 0.0, count, told)


def _right(dimension: Dimension, steps: int, people: Records, copy: Records, place: int, rows: Ints) -> Bools:
    if not dimension.is_number:
        same: Bools = people.codes[place] == copy.codes[place][rows]
        return same
    off = np.abs(people.places[place].astype(np.int64) - copy.places[place][rows])
    near: Bools = off <= NEAR * steps
    return near


def _usual(dimension: Dimension, copy: Records, place: int) -> int:
    """A row of the copy that has its most frequent value, of numbers the middle one."""
    codes = copy.codes[place]
    if dimension.is_number:
        return int(np.argsort(codes, kind="stable")[len(codes) // 2])
    return int(np.flatnonzero(codes == np.bincount(codes).argmax())[0])
