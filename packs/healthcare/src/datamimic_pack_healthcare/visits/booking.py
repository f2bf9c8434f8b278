"""How visits come about: when they were booked, and when some of them were called off."""

from __future__ import annotations

from typing import Any

import numpy as np

from datamimic import Clock, Data, Draw, Table, Text, to_utc
from datamimic.columns import Bools, Dates, Ints
from datamimic_pack_healthcare.visits import choice, window

OPENS, OPEN_FOR = 8 * 60, 10 * 60
"""Minutes of the day from which on, and for how long, somebody answers the telephone."""
ON_THE_DAY = (15, 180)
"""Minutes before a visit of the same day, at least and at most."""


def booked_at(
    patient: Any, class_code: Ints, planned: Bools, place: Ints, local_start: Ints, start: Dates, draw: Draw, data: Data
) -> Dates:
    """On a working day before the visit, by the clocks of the place, or shortly before on the same day; for what had no
    appointment, when it began."""
    table: Table = data["booking_leads"]
    rows = np.flatnonzero(planned)
    picks = draw.take(rows)
    kind = Text.coded(class_code[rows], window.CLASSES)
    days = table.by("encounter_class").quantiles_at(picks.uniform("days"), kind, probability="share", value="days")
    visit = local_start[rows]
    day = visit // choice.DAY - days.astype(np.int64)
    day -= np.maximum((day + 3) % 7 - 4, 0)
    booked = day * choice.DAY + (OPENS + (picks.uniform("minute") * OPEN_FOR).astype(np.int64)) * window.MINUTE
    shortly = visit - picks.integers(*ON_THE_DAY, "shortly") * window.MINUTE
    booked = np.where(day >= visit // choice.DAY, shortly, np.minimum(booked, shortly))
    zones = data["common.places"]["time_zone"].take(place[rows])
    moments = to_utc(booked.astype("datetime64[us]"), zones)
    found = start.copy()
    born = patient.birthdate[rows].astype("datetime64[us]")
    # Nobody is booked for before the birth, nor, where clocks are changed, after the visit.
    found[rows] = np.minimum(np.maximum(moments, born), start[rows])
    return found


def cancelled_at(booked_at: Dates, start: Dates, outcome: Ints, draw: Draw) -> Any:
    """Some time between booking and visit, oftener shortly before it; null for what was not called off."""
    share = draw.uniform()
    between = (start - booked_at).astype("timedelta64[m]").astype(np.int64)
    late = (1.0 - share * share) * between
    return np.ma.MaskedArray(booked_at + late.astype(np.int64).astype("timedelta64[m]"), outcome != 1)


def status(outcome: Ints, start: Dates, end: Any, cancelled_at: Any, now: Dates) -> Text:
    """planned until it begins or is called off; then in-progress until its end, or what became of it."""
    called_off = ~np.ma.getmaskarray(cancelled_at) & (np.ma.getdata(cancelled_at) <= now)
    going = np.where((outcome == 0) & (np.ma.getdata(end) > now), STATUS.index("in-progress"), outcome)
    return Text.coded(np.where(called_off, 1, np.where(start > now, STATUS.index("planned"), going)), STATUS)


def is_over(outcome: Ints, end: Any, clock: Clock) -> Bools:
    """Has it taken place and ended by the world's clock?"""
    over: Bools = (outcome == 0) & (np.ma.getdata(end) <= clock.instant)
    return over


STATUS = ("finished", "cancelled", "no-show", "in-progress", "planned")
