"""Combinations of columns that have few values: where they must differ, and draws meet too often, each that is free is taken
once."""

from __future__ import annotations

from functools import reduce
from typing import Final

import numpy as np

from datamimic import Permutation
from datamimic_models.filling.tables import FilledTable, possible
from datamimic_models.solving.axes import Ints
from datamimic_models.solving.made import Made, codes, places
from datamimic_models.solving.values import Values

MOST: Final = 200_000
"""More combinations are not listed."""


def combined(table: FilledTable, free: list[str], rest: list[str]) -> bool:
    """Make the `free` columns so that they and the `rest`, which is made, are unique; False where their combinations cannot be
    listed, or are too few."""
    listed = _listed(table, free)
    if listed is None:
        return False
    size = len(listed[0])
    groups = codes([table.all_of(name) for name in rest]) if rest else np.zeros(table.held + table.rows, dtype=np.int64)
    taken = _taken(table, free, groups, listed)
    mixed = Permutation(size, (*table.address, "+".join(free)[:200], "combined")).forward(
        np.arange(size, dtype=np.int64)
    )
    chosen = np.zeros(table.rows, dtype=np.int64)
    own = groups[table.held :]
    order = np.argsort(own, kind="stable")
    starts = np.flatnonzero(np.concatenate(([True], own[order][1:] != own[order][:-1]))) if len(own) else order
    for rows in np.split(order, starts[1:]):
        group = int(own[rows[0]])
        if group < 0:  # a null is like no other
            chosen[rows] = mixed[np.arange(len(rows)) % size]
            continue
        left = np.roll(mixed, -(group * 7) % size)
        if group in taken:
            left = left[~np.isin(left, taken[group])]
        if len(rows) > len(left):
            return False
        chosen[rows] = left[: len(rows)]
    for name, column in zip(free, listed, strict=True):
        table.made[name] = column.take(chosen)
    return True


def _listed(table: FilledTable, free: list[str]) -> list[Made] | None:
    """All combinations that a row may have, column by column."""
    values = [_values(table, name) for name in free]
    if any(each is None for each in values):
        return None
    known = [each for each in values if each is not None]
    if reduce(lambda total, each: total * len(each), known, 1) > MOST:
        return None
    grid = np.meshgrid(*(np.arange(len(each)) for each in known), indexing="ij")
    made = {name: each.take(at.reshape(-1)) for name, each, at in zip(free, known, grid, strict=True)}
    kept = np.flatnonzero(possible(table, made, len(made[free[0]])))
    return [made[name].take(kept) for name in free] if len(kept) else None


def _values(table: FilledTable, name: str) -> Made | None:
    """All values of the column, in any case."""
    ticks = name in table.axes
    found: list[int | str] = []
    for each in table.plan.values(name):
        several = _of(each, ticks)
        if several is None:
            return None
        found += several
    once = list(dict.fromkeys(found))
    data = np.array(once, dtype=np.int64 if ticks else object)
    return Made(data, np.zeros(len(once), dtype=np.bool_))


def _of(values: Values, ticks: bool) -> list[int | str] | None:
    if values.null == "always":
        return []
    if values.choices is not None:
        return list(values.choices)
    if not ticks or values.low is None or values.high is None or values.high - values.low >= MOST:
        return None
    step, rest = values.remainder or (1, 0)
    return [
        each
        for each in range(values.low, values.high + 1)
        if each not in values.excluded and each % step == rest % step
    ]


def _taken(table: FilledTable, free: list[str], groups: Ints, listed: list[Made]) -> dict[int, Ints]:
    """Of each group, which of the combinations rows have that are there already."""
    if not table.held:
        return {}
    there = [table.existing[name] for name in free]
    found: dict[int, list[int]] = {}
    for group, number in zip(groups[: table.held].tolist(), places(there, listed), strict=True):
        if number >= 0:
            found.setdefault(group, []).append(number)
    return {group: np.array(numbers, dtype=np.int64) for group, numbers in found.items()}
