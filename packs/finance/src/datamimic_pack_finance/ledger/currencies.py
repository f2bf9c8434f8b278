"""What money abroad is worth on a day: the European Central Bank's reference rates, and what the bank takes for it."""

from __future__ import annotations

import numpy as np

from datamimic import Data, Draw, Table, World
from datamimic.columns import Floats, Ints

FIRST = np.datetime64("1990-01-01", "D")
LAST = np.datetime64("2110-12-31", "D")
EURO, DOLLAR, DONG = "EUR", "USD", "VND"


def per_euro(world: World, data: Data) -> dict[str, Floats]:
    """Per currency its units for one euro on every day since 1990: the last rate before; the first one before all."""

    def found() -> dict[str, Floats]:
        table: Table = data["exchange_rates"]
        days = np.arange(FIRST, LAST + np.timedelta64(1, "D"))
        row = np.maximum(np.searchsorted(table.dates("day"), days, side="right") - 1, 0)
        rates = {name: table.floats(name)[row] for name in table.columns if name != "day"}
        dong: Table = data["dong_rates"]
        year = days.astype("datetime64[Y]").astype(np.int64) + 1970
        at = np.maximum(np.searchsorted(dong.ints("year_from"), year, side="right") - 1, 0)
        return rates | {EURO: np.ones(len(days)), DONG: rates[DOLLAR] * dong.floats("dollar")[at]}

    return world.memo("finance.exchange rates", found)


def rates_on(day: Ints, currency: Ints, names: tuple[str, ...], home: str, world: World, data: Data) -> Floats:
    """Units of the home currency for one of a currency (a number of `names`) on each day (since 1970)."""
    known = per_euro(world, data)
    at = day - int(FIRST.astype(np.int64))
    result = np.ones(len(day))
    for number, name in enumerate(names):
        some = np.flatnonzero(currency == number)
        result[some] = 1.0 if name == home else known[home][at[some]] / known[name][at[some]]
    return result


def foreign_fee(draw: Draw, data: Data) -> Ints:
    """Hundredths of a per cent that the account's bank takes of payments in another currency."""
    table: Table = data["foreign_fees"]
    return np.rint(table.floats("percent")[draw.pick(table)] * 100).astype(np.int64)


def charged(rate: Floats, percent: Ints) -> Floats:
    """The rate that the bank asks, ten decimals: the reference rate and its charge."""
    return np.rint(rate * (1 + percent / 10_000) * 1e10) / 1e10
