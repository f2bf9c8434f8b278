"""Why patients come, whom they see, and how they leave."""

from __future__ import annotations

from typing import Any

import numpy as np

from datamimic import Data, Draw, Lists, Table, Text, composite
from datamimic.columns import Bools, Ints, where, years_between
from datamimic_pack_healthcare.clinical.codes import codes_of
from datamimic_pack_healthcare.providers.choice import CHILD_UNTIL, doctors_near
from datamimic_pack_healthcare.visits import choice, window
from datamimic_pack_healthcare.visits.choice import EncounterOptions
from datamimic_pack_healthcare.wording import named

FOR_A_CONDITION = 0.72

BY_A_SPECIALIST = 0.5

AROUND_THE_CLOCK = 30 * choice.DAY
"""In shorter slots there is no time for appointments."""
EXPIRED = "expired"
SPECIALTIES = 64


def condition_row(patient: Any, rough_start: Ints, draw: Draw, data: Data, options: EncounterOptions) -> Ints:
    """A row of the table `conditions` that the patient had by then, -1 for a routine encounter; where all are of one class, of
    conditions that bring about such encounters, as often as they do."""
    onsets: Lists = patient.condition_onsets
    places: Lists = patient.condition_places
    lengths = onsets.lengths
    which = (draw.uniform("which") * lengths).astype(np.int64)
    some = (lengths > 0) & draw.chance(FOR_A_CONDITION, "for a condition")
    at = np.where(some, onsets.offsets[:-1] + which, 0)
    if options.encounter_class:
        at, some = _of_class(places, some, draw, data, options.encounter_class)
    if not len(onsets.values):
        return np.full(len(lengths), -1, dtype=np.int64)
    dates: Any = onsets.values
    begun = dates[at].astype("datetime64[us]").astype(np.int64) + choice.DAY <= rough_start
    conditions: Any = places.values
    return np.where(some & begun, conditions[at], -1)


def age_then(patient: Any, rough_start: Ints) -> Ints:
    """Completed years at the encounter."""
    return years_between(patient.birthdate, rough_start.astype("datetime64[us]").astype("datetime64[D]"))


def _of_class(places: Lists, some: Bools, draw: Draw, data: Data, kind: str) -> tuple[Ints, Bools]:
    """A place among the items, by how often encounters for the condition are of the class, and where there is one."""
    care: Table = data["condition_care"]
    emergency, inpatient = care.floats("emergency"), care.floats("inpatient")
    weight = {"AMB": 100.0 - emergency - inpatient, "EMER": emergency, "IMP": inpatient}[kind]
    conditions: Any = places.values
    sums = np.concatenate((np.zeros(1), np.cumsum(weight[conditions])))
    first, last = sums[places.offsets[:-1]], sums[places.offsets[1:]]
    there = some & (last > first)
    found = np.searchsorted(sums, first + (last - first) * draw.uniform("of the class"), side="right") - 1
    at = np.clip(found, places.offsets[:-1], np.maximum(places.offsets[1:] - 1, places.offsets[:-1]))
    return np.where(there, at, 0), there


def routine_row(age_then: Ints, draw: Draw, data: Data, options: EncounterOptions) -> Ints:
    """A row of the table `routine_reasons`; where all encounters are of one class, emergencies stand for stays as well; where
    all are appointments, nobody comes as an emergency."""
    table: Table = data["routine_reasons"]
    if options.encounter_class or options.outcome:
        kind = "EMER" if options.encounter_class in ("EMER", "IMP") else "AMB"
        return draw.pick(table.by("encounter_class", "age_from"), Text.constant(kind, len(age_then)), age_then)
    return draw.pick(table.by("age_from"), age_then)


