"""Rows of parents for rows of children."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import prod

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
    room: Ints | None = None
    """How many new children each can have; as many as come, without."""

    def __len__(self) -> int:
        return len(self.used)


@frozen
class Beside:
    """Numbers of the values that a child has beside a parent, of which no two children may have both alike; `taken` are those
    of children that are there, with those of their parents: `alike` numbers parents by what a child shows of them."""

    numbers: Ints
    taken: set[tuple[int, int]]
    alike: Ints

    def apart(self, first: Ints, size: Ints, order: Ints, good: Bools, draw: Draw) -> Ints:
        """Of every good child a place in the `order` of parents, from `first` on, `size` of them; -1 where none is left."""
        _, start, of = np.unique(self.numbers, return_index=True, return_inverse=True)
        begin = draw.integers(0, np.maximum(size - 1, 0), "beside")[start[of]]
        shift = ranks(np.where(good, self.numbers * (int(first.max(initial=0)) + 1) + first, -1))
        found = np.where(good & (shift < size), first + (begin + shift) % np.maximum(size, 1), -1)
        for row in np.flatnonzero(found >= 0).tolist() if self.taken else ():
            for more in range(int(size[row])):
                place = int(first[row] + (begin[row] + shift[row] + more) % size[row])
                pair = (int(self.numbers[row]), int(self.alike[order[place]]))
                if pair not in self.taken:
                    self.taken.add(pair)
                    found[row] = place
                    break
            else:
                found[row] = -1
        return found


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
    beside: Beside | None = None,
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
        return _within(
            groups[len(parents) :], groups[: len(parents)], once, wanted, usable, draw, parents.itself, beside
        )
    free = np.flatnonzero(welcome & ~parents.used if once else welcome)
    children = np.flatnonzero(wanted)
    if not len(free):
        return found
    if once:
        kept = children[: len(free)]
        order = _permutation(table, key, len(free)).forward(np.arange(len(kept), dtype=np.int64))
        found[kept] = free[order]
        return _nobody_himself(found, kept, len(parents) - rows) if parents.itself else found
    if parents.itself:
        return _earlier(table, key, len(parents), wanted, draw, free)
    if beside is not None:
        size = np.full(rows, len(free), dtype=np.int64)
        places = beside.apart(np.zeros(rows, dtype=np.int64), size, free, wanted, draw)
        return np.where(places < 0, -1, free[places])
    numbers = np.arange(len(children), dtype=np.int64)
    chosen = draw.take(children).integers(0, len(free) - 1, "parent")
    targets = np.flatnonzero(free >= parents.held) if cover else np.arange(len(free))
    if len(targets) and len(children) >= (len(targets) if cover else 2 * len(targets)):
        # The first rows have one each, in an order of their own.
        mixed = Permutation(len(children), (*table.address, "+".join(key.columns), "mixed")).forward(numbers)
        order = targets[_permutation(table, key, len(targets)).forward(np.minimum(mixed, len(targets) - 1))]
        chosen = np.where(mixed < len(targets), order, chosen)
    found[children] = free[chosen]
    return found if parents.room is None else _spread(found, children, free, parents.room, table, key)


def _nobody_himself(found: Ints, children: Ints, first: int) -> Ints:
    """Rows of the same table, of which each is a parent once: those that got themselves change with each other, or with
    another."""
    alone = children[found[children] == children + first]
    if len(alone) == 1 and len(children) > 1:
        alone = np.array([alone[0], next(each for each in children.tolist() if each != alone[0])])
    found[alone] = np.roll(found[alone], 1)
    return found


def _spread(found: Ints, children: Ints, free: Ints, room: Ints, table: FilledTable, key: SqlForeignKey) -> Ints:
    """The children that are too many for their parents go to those that have room."""
    over = children[ranks(found[children]) >= room[found[children]]]
    if not len(over):
        return found
    left = room[free] - np.bincount(found[np.setdiff1d(children, over)], minlength=len(room))[free]
    slots = np.repeat(free, np.maximum(left, 0))
    if len(slots):
        mixed = _permutation(table, key, len(slots)).forward(np.arange(min(len(over), len(slots)), dtype=np.int64))
        found[over[: len(mixed)]] = slots[mixed]
        over = over[len(mixed) :]
    found[over] = -1
    return found


def _earlier(table: FilledTable, key: SqlForeignKey, total: int, wanted: Bools, draw: Draw, free: Ints) -> Ints:
    """A row of the same table that comes before, so that nobody is above himself; of the first row none, or where it must have
    one, the row itself."""
    own = np.arange(total - table.rows, total, dtype=np.int64)
    before = np.searchsorted(free, own)  # how many that come into question are earlier
    chosen = draw.integers(0, np.maximum(before - 1, 0), "parent")
    alone = own if not any(table.sql.column(name).nullable for name in key.columns) else np.full_like(own, -1)
    found = np.where(before > 0, free[np.minimum(chosen, len(free) - 1)], alone)
    return np.where(wanted, found, -1)


def _within(
    children: Ints,
    parents: Ints,
    once: bool,
    wanted: Bools,
    free: Bools,
    draw: Draw,
    itself: bool,
    beside: Beside | None,
) -> Ints:
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
    if beside is not None:
        places = beside.apart(first, size, order, good, draw)
        return np.where(places < 0, -1, order[places]) if len(order) else found
    chosen = first + draw.integers(0, np.maximum(size - 1, 0), "parent")
    found[good] = order[chosen[good]]
    return found


def pick_pairs(
    table: FilledTable,
    keys: Sequence[SqlForeignKey],
    parents: Sequence[Parents],
    taken: set[tuple[int, ...]],
    fits: Callable[[list[Ints]], Bools],
) -> list[Ints]:
    """Rows of several parents whose combinations must differ, from each other and from those that are `taken`; combinations
    that do not fit are left out."""
    total = prod(len(each) for each in parents)
    label = "+".join(name for key in keys for name in key.columns)
    permutation = Permutation(total, (*table.address, label, "pairs"))
    found = [np.zeros(0, dtype=np.int64) for _ in parents]
    start, size = 0, table.rows + len(taken)
    while len(found[0]) < table.rows and start < min(total, most_tried(table.rows)):
        rest = permutation.forward(np.arange(start, min(total, start + size), dtype=np.int64))
        start, size = start + size, 2 * size
        block: list[Ints] = []
        for each in reversed(parents):
            rest, at = np.divmod(rest, len(each))
            block.insert(0, at)
        keep = fits(block)
        if taken:
            rows = zip(*(part.tolist() for part in block), strict=True)
            keep &= np.array([each not in taken for each in rows], dtype=np.bool_)
        found = [np.concatenate((part, more[keep])) for part, more in zip(found, block, strict=True)]
    return [part[: table.rows] for part in found]


def most_tried(rows: int) -> int:
    """How many combinations are tried for so many rows at most."""
    return 1_000_000 + 64 * rows


def orphans(table: FilledTable, key: SqlForeignKey, attempt: int = 0) -> Bools:
    """Which new rows have no parent, of a key that may be null."""
    return _draw(table, key, attempt).chance(ORPHANS, "orphan")


def _draw(table: FilledTable, key: SqlForeignKey, attempt: int) -> Draw:
    label = "+".join(key.columns)
    return Draw((*table.address, f"{label}#{attempt}" if attempt else label), table.numbers())


def _permutation(table: FilledTable, key: SqlForeignKey, size: int) -> Permutation:
    return Permutation(size, (*table.address, "+".join(key.columns), "parents"))
