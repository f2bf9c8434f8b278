"""Days in the season of a cause: as likely as the month's share says."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from attrs import frozen

from datamimic import Data, Table
from datamimic.columns import Dates, Floats, Ints, Text
from datamimic_pack_insurance.months import days_between, plus_days

FIRST = np.datetime64("1960-01-01", "D")
DAYS = 440 * 366


@frozen(eq=False)
class SeasonDays:
    """Weights of days added up from 1960 on, a row for each season."""

    seasons: tuple[str, ...]
    totals: Floats

    @classmethod
    def of(cls, data: Data) -> SeasonDays:
        return made(data["claim_seasons"])

    def numbers(self, season: Text) -> Ints:
        codes, vocabulary = season.coding()
        return np.array([*(self.seasons.index(str(each)) for each in vocabulary.values), 0], dtype=np.int64)[codes]

    def day(self, season: Text, since: Dates, until: Dates, uniform: Floats) -> Dates:
        """A day from `since` on and before `until`; the first where there is none."""
        number = self.numbers(season)
        low, high = days_between(FIRST, since), days_between(FIRST, np.maximum(until, since))
        result = np.array(low)
        for each in np.unique(number).tolist():
            own = np.flatnonzero(number == each)
            totals = self.totals[each]
            wanted = totals[low[own]] + (totals[high[own]] - totals[low[own]]) * uniform[own]
            result[own] = np.searchsorted(totals, wanted, side="right") - 1
        return plus_days(FIRST, np.clip(result, low, np.maximum(high - 1, low)))


@lru_cache(maxsize=4)
def made(table: Table) -> SeasonDays:
    names = tuple(dict.fromkeys(str(each) for each in table["season"].tolist()))
    days = FIRST + np.arange(DAYS).astype("timedelta64[D]")
    month = days.astype("datetime64[M]").astype(np.int64) % 12
    weights = table.floats("weight").reshape(len(names), 12)
    daily = weights[:, month] / (weights.sum(axis=1, keepdims=True) / 12.0)
    return SeasonDays(names, np.concatenate((np.zeros((len(names), 1)), np.cumsum(daily, axis=1)), axis=1))
