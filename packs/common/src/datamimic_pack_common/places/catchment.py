"""Who is near: which of a world's providers people of each place go to.

People go to a provider of their own region (a state, say), the nearer the likelier: a place where providers are has a pull of
their number over (1 + (d / reach)²)³, d being the distance in kilometres. The `AMONG` places of the greatest pull are what
people choose from. Everything is worked out place by place when it is first asked for.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from datamimic import Bits, Table
from datamimic.columns import Floats, Ints

AMONG = 8
"""Places of providers that people of one place choose from."""
DEGREE = 111.195
"""Kilometres of a degree of latitude."""
FULL = 65_535
_AT_ONCE = 1 << 20


class Positions:
    """The positions of a table of places (`latitude`, `longitude`, `region`), each with a number."""

    def __init__(self, places: Table, region: str) -> None:
        pairs = np.stack([places.floats("latitude"), places.floats("longitude")], axis=1)
        codes, _ = places[region].coding()
        keys = np.concatenate([pairs, codes[:, None].astype(np.float64)], axis=1)
        distinct, number = np.unique(keys, axis=0, return_inverse=True)
        self.of_place: Ints = number.ravel()
        self.latitude, self.longitude = distinct[:, 0], distinct[:, 1]
        self.region = distinct[:, 2].astype(np.int64)


@lru_cache(maxsize=16)
def positions_of(places: Table, region: str) -> Positions:
    """The positions of the table, with the column that says which region they are in."""
    return Positions(places, region)


def cosine(degrees: Floats) -> Floats:
    """To five places, from sums and products alone, so that it is the same on every machine."""
    x = degrees * (3.141592653589793 / 180.0)
    square = x * x
    made: Floats = 1 - square / 2 * (1 - square / 12 * (1 - square / 30 * (1 - square / 56)))
    return made


def greatest(pull: Floats, count: int) -> Ints:
    """Per row the numbers of the `count` greatest values, the greatest first and of equal ones the first;
    most are not sorted."""
    size = pull.shape[1]
    if size > 4 * count:
        among = np.argpartition(pull, size - count, axis=1)[:, size - count :]
        among.sort(axis=1)
        values = np.take_along_axis(pull, among, axis=1)
        # Where another equals the least of them, it may be the one that comes first.
        if not ((pull >= values.min(axis=1, keepdims=True)).sum(axis=1) > count).any():
            return np.take_along_axis(among, np.argsort(-values, axis=1, kind="stable"), axis=1)
    order: Ints = np.argsort(-pull, axis=1, kind="stable")[:, :count]
    return order


class Catchment:
    """Providers (`rows`, each at the place of the same position in `places_of_rows`) and who goes to them.

    `reach` is the distance in kilometres at which a provider is an eighth as likely as one next door. Where a region has no
    provider, people go to those of others. `pick` gives -1 where there is no provider at all.
    """

    def __init__(self, positions: Positions, rows: Ints, places_of_rows: Ints, reach: float) -> None:
        self.positions = positions
        self.reach = reach
        at = positions.of_place[places_of_rows]
        order = np.lexsort((rows, at, positions.region[at]))
        self.rows = rows[order]
        self.groups, self.starts, self.counts = np.unique(at[order], return_index=True, return_counts=True)
        # Groups of one region lie together.
        by_region = np.lexsort((self.groups, positions.region[self.groups]))
        self.groups, self.starts, self.counts = (each[by_region] for each in (self.groups, self.starts, self.counts))
        self.bounds = np.searchsorted(positions.region[self.groups], np.arange(int(positions.region.max()) + 2))
        size = len(positions.latitude)
        self._filled: NDArray[np.bool_] = np.zeros(size, dtype=np.bool_)
        self._chosen: NDArray[np.int32] = np.zeros((size, AMONG), dtype=np.int32)
        self._until: NDArray[np.uint16] = np.zeros((size, AMONG), dtype=np.uint16)

    def pick(self, place: Ints, bits: Bits) -> Ints:
        """A provider for somebody who lives at each place, by random bits."""
        if not len(self.rows):
            return np.full(len(place), -1, dtype=np.int64)
        at = self.positions.of_place[place]
        if not self._filled[at].all():
            self._fill(np.unique(at[~self._filled[at]]))
        share = (bits >> np.uint64(48)).astype(np.uint16)
        nth = (self._until[at] < share[:, None]).sum(axis=1)
        group = self._chosen[at, nth]
        within = (bits & np.uint64(0xFFFF_FFFF)).astype(np.int64)
        return self.rows[self.starts[group] + (within * self.counts[group] >> 32)]

    def _fill(self, asked: Ints) -> None:
        """All at once, but those of regions with many more groups by themselves."""
        region = self.positions.region[asked]
        low, high = self.bounds[region], self.bounds[region + 1]
        elsewhere = low == high
        low, high = np.where(elsewhere, 0, low), np.where(elsewhere, len(self.groups), high)
        size = high - low
        order = np.argsort(size, kind="stable")
        asked, low, high, size = asked[order], low[order], high[order], size[order]
        start = 0
        while start < len(asked):
            alike = int(np.searchsorted(size, 2 * size[start], side="right"))
            stop = min(alike, start + max(1, _AT_ONCE // int(size[alike - 1])))
            self._weigh(asked[start:stop], low[start:stop], high[start:stop])
            start = stop

    def _weigh(self, asked: Ints, low: Ints, high: Ints) -> None:
        """Which of the groups [low, high) each position chooses from, and with what cumulative weights."""
        places, among = self.positions, low[:, None] + np.arange(int((high - low).max()))
        there = among < high[:, None]
        among = np.minimum(among, high[:, None] - 1)
        own = self.groups[among]
        north = places.latitude[asked][:, None] - places.latitude[own]
        east = (places.longitude[asked][:, None] - places.longitude[own]) * cosine(places.latitude[asked])[:, None]
        away = 1.0 + (north * north + east * east) * (DEGREE / self.reach) ** 2
        # What is behind the last group has no pull, and is the last.
        pull = self.counts[among] * there / (away * away * away)
        count = min(AMONG, pull.shape[1])
        order = greatest(pull, count)
        sums = np.cumsum(np.take_along_axis(pull, order, axis=1), axis=1)
        self._chosen[asked, :count] = np.take_along_axis(among, order, axis=1)
        until = np.full((len(asked), AMONG), FULL, dtype=np.uint16)
        until[:, :count] = (sums / sums[:, -1:] * FULL).astype(np.uint16)
        self._until[asked] = until
        self._filled[asked] = True


def pick_of_kind(catchment: Callable[[int], Catchment], place: Ints, kind: Ints, bits: Bits, *, otherwise: int) -> Ints:
    """A provider of each `kind` for somebody who lives at each place, by random bits; where there is none of the kind at all,
    one of the kind `otherwise`. `catchment` gives that of a kind."""
    found = np.full(len(place), -1, dtype=np.int64)
    for each in np.unique(kind).tolist():
        own = kind == each
        found[own] = catchment(each).pick(place[own], bits[own])
    missing = found < 0
    if missing.any():
        found[missing] = catchment(otherwise).pick(place[missing], bits[missing])
    return found
