"""On which days people pay: weekdays, seasons, and the Sundays and holidays on which shops of a country are closed."""

from __future__ import annotations

from typing import Any

import numpy as np
from attrs import frozen

from datamimic import Data, Draw, Table, Text, World
from datamimic.columns import Bools, Ints
from datamimic_pack_finance.calendar import bank_days

CHANNELS = ("pos", "online", "atm", "mobile_app", "branch")
SHUT = len(CHANNELS)
"""The calendar of shops that are closed on Sundays and holidays; those before are of the channels."""
FIRST = np.datetime64("1940-01-01", "D")
LAST = np.datetime64("2110-12-31", "D")
SCALE = 1 << 10


@frozen(eq=False)
class Calendars:
    """The weights of all days, calendar after calendar, added up: a day is found by a number between two sums."""

    sums: Ints
    days: int

    @classmethod
    def of(cls, world: World, data: Data) -> Calendars:
        def found() -> Calendars:
            days = np.arange(FIRST, LAST + np.timedelta64(1, "D"))
            weekday = (days.astype(np.int64) + 3) % 7
            month = days.astype("datetime64[M]").astype(np.int64) % 12
            season = data["transaction_months"].floats("weight")[month]
            closed = (weekday == 6) | np.isin(days, _holidays(data))
            opened = bank_days(data).is_open(days)
            table: Table = data["transaction_weekdays"]
            weights = []
            for channel in (*CHANNELS, "pos"):
                own = np.zeros(7)
                at = table["channel"] == channel
                own[table.ints("weekday")[at]] = table.floats("weight")[at]
                weights.append(np.rint(own[weekday] * season * SCALE).astype(np.int64))
            weights[CHANNELS.index("branch")] *= opened
            weights[SHUT] *= ~closed
            return cls(np.cumsum(np.concatenate(weights)), len(days))

        return world.memo(("finance.calendars", data.country), found)

    def pick(self, calendar: Ints, after: Ints, until: Ints, bits: Any) -> Ints:
        """Days since 1970 in (after, until], by the weights of the calendar; where it has none there, the last day."""
        zero = int(FIRST.astype(np.int64))
        base = calendar * self.days - zero
        low, high = self.sums[base + after], self.sums[base + until]
        wanted = low + (bits % np.maximum(high - low, 1).astype(np.uint64)).astype(np.int64)
        found = np.searchsorted(self.sums, wanted, side="right") - base
        return np.minimum(found, until)


def _holidays(data: Data) -> Any:
    table: Table = data["common.public_holidays"]
    return table.dates("day")[table["state_code"] == "*"]


def opens_every_day(category: Ints, categories: tuple[str, ...], data: Data) -> Bools:
    """Do shops of these categories (numbers of `categories`) open on Sundays and holidays?"""
    table: Table = data["merchant_days"]
    flags = dict(zip(table.columns["merchant_category"], table.ints("sundays").tolist(), strict=True))
    return np.array([bool(flags.get(name, 1)) for name in categories])[category]


def hours(category: Ints, categories: tuple[str, ...], draw: Draw, data: Data) -> Ints:
    """The hour of a payment at a shop of the category."""
    table: Table = data["merchant_hours"]
    return table.ints("hour")[
        draw.pick(table.by("merchant_category"), Text.coded(category, categories), label="shop hour")
    ]
