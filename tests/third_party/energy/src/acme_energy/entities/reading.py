"""Readings: every quarter hour of local days, which have 23 hours in spring and 25 in autumn."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated

import numpy as np

from acme_energy.calendar import quarter_hours
from acme_energy.entities.meter import Meter
from datamimic import (
    Clock,
    Data,
    Draw,
    Family,
    ParentRef,
    check,
    decimals,
    entity,
    field,
    local,
    parent,
    serial,
    to_local,
    via,
    zone,
)
from datamimic.columns import Bools, Dates, Ints

Kwh = Annotated[Decimal, decimals(3)]
InBerlin = Annotated[datetime, zone("Europe/Berlin")]


def day(meter: ParentRef, clock: Clock) -> Dates:
    """Consecutive days of the year before the clock, from another one on for each meter."""
    day: Dates = clock.date - 1 - (meter.rows * 37 + meter.index) % 365
    return day


def quarters(day: Dates, meter: ParentRef) -> Ints:
    return quarter_hours(day, meter.grid_area.time_zone)


def one_for_each_quarter(quarters: Ints) -> Ints:
    return quarters


@entity("metered_day", size=26_880, unique=[("meter", "day")])
class MeteredDay:
    """A local day of a meter."""

    metered_day_id: str = field(serial("MD-########"), key=True, doc="number")
    meter: Meter = field(parent(Meter, counts={7: 1}), doc="which meter")
    day: date = field(day, doc="local day")
    quarters: int = field(quarters, doc="how many quarter hours it has: 92, 96 or 100")
    opened_at: datetime = field(local("day", zone="meter.grid_area.time_zone"), doc="its midnight")


def started_at(metered_day: ParentRef) -> Dates:
    moment: Dates = metered_day.opened_at + metered_day.index * np.timedelta64(15, "m")
    return moment


def energy(metered_day: ParentRef, draw: Draw, data: Data) -> Ints:
    """Watt hours of a quarter, by the hour that clocks show."""
    moments = metered_day.opened_at + metered_day.index * np.timedelta64(15, "m")
    shown = to_local(moments, metered_day.meter.grid_area.time_zone)
    hour = (shown - shown.astype("datetime64[D]")).astype("timedelta64[h]").astype(np.int64)
    usual: Ints = data["load_profile"].ints("watts")[hour] // 4
    return usual * draw.integers(60, 140) // 100


def so_far(family: Family) -> Ints:
    return family.running("energy")


@entity("reading", tables=("load_profile",))
class Reading:
    """What a meter counted in a quarter of an hour."""

    metered_day: MeteredDay = field(parent(MeteredDay, counts=one_for_each_quarter), key=True, doc="of which day")
    quarter: int = field(lambda metered_day: metered_day.index, key=True, doc="which quarter of the day, from 0")
    quarters: int = field(via("metered_day.quarters"), hidden=True, doc="how many the day has")
    started_at: InBerlin = field(started_at, doc="when it began")
    energy: Kwh = field(energy, doc="energy", unit="kWh")
    so_far: Kwh = field(so_far, doc="energy of the day up to its end", unit="kWh")


@check(MeteredDay, "a day has 23, 24 or 25 hours")
def hours(quarters: Ints) -> Bools:
    return np.isin(quarters, (92, 96, 100))


@check(Reading, "nothing is given back", sql="so_far >= energy")
def grows(energy: Ints, so_far: Ints) -> Bools:
    return so_far >= energy
