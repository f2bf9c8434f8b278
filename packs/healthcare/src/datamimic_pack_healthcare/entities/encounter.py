"""Encounter: a patient meets a doctor in a department of the doctor's hospital, for a condition or as a routine."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import numpy as np

from datamimic import (
    Clock,
    Data,
    Entity,
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
from datamimic.columns import Bools
from datamimic_pack_healthcare.entities.doctor import Doctor
from datamimic_pack_healthcare.entities.hospital import Hospital
from datamimic_pack_healthcare.entities.patient import Patient
from datamimic_pack_healthcare.visits import reasons, times, window


@entity(
    "encounter",
    happens="end",
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
class Encounter(Entity):
    """A patient meets a doctor in a department of the doctor's hospital, for a condition or as a routine."""

    # of whom
    encounter_id: str = field(serial("ENC-##########"), key=True, doc="number of the encounter in this world")
    patient: Patient = field(parent(Patient, counts="encounter_counts"), doc="the patient")

    # what the rest follows from
    slot: int = field(window.slot, internal=True, unit="us", doc="length of the time that the encounter has to itself")
    rough_start: int = field(
        window.rough_start, internal=True, unit="us", doc="start before office hours are looked at"
    )
    condition_row: int = field(
        reasons.condition_row, internal=True, doc="row of the table of conditions, -1 for a routine encounter"
    )
    age_then: int = field(reasons.age_then, internal=True, unit="a", doc="the patient's age at the encounter")
    routine_row: int = field(reasons.routine_row, internal=True, doc="row of the table of routine reasons")
    class_code: int = field(reasons.class_code, internal=True, doc="class as a number")

    # when and how
    encounter_class: str = field(
        reasons.encounter_class, doc="HL7 ActCode: AMB ambulatory, EMER emergency, IMP inpatient"
    )
    status: str = field(constant("finished"), doc="FHIR encounter status")
    start: datetime = field(times.start, doc="when it began")
    end: datetime = field(times.end, doc="when it ended")

    # why
    reason: str = field(reasons.reason, doc="condition treated, or reason of a routine encounter")
    reason_code: str = field(reasons.reason_code, doc="ICD-10 code of the reason, in the country's edition")

    # where and by whom
    specialty_row: int = field(reasons.specialty_row, internal=True, doc="row of the table of specialties")
    specialty: str = field(from_row("specialties", "specialty", row="specialty_row"), doc="specialty of the doctor")
    department: str = field(
        from_row("specialties", "department", row="specialty_row"), doc="department of the hospital"
    )
    doctor: Doctor = field(ref(Doctor, by=reasons.doctor), doc="the doctor, of the patient's state")
    hospital: Hospital = field(ref(Hospital, by=reasons.hospital), doc="the doctor's hospital")
    discharge_disposition: str | None = field(
        reasons.discharge_disposition, doc="where to after an emergency or a stay"
    )


@check(Encounter, "it ends after it starts and before the clock")
def ends_after_start(start: Any, end: Any, clock: Clock) -> Bools:
    return (end >= start) & (end <= clock.instant)


@check(Encounter, "an ambulatory visit begins on a weekday within office hours")
def within_office_hours(encounter_class: Text, start: Any) -> Bools:
    microseconds = start.astype("datetime64[us]").astype(np.int64)
    weekday, hour = (microseconds // window.DAY + 3) % 7, microseconds % window.DAY // window.HOUR
    return (encounter_class != "AMB") | ((weekday < 5) & (hour >= times.OPENS) & (hour < times.CLOSES))


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
