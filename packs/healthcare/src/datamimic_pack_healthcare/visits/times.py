"""When visits begin and end: every encounter has a part of the patient's last three years to itself."""

from __future__ import annotations

from typing import Any

import numpy as np

from datamimic import Clock, Draw
from datamimic.columns import Ints
from datamimic_pack_healthcare.visits import window

OPENS, CLOSES = 8, 17


def start(rough_start: Ints, class_code: Ints, draw: Draw) -> Any:
    """Appointments on weekdays from 8 to 17 o'clock, emergencies at any time, to the minute."""
    day = rough_start // window.DAY
    weekday = (day + 3) % 7
    # Weekends move to Monday: a slot of two weeks or more has room for that behind its first half.
    office = day + np.where(weekday == 5, 2, np.where(weekday == 6, 1, 0))
    time = OPENS * 60 + draw.integers(0, (CLOSES - OPENS - 1) * 4, "quarter of an hour") * 15
    planned = office * window.DAY + time * window.MINUTE
    urgent = rough_start // window.MINUTE * window.MINUTE
    return np.where(class_code == window.EMERGENCY, urgent, planned).astype("datetime64[us]")


def end(start: Any, class_code: Ints, slot: Ints, draw: Draw, clock: Clock) -> Any:
    """A visit of 15 to 60 minutes, an emergency of one to ten hours, a stay of one to twelve days; within the slot."""
    visit = draw.integers(3, 12, "visit") * 5 * window.MINUTE
    urgent = draw.integers(12, 120, "urgent") * 5 * window.MINUTE
    skewed = draw.uniform("stay")
    stay = (1 + (11 * skewed * skewed)).astype(np.int64) * window.DAY + draw.integers(-2, 6, "hour") * window.HOUR
    length = np.minimum(
        np.select([class_code == window.EMERGENCY, class_code == window.INPATIENT], [urgent, stay], visit), slot // 3
    )
    now = int(clock.instant.astype(np.int64))
    return np.minimum(start.astype(np.int64) + length // window.MINUTE * window.MINUTE, now).astype("datetime64[us]")
