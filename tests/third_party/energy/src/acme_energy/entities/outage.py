"""Outages: they hit a meter of the area that they are in."""

from __future__ import annotations

from datetime import datetime, timedelta

import numpy as np

from acme_energy.entities.meter import Meter
from acme_energy.entities.places import GridArea
from datamimic import Clock, Draw, Ref, Text, check, duration_between, entity, field, ref, serial, via
from datamimic.columns import Bools, Dates


def began_at(draw: Draw, clock: Clock) -> Dates:
    moment: Dates = (clock.instant - draw.integers(86_400, 365 * 86_400).astype("timedelta64[s]")).astype("M8[us]")
    return moment


@entity("outage", stream="interruption", zone="Europe/Berlin")
class Outage:
    """A time without power; it was called an interruption once, and has kept its values."""

    outage_id: str = field(serial("O-######"), key=True, doc="number of the outage")
    grid_area: GridArea = field(ref(GridArea), doc="where")
    area_code: str = field(via("grid_area.area_code"), doc="its code")
    first_hit: Meter = field(ref(Meter, same="area_code"), doc="the meter that noticed it first")
    began_at: datetime = field(began_at, doc="when it began")
    lasted: timedelta = field(duration_between(timedelta(minutes=1), timedelta(hours=9)), doc="how long it was")
    ended_at: datetime = field(lambda began_at, lasted: began_at + lasted, doc="when it ended")


@check(Outage, "an outage is noticed in its own area")
def noticed_there(area_code: Text, first_hit: Ref) -> Bools:
    there: Text = first_hit.area_code
    return there == area_code


@check(Outage, "an outage ends after it began", sql="ended_at > began_at")
def takes_time(began_at: Dates, ended_at: Dates) -> Bools:
    return np.asarray(ended_at > began_at)
