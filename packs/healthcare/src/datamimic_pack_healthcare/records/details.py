"""What messages tell of a record beyond what stands in it: who took part, where, and what belongs to which visit."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from datamimic import record


@record
class Visit:
    """An encounter with its department and outcome; `condition_code` is that of the recorded condition that it was for,
    `disposition` is in English."""

    encounter_id: str
    encounter_class: str
    status: str
    start: datetime
    end: datetime | None
    reason: str
    reason_code: str
    condition_code: str | None
    specialty: str
    department: str
    disposition: str | None
    doctor_id: str
    hospital_id: str


@record
class CareGiver:
    """A doctor whom the patient has, or has met."""

    doctor_id: str
    family_name: str
    given_name: str
    academic_title: str | None
    gender: str
    specialty: str
    phone: str
    email: str
    license_number: str
    npi_number: str | None
    dea_number: str | None
    lanr: str | None
    hospital_id: str


@record
class SiteAddress:
    """Where a hospital stands."""

    line: str
    city: str
    district: str | None
    state_code: str
    postal_code: str
    country_code: str
    latitude: float
    longitude: float


@record
class Site:
    """A hospital at which the patient was, or which keeps the record."""

    hospital_id: str
    name: str
    type: str
    address: SiteAddress
    phone: str
    email: str
    website: str
    npi_number: str | None
    ccn: str | None
    ik_number: str | None


@record
class Prescription:
    """A drug, how often it is taken, also in English, and the code of the recorded condition that it is for."""

    medication: str
    dose: str
    route: str
    frequency: str
    frequency_en: str
    indication: str
    condition_code: str | None
    start: date
    end: date | None
    status: str


@record
class Reading:
    """A value, with the visit at which it was taken; `kind` is vital-signs or laboratory."""

    kind: str
    test: str
    loinc: str
    value: float
    unit: str
    reference_low: float
    reference_high: float
    flag: str
    taken_at: datetime
    encounter_id: str
    doctor_id: str


@record
class Pressure:
    """Both blood pressures of a visit."""

    systolic_test: str
    systolic: float
    systolic_low: float
    systolic_high: float
    systolic_flag: str
    diastolic_test: str
    diastolic: float
    diastolic_low: float
    diastolic_high: float
    diastolic_flag: str
    taken_at: datetime
    encounter_id: str
    doctor_id: str


@record
class LaboratoryReport:
    """The laboratory values of a visit, by their LOINC codes."""

    encounter_id: str
    doctor_id: str
    hospital_id: str
    taken_at: datetime
    loincs: list[str]


@record
class Intervention:
    """A procedure with who did it, where, and what for."""

    procedure: str
    procedure_code: str
    condition: str
    condition_code: str | None
    start: datetime
    end: datetime
    encounter_id: str
    doctor_id: str
    hospital_id: str


@record
class Charge:
    """What the hospital asks the insurer for a procedure, and what of it the insurer pays; amounts in national currency."""

    procedure: str
    procedure_code: str
    reason: str
    reason_code: str
    encounter_id: str
    encounter_class: str
    doctor_id: str
    hospital_id: str
    served_on: date
    billed_on: date
    paid_on: date
    amount: Decimal
    benefit: Decimal
    copayment: Decimal
    currency: str
