"""When people shop: three years of hours before the clock, each as busy as its hour of day, weekday and month.

Instants are addressed by "busy time": a number from 0 (three years ago) to `total` (the clock), in which orders are
spread evenly. Busy time grows with real time, so that what is ordered in one is ordered in the other.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from attrs import frozen

from datamimic import Data
from datamimic.columns import Dates, Floats, Ints, year_month_day
from datamimic_pack_ecommerce.amounts import Shop

if TYPE_CHECKING:
    from datamimic import World

DAYS = 1096
"""How long before the clock the shop opened."""
_GRID = 1 << 16


@frozen(eq=False)
class Rhythm:
    """`running[h]` is the busy time before hour h of the window that starts at `start`; DAYS * 24 + 1 entries."""

    start: np.datetime64
    running: Ints
    grid: Ints

    @classmethod
    def of(cls, world: World, data: Data) -> Rhythm:
        return world.memo("ecommerce.rhythm", lambda: cls.build(world.clock.instant, data))

    @classmethod
    def build(cls, clock: np.datetime64, data: Data) -> Rhythm:
        end = clock.astype("datetime64[h]")
        start = end - np.timedelta64(DAYS * 24, "h")
        local = start + np.arange(DAYS * 24) + np.timedelta64(Shop.read(data).utc_offset_minutes // 60, "h")
        days = local.astype("datetime64[D]")
        hour = (local - days).astype(np.int64)
        weekday = (days.astype(np.int64) + 3) % 7
        _, month, _ = year_month_day(days)
        weight = data["hour_profile"].ints("weight")[hour]
        weight = (
            weight * data["weekday_profile"].ints("weight")[weekday] * data["month_profile"].ints("weight")[month - 1]
        )
        running = np.concatenate(([0], np.cumsum(weight)))
        # Where the search for an evenly spaced busy time starts: one look instead of fifteen steps.
        grid = np.searchsorted(running, np.arange(_GRID) * (running[-1] / _GRID), side="right") - 1
        return cls(start.astype("datetime64[s]"), running, grid)

    @property
    def total(self) -> float:
        return float(self.running[-1])

    def before(self, days: int) -> float:
        """The busy time of the instant `days` before the clock."""
        return float(self.running[(DAYS - days) * 24])

    def busy_at(self, days: Dates) -> Floats:
        """The busy time at the end of each day (datetime64[D]); 0 before the window."""
        hours = (days.astype("datetime64[h]") - self.start.astype("datetime64[h]")).astype(np.int64) + 24
        return self.running[np.clip(hours, 0, DAYS * 24)].astype(np.float64)

    def instants(self, busy: Floats) -> Dates:
        """datetime64[us], UTC, whole seconds; busy times in [0, total)."""
        hour = self.grid[np.minimum((busy / self.total * _GRID).astype(np.int64), _GRID - 1)]
        while True:
            ahead = self.running[hour + 1] <= busy
            if not ahead.any():
                break
            hour = hour + ahead
        low = self.running[hour]
        share = (busy - low) / (self.running[hour + 1] - low)
        # Rounding of the grid may start the search one hour late; the first second of that hour is then meant.
        seconds = hour * 3600 + np.clip((share * 3600.0).astype(np.int64), 0, 3599)
        return (self.start + seconds.astype("timedelta64[s]")).astype("datetime64[us]")
