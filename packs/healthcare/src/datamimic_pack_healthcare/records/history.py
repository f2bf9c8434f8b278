"""Conditions with their onsets, drugs, allergies, findings and vaccinations of a patient."""

from __future__ import annotations

from typing import Any

import numpy as np

from datamimic import Clock, Data, Draw, Lists, Struct, Table, Text, composite
from datamimic.columns import Dates, Ints, ordered
from datamimic_pack_healthcare.clinical.bits import numbers_of, text_of
from datamimic_pack_healthcare.clinical.codes import codes_of
from datamimic_pack_healthcare.clinical.history import onset_model
from datamimic_pack_healthcare.clinical.vaccinations import immunizations as immunizations_of
from datamimic_pack_healthcare.clinical.weekdays import on_weekday
from datamimic_pack_healthcare.entities.encounter import Encounter
from datamimic_pack_healthcare.visits.times import OUTCOMES
from datamimic_pack_healthcare.wording import named

PAST = (
    "Upper Respiratory Infection",
    "Upper Respiratory Infection",
    "Pneumonia",
    "Otitis Media",
    "Urinary Tract Infection",
)
"""What somebody may have had and got over; drawn with equal chance, and left out where age forbids it."""

PAST_YEARS = 10

WITH_PAST = 0.45

RECORDED_WITHIN = 60

CONDITIONS = 64


def visits_of(patient: Any) -> Any:
    """The patients' encounters, in order of time."""
    return patient.children(Encounter)


def opened_on(patient: Any, hospital: Any) -> Dates:
    """With the birth of the patient, or when the hospital that keeps the record opened."""
    born: Dates = patient.birthdate.astype("datetime64[D]")
    return np.maximum(born, hospital.opened_on)


def encounters(patient: Any) -> Lists:
    """All up to the clock, as they turned out: finished also for what lasts; that has no end."""
    visits = visits_of(patient)
    names = (
        "encounter_id", "encounter_class", "start", "end", "reason", "reason_en", "reason_code", "specialty", "specialty_en",
    )  # fmt: skip
    columns = {name: visits.column(name) for name in names}
    columns["end"] = np.ma.MaskedArray(np.ma.getdata(columns["end"]), ~visits.column("over"))
    columns["status"] = Text.coded(visits.column("outcome"), OUTCOMES)
    columns["doctor_id"], columns["hospital_id"] = visits.column("doctor").key(), visits.column("hospital").key()
    return Lists(visits.counts, Struct(columns))


def visit_moments(patient: Any) -> Lists:
    """Of each visit when it was booked, began, ended and was called off; its beginning stands for what did not happen."""
    visits = visits_of(patient)
    start, cancelled = visits.column("start"), visits.column("cancelled_at")
    end = np.where(visits.column("over"), np.ma.getdata(visits.column("end")), start)
    called_off = np.where(np.ma.getmaskarray(cancelled), start, np.ma.getdata(cancelled))
    moments = np.stack((visits.column("booked_at"), start, end, called_off), axis=1)
    return Lists(visits.counts * 4, moments.ravel())


def days_of(entries: Lists, first: Dates, last: Any) -> Lists:
    """Two days for each entry; the first stands for a last one that is to come."""
    days = np.stack((first, np.where(np.ma.getmaskarray(last), first, np.ma.getdata(last))), axis=1)
    return Lists(entries.lengths * 2, days.ravel())


def condition_days(all_conditions: Lists) -> Lists:
    items: Any = all_conditions.values
    return days_of(all_conditions, items.recorded, items.abatement)