def class_code(
    condition_row: Ints, routine_row: Ints, slot: Ints, ends_in_death: Bools, draw: Draw, data: Data,
    options: EncounterOptions,
) -> Ints:  # fmt: skip
    """Position in CLASSES. Newborns whose slots are short come at any hour; the last stay of some ends in death."""
    if options.encounter_class:
        return np.full(len(slot), window.CLASSES.index(options.encounter_class))
    care: Table = data["condition_care"]
    row = np.maximum(condition_row, 0)
    chance = draw.uniform() * 100.0
    emergency, inpatient = care.floats("emergency")[row], care.floats("inpatient")[row]
    by_condition = np.where(
        chance < emergency,
        window.EMERGENCY,
        np.where(chance < emergency + inpatient, window.INPATIENT, window.AMBULATORY),
    )
    routine = np.where(
        data["routine_reasons"]["encounter_class"].take(routine_row) == "EMER", window.EMERGENCY, window.AMBULATORY
    )
    code = np.where(condition_row >= 0, by_condition, routine)
    code = np.where(slot < AROUND_THE_CLOCK, window.EMERGENCY, code)
    if options.outcome:
        return np.where(code == window.EMERGENCY, window.AMBULATORY, code)
    return np.where(ends_in_death, window.INPATIENT, code)


def encounter_class(class_code: Ints) -> Text:
    return Text.coded(class_code, window.CLASSES)


def specialty_asked(
    patient: Any, age_then: Ints, condition_row: Ints, class_code: Ints, draw: Draw, data: Data
) -> Ints:
    """A row of the table `specialties`: pediatrics for children, emergency medicine, the condition's specialty, or that of
    the patient's own doctor."""
    table: Table = data["specialties"]
    names = table.columns["specialty"]
    by_condition = np.array([names.index(name) for name in data["conditions"].columns["specialty"]])
    own = patient.primary_doctor.specialty_row
    referred = (condition_row >= 0) & (draw.chance(BY_A_SPECIALIST) | (class_code == window.INPATIENT))
    row = np.where(referred, by_condition[np.maximum(condition_row, 0)], own)
    row = np.where(class_code == window.EMERGENCY, names.index("Emergency Medicine"), row)
    return np.where(age_then < CHILD_UNTIL, names.index("Pediatrics"), row)


def reason(condition_row: Ints, routine_row: Ints, data: Data) -> Text:
    """In the language of the country."""
    names: Text = data["condition_names"]["name"]
    other = named("reason", data["routine_reasons"]["reason"], data)
    return where(condition_row >= 0, names.take(np.maximum(condition_row, 0)), other.take(routine_row))


def specialty(specialty_en: Text, data: Data) -> Text:
    return named("specialty", specialty_en, data)


def department(department_en: Text, data: Data) -> Text:
    return named("department", department_en, data)


def reason_en(condition_row: Ints, routine_row: Ints, data: Data) -> Text:
    names: Text = data["conditions"]["condition"]
    return where(
        condition_row >= 0,
        names.take(np.maximum(condition_row, 0)),
        data["routine_reasons"]["reason"].take(routine_row),
    )


def reason_code(
    patient: Any, condition_row: Ints, routine_row: Ints, age_then: Ints, rough_start: Ints, data: Data
) -> Text:
    day = rough_start.astype("datetime64[us]").astype("datetime64[D]")
    codes = codes_of(np.maximum(condition_row, 0), age_then, patient.bmi, day, data)
    return where(condition_row >= 0, codes, data["routine_reasons"]["code"].take(routine_row))


def discharge_disposition(ends_in_death: Bools, class_code: Ints, outcome: Ints, draw: Draw, data: Data) -> Text:
    table: Table = data["discharges"]
    kind = Text.coded(np.where(class_code == window.AMBULATORY, window.EMERGENCY, class_code), window.CLASSES)
    row = np.where(ends_in_death, len(table), draw.pick(table.by("encounter_class"), kind))
    found = Text.coded(row, (*table.columns["disposition"], EXPIRED))
    return found.where((class_code != window.AMBULATORY) & (outcome == 0))


def doctor(patient: Any, specialty_asked: Ints, draw: Draw, data: Data, world: Any) -> Ints:
    """The patient's own doctor where the specialty is hers, else one of the specialty near the patient's home: the same each
    time that the patient needs one."""
    own = patient.primary_doctor
    known = Draw(draw.address, composite(patient.rows, specialty_asked, SPECIALTIES))
    others = doctors_near(world, data, patient.place, specialty_asked, known.bits(), patient.doctor.rows)
    return np.where(own.specialty_row == specialty_asked, own.rows, others)


def hospital(doctor: Any) -> Ints:
    return doctor.hospital.rows
