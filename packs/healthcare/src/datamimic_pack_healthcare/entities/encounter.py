"""Encounter: a patient meets a doctor in a department of the doctor's hospital, for a condition or as a routine."""

from __future__ import annotations

from datetime import datetime
from random import Random
from typing import Any

import numpy as np

from datamimic import (
    Clock,
    Data,
    Draw,
    Lists,
    Service,
    Table,
    Text,
    check,
    constant,
    entity,
    field,
    from_row,
    parent,
    ref,
    serial,
)
from datamimic.columns import Bools, Ints, where, years_between
from datamimic_pack_healthcare.entities.doctor import CHILD_UNTIL, Doctor, doctors_at
from datamimic_pack_healthcare.entities.hospital import Hospital
from datamimic_pack_healthcare.entities.patient import Patient

CLASSES = ("AMB", "EMER", "IMP")
AMBULATORY, EMERGENCY, INPATIENT = range(3)
WINDOW_DAYS = 1095
"""Encounters of the last three years, or of a shorter life."""
DAY, HOUR, MINUTE = 86_400_000_000, 3_600_000_000, 60_000_000
WEEK = 7 * DAY
FOR_A_CONDITION = 0.72
BY_A_SPECIALIST = 0.5
OPENS, CLOSES = 8, 17


def slot(patient: Any, clock: Clock) -> Ints:
    """Length in microseconds of the part of the window that the encounter has to itself."""
    return _window(patient.birthdate, clock)[1] // np.maximum(patient.count, 1)


def _window(birthdate: Any, clock: Clock) -> tuple[Ints, Ints]:
    """First instant and length of each patient's window, in microseconds."""
    end = int(clock.instant.astype(np.int64))
    born = birthdate.astype("datetime64[us]").astype(np.int64)
    start = np.minimum(np.maximum(born, end - WINDOW_DAYS * DAY), end)
    return start, end - start


