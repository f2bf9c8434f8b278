"""A visit as messages tell of it: who came why, where the patient lies, and who cares."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import numpy as np

from datamimic import Data, Draw, Struct, Table, Text, record
from datamimic.columns import Bools, Dates, Ints, digits, join, select, where, year_month_day
from datamimic_pack_healthcare.visits.window import AMBULATORY, EMERGENCY, INPATIENT

EMERGENCY_UNIT = "ED"
BEDS_OF_A_ROOM = 2
DIGITS = 10
"""Of the number of an encounter."""
ACCEPTED = "AA"
ADMISSIONS = ("R", "E", "C")
"""Routine, emergency, elective: HL7 table 0007."""


@record
class Visit:
    """What stands in messages of a visit. `unit`, `room` and `bed` are where the patient lies in the end, `first_unit` where
    the visit began; `disposition` is the code of the National Uniform Billing Committee."""

    number: str
    encounter_id: str
    encounter_class: str
    admission_type: str
    urgent: bool
    reason: str
    reason_code: str
    code_system: str
    country: str
    specialty: str
    department: str
    unit: str
    room: str | None
    bed: str | None
    first_unit: str
    first_room: str | None
    first_bed: str | None
    hospital_id: str
    hospital_name: str
    doctor_id: str
    doctor_family_name: str
    doctor_given_name: str
    doctor_number: str | None
    doctor_number_type: str | None
    disposition: str | None
    starts: datetime
    minutes: int
    acknowledgement: str
    """What its messages are answered by: AA, they are accepted (HL7 table 0008)."""


def visit(
    encounter_id: Text, encounter_class: Text, class_code: Ints, planned: Bools, reason: Text, reason_code: Text,
    specialty: Text, specialty_row: Ints, department: Text, discharge_disposition: Text, doctor: Any, hospital: Any,
    start: Dates, local_start: Ints, local_end: Ints, draw: Draw, data: Data,
) -> Struct:  # fmt: skip
    stay, emergency = class_code == INPATIENT, class_code == EMERGENCY
    urgent = emergency | (stay & ~planned)
    unit = where(emergency, EMERGENCY_UNIT, join("D", digits(specialty_row + 1, 2)))
    bed = (draw.uniform("bed") * hospital.bed_count).astype(np.int64)
    room, place = digits(bed // BEDS_OF_A_ROOM + 1, 4).where(stay), digits(bed % BEDS_OF_A_ROOM + 1, 1).where(stay)
    through = stay & urgent & hospital.emergency_services
    number, kind = _registered(doctor)
    columns: dict[str, Any] = {
        "number": encounter_id.map(lambda text: text[-DIGITS:]), "encounter_id": encounter_id,
        "encounter_class": encounter_class,
        "admission_type": select(np.where(class_code == AMBULATORY, 0, np.where(urgent, 1, 2)), ADMISSIONS),
        "urgent": urgent, "reason": reason, "reason_code": reason_code,
        "code_system": _code_system(start, data), "country": country(len(start), data), "specialty": specialty,
        "department": department, "unit": unit, "room": room, "bed": place,
        "first_unit": where(through, EMERGENCY_UNIT, unit), "first_room": room.where(~through),
        "first_bed": place.where(~through),
        "hospital_id": hospital.hospital_id, "hospital_name": hospital.name, "doctor_id": doctor.doctor_id,
        "doctor_family_name": doctor.family_name, "doctor_given_name": doctor.given_name, "doctor_number": number,
        "doctor_number_type": kind, "disposition": _disposition(discharge_disposition, data), "starts": start,
        "minutes": (local_end - local_start) // 60_000_000, "acknowledgement": Text.constant(ACCEPTED, len(start)),
    }  # fmt: skip
    return Struct(columns)


def _registered(doctor: Any) -> tuple[Text, Text]:
    """The number that the country's doctors have for life, and which it is (HL7 table 0203); null where there is none."""
    npi, lanr = doctor.npi_number, doctor.lanr
    american = ~npi.is_null()
    number = where(american, npi.fill(""), lanr.fill(""))
    there = american | ~lanr.is_null()
    return number.where(there), where(american, "NPI", "LANR").where(there)


def _code_system(start: Dates, data: Data) -> Text:
    """Of the reason's code, HL7 table 0396: that of the year where the country has an edition each year."""
    pattern = data["message_customs"].columns["diagnosis_codes"][_row(data)]
    if "#" not in pattern:
        return Text.constant(pattern, len(start))
    year, _, _ = year_month_day(start)
    return join(pattern.rstrip("#"), digits(year, 4))


def country(rows: int, data: Data) -> Text:
    """ISO 3166-1 alpha-3 of the world's country."""
    return Text.constant(data["message_customs"].columns["alpha_3"][_row(data)], rows)


def _row(data: Data) -> int:
    known = data["message_customs"].columns["country_code"]
    return known.index(data.country) if data.country in known else known.index("*")


def _disposition(words: Text, data: Data) -> Text:
    table: Table = data["disposition_codes"]
    codes = dict(zip(table.columns["disposition"], table.columns["code"], strict=True))
    return words.map(codes.__getitem__)
