"""How many claims a contract has: by its time at risk, the holder's age and proneness, and the events of the region."""

from __future__ import annotations

from typing import Any

import numpy as np

from datamimic import Clock, Data, Draw, Room, World, record
from datamimic.columns import Dates, Floats, Ints, Struct
from datamimic_pack_insurance.events.calendar import EventCalendar
from datamimic_pack_insurance.lives.endings import DEATH
from datamimic_pack_insurance.months import days_between, plus_days

YEAR = 365.25
MOST = 1_000
"""More claims than drawn that a contract could have."""


@record
class ClaimNumbers:
    """Claims up to the clock as drawn, those of a day like any other and those of events; `death` of the one that ends a
    life cover; how many of each of the first two kinds are expected."""

    ordinary: int
    in_events: int
    death: int
    ordinary_mean: float
    events_mean: float


def claim_numbers(
    at_risk_from: Dates,
    cover_until: Dates,
    product_code: Any,
    risk_profile: Any,
    ending: Struct,
    draw: Draw,
    data: Data,
    clock: Clock,
    world: World,
) -> Struct:
    table = data["claim_rates"]
    half = days_between(at_risk_from, cover_until) // 2
    middle = plus_days(at_risk_from, np.maximum(half, 0))
    insured = risk_profile.insured
    age = np.maximum(insured.age - days_between(middle, clock.date) // 365, 18)
    row = table.by("product_code", "age_from").first(product_code, age)
    years = np.maximum(days_between(at_risk_from, cover_until), 0) / YEAR
    ordinary = table.floats("ordinary")[row] * years * insured.proneness
    in_events = table.floats("in_events")[row]
    hit = np.flatnonzero((in_events > 0) & (years > 0))
    together = np.zeros(len(row), dtype=np.float64)
    if len(hit):
        calendar = EventCalendar.of(world, data)
        exposed = calendar.exposure(
            calendar.peril_of(product_code.take(hit)),
            insured.address.state_code.take(hit),
            at_risk_from[hit],
            cover_until[hit],
        )
        together[hit] = in_events[hit] * exposed
    died = (ending.kind == DEATH) & (ending.day <= clock.date)
    return Struct(
        {"ordinary": number(ordinary, draw, data, "ordinary"), "in_events": number(together, draw, data, "events"),
         "death": died.astype(np.int64), "ordinary_mean": ordinary, "events_mean": together}
    )  # fmt: skip


def number(mean: Floats, draw: Draw, data: Data, label: str) -> Ints:
    """Poisson's distribution of any mean: that of one of the two nearest means on a grid, so that the mean is kept."""
    table = data["claim_numbers"]
    grid = np.unique(table.floats("mean_from"))
    result = np.zeros(len(mean), dtype=np.int64)
    which = np.flatnonzero(mean > 0)
    if len(which):
        own, wanted = draw.take(which), np.minimum(mean[which], grid[-2])
        below = np.searchsorted(grid, wanted, side="right") - 1
        part = (wanted - grid[below]) / (grid[below + 1] - grid[below])
        chosen = grid[below + own.chance(part, f"{label} mean")]
        result[which] = table.ints("count")[own.pick(table.by("mean_from"), chosen, label=label)]
    return result


def claim_count(claim_numbers: Struct) -> Ints:
    return np.asarray(claim_numbers.ordinary + claim_numbers.in_events + claim_numbers.death, dtype=np.int64)


def room(claim_numbers: Struct) -> Room:
    """A death is claimed for once; one more claim is of whom more are expected of."""
    mean = claim_numbers.ordinary_mean + claim_numbers.events_mean
    return Room(claim_numbers.death, claim_count(claim_numbers) + np.where(mean > 0, MOST, 0), mean)


def in_events(claim_numbers: Struct, count: Ints) -> Ints:
    """Claims of events among those that there are: one more than drawn is of a day like any other where there are such."""
    drawn, kept = claim_numbers.ordinary + claim_numbers.in_events, count - claim_numbers.death
    fewer = (2 * claim_numbers.in_events * kept + drawn) // np.maximum(2 * drawn, 1)
    more = claim_numbers.in_events + np.where(claim_numbers.ordinary_mean > 0, 0, kept - drawn)
    return np.where(kept < drawn, fewer, more)
