"""Rows of parents for rows of children."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from attrs import frozen

from datamimic import Draw, Permutation
from datamimic_models.filling.tables import FilledTable
from datamimic_models.schemas.schema import SqlForeignKey
from datamimic_models.solving.axes import Ints
from datamimic_models.solving.made import Bools, Made, codes, ranks

ORPHANS = 0.12
"""Of children that may do without a parent, how many do."""


@frozen
class Parents:
    """The rows that a key may refer to: existing ones, then new ones. `columns` are those that are referred to, in the order
    of the key; `used` says which an existing child has already."""

    columns: tuple[Made, ...]
    used: Bools
    itself: bool
    """Whether they are rows of the same table."""
    held: int = 0
    """How many of them are existing ones."""

    def __len__(self) -> int:
        return len(self.used)


def pick(
    table: FilledTable,
    key: SqlForeignKey,
    parents: Parents,
    *,
    once: bool,
    wanted: Bools,
    welcome: Bools,
    cover: bool = False,
    attempt: int = 0,
) -> Ints:
    """A row of the parents for every new row that `wanted` one; -1 where there is none. With `once`, no parent twice. `welcome`
    parents come into question. Every parent has a child where there are enough of them; with
    `cover`, every new parent has one where there are as many."""
    draw = _draw(table, key, attempt)
    rows = table.rows
    found = np.full(rows, -1, dtype=np.int64)
    shared = [at for at, name in enumerate(key.columns) if name in table.made]
    if shared:
        groups = codes([table.made[key.columns[at]].after(parents.columns[at]) for at in shared])
        usable = welcome & ~(parents.used & once)
        return _within(groups[len(parents) :], groups[: len(parents)], once, wanted, usable, draw, parents.itself)
    free = np.flatnonzero(welcome & ~parents.used if once else welcome)
    children = np.flatnonzero(wanted)
    if not len(free):
        return found
    if once:
        kept = children[: len(free)]
        order = _permutation(table, key, len(free)).forward(np.arange(len(kept), dtype=np.int64))
        found[kept] = free[order]
        return found
    if parents.itself:
        return _earlier(table, len(parents), wanted, draw, free)
    numbers = np.arange(len(children), dtype=np.int64)
    chosen = draw.take(children).integers(0, len(free) - 1, "parent")
    targets = np.flatnonzero(free >= parents.held) if cover else np.arange(len(free))
    if len(targets) and len(children) >= (len(targets) if cover else 2 * len(targets)):
        # The first rows have one each, in an order of their own.
        mixed = Permutation(len(children), (*table.address, "+".join(key.columns), "mixed")).forward(numbers)
        order = targets[_permutation(table, key, len(targets)).forward(np.minimum(mixed, len(targets) - 1))]
        chosen = np.where(mixed < len(targets), order, chosen)
    found[children] = free[chosen]
    return found


def _earlier(table: FilledTable, total: int, wanted: Bools, draw: Draw, free: Ints) -> Ints:
    """A row of the same table that comes before, so that nobody is above himself; of the first row, the row itself."""
    own = np.arange(total - table.rows, total, dtype=np.int64)
    before = np.searchsorted(free, own)  # how many that come into question are earlier
    chosen = draw.integers(0, np.maximum(before - 1, 0), "parent")
    found = np.where(before > 0, free[np.minimum(chosen, len(free) - 1)], own)
    return np.where(wanted, found, -1)


def _within(children: Ints, parents: Ints, once: bool, wanted: Bools, free: Bools, draw: Draw, itself: bool) -> Ints:
    """Of the parents with the same number, as far as there are any; of the same table, of those that come before."""
    found = np.full(len(children), -1, dtype=np.int64)
    usable = np.flatnonzero(free & (parents >= 0))
    order = usable[np.argsort(parents[usable], kind="stable")]
    ordered = parents[order]
    first, end = np.searchsorted(ordered, children, "left"), np.searchsorted(ordered, children, "right")
    size = end - first
    if once:
        rank = ranks(np.where(wanted, children, -1))
        good = wanted & (children >= 0) & (rank < size)
        found[good] = order[(first + rank)[good]]
        return found
    if itself:
        own = np.arange(len(parents) - len(children), len(parents), dtype=np.int64)
        place = np.full(len(parents), 0, dtype=np.int64)
        place[order] = np.arange(len(order))
        size = np.where(free[own], place[own] - first, size)
    good = wanted & (children >= 0) & (size > 0)
    chosen = first + draw.integers(0, np.maximum(size - 1, 0), "parent")
    found[good] = order[chosen[good]]
    return found


def pick_pairs(
    table: FilledTable, keys: Sequence[SqlForeignKey], parents: Sequence[Parents], taken: set[tuple[int, ...]]
) -> list[Ints]:
    """Rows of several parents whose combinations must differ, from each other and from those that are `taken`."""
    sizes = [len(each) for each in parents]
    total = 1
    for size in sizes:
        total *= size
    label = "+".join(name for key in keys for name in key.columns)
    numbers = np.arange(min(total, table.rows + len(taken)), dtype=np.int64)
    mixed = Permutation(total, (*table.address, label, "pairs")).forward(numbers)
    found: list[Ints] = []
    rest = mixed
    for size in reversed(sizes):
        rest, at = np.divmod(rest, size)
        found.insert(0, at)
    if taken:
        keep = np.array(
            [each not in taken for each in zip(*(part.tolist() for part in found), strict=True)], dtype=np.bool_
        )
        found = [part[keep] for part in found]
    return [part[: table.rows] for part in found]


def orphans(table: FilledTable, key: SqlForeignKey, attempt: int = 0) -> Bools:
    """Which new rows have no parent, of a key that may be null."""
    return _draw(table, key, attempt).chance(ORPHANS, "orphan")


def _draw(table: FilledTable, key: SqlForeignKey, attempt: int) -> Draw:
    label = "+".join(key.columns)
    return Draw((*table.address, f"{label}#{attempt}" if attempt else label), table.numbers())


def _permutation(table: FilledTable, key: SqlForeignKey, size: int) -> Permutation:
    return Permutation(size, (*table.address, "+".join(key.columns), "parents"))
