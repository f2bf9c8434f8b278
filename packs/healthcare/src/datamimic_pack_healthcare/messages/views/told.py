"""Of which visits something is told by now: known of most before the doctor is, and with her the hours and the place."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from datamimic import Clock, Data, Draw
from datamimic.columns import Bools, Dates, Ints
from datamimic_pack_healthcare.clinical.laboratory import has_panels, visits_with_tests
from datamimic_pack_healthcare.visits import times, window
from datamimic_pack_healthcare.visits.choice import DAY, EncounterOptions

MOVED = (times.FARTHEST + 4) * DAY
"""By so much a visit may begin later than it was meant to, at most: weekends, the clocks of the place, and some days more."""


def begun_by(rough_start: Ints, free_until: Ints, ends_in_death: Bools) -> Ints:
    """Not before it has a visit begun for certain, some hours ago, in microseconds; a stay that ends in death begins at any
    time before."""
    return np.where(ends_in_death, free_until, rough_start) + MOVED


def over_by(begun_by: Ints, free_until: Ints, class_code: Ints) -> Ints:
    """Not before it is a visit over for certain, in microseconds: a stay ends in the time that it has to itself."""
    return np.where(class_code == window.INPATIENT, np.maximum(begun_by, free_until + 2 * DAY), begun_by + DAY)


def could_be(outcome: str, *classes: int) -> Callable[..., Bools]:
    """Would it become of an appointment, if it was of one of the classes? Known of a row by itself, before anything is known of
    the patient: few are asked of which class they are."""

    def could(draw: Draw, data: Data, options: EncounterOptions) -> Bools:
        found = np.zeros(len(draw), dtype=np.bool_)
        for each in classes:
            class_code = np.full(len(draw), each)
            planned = times.planned(class_code, found & False, draw.beside("planned"), options)
            became = times.outcome(class_code, planned, draw.beside("outcome"), data, options)
            found |= became == times.OUTCOMES.index(outcome)
        return found

    return could


def at_beginning(event: str) -> Callable[..., Bools]:
    """Is the event told, which is that of the beginning? None begins behind the clock."""

    def told(chances: Any, begun_by: Ints, draw: Draw, now: Dates, clock: Clock, world: Any) -> Bools:
        surely = np.where(now == clock.instant, np.iinfo(np.int64).min, begun_by)
        return _told(event, getattr(chances, event), surely, draw, now, world)

    return told


def when_begun(event: str) -> Callable[..., Bools]:
    """Is the event (a member of `Chances` and of `Moments`) told, which follows the beginning within hours?"""

    def told(chances: Any, begun_by: Ints, draw: Draw, now: Dates, world: Any) -> Bools:
        return _told(event, getattr(chances, event), begun_by, draw, now, world)

    return told


def when_over(event: str) -> Callable[..., Bools]:
    """Is the event told, which does not come behind the end?"""

    def told(chances: Any, over_by: Ints, draw: Draw, now: Dates, world: Any) -> Bools:
        return _told(event, chances.came, over_by, draw, now, world)

    return told


def told_moved(chances: Any, begun_by: Ints, draw: Draw, now: Dates, world: Any) -> Bools:
    """Is it told that the patient is moved? Only where the hospital has an emergency department to be moved from."""
    found = np.array(chances.moved)
    rows = np.flatnonzero(found)
    found[rows] = _visits(world, draw.rows[rows]).hospital.emergency_services
    return _told("moved", found, begun_by, draw, now, world)


def told_ordered(patient: Any, chances: Any, draw: Draw, now: Dates, data: Data, world: Any) -> Bools:
    """Are laboratory tests ordered? Not asked of whoever has no condition that they belong to."""
    found = chances.came & has_panels(patient.condition_bits, data)
    rows = np.flatnonzero(found)
    own = np.unique(patient.rows[rows])
    people = world.refer(world.spec("healthcare.patient").cls, own)
    visits = people.children(world.spec("healthcare.encounter").cls)
    tested = visits_with_tests(visits, people.condition_bits, data)
    begun = visits.column("start")[tested] <= world.now.instant
    found[rows] = np.isin(draw.rows[rows], visits.rows[tested[begun]])
    return found


def _told(event: str, possible: Bools, surely_by: Ints, draw: Draw, now: Dates, world: Any) -> Bools:
    """Of visits of which it is not certain the moment is asked for."""
    found = np.array(possible)
    doubtful = np.flatnonzero(found & (surely_by > now.astype(np.int64)))
    if len(doubtful):
        found[doubtful] = ~np.ma.getmaskarray(getattr(_visits(world, draw.rows[doubtful]).moments, event))
    return found


def _visits(world: Any, rows: Ints) -> Any:
    return world.refer(world.spec("healthcare.encounter").cls, rows)
