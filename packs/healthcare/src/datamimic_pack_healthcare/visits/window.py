"""The part of a patient's last three years that an encounter has to itself."""

from __future__ import annotations

from typing import Any

import numpy as np

from datamimic import Clock, Draw
from datamimic.columns import Ints

CLASSES = ("AMB", "EMER", "IMP")

AMBULATORY, EMERGENCY, INPATIENT = range(3)

WINDOW_DAYS = 1095
"""Encounters of the last three years, or of a shorter life."""

DAY, HOUR, MINUTE = 86_400_000_000, 3_600_000_000, 60_000_000

WEEK = 7 * DAY


def slot(patient: Any, clock: Clock) -> Ints:
    """Length in microseconds of the part of the window that the encounter has to itself."""
    return window(patient.birthdate, clock)[1] // np.maximum(patient.count, 1)


def window(birthdate: Any, clock: Clock) -> tuple[Ints, Ints]:
    """First instant and length of each patient's window, in microseconds."""
    end = int(clock.instant.astype(np.int64))
    born = birthdate.astype("datetime64[us]").astype(np.int64)
    start = np.minimum(np.maximum(born, end - WINDOW_DAYS * DAY), end)
    return start, end - start


def rough_start(patient: Any, slot: Ints, draw: Draw, clock: Clock) -> Ints:
    """An instant in the first half of the slot, in microseconds, before office hours are looked at."""
    start, _ = window(patient.birthdate, clock)
    return start + patient.index * slot + ((slot // 2) * draw.uniform()).astype(np.int64)
