"""Who commutes where: workplaces near home, the nearer and the larger the likelier.

A workplace at d kilometres from home draws people in proportion to its jobs over (1 + (d / reach)²)²; where jobs are spread
evenly, half of all then work within `reach`, and nine in ten within three times as much. Of all positions with workplaces in a
band of latitude around the home's zone, `AMONG` are taken at even steps of that pull: each stands for as much of it as the
others. Among these, people of an occupation choose by the jobs that there are for it.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from datamimic.columns import Floats, Ints
from datamimic_pack_common.places.catchment import DEGREE, Positions, cosine

AMONG = 48
"""Positions of workplaces that people of one place choose from."""
BAND = 1.0
"""Degrees of latitude north and south of home, about 110 km."""
ZONE = BAND / 4
"""Degrees of latitude of the homes that look at the same groups."""
_AT_ONCE = 1 << 21
_PARTS = 1 << 40


class Commuting:
    """Workplaces, each at the place of the same row in `places_of_rows`, with so many `jobs`, and who goes to them.

    `fitting[kind]` has each workplace's jobs for a kind of worker, at most its `jobs`.
    """

    def __init__(
        self,
        positions: Positions,
        places_of_rows: Ints,
        jobs: Floats,
        reach: float,
        fitting: Sequence[Floats],
    ) -> None:
        self.positions = positions
        self.reach = reach
        at = positions.of_place[places_of_rows]
        # From south to north, so that a band of latitude is a slice.
        north = np.lexsort((np.arange(len(positions.latitude)), positions.latitude))
        rank = np.empty(len(north), dtype=np.int64)
        rank[north] = np.arange(len(north))
        self.order = np.argsort(rank[at], kind="stable")
        ranks, self.starts = np.unique(rank[at][self.order], return_index=True)
        self.ends = np.append(self.starts[1:], len(at))
        self.groups = north[ranks]
        self.latitude = positions.latitude[self.groups]
        self.longitude = positions.longitude[self.groups]
        self.jobs = np.add.reduceat(jobs[self.order], self.starts)
        self._sums = [np.concatenate(([0.0], np.cumsum(each[self.order]))) for each in fitting]
        self._filled: NDArray[np.bool_] = np.zeros(len(positions.latitude), dtype=np.bool_)
        self._chosen: NDArray[np.int32] = np.zeros((len(positions.latitude), AMONG), dtype=np.int32)

    def pick(self, place: Ints, kind: Ints, position: Floats, within: Floats) -> Ints:
        """A workplace for people who live at each place and are of a kind, by two even draws; -1 where there is none."""
        home = self.positions.of_place[place]
        if not self._filled[home].all():
            self._fill(np.unique(home[~self._filled[home]]))
        found = np.full(len(place), -1, dtype=np.int64)
        for each in np.unique(kind).tolist():
            own, sums = np.flatnonzero(kind == each), self._sums[each]
            if sums[-1] <= 0:
                continue
            at = self._position(home[own], sums, position[own])
            low, high = sums[self.starts[at]], sums[self.ends[at]]
            # Sums of floats rise in steps; the draw stays below the last.
            place_in = np.searchsorted(sums, low + within[own] * (high - low), side="right") - 1
            found[own] = self.order[np.clip(place_in, self.starts[at], self.ends[at] - 1)]
        return found

    def _position(self, home: Ints, sums: Floats, draw: Floats) -> Ints:
        """The group of workplaces: one of the home's, by the part of its jobs that fits, or else the nearest that has one."""
        part = (sums[self.ends] - sums[self.starts]) / self.jobs
        chosen = self._chosen[home]
        until = np.cumsum(part[chosen], axis=1)
        nth = (until <= (draw * until[:, -1])[:, None]).sum(axis=1)
        group = chosen[np.arange(len(home)), np.minimum(nth, AMONG - 1)].astype(np.int64)
        lost = np.flatnonzero(until[:, -1] <= 0)
        if len(lost):
            have = np.flatnonzero(part > 0)
            homes, back = np.unique(home[lost], return_inverse=True)
            nearest = np.empty(len(homes), dtype=np.int64)
            step = max(1, _AT_ONCE // len(have))
            for start in range(0, len(homes), step):
                some = homes[start : start + step]
                nearest[start : start + step] = have[np.argmin(self._squares(some, have), axis=1)]
            group[lost] = nearest[back]
        return group

    def _squares(self, homes: Ints, groups: Ints | slice) -> Floats:
        """Squares of the distances in kilometres."""
        places = self.positions
        north = places.latitude[homes][:, None] - self.latitude[groups]
        east = (places.longitude[homes][:, None] - self.longitude[groups]) * cosine(places.latitude[homes])[:, None]
        squares: Floats = (north * north + east * east) * (DEGREE * DEGREE)
        return squares

    def _fill(self, homes: Ints) -> None:
        # The zone of a home alone says which groups it looks at, whoever else is asked for with it.
        zone = np.floor(self.positions.latitude[homes] / ZONE).astype(np.int64)
        for each in np.unique(zone).tolist():
            low, high = np.searchsorted(self.latitude, (each * ZONE - BAND, (each + 1) * ZONE + BAND)).tolist()
            if high - low < AMONG:
                low, high = 0, len(self.groups)
            members = homes[zone == each]
            step = max(1, _AT_ONCE // (high - low))
            for start in range(0, len(members), step):
                self._sample(members[start : start + step], low, high)

    def _sample(self, homes: Ints, low: int, high: int) -> None:
        away = 1.0 + self._squares(homes, slice(low, high)) / (self.reach * self.reach)
        pull = np.cumsum(self.jobs[low:high] / (away * away), axis=1)
        # All homes are searched at once, the pull of each above that of the one before; in whole parts, which have no more
        # or fewer digits where more homes are asked for.
        numbers = np.arange(len(homes))[:, None]
        every = ((pull / pull[:, -1:] * _PARTS).astype(np.int64) + numbers * (_PARTS + 1)).ravel()
        steps = (((np.arange(AMONG) + 0.5) / AMONG * _PARTS).astype(np.int64) + numbers * (_PARTS + 1)).ravel()
        found = np.searchsorted(every, steps).reshape(len(homes), AMONG) - numbers * (high - low)
        self._chosen[homes] = low + np.minimum(found, high - low - 1)
        self._filled[homes] = True
