"""When people shop: three years of hours before the clock, each as busy as its hour of day, weekday, month and campaign.

Instants are addressed by "busy time": a number from 0 (three years ago) to `total` (the clock), in which orders are
spread evenly. Busy time grows with real time, so that what is ordered in one is ordered in the other. Who is at work by day
shops at other hours, but as much on every day: both kinds have the same busy time at every midnight.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
from attrs import frozen

from datamimic import Data, Table
from datamimic.columns import Bools, Dates, Floats, Ints
from datamimic_pack_ecommerce.amounts import Shop

if TYPE_CHECKING:
    from datamimic import World

DAYS = 1096
"""How long before the clock the shop opened."""
HOURS = DAYS * 24
BELOW_ONE = 1.0 - 1e-9
"""Part of all busy time that is before the clock however a product is rounded."""
_GRID = 1 << 16
_PROFILES = ("at_home", "at_work")


def month_of(moments: Dates) -> Ints:
    """1 for January to 12 for December."""
    return moments.astype("datetime64[M]").astype(np.int64) % 12 + 1


@frozen(eq=False)
class Rhythm:
    """`running[k, h]` is the busy time of people of kind k (at home, at work) before hour h of the window that starts at
    `start`; HOURS + 1 entries. `midnights` are the hours at which local days begin, from 0 to HOURS."""

    start: np.datetime64
    running: Ints
    grid: Ints
    midnights: Ints

    @classmethod
    def of(cls, world: World, data: Data) -> Rhythm:
        return world.memo("ecommerce.rhythm", lambda: cls.build(world.clock.instant, data))

    @classmethod
    def build(cls, clock: np.datetime64, data: Data) -> Rhythm:
        end = clock.astype("datetime64[h]")
        start = end - np.timedelta64(HOURS, "h")
        local = start + np.arange(HOURS) + np.timedelta64(Shop.read(data).utc_offset_minutes // 60, "h")
        days = local.astype("datetime64[D]")
        hour = (local - days).astype(np.int64)
        weekday = (days.astype(np.int64) + 3) % 7
        busy = (
            data["weekday_profile"].ints("weight")[weekday] * data["month_profile"].ints("weight")[month_of(days) - 1]
        )
        busy = busy * Campaigns.of(data["campaign_days"]).factor(days)
        # Days that are cut off by the window are everybody's alike: its ends are then the same for both kinds.
        whole = (days > days[0]) & (days < days[-1])
        profile = data["hour_profile"]
        running = np.array(
            [
                np.append(0, np.cumsum(busy * np.where(whole, profile.ints(kind)[hour], profile.ints("all")[hour])))
                for kind in _PROFILES
            ]
        )
        # Where the search for an evenly spaced busy time starts: one look instead of fifteen steps.
        even = np.arange(_GRID) * (running[0, -1] / _GRID)
        grid = np.array([np.searchsorted(one, even, side="right") - 1 for one in running])
        midnights = np.flatnonzero(np.append(hour == 0, True))
        return cls(start.astype("datetime64[s]"), running, grid, midnights)

    @property
    def total(self) -> float:
        return float(self.running[0, -1])

    def before(self, days: int) -> float:
        """The busy time at a midnight, at least so many `days` before the clock."""
        at = int(np.searchsorted(self.midnights, (DAYS - days) * 24, side="right")) - 1
        return float(self.running[0, self.midnights[at]])

    def busy_at(self, days: Dates) -> Floats:
        """The busy time at the end of each day (datetime64[D]); 0 before the window."""
        hours = (days.astype("datetime64[h]") - self.start.astype("datetime64[h]")).astype(np.int64) + 24
        after = np.minimum(np.searchsorted(self.midnights, hours), len(self.midnights) - 1)
        return np.where(hours <= 0, 0, self.running[0, self.midnights[after]]).astype(np.float64)

    def instants(self, busy: Floats, at_work: Bools) -> Dates:
        """datetime64[us], UTC, whole seconds; busy times in [0, total)."""
        kind = at_work.astype(np.int64)
        hour = self.grid[kind, np.minimum((busy / self.total * _GRID).astype(np.int64), _GRID - 1)]
        while True:
            ahead = self.running[kind, hour + 1] <= busy
            if not ahead.any():
                break
            hour = hour + ahead
        low = self.running[kind, hour]
        share = (busy - low) / (self.running[kind, hour + 1] - low)
        # Rounding of the grid may start the search one hour late; the first second of that hour is then meant.
        seconds = hour * 3600 + np.clip((share * 3600.0).astype(np.int64), 0, 3599)
        return (self.start + seconds.astype("timedelta64[s]")).astype("datetime64[us]")


@frozen(eq=False)
class Campaigns:
    """Days on which shops sell off, see the table `campaign_days`; sorted."""

    days: Dates
    factors: Ints
    promotions: Ints

    @staticmethod
    @lru_cache(maxsize=16)
    def of(table: Table) -> Campaigns:
        """Those of a country's table, read once."""
        return Campaigns(table.dates("date"), table.ints("factor"), table.ints("promotion_percent"))

    def factor(self, days: Dates) -> Ints:
        """Orders of a day in percent of those of a usual one."""
        return self._at(days, self.factors, 100)

    def promotion_percent(self, days: Dates, usual: Ints) -> Ints:
        """How many of 100 lines are on offer."""
        return self._at(days, self.promotions, usual)

    def _at(self, days: Dates, values: Ints, otherwise: Ints | int) -> Ints:
        at = np.minimum(np.searchsorted(self.days, days), len(self.days) - 1)
        return np.where(self.days[at] == days, values[at], otherwise)