def rough_start(patient: Any, slot: Ints, draw: Draw, clock: Clock) -> Ints:
    """An instant in the first half of the slot, in microseconds, before office hours are looked at."""
    start, _ = _window(patient.birthdate, clock)
    return start + patient.index * slot + ((slot // 2) * draw.uniform()).astype(np.int64)


def condition_row(patient: Any, rough_start: Ints, draw: Draw) -> Ints:
    """A row of the table `conditions` that the patient had by then, -1 for a routine encounter."""
    onsets: Lists = patient.condition_onsets
    places: Lists = patient.condition_places
    lengths = onsets.lengths
    which = (draw.uniform("which") * lengths).astype(np.int64)
    some = (lengths > 0) & draw.chance(FOR_A_CONDITION, "for a condition")
    at = np.where(some, onsets.offsets[:-1] + which, 0)
    if not len(onsets.values):
        return np.full(len(lengths), -1, dtype=np.int64)
    dates: Any = onsets.values
    begun = dates[at].astype("datetime64[us]").astype(np.int64) + DAY <= rough_start
    conditions: Any = places.values
    return np.where(some & begun, conditions[at], -1)


def age_then(patient: Any, rough_start: Ints) -> Ints:
    """Completed years at the encounter."""
    return years_between(patient.birthdate, rough_start.astype("datetime64[us]").astype("datetime64[D]"))


def routine_row(age_then: Ints, draw: Draw, data: Data) -> Ints:
    """A row of the table `routine_reasons`."""
    return draw.pick(data["routine_reasons"].by("age_from"), age_then)


def class_code(condition_row: Ints, routine_row: Ints, slot: Ints, draw: Draw, data: Data) -> Ints:
    """Position in CLASSES. Newborns whose slots are short come at any hour."""
    care: Table = data["condition_care"]
    row = np.maximum(condition_row, 0)
    chance = draw.uniform() * 100.0
    emergency, inpatient = care.floats("emergency")[row], care.floats("inpatient")[row]
    by_condition = np.where(
        chance < emergency, EMERGENCY, np.where(chance < emergency + inpatient, INPATIENT, AMBULATORY)
    )
    routine = np.where(data["routine_reasons"]["encounter_class"].take(routine_row) == "EMER", EMERGENCY, AMBULATORY)
    code = np.where(condition_row >= 0, by_condition, routine)
    return np.where(slot < 2 * WEEK, EMERGENCY, code)


def encounter_class(class_code: Ints) -> Text:
    return Text.coded(class_code, CLASSES)


def start(rough_start: Ints, class_code: Ints, draw: Draw) -> Any:
    """Appointments on weekdays from 8 to 17 o'clock, emergencies at any time, to the minute."""
    day = rough_start // DAY
    weekday = (day + 3) % 7
    # Weekends move to Monday: a slot of two weeks or more has room for that behind its first half.
    office = day + np.where(weekday == 5, 2, np.where(weekday == 6, 1, 0))
    time = OPENS * 60 + draw.integers(0, (CLOSES - OPENS - 1) * 4, "quarter of an hour") * 15
    planned = office * DAY + time * MINUTE
    urgent = rough_start // MINUTE * MINUTE
    return np.where(class_code == EMERGENCY, urgent, planned).astype("datetime64[us]")


def end(start: Any, class_code: Ints, slot: Ints, draw: Draw, clock: Clock) -> Any:
    """A visit of 15 to 60 minutes, an emergency of one to ten hours, a stay of one to twelve days; within the slot."""
    visit = draw.integers(3, 12, "visit") * 5 * MINUTE
    urgent = draw.integers(12, 120, "urgent") * 5 * MINUTE
    skewed = draw.uniform("stay")
    stay = (1 + (11 * skewed * skewed)).astype(np.int64) * DAY + draw.integers(-2, 6, "hour") * HOUR
    length = np.minimum(np.select([class_code == EMERGENCY, class_code == INPATIENT], [urgent, stay], visit), slot // 3)
    now = int(clock.instant.astype(np.int64))
    return np.minimum(start.astype(np.int64) + length // MINUTE * MINUTE, now).astype("datetime64[us]")


def specialty_row(patient: Any, age_then: Ints, condition_row: Ints, class_code: Ints, draw: Draw, data: Data) -> Ints:
    """A row of the table `specialties`: pediatrics for children, emergency medicine, the condition's specialty, or that of
    the patient's own doctor."""
    table: Table = data["specialties"]
    names = table.columns["specialty"]
    by_condition = np.array([names.index(name) for name in data["conditions"].columns["specialty"]])
    own = patient.primary_doctor.specialty_row
    referred = (condition_row >= 0) & (draw.chance(BY_A_SPECIALIST) | (class_code == INPATIENT))
    row = np.where(referred, by_condition[np.maximum(condition_row, 0)], own)
    row = np.where(class_code == EMERGENCY, names.index("Emergency Medicine"), row)
    return np.where(age_then < CHILD_UNTIL, names.index("Pediatrics"), row)


def reason(condition_row: Ints, routine_row: Ints, data: Data) -> Text:
    names: Text = data["conditions"]["condition"]
    return where(
        condition_row >= 0,
        names.take(np.maximum(condition_row, 0)),
        data["routine_reasons"]["reason"].take(routine_row),
    )


def reason_code(condition_row: Ints, routine_row: Ints, data: Data) -> Text:
    codes: Text = data["condition_codes"]["code"]
    return where(
        condition_row >= 0, codes.take(np.maximum(condition_row, 0)), data["routine_reasons"]["code"].take(routine_row)
    )


def discharge_disposition(class_code: Ints, draw: Draw, data: Data) -> Text:
    table: Table = data["discharges"]
    kind = Text.coded(np.where(class_code == AMBULATORY, EMERGENCY, class_code), CLASSES)
    found: Text = table["disposition"].take(draw.pick(table.by("encounter_class"), kind))
    return found.where(class_code != AMBULATORY)


def doctor(patient: Any, specialty_row: Ints, draw: Draw, data: Data, world: Any) -> Ints:
    """The patient's own doctor where the specialty is hers, else one of the specialty in the patient's state."""
    own = patient.primary_doctor
    others = doctors_at(world, data, patient.region, specialty_row, draw.bits())
    return np.where(own.specialty_row == specialty_row, own.rows, others)


def hospital(doctor: Any) -> Ints:
    return doctor.hospital.rows


@entity(
    "encounter",
    tables=(
        "conditions",
        "condition_codes",
        "condition_care",
        "routine_reasons",
        "discharges",
        "specialties",
        "doctor_posts",
    ),
)
class Encounter:
    """A patient meets a doctor in a department of the doctor's hospital, for a condition or as a routine."""

    encounter_id: str = field(serial("ENC-##########"), key=True, doc="number of the encounter in this world")
    patient: Patient = field(parent(Patient, counts="encounter_counts"), doc="the patient")
    slot: int = field(slot, hidden=True, unit="us", doc="length of the time that the encounter has to itself")
    rough_start: int = field(rough_start, hidden=True, unit="us", doc="start before office hours are looked at")
    condition_row: int = field(
        condition_row, hidden=True, doc="row of the table of conditions, -1 for a routine encounter"
    )
    age_then: int = field(age_then, hidden=True, unit="a", doc="the patient's age at the encounter")
    routine_row: int = field(routine_row, hidden=True, doc="row of the table of routine reasons")
    class_code: int = field(class_code, hidden=True, doc="class as a number")
    encounter_class: str = field(encounter_class, doc="HL7 ActCode: AMB ambulatory, EMER emergency, IMP inpatient")
    status: str = field(constant("finished"), doc="FHIR encounter status")
    start: datetime = field(start, doc="when it began")
    end: datetime = field(end, doc="when it ended")
    reason: str = field(reason, doc="condition treated, or reason of a routine encounter")
    reason_code: str = field(reason_code, doc="ICD-10 code of the reason, in the country's edition")
    specialty_row: int = field(specialty_row, hidden=True, doc="row of the table of specialties")
    specialty: str = field(from_row("specialties", "specialty", row="specialty_row"), doc="specialty of the doctor")
    department: str = field(
        from_row("specialties", "department", row="specialty_row"), doc="department of the hospital"
    )
    doctor: Doctor = field(ref(Doctor, by=doctor), doc="the doctor, of the patient's state")
    hospital: Hospital = field(ref(Hospital, by=hospital), doc="the doctor's hospital")
    discharge_disposition: str | None = field(discharge_disposition, doc="where to after an emergency or a stay")


@check(Encounter, "it ends after it starts and before the clock")
def ends_after_start(start: Any, end: Any, clock: Clock) -> Bools:
    return (end >= start) & (end <= clock.instant)


@check(Encounter, "an ambulatory visit begins on a weekday within office hours")
def within_office_hours(encounter_class: Text, start: Any) -> Bools:
    microseconds = start.astype("datetime64[us]").astype(np.int64)
    weekday, hour = (microseconds // DAY + 3) % 7, microseconds % DAY // HOUR
    return (encounter_class != "AMB") | ((weekday < 5) & (hour >= OPENS) & (hour < CLOSES))


@check(Encounter, "department and specialty belong together")
def department_of_specialty(specialty: Text, department: Text, data: Data) -> Bools:
    table: Table = data["specialties"]
    row = table.lookup("specialty", specialty)
    return (row >= 0) & (table["department"].take(np.maximum(row, 0)) == department)


@check(Encounter, "the reason's code is that of the country's edition of ICD-10")
def code_of_reason(reason: Text, reason_code: Text, data: Data) -> Bools:
    codes: Table = data["condition_codes"]
    routine: Table = data["routine_reasons"]
    known = {*zip(codes.columns["condition"], codes.columns["code"], strict=True)}
    known |= {*zip(routine.columns["reason"], routine.columns["code"], strict=True)}
    pairs = zip(reason.tolist(), reason_code.tolist(), strict=True)
    return np.array([pair in known for pair in pairs], dtype=np.bool_)


@check(Encounter, "only emergencies and stays have a discharge")
def discharge_of_stays(encounter_class: Text, discharge_disposition: Text) -> Bools:
    return (encounter_class == "AMB") == discharge_disposition.is_null()


class EncounterService(Service[Encounter]):
    """Encounters of the world's patients, one patient after the other."""

    entity = Encounter

    def __init__(
        self,
        dataset: str | None = None,
        rng: Random | None = None,
        reference_now: datetime | str | None = None,
        *,
        seed: str | int | None = None,
    ) -> None:
        super().__init__(dataset, rng=rng, seed=seed, clock=reference_now)
