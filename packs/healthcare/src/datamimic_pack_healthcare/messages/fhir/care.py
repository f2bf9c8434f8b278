"""Encounter, Condition, Procedure, AllergyIntolerance, Immunization: for items of the lists of a record."""

from __future__ import annotations

from typing import Final

from datamimic.formats.documents import Piece, document, named, of, only_with
from datamimic_pack_healthcare.messages.fhir.ids import own_id
from datamimic_pack_healthcare.messages.fhir.terms import (
    CVX,
    EXAMPLE,
    HL7,
    PROCEDURES,
    Codes,
    coding,
    concept,
    condition,
    diagnosis,
    patient,
    profiled,
    reference,
)

STATUS: Final[Codes] = {
    "planned": "planned", "in-progress": "in-progress", "finished": "finished",
    "cancelled": "cancelled", "no-show": "cancelled", "entered-in-error": "entered-in-error",
}  # fmt: skip
PATIENT_CLASS: Final[Codes] = {"AMB": "O", "EMER": "E", "IMP": "I"}
DISCHARGE: Final[Codes] = {
    "home": "home", "home with follow-up": "home", "home with home care": "home", "left against advice": "aadvice",
    "transferred": "other-hcf", "rehabilitation facility": "rehab", "nursing facility": "snf", "expired": "exp",
}  # fmt: skip
ALLERGEN: Final[Codes] = {"drug": "medication", "food": "food", "environment": "environment"}


def encounter() -> Piece:
    return document(
        {
            "resourceType": "Encounter",
            "id": own_id("Encounter"),
            "meta": profiled("encounter"),
            "identifier": [{"system": f"{EXAMPLE}sid/encounter", "value": of("encounter_id")}],
            "status": of("status", named(STATUS)),
            "class": coding(f"{HL7}v3-ActCode", of("encounter_class")),
            "type": [concept(f"{HL7}v2-0004", of("encounter_class", named(PATIENT_CLASS)))],
            "serviceType": {"text": of("specialty")},
            "subject": patient(),
            "participant": [
                {
                    "type": [concept(f"{HL7}v3-ParticipationType", "PPRF")],
                    "individual": reference("Practitioner", of("doctor_id")),
                }
            ],
            "period": {"start": of("start"), "end": of("end")},
            "reasonCode": [diagnosis("reason_code", "reason")],
            "diagnosis": [only_with("condition_code", document({"condition": condition("condition_code")}))],
            "hospitalization": {
                "dischargeDisposition": concept(
                    f"{HL7}discharge-disposition", of("disposition", named(DISCHARGE)), of("disposition")
                )
            },
            "location": [{"location": reference("Location", of("hospital_id"))}],
            "serviceProvider": reference("Organization", of("hospital_id")),
        }
    )


def problem() -> Piece:
    """A condition of the list of problems."""
    return document(
        {
            "resourceType": "Condition",
            "id": own_id("Condition"),
            "meta": profiled("condition-problems-health-concerns"),
            "clinicalStatus": concept(f"{HL7}condition-clinical", of("status")),
            "verificationStatus": concept(f"{HL7}condition-ver-status", "confirmed"),
            "category": [concept(f"{HL7}condition-category", "problem-list-item")],
            "code": diagnosis("code", "condition"),
            "subject": patient(),
            "onsetDateTime": of("onset"),
            "abatementDateTime": of("abatement"),
            "recordedDate": of("recorded"),
            "recorder": reference("Practitioner", of("..primary_doctor_id")),
        }
    )


def procedure() -> Piece:
    """What was done during a visit."""
    return document(
        {
            "resourceType": "Procedure",
            "id": own_id("Procedure"),
            "meta": profiled("procedure"),
            "status": "completed",
            "code": concept(PROCEDURES, of("procedure_code"), of("procedure")),
            "subject": patient(),
            "encounter": reference("Encounter", of("encounter_id")),
            "performedPeriod": {"start": of("start"), "end": of("end")},
            "performer": [
                {
                    "actor": reference("Practitioner", of("doctor_id")),
                    "onBehalfOf": reference("Organization", of("hospital_id")),
                }
            ],
            "location": reference("Location", of("hospital_id")),
            "reasonCode": [{"text": of("condition")}],
            "reasonReference": [condition("condition_code")],
        }
    )


def allergy() -> Piece:
    """What the patient does not tolerate."""
    return document(
        {
            "resourceType": "AllergyIntolerance",
            "id": own_id("AllergyIntolerance"),
            "meta": profiled("allergyintolerance"),
            "clinicalStatus": concept(f"{HL7}allergyintolerance-clinical", "active"),
            "verificationStatus": concept(f"{HL7}allergyintolerance-verification", "confirmed"),
            "type": "allergy",
            "category": [of("kind", named(ALLERGEN))],
            "code": {"text": of("allergy")},
            "patient": patient(),
            "recordedDate": of("recorded"),
            "recorder": reference("Practitioner", of("..primary_doctor_id")),
        }
    )


def immunization() -> Piece:
    """A dose of a vaccine."""
    return document(
        {
            "resourceType": "Immunization",
            "id": own_id("Immunization"),
            "meta": profiled("immunization"),
            "status": "completed",
            "vaccineCode": concept(CVX, of("cvx"), of("vaccine")),
            "patient": patient(),
            "occurrenceDateTime": of("date"),
            "primarySource": True,
            "protocolApplied": [{"doseNumberPositiveInt": of("dose")}],
        }
    )
