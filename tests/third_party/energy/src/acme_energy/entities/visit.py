"""Visits of technicians: from a depot nearby, on working days, one after the other."""

from __future__ import annotations

from datetime import date, datetime

import numpy as np

from acme_energy.calendar import working_days
from acme_energy.entities.meter import Meter
from acme_energy.entities.places import Depot
from datamimic import Clock, Data, Draw, Ref, check, entity, field, kilometres, local, nearest, ref, serial, simulated
from datamimic.columns import Bools, Dates, Floats, Ints


def day(draw: Draw, clock: Clock, data: Data) -> Dates:
    start = np.full(len(draw), clock.date)
    return working_days(data).add(start, -1 - draw.integers(0, 240))


def distance(meter: Ref, depot: Ref) -> Floats:
    return kilometres(meter.latitude, meter.longitude, depot.latitude, depot.longitude).round(1)


def serve(draw: Draw, minutes: Ints) -> dict[str, Ints]:
    """One technician for sixteen visits: who is asked for while at work comes later, the next day at the latest."""
    asked = np.sort(draw.integers(0, 540, "asked"))
    free, begun = 0, []
    for at, takes in zip(asked.tolist(), minutes.tolist(), strict=True):
        begun.append(max(free, at))
        free = begun[-1] + takes
    began = np.array(begun, dtype=np.int64)
    return {"waited": began - asked, "minute": 8 * 60 + began % 540}


rounds = simulated(serve, block=16)


@entity("visit", tables=("holidays",))
class Visit:
    """A technician comes."""

    visit_id: str = field(serial("B-########"), key=True, doc="number of the visit")
    meter: Meter = field(ref(Meter), doc="to which meter")
    depot: Depot = field(
        nearest(Depot, among=[4, 2, 1], position=("meter.latitude", "meter.longitude")), doc="from which depot"
    )
    distance: float = field(distance, doc="way from the depot", unit="km")
    day: date = field(day, doc="local working day")
    minutes: int = field(lambda draw: 15 * draw.integers(1, 6), doc="work", unit="min")
    minute: int = field(rounds["minute"], hidden=True, doc="minute of the day at which it began")
    waited: int = field(rounds["waited"], doc="how long the technician let wait", unit="min")
    began_at: datetime = field(local("day", "minute", zone="meter.grid_area.time_zone"), doc="when it began")


@check(Visit, "a technician comes on a working day")
def on_a_working_day(day: Dates, data: Data) -> Bools:
    return working_days(data).is_open(day)


@check(Visit, "nobody waits a negative time")
def waits(waited: Ints, distance: Floats) -> Bools:
    return (waited >= 0) & (distance >= 0)
