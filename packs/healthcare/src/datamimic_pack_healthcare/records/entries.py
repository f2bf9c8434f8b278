"""What stands in a medical record: one class for each kind of entry.

Texts are in the language of the country; those whose names end in `_en` say the same in English.
"""

from __future__ import annotations

from datetime import date, datetime

from datamimic import record


@record
class RecordedEncounter:
    """An encounter of the patient, as in the table of encounters; without an end unless it is over and took place."""

    encounter_id: str
    encounter_class: str
    status: str
    start: datetime
    end: datetime | None
    reason: str
    reason_en: str
    reason_code: str
    specialty: str
    specialty_en: str
    doctor_id: str
    hospital_id: str


@record
class RecordedCondition:
    """A condition, present (active) or over (resolved)."""

    condition: str
    condition_en: str
    code: str
    onset: date
    recorded: date
    status: str
    abatement: date | None


@record
class RecordedMedication:
    """A drug taken at present (active), taken as long as it was needed (completed), or given up for another (stopped)."""

    medication: str
    drug_class: str
    dose: str
    route: str
    frequency: str
    indication: str
    indication_en: str
    start: date
    end: date | None
    status: str


@record
class RecordedAllergy:
    """An allergy and when it was first written down."""

    allergy: str
    allergy_en: str
    kind: str
    recorded: date


@record
class Observation:
    """A vital sign or laboratory value with the range it is compared with; flag is L, N or H."""

    test: str
    test_en: str
    loinc: str
    value: float
    unit: str
    reference_low: float
    reference_high: float
    flag: str
    taken_at: datetime


@record
class PerformedProcedure:
    """A procedure done during an encounter."""

    procedure: str
    procedure_en: str
    procedure_code: str
    condition: str
    condition_en: str
    date: date
    encounter_id: str


@record
class Immunization:
    """One dose of a vaccine; cvx is the CDC's code."""

    vaccine: str
    vaccine_en: str
    cvx: str
    dose: int
    date: date


@record
class Performed:
    """Which procedure was done during which of the patient's visits, as numbers."""

    visit: int
    procedure: int
