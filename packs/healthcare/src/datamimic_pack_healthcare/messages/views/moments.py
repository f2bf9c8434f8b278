"""The moments at which interfaces tell of a visit: from the booking to the discharge, each behind the one before."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import numpy as np

from datamimic import Struct, record
from datamimic.columns import Bools, Dates, Ints
from datamimic_pack_healthcare.visits.times import OUTCOMES
from datamimic_pack_healthcare.visits.window import INPATIENT

SECOND = np.timedelta64(1, "s")
MINUTE, HOUR = 60 * SECOND, 3_600 * SECOND
WITHDRAWN_AFTER = 4 * HOUR
"""How long a bed is kept for a patient who does not come."""
FINISHED, CANCELLED, MISSED = range(len(OUTCOMES))


@record
class Chances:
    """Of which visits something can be told at all: known before the hospital and the hours are."""

    came: bool
    admitted: bool
    registered: bool
    moved: bool
    withdrawn: bool
    missed: bool
    called_off: bool


def chances(class_code: Ints, planned: Bools, outcome: Ints) -> Struct:
    came, missed, stay = outcome == FINISHED, outcome == MISSED, class_code == INPATIENT
    return Struct(
        {
            "came": came,
            "admitted": (came | missed) & stay,
            "registered": came & ~stay,
            "moved": stay & came & ~planned,
            "withdrawn": missed & stay,
            "missed": missed & ~stay,
            "called_off": outcome == CANCELLED,
        }
    )


@record
class Moments:
    """When something of a visit is told: null where nothing of the kind happens, or it is to come."""

    booked: datetime | None
    called_off: datetime | None
    missed: datetime | None
    registered: datetime | None
    admitted: datetime | None
    withdrawn: datetime | None
    moved: datetime | None
    resulted: datetime | None
    updated: datetime | None
    documented: datetime | None
    left: datetime | None
    died: datetime | None


def moments(
    chances: Any, planned: Bools, over: Bools, booked_at: Dates, cancelled_at: Any, start: Dates, end: Any, hospital: Any,
    ends_in_death: Bools, now: Dates,
) -> Struct:  # fmt: skip
    """Of stays the admission, of all other visits the registration; whoever comes to a stay through the emergency department is
    moved to the ward; results lie between arrival and discharge. A stay that was planned and missed is entered, and
    withdrawn on the same day."""
    # What lasts has no length yet: all that is told of it is the arrival and the way to the ward.
    until = np.where(over, np.ma.getdata(end), start + 8 * HOUR)
    eighth = (until - start) // 8
    told = {
        "booked": (booked_at, planned),
        "called_off": (np.ma.getdata(cancelled_at), chances.called_off),
        "missed": (start + HOUR, chances.missed),
        "registered": (start, chances.registered),
        "admitted": (start, chances.admitted),
        "withdrawn": (start + WITHDRAWN_AFTER, chances.withdrawn),
        "moved": (start + np.minimum(eighth, 3 * HOUR), chances.moved & hospital.emergency_services),
        "resulted": (start + np.minimum(3 * eighth, 24 * HOUR), over),
        "updated": (start + 4 * eighth, over),
        "documented": (until - np.minimum(eighth, 30 * MINUTE), over),
        "left": (until, over),
        "died": (until, over & ends_in_death),
    }
    return Struct({name: up_to(now, moment, there) for name, (moment, there) in told.items()})


def up_to(now: Dates, moment: Dates, there: Bools) -> Any:
    """To the second, null where it is not there or lies behind `now`."""
    whole = moment.astype("datetime64[s]").astype("datetime64[us]")
    return np.ma.MaskedArray(whole, ~(there & (whole <= now)))