def conditions(patient: Any, draw: Draw, data: Data, clock: Clock) -> Lists:
    """The patient's conditions, and often an infection that is over; in order of onset."""
    table: Table = data["conditions"]
    places: Lists = patient.condition_places
    onsets: Lists = patient.condition_onsets
    count = len(places)
    past, onset = past_infections_of(patient, data, clock, draw)
    row = np.concatenate([places.parents, past.parents])
    place: Any = np.concatenate([numbers_of(places), numbers_of(past)])
    begun: Any = np.concatenate([numbers_of(onsets), onset])
    over = np.arange(len(row)) >= len(places.values)
    order = ordered(row, begun, place)
    row, place, begun, over = row[order], place[order], begun[order], over[order]
    recorded = recorded_after(draw, row, place, begun, patient.death_day[row], data, clock)
    ended = begun + (6 + delay_of(draw, row, place) % 15).astype("timedelta64[D]")
    age = np.maximum((recorded - patient.birthdate.astype("datetime64[D]")[row]).astype(np.int64) // 365, 0)
    code = codes_of(place, age, patient.bmi[row], recorded, data)
    columns: dict[str, Any] = {
        "condition": data["condition_names"]["name"].take(place), "condition_en": table["condition"].take(place),
        "code": code, "onset": begun, "recorded": recorded,
        "status": Text.coded(over.astype(np.int64), ("active", "resolved")), "abatement": np.ma.MaskedArray(ended, ~over),
    }  # fmt: skip
    return Lists(np.bincount(row, minlength=count), Struct(columns))


def past_infections(
    born: Dates, sex: Text, places: Lists, draw: Draw, data: Data, death_day: Dates, clock: Clock
) -> tuple[Lists, Dates]:
    """A past infection for some patients, and when it began: one the patient does not have now and that age allows."""
    table: Table = data["conditions"]
    kinds = np.array([table.position("condition", name) for name in PAST])
    kind = kinds[draw.one_of(PAST, "past")]
    earliest = np.maximum(born, clock.date - np.timedelta64(PAST_YEARS * 365, "D"))
    span = (np.minimum(death_day, clock.date) - earliest).astype(np.int64) - 40
    onset = earliest + (np.maximum(span, 1) * draw.uniform("when")).astype(np.int64).astype("timedelta64[D]")
    years = (onset - born).astype(np.int64) / 365.25
    allowed = (years >= table.ints("min_age")[kind]) & (years < table.ints("max_age")[kind]) & (span > 0)
    present = places.any(numbers_of(places) == kind[places.parents])
    keep = allowed & ~present & draw.chance(WITH_PAST, "has past")
    return Lists(keep.astype(np.int64), kind[keep]), onset[keep]


def past_infections_of(patient: Any, data: Data, clock: Clock, draw: Draw) -> tuple[Lists, Dates]:
    """The same for every field of the record: the draws are addressed by what they are."""
    own = Draw((*draw.address[:2], "past infections"), draw.rows)
    born = patient.birthdate.astype("datetime64[D]")
    return past_infections(born, patient.sex, patient.condition_places, own, data, patient.death_day, clock)


def delay_of(draw: Draw, row: Ints, place: Ints) -> Ints:
    """A whole number for each (row, condition), the same whatever the order of the list and whichever the field."""
    grid = Draw((*draw.address[:2], "delay"), composite(draw.rows[row], place, CONDITIONS))
    return grid.integers(0, RECORDED_WITHIN)


def recorded_after(
    draw: Draw, row: Ints, place: Ints, onset: Dates, death_day: Dates, data: Data, clock: Clock
) -> Dates:
    """When a condition was written down: within days where it passes, else within two months on a day of the week, and on any
    of the days that are left before the clock or the death."""
    lasts = onset_model(data["onset_ages"], data["condition_durations"]).lasts[place]
    passes = (lasts > 0) & (lasts <= 200)
    delay = delay_of(draw, row, place) // np.where(passes, 20, 1)
    until = np.minimum(death_day, clock.date)
    left = np.maximum((until - onset).astype(np.int64), 0)
    day = onset + (delay % (left + 1)).astype("timedelta64[D]")
    return np.where(passes, day, on_weekday(day, onset, until))


def onset_of(patient: Any, row: Ints, place: Ints) -> Dates:
    """The onset of the condition `place` of each `row`."""
    places: Lists = patient.condition_places
    key = places.parents * 64 + numbers_of(places)
    onsets: Any = patient.condition_onsets.values
    return onsets[np.searchsorted(key, row * 64 + place)]


def allergies(patient: Any, draw: Draw, data: Data, clock: Clock) -> Lists:
    """The patient's allergies, written down at some time of life, on a day of the week."""
    table: Table = data["allergies"]
    held: Lists = patient.allergies_en
    english = text_of(held)
    place = table.lookup("allergy", english)
    row = held.parents
    born = patient.birthdate.astype("datetime64[D]")[row]
    until = np.minimum(patient.death_day, clock.date)[row]
    days = (until - born).astype(np.int64)
    share = Draw(draw.address.labelled("recorded"), draw.rows[row] * 64 + place).uniform()
    day = born + (days * share).astype(np.int64).astype("timedelta64[D]")
    columns: dict[str, Any] = {
        "allergy": named("allergy", english, data), "allergy_en": english, "kind": table["kind"].take(place),
        "recorded": on_weekday(day, born, until),
    }  # fmt: skip
    return Lists(held.lengths, Struct(columns))


def immunizations(patient: Any, draw: Draw, data: Data, clock: Clock) -> Lists:
    return immunizations_of(draw, patient.birthdate, patient.death_day, data, clock)
