"""The part of a patient's last three years that an encounter has to itself."""

from __future__ import annotations

from typing import Any

import numpy as np

from datamimic import Clock, Draw
from datamimic.columns import Bools, Dates, Floats, Ints
from datamimic_pack_healthcare.clinical.deaths import NOT_DEAD
from datamimic_pack_healthcare.visits.choice import DAY, EncounterOptions, period

CLASSES = ("AMB", "EMER", "IMP")

AMBULATORY, EMERGENCY, INPATIENT = range(3)

HOUR, MINUTE = 3_600_000_000, 60_000_000

WEEK = 7 * DAY

SPARSE = 13 * WEEK
"""Slots of this length or more leave room for a stay behind an encounter that begins late."""

LAST_STAY = 20 * DAY
"""Before a death in hospital there is room for a stay of so long, at most."""


def bounds(patient: Any, clock: Clock, options: EncounterOptions) -> tuple[Ints, Ints, Ints]:
    """First instant and length of each patient's window, and how much of its end belongs to a stay that ends in death, in
    microseconds. It ends at the clock, on the day of death, or with the period that is asked for."""
    since, until = period(options, clock)
    end = np.full(len(patient.rows), until)
    born = patient.birthdate.astype("datetime64[us]").astype(np.int64)
    start = np.minimum(np.maximum(born, since), until)
    last_stay = np.zeros(len(end), dtype=np.int64)
    death: Dates = patient.death_day
    dead = np.flatnonzero(death != NOT_DEAD)
    if len(dead):
        died = death[dead].astype("datetime64[us]").astype(np.int64)
        end[dead] = np.minimum(died, until)
        start[dead] = np.minimum(start[dead], end[dead])
        stay = np.maximum(np.minimum(LAST_STAY, (end - start)[dead] // 2), 1)
        # The stay is asked for where stays are that take place, and the day of death lies in the period.
        asked = options.encounter_class in ("", "IMP") and not options.outcome
        stays = patient.died_in_hospital[dead] & (died < until) & asked
        last_stay[dead] = np.where(stays, stay, 0)
    return start, np.maximum(end - start, last_stay), last_stay


def opens(patient: Any, clock: Clock, options: EncounterOptions) -> Ints:
    """First instant of the window, in microseconds."""
    return bounds(patient, clock, options)[0]


def last_stay(patient: Any, clock: Clock, options: EncounterOptions) -> Ints:
    """How much of the end of the window belongs to a stay that ends in death, in microseconds."""
    return bounds(patient, clock, options)[2]


def slot(patient: Any, clock: Clock, options: EncounterOptions) -> Ints:
    """Length in microseconds of the part of the window that the encounter has to itself."""
    _, length, last_stay = bounds(patient, clock, options)
    return (length - last_stay) // np.maximum(patient.count - (last_stay > 0), 1)


def ends_in_death(patient: Any, last_stay: Ints) -> Bools:
    """Is it the last encounter of somebody who died in a hospital?"""
    return (last_stay > 0) & (patient.index == patient.count - 1)


def phase(patient: Any, draw: Draw) -> Floats:
    """Where the patient's first slot begins, in slots from the beginning of the window: the same for all siblings."""
    return Draw(draw.address, patient.rows).uniform()


def position(patient: Any, slot: Ints, last_stay: Ints, phase: Floats, draw: Draw) -> Floats:
    """When the encounter begins, in slots from the beginning of the window.

    One of the slots reaches over the end of the window into its beginning, so that no time of the window has more encounters
    than another, up to its end. A stay that ends in death lies behind all others.
    """
    count, index = patient.count - (last_stay > 0), patient.index
    share = np.where(slot >= SPARSE, 0.8, 0.5)
    last = Draw(draw.address.labelled("within"), draw.rows + np.maximum(count, 1) - 1 - index)
    turned = count - 1 + phase + share * last.uniform() >= count
    # Where the last of the siblings is turned round to the beginning, each takes the place of the one before.
    place = index - turned
    place[place < 0] += count[place < 0]
    within = Draw(draw.address.labelled("within"), draw.rows + place - index)
    begins = place + phase + share * within.uniform() - turned * (index == 0) * count
    return np.where(index < count, begins, count)


def rough_start(opens: Ints, slot: Ints, position: Floats) -> Ints:
    """An instant, in microseconds, before office hours are looked at."""
    return opens + (position * slot).astype(np.int64)


def free_from(opens: Ints, slot: Ints, phase: Floats, position: Floats, ends_in_death: Bools) -> Ints:
    """The first instant of the encounter's own slot, in microseconds: no other encounter of the patient begins in it."""
    # A slot holds the positions of a place and the next; a hundredth more, as sums of fractions are rounded.
    place = np.where(ends_in_death, position, np.floor(position - phase + 0.01) + phase)
    return opens + np.maximum((place * slot).astype(np.int64), 0)


def free_until(opens: Ints, slot: Ints, last_stay: Ints, phase: Floats, position: Floats, ends_in_death: Bools) -> Ints:
    """The first instant behind the encounter's own slot; of a stay that ends in death, the end of the day of death."""
    place = np.floor(position - phase + 0.01) + phase + 1.0
    until = opens + (place * slot).astype(np.int64)
    return np.where(ends_in_death, opens + (position * slot).astype(np.int64) + last_stay + DAY, until)
