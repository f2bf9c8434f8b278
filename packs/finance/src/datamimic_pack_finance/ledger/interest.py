"""Interest on every day's balance, booked on the last bank day of the month, and itself bearing interest from then on."""

from __future__ import annotations

from typing import Any

import numpy as np

from datamimic import Data
from datamimic.columns import Ints
from datamimic_pack_finance.booking import NUMBER
from datamimic_pack_finance.money import currency_of

YEAR = 365
BASIS = 10_000
"""Rates are hundredths of a per cent."""


def interest_of(days_balance: Ints, rate: Ints, unit: int) -> Ints:
    """Hundredths, rounded down to the unit, one at least, on the sum of the balances of days."""
    return np.maximum(np.maximum(days_balance, 0) // unit * rate // (BASIS * YEAR), 1) * unit


def with_interest(
    signed: Ints, kind: Ints, day: Ints, lengths: Ints, opening: Ints, holders: Any, data: Data
) -> tuple[Ints, Ints]:
    """The signed amounts with those of interest, and the balances after them."""
    owner = np.repeat(np.arange(len(lengths), dtype=np.int64), lengths)
    first = np.cumsum(lengths) - lengths
    total = np.cumsum(signed)
    base = np.where(
        lengths > 0, total[np.minimum(first, len(signed) - 1)] - signed[np.minimum(first, len(signed) - 1)], 0
    )
    after = opening[owner] + total - base[owner]
    paid = np.flatnonzero(kind == NUMBER["interest"])
    if not len(paid):
        return signed, after
    # What the balance after each booking adds up to until the next one, day by day.
    following = np.append(day[1:], 0)
    same = np.append(owner[1:] == owner[:-1], False)
    area = np.where(same, after * (following - day), 0)
    begin = holders.column("window_start").astype(np.int64)
    running = np.cumsum(area)
    before = running[first[owner[paid]]] - area[first[owner[paid]]]
    upto = running[paid] - area[paid] - before
    start = opening * (day[np.minimum(first, len(day) - 1)] - begin)
    upto = upto + start[owner[paid]]
    unit, rate = currency_of(data).unit, holders.column("interest_rate")
    counts = np.bincount(owner[paid], minlength=len(lengths)).astype(np.int64)
    at = np.cumsum(counts) - counts
    added = np.zeros(len(lengths), dtype=np.int64)
    last_area, last_day = np.zeros(len(lengths), dtype=np.int64), begin.copy()
    amounts = np.zeros(len(paid), dtype=np.int64)
    for place in range(int(counts.max())):
        going = np.flatnonzero(counts > place)
        now = at[going] + place
        days = day[paid[now]] - last_day[going]
        due = interest_of(upto[now] - last_area[going] + added[going] * days, rate[going], unit)
        amounts[now] = due
        added[going] += due
        last_area[going], last_day[going] = upto[now], day[paid[now]]
    signed = signed.copy()
    signed[paid] = amounts
    extra = np.zeros(len(signed), dtype=np.int64)
    extra[paid] = amounts
    grown = np.cumsum(extra)
    of_others = np.where(
        lengths > 0, grown[np.minimum(first, len(signed) - 1)] - extra[np.minimum(first, len(signed) - 1)], 0
    )
    return signed, after + grown - of_others[owner]
