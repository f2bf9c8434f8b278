"""All of a patient as one bundle: as a transaction it can be sent to a server again and again, and leaves one of each resource
there."""

from __future__ import annotations

from collections.abc import Sequence

from datamimic import setting
from datamimic.formats.documents import Message, Negative, Piece, document, each, of, only_with, together, under
from datamimic_pack_healthcare.messages.fhir import care, drugs, findings, payment, people, places
from datamimic_pack_healthcare.messages.fhir.broken import LISTS, of_bundles, of_lists, of_resources
from datamimic_pack_healthcare.messages.fhir.ids import PRESSURE, id_of
from datamimic_pack_healthcare.messages.fhir.terms import EXAMPLE

BASE = f"{EXAMPLE}fhir/"
"""Where the resources would be: references are resolved against it, as the standard says."""
TRANSACTION, COLLECTION = "transaction", "collection"


class Bundles(Message):
    """All of a patient: who it is, the doctors, hospitals and insurer, the record, and what was claimed and paid. Every
    reference is to a resource of the same bundle; one bundle a line."""

    name = "fhir.r4.bundle"
    suffixes = (".ndjson", ".json")
    entity = "healthcare.medical_record"
    breaks = of_lists(*LISTS)
    bundle_type: str = setting(
        TRANSACTION,
        doc="a transaction of updates, which can be sent again, or a collection",
        choices=(TRANSACTION, COLLECTION),
    )

    def negatives(self) -> Sequence[Negative]:
        return [*super().negatives(), *of_resources(), *of_bundles()]

    def document(self) -> Piece:
        bundle = {"resourceType": "Bundle", "id": of("record_id"), "type": self.bundle_type, "entry": self._entries()}
        return together(document(bundle), "\n")

    def _entries(self) -> list[Piece]:
        number, payer = "patient.insurance_policy_number", "patient.payer_id"
        return [
            under("patient", self._entry("Patient", people.patient())),
            each("care_team", self._entry("Practitioner", people.practitioner(".."))),
            each("care_team", self._entry("PractitionerRole", people.practitioner_role(".."))),
            each("sites", self._entry("Organization", places.organization(".."))),
            each("sites", self._entry("Location", places.location(".."))),
            only_with(
                number,
                self._as("Organization", (of(payer),), places.payer(payer, "patient.insurance_provider")),
            ),
            only_with(number, under("patient", self._entry("Coverage", payment.coverage()))),
            each("visits", self._entry("Encounter", care.encounter())),
            each("conditions", self._entry("Condition", care.problem())),
            each("pressures", self._entry("Observation", findings.pressure(), PRESSURE)),
            each("readings", self._entry("Observation", findings.reading())),
            each("laboratory_reports", self._entry("DiagnosticReport", findings.report())),
            each("prescriptions", self._entry("MedicationRequest", drugs.medication_request())),
            each("allergies", self._entry("AllergyIntolerance", care.allergy())),
            each("immunizations", self._entry("Immunization", care.immunization())),
            each("interventions", self._entry("Procedure", care.procedure())),
            each("charges", self._entry("Claim", payment.claim())),
            each("charges", self._entry("ExplanationOfBenefit", payment.explanation_of_benefit())),
        ]

    def _entry(self, kind: str, resource: Piece, code: str | None = None) -> Piece:
        return self._as(kind, id_of(kind, code), resource)

    def _as(self, kind: str, number: tuple[Piece | str, ...], resource: Piece) -> Piece:
        entry: dict[str, object] = {"fullUrl": together(f"{BASE}{kind}/", *number), "resource": resource}
        if self.bundle_type == TRANSACTION:
            entry |= {"request": {"method": "PUT", "url": together(f"{kind}/", *number)}}
        return document(entry)
