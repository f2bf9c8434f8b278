"""Positions on the earth: distances, and the nearest of many, exact and the same on every machine."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from attrs import evolve, frozen
from numpy.lib.stride_tricks import sliding_window_view

from datamimic.base.arrays import Bools, Floats, Ints
from datamimic.base.trigonometry import arc_sine, sine_and_cosine
from datamimic.errors import DataError, DefinitionError

RADIUS_KM = 6371.0088
"""Mean radius of the earth (IUGG, R1)."""
_MARGIN = 1e-9
"""More than rounding can add to a distance between unit vectors."""
_KNOWN = 12
"""Positions that a cell knows at most, for each that it holds; nine cover its surroundings where they lie evenly."""
_AT_ONCE = 1 << 16
"""Distances that are held at a time: so few that they stay near the processor."""


def kilometres(latitude: Any, longitude: Any, other_latitude: Any, other_longitude: Any) -> Floats:
    """Great-circle distance of each pair of positions, columns of `latitude`, `longitude` and of `other_latitude`,
    `other_longitude` in decimal degrees, on a sphere of the earth's mean radius."""
    here = unit_vectors(np.asarray(latitude, dtype=np.float64), np.asarray(longitude, dtype=np.float64))
    there = unit_vectors(np.asarray(other_latitude, dtype=np.float64), np.asarray(other_longitude, dtype=np.float64))
    chord = np.sqrt(_square_distances(here, there))
    distance: Floats = 2.0 * RADIUS_KM * arc_sine(np.minimum(chord * 0.5, 1.0))
    return distance


def unit_vectors(latitude: Floats, longitude: Floats) -> Floats:
    """n × 3. Raises `DataError` (`bad_position`) for what is no position."""
    for name, degrees, most in (("latitude", latitude, 90.0), ("longitude", longitude, 180.0)):
        wrong = ~(np.abs(degrees) <= most)
        if wrong.any():
            raise DataError(
                "bad_position",
                f"a {name} is {degrees.ravel()[int(np.argmax(wrong))]}",
                hint=f"decimal degrees from -{most:g} to {most:g}",
            )
    (rise, level), (east, front) = sine_and_cosine(latitude), sine_and_cosine(longitude)
    return np.stack(np.broadcast_arrays(level * front, level * east, rise), axis=-1)


def _square_distances(here: Floats, there: Floats) -> Floats:
    apart = here - there
    apart *= apart
    # Added in this order everywhere: a sum's bits depend on it.
    total: Floats = apart[..., 0] + apart[..., 1] + apart[..., 2]
    return total


