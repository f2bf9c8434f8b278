"""Coverage of a patient; Claim and ExplanationOfBenefit of the charges of a record."""

from __future__ import annotations

from typing import Final

from datamimic.formats.documents import Piece, document, named, of, only_with
from datamimic_pack_healthcare.messages.fhir.ids import IDS, own_id
from datamimic_pack_healthcare.messages.fhir.terms import (
    HL7,
    PROCEDURES,
    Codes,
    concept,
    diagnosis,
    patient,
    reference,
)

CLAIM_TYPE: Final[Codes] = {"AMB": "professional", "EMER": "institutional", "IMP": "institutional"}


def coverage() -> Piece:
    """For a row of the patients; nothing for those who pay themselves."""
    return only_with(
        "insurance_policy_number",
        document(
            {
                "resourceType": "Coverage",
                "id": own_id("Coverage"),
                "status": "active",
                "type": concept(f"{HL7}v3-ActCode", of("named_by.coverage_kind"), of("coverage_type")),
                "subscriberId": of("insurance_policy_number"),
                "beneficiary": reference("Patient", of("patient_id")),
                "relationship": concept(f"{HL7}subscriber-relationship", "self"),
                "payor": [reference("Organization", of("payer_id"))],
            }
        ),
    )


def claim() -> Piece:
    """For a charge."""
    return document(
        {
            "resourceType": "Claim",
            **_asked(),
            "priority": concept(f"{HL7}processpriority", "normal"),
            **_why(),
            "insurance": [{"sequence": 1, **_insured()}],
            "item": [_item()],
            "total": _money("amount"),
        }
    )


def explanation_of_benefit() -> Piece:
    """For a charge, when the insurer has decided."""
    return document(
        {
            "resourceType": "ExplanationOfBenefit",
            **_asked(),
            "insurer": reference("Organization", of("..patient.payer_id")),
            "claim": reference("Claim", *IDS["Claim"]),
            "outcome": "complete",
            **_why(),
            "insurance": [_insured()],
            "item": [
                {
                    **_item(),
                    "adjudication": _decisions(),
                }
            ],
            "total": _decisions(),
            "payment": {"date": of("paid_on"), "amount": _money("benefit")},
        }
    )  # fmt: skip


def _asked() -> dict[str, object]:
    return {
        "id": own_id("Claim"),
        "status": "active",
        "type": concept(f"{HL7}claim-type", of("encounter_class", named(CLAIM_TYPE))),
        "use": "claim",
        "patient": patient(),
        "billablePeriod": {"start": of("served_on"), "end": of("served_on")},
        "created": of("billed_on"),
        "provider": reference("Organization", of("hospital_id")),
    }


def _why() -> dict[str, object]:
    return {
        "careTeam": [{"sequence": 1, "provider": reference("Practitioner", of("doctor_id"))}],
        "diagnosis": [{"sequence": 1, "diagnosisCodeableConcept": diagnosis("reason_code", "reason")}],
    }


def _insured() -> dict[str, object]:
    return {"focal": True, "coverage": reference("Coverage", of("..patient_id"))}


def _item() -> dict[str, object]:
    return {
        "sequence": 1,
        "careTeamSequence": [1],
        "diagnosisSequence": [1],
        "productOrService": concept(PROCEDURES, of("procedure_code"), of("procedure")),
        "servicedDate": of("served_on"),
        "quantity": {"value": 1},
        "unitPrice": _money("amount"),
        "net": _money("amount"),
        "encounter": [reference("Encounter", of("encounter_id"))],
    }


def _decisions() -> list[dict[str, object]]:
    amounts = {"submitted": "amount", "copay": "copayment", "benefit": "benefit"}
    return [{"category": concept(f"{HL7}adjudication", kind), "amount": _money(name)} for kind, name in amounts.items()]


def _money(amount: str) -> dict[str, object]:
    return {"value": of(amount), "currency": of("currency")}
