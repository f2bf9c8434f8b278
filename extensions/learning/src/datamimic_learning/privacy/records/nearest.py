"""The nearest records, by looking at every pair: exact, in blocks that stay in the processor's cache."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from datamimic.columns import Floats, Ints
from datamimic_learning.privacy.records.space import MOST, Records, Space

_ACROSS = 4_096
_DOWN = 16


@frozen(eq=False)
class Nearest:
    """Per query the distances to the nearest and second nearest row, from 0 to 1, and which row is the nearest: the first of
    those that are as near. With one row, the second is as far as can be."""

    first: Floats
    second: Floats
    row: Ints


def nearest(space: Space, queries: Records, rows: Records, *, leave: Ints | None = None) -> Nearest:
    """For every query the nearest of the rows. `leave` names for each query a row that is passed over, itself."""
    far = np.iinfo(np.int32).max
    first = np.full(queries.rows, far, dtype=np.int32)
    second = first.copy()
    row = np.zeros(queries.rows, dtype=np.int64)
    for down, across, block in blocks(space, queries, rows):
        found = block.astype(np.int32)
        if leave is not None:
            own = leave[down] - across.start
            there = np.flatnonzero((own >= 0) & (own < found.shape[1]))
            found[there, own[there]] = far
        lines = np.arange(found.shape[0])
        best = found.argmin(axis=1)
        nearer = found[lines, best]
        found[lines, best] = far
        next_best = found.min(axis=1)
        better = nearer < first[down]
        second[down] = np.where(better, np.minimum(first[down], next_best), np.minimum(second[down], nearer))
        row[down] = np.where(better, best + across.start, row[down])
        first[down] = np.where(better, nearer, first[down])
    whole = space.steps * len(space.dimensions)
    return Nearest(np.minimum(first / whole, 1.0), np.minimum(second / whole, 1.0), row)


def blocks(space: Space, queries: Records, rows: Records) -> Iterator[tuple[slice, slice, NDArray[np.int32]]]:
    """Distances in steps of some queries (down) and some rows (across): the same array each time, to be read at once."""
    kind = np.int16 if space.steps * len(space.dimensions) <= MOST else np.int32
    for top in range(0, queries.rows, _DOWN):
        down = slice(top, min(top + _DOWN, queries.rows))
        for left in range(0, rows.rows, _ACROSS):
            across = slice(left, min(left + _ACROSS, rows.rows))
            yield down, across, _block(space, queries, rows, down, across, kind)


def _block(
    space: Space, queries: Records, rows: Records, down: slice, across: slice, kind: type[np.signedinteger]
) -> NDArray[np.int32]:
    shape = down.stop - down.start, across.stop - across.start
    total, step = np.zeros(shape, dtype=kind), np.empty(shape, dtype=np.int16)
    unlike, differs = (
        np.zeros(shape, dtype=np.uint8 if len(space.dimensions) < 256 else np.uint16),
        np.empty(shape, bool),
    )
    for place, dimension in enumerate(space.dimensions):
        theirs, ours = queries.places[place][down, None], rows.places[place][None, across]
        if dimension.is_number:
            np.abs(np.subtract(theirs, ours, out=step), out=step)
            if dimension.missing >= 0:
                np.minimum(step, space.steps, out=step)
            np.add(total, step, out=total)
        else:
            np.not_equal(theirs, ours, out=differs)
            np.add(unlike, differs.view(np.uint8), out=unlike)
    return total + unlike.astype(kind) * kind(space.steps)


def nearest_without(space: Space, queries: Records, rows: Records, columns: Sequence[int]) -> Ints:
    """Per column a line: which row is nearest to each query in all columns but that one; the first of those as near."""
    far = np.iinfo(np.int32).max
    found = np.zeros((len(columns), queries.rows), dtype=np.int64)
    least = np.full((len(columns), queries.rows), far, dtype=np.int32)
    for down, across, block in blocks(space, queries, rows):
        lines = np.arange(block.shape[0])
        for number, place in enumerate(columns):
            one = space.select([place])
            own = _block(one, queries.select([place]), rows.select([place]), down, across, block.dtype.type)
            rest = block - own
            best = rest.argmin(axis=1)
            nearer = rest[lines, best]
            better = nearer < least[number, down]
            found[number, down] = np.where(better, best + across.start, found[number, down])
            least[number, down] = np.where(better, nearer, least[number, down])
    return found


def closest(space: Space, queries: Records, rows: Records, count: int) -> Ints:
    """The `count` nearest rows of each query, a line each, in no order; of those as near, the first ones."""
    count = min(count, rows.rows)
    found = np.empty((queries.rows, count), dtype=np.int64)
    line = np.empty((_DOWN, rows.rows), dtype=np.int64)
    numbers = np.arange(rows.rows)
    for down, across, block in blocks(space, queries, rows):
        line[: block.shape[0], across] = block
        if across.stop == rows.rows:
            keys = line[: block.shape[0]] * rows.rows + numbers
            found[down] = np.partition(keys, count - 1, axis=1)[:, :count] % rows.rows
    return found