class Nearest:
    """An index over positions that finds the `k` nearest of them to any other, and which rows have them.

    The order is by distance; positions equally far are in the order of their first rows, rows of one position in their own.
    Positions are split into halves again and again. A cell of the last split knows all positions that can be among the
    nearest of what lies near it; a query that cannot be sure of that asks the larger cell around it, and at last all.
    """

    def __init__(self, latitude: Floats, longitude: Floats, k: int) -> None:
        """Raises `DefinitionError` (`bad_field`) for a `k` that is not from 1 to the number of rows."""
        if not 1 <= k <= len(latitude):
            raise DefinitionError("bad_field", f"the {k} nearest of {len(latitude)} rows", hint="ask for fewer, from 1")
        self.k = k
        points = unit_vectors(latitude, longitude)
        _, first, which = np.unique(points, axis=0, return_index=True, return_inverse=True)
        by_row = np.argsort(first, kind="stable")
        number = np.empty_like(by_row)
        number[by_row] = np.arange(len(by_row))
        which = number[which.ravel()]
        self._points = points[first[by_row]]
        self._columns = [np.ascontiguousarray(self._points[:, axis]) for axis in range(3)]
        self._rows = np.argsort(which, kind="stable")
        self._counts = np.bincount(which)
        self._starts = np.cumsum(self._counts) - self._counts
        self._wanted = min(k, len(self._points))
        self._splits, self._levels = _cells_of(self._points, max(4, self._wanted))
        depth, smallest = self._levels[-1]
        room = int(_width_of(smallest.counts).max())
        x, y, z = (np.concatenate((each.take(smallest.positions), np.zeros(room))) for each in self._columns)
        self._levels[-1] = depth, evolve(smallest, along=(x, y, z))

    def rows(self, latitude: Floats, longitude: Floats) -> Ints:
        """The rows of the k nearest of each position, n × k, nearest first."""
        positions = self._positions(unit_vectors(latitude, longitude))
        counts = self._counts[positions]
        until = np.cumsum(counts, axis=1)
        every = np.arange(len(positions))
        found = np.empty((len(positions), self.k), dtype=np.int64)
        for nth in range(self.k):
            place = (until <= nth).sum(axis=1)
            inside = nth - (until[every, place] - counts[every, place])
            found[:, nth] = self._rows[self._starts[positions[every, place]] + inside]
        return found

    def _positions(self, queries: Floats) -> Ints:
        """The numbers of the nearest positions, n × wanted."""
        cell, flat, first = np.zeros(len(queries), dtype=np.int64), queries.ravel(), np.arange(len(queries)) * 3
        for axes, places in self._splits:
            cell = cell * 2 + (flat.take(first + axes.take(cell)) >= places.take(cell))
        found = np.empty((len(queries), self._wanted), dtype=np.int64)
        open_ = np.arange(len(queries))
        for depth, level in reversed(self._levels):
            own = cell[open_] >> (len(self._splits) - depth)
            numbers, farthest = self._nearest_in(level, own, queries[open_])
            away = np.sqrt(_square_distances(queries[open_], level.centres[own]))
            sure = farthest + away + _MARGIN <= level.reach[own]
            found[open_[sure]] = numbers[sure]
            open_ = open_[~sure]
            if not len(open_):
                break
        return found

    def _square_distances(self, queries: Floats, level: _Level, first: Ints, wide: int) -> Floats:
        """What `_square_distances` gives, to the bit, of each query and the `wide` positions from its `first` of a level; one
        axis after the other, since three short columns of numbers stay near the processor."""
        total: Floats | None = None
        for axis, apart in enumerate(self._coordinates(level, first, wide)):
            np.subtract(queries[:, axis, None], apart, out=apart)
            apart *= apart
            if total is None:
                total = apart
            else:
                total += apart
        assert total is not None
        return total

    def _coordinates(self, level: _Level, first: Ints, wide: int) -> Iterator[Floats]:
        """Axis after axis, those of the `wide` positions from each `first` of a level."""
        if level.along is not None:
            # What a cell knows stands side by side, and is copied in one piece.
            for column in level.along:
                yield sliding_window_view(column, wide)[first]
        else:
            candidates = level.positions.take(first[:, None] + np.arange(wide), mode="clip")
            for column in self._columns:
                yield column.take(candidates)

    def _nearest_in(self, level: _Level, cell: Ints, queries: Floats) -> tuple[Ints, Floats]:
        """Of what the cells know: the nearest positions of each query, and how far the last of them is (a chord)."""
        numbers = np.empty((len(queries), self._wanted), dtype=np.int64)
        farthest = np.empty(len(queries))
        width = _width_of(level.counts)[cell]
        for wide in np.unique(width).tolist():
            of_width = np.flatnonzero(width == wide)
            step = max(1, _AT_ONCE // wide)
            places = np.arange(wide)
            for start in range(0, len(of_width), step):
                some = of_width[start : start + step]
                own = cell[some]
                first = level.starts[own]
                distances = self._square_distances(queries[some], level, first, wide)
                distances[places >= level.counts[own, None]] = np.inf
                every = np.arange(len(some))
                for nth in range(self._wanted):
                    # The first of equals: candidates are in the order of their numbers.
                    best = np.argmin(distances, axis=1)
                    numbers[some, nth] = level.positions.take(first + best)
                    farthest[some] = distances[every, best]
                    distances[every, best] = np.inf
        return numbers, np.sqrt(farthest)


@frozen(eq=False)
class _Level:
    """Cells of one size, each with all `positions` within `reach` of its centre (chords)."""

    centres: Floats
    reach: Floats
    starts: Ints
    counts: Ints
    positions: Ints
    along: tuple[Floats, Floats, Floats] | None = None
    """The coordinates of `positions`, with room behind for the widest cell; of the smallest cells, which are asked most."""


def _width_of(counts: Ints) -> Ints:
    """Numbers of candidates that are looked at together: the counts, in four steps for each doubling, but of eight at least."""
    step = np.maximum(8, 1 << np.maximum(np.floor(np.log2(np.maximum(counts, 1))).astype(np.int64) - 2, 0))
    width: Ints = (counts + step - 1) // step * step
    return width


def _cells_of(points: Floats, least: int) -> tuple[list[tuple[Ints, Floats]], list[tuple[int, _Level]]]:
    """The axis and the place of every split, level by level, and the levels of cells (with their depth) that are asked."""
    everything = np.arange(len(points), dtype=np.int64)
    order, sizes = everything, np.array([len(points)])
    level = _Level(np.zeros((1, 3)), np.array([4.0]), np.array([0]), sizes, everything)
    splits, levels = [], [(0, level)]
    while int(sizes.min()) >= 2 * least:
        starts = np.cumsum(sizes) - sizes
        low = np.minimum.reduceat(points[order], starts)
        axes = np.argmax(np.maximum.reduceat(points[order], starts) - low, axis=1)
        cell = np.repeat(np.arange(len(sizes)), sizes)
        order = order[np.lexsort((points[order, axes[cell]], cell))]
        middle = starts + sizes // 2
        splits.append((axes, points[order[middle], axes]))
        sizes = np.stack([sizes // 2, sizes - sizes // 2], axis=1).ravel()
        level = _halved(level, points, order, sizes, least)
        levels.append((len(splits), level))
    return splits, levels


def _halved(outer: _Level, points: Floats, order: Ints, sizes: Ints, least: int) -> _Level:
    """The cells one split further: what a cell knows is known to the cell around it."""
    starts = np.cumsum(sizes) - sizes
    centres = (np.minimum.reduceat(points[order], starts) + np.maximum.reduceat(points[order], starts)) * 0.5
    cell = np.repeat(np.arange(len(sizes)), sizes)
    radius = np.sqrt(np.maximum.reduceat(_square_distances(points[order], centres[cell]), starts))
    around = np.arange(len(sizes)) >> 1
    shift = np.sqrt(_square_distances(centres, outer.centres[around]))
    # Who is within a radius of the centre has its nearest within two, and those within three of the centre.
    reach = np.minimum(3.0 * radius + 2 * _MARGIN, outer.reach[around] - shift - _MARGIN)
    counts = outer.counts[around]
    owner = np.repeat(np.arange(len(sizes)), counts)
    offsets = np.arange(len(owner)) - np.repeat(np.cumsum(counts) - counts, counts)
    known = outer.positions[outer.starts[around][owner] + offsets]
    squares = _square_distances(points[known], centres[owner])
    near = squares <= (np.maximum(reach, 0.0) ** 2)[owner]
    _keep_the_nearest(near, squares, owner, reach, _KNOWN * sizes)
    # A cell without reach is never sure, and needs something to look at.
    near |= offsets < least
    counts = np.bincount(owner[near], minlength=len(sizes))
    return _Level(centres, reach, np.cumsum(counts) - counts, counts, known[near].astype(np.int32))


def _keep_the_nearest(near: Bools, squares: Floats, owner: Ints, reach: Floats, most: Ints) -> None:
    """Cells with a position far off would know too much: they keep the `most` nearest, and reach less far."""
    counts = np.bincount(owner[near], minlength=len(most))
    crowded = np.flatnonzero(near & (counts > most)[owner])
    crowded = crowded[np.lexsort((squares[crowded], owner[crowded]))]
    cell, first, inverse = np.unique(owner[crowded], return_index=True, return_inverse=True)
    rank = np.arange(len(crowded)) - first[inverse]
    near[crowded[rank >= most[owner[crowded]]]] = False
    reach[cell] = np.sqrt(squares[crowded[first + most[cell]]]) - 2 * _MARGIN
