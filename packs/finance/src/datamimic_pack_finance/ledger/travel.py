"""When account holders are away, and where: a trip in some half-years, at home or abroad, likelier the more they earn."""

from __future__ import annotations

import numpy as np
from attrs import frozen

from datamimic import Data, Draw, Table, World
from datamimic.columns import Bools, Floats, Ints

HALF = 183
"""Days, counted from 1970, in which there is one trip at most."""
SHORTEST, LONGEST = 3, 15
ABROAD = 0.4
OFTEN = 0.5


@frozen(eq=False)
class Trips:
    """Per account and half-year of the window the days of a trip (`until` before `since` where there is none), and where it
    goes: a row of the table of places, or of countries abroad."""

    first: Ints
    halves: int
    since: Ints
    until: Ints
    abroad: Bools
    place: Ints
    number: Ints

    @classmethod
    def of(cls, rows: Ints, after: Ints, until: Ints, means: Floats, world: World, data: Data) -> Trips:
        """Of accounts (row numbers) whose windows are (after, until]; `means` is the income relative to the usual one."""
        first = (after + 1) // HALF
        halves = max(int((until // HALF - first).max(initial=0)) + 1, 1)
        number = (first[:, None] + np.arange(halves)).ravel()
        key = np.repeat(rows, halves) * 4096 + number
        draw = Draw(world.address("finance.bank_account", "trips"), key)
        goes = draw.chance(np.repeat(np.clip(OFTEN * means, 0.15, 0.95), halves), "goes")
        length = draw.integers(SHORTEST, LONGEST, "days")
        since = number * HALF + draw.integers(0, HALF - LONGEST - 1, "since")
        abroad = draw.chance(np.repeat(np.clip(ABROAD * means, 0.1, 0.8), halves), "abroad")
        places: Table = data["common.places"]
        place = draw.pick(places, label="place")
        return cls(first, halves, since, np.where(goes, since + length, since - 1), abroad, place, key)

    def at(self, account: Ints, day: Ints) -> Ints:
        """The trip on which an account's holder is on a day, -1 for none."""
        half = np.clip(day // HALF - self.first[account], 0, self.halves - 1)
        trip = account * self.halves + half
        return np.where((day >= self.since[trip]) & (day <= self.until[trip]), trip, -1)
