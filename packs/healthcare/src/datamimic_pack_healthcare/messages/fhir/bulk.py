"""Each resource as NDJSON, one a line, as a bulk export has them. What belongs to a patient is written for the rows of the
records, record k being that of patient k: the same rows give files that refer to each other."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from typing import ClassVar

from datamimic.formats.documents import Message, Negative, Piece, each, together
from datamimic_pack_healthcare.messages.fhir import care, drugs, findings, payment, people, places
from datamimic_pack_healthcare.messages.fhir.broken import STANDING, of_lists, of_resources


class Resources(Message):
    """Resources of one type, one a line."""

    suffixes = (".ndjson",)
    breaks = STANDING
    numbers: ClassVar[bool] = True
    """Are there any in it?"""

    def negatives(self) -> Sequence[Negative]:
        return [*super().negatives(), *of_resources(self.numbers)]

    @abstractmethod
    def resource(self) -> Piece:
        """What is written for a row, or for every item of a list of it."""

    def document(self) -> Piece:
        return together(self.resource(), "\n")


class OfRecords(Resources):
    """Resources of one type, for every item of lists of the records."""

    entity = "healthcare.medical_record"
    breaks = of_lists()

    def document(self) -> Piece:
        return self.resource()


class Patients(Resources):
    """Patient: who the patients are, by which numbers, and who their doctor is."""

    name = "fhir.r4.patient"
    numbers = False
    entity = "healthcare.patient"

    def resource(self) -> Piece:
        return people.patient()


class Practitioners(Resources):
    """Practitioner: doctors, with the numbers that they are registered by."""

    name = "fhir.r4.practitioner"
    entity = "healthcare.doctor"

    def resource(self) -> Piece:
        return people.practitioner()


class PractitionerRoles(Resources):
    """PractitionerRole: doctors at their hospitals."""

    name = "fhir.r4.practitionerrole"
    entity = "healthcare.doctor"

    def resource(self) -> Piece:
        return people.practitioner_role()


class Organizations(Resources):
    """Organization: the insurers of the country first, then hospitals."""

    name = "fhir.r4.organization"
    entity = "healthcare.hospital"

    def opening(self) -> Piece:
        return each("payers", places.payer("payer_id", "name", ".."), "\n")

    def resource(self) -> Piece:
        return places.organization()


class Locations(Resources):
    """Location: where hospitals stand."""

    name = "fhir.r4.location"
    entity = "healthcare.hospital"

    def resource(self) -> Piece:
        return places.location()


class Coverages(Resources):
    """Coverage: the patients' insurance; none of those who pay themselves."""

    name = "fhir.r4.coverage"
    entity = "healthcare.patient"

    def resource(self) -> Piece:
        return payment.coverage()


class Encounters(OfRecords):
    """Encounter: the visits of the records."""

    name = "fhir.r4.encounter"
    numbers = False
    items = "visits"
    breaks = of_lists("visits")

    def resource(self) -> Piece:
        return each("visits", care.encounter(), "\n")


class Conditions(OfRecords):
    """Condition: the problems of the records."""

    name = "fhir.r4.condition"
    items = "conditions"
    breaks = of_lists("conditions")

    def resource(self) -> Piece:
        return each("conditions", care.problem(), "\n")


class Observations(OfRecords):
    """Observation: vital signs and laboratory values of the records."""

    name = "fhir.r4.observation"
    breaks = of_lists("pressures", "readings")

    def resource(self) -> Piece:
        return together(each("pressures", findings.pressure(), "\n"), each("readings", findings.reading(), "\n"))


class DiagnosticReports(OfRecords):
    """DiagnosticReport: the laboratory reports of the records."""

    name = "fhir.r4.diagnosticreport"
    numbers = False
    items = "laboratory_reports"
    breaks = of_lists("laboratory_reports")

    def resource(self) -> Piece:
        return each("laboratory_reports", findings.report(), "\n")


class MedicationRequests(OfRecords):
    """MedicationRequest: the drugs of the records."""

    name = "fhir.r4.medicationrequest"
    items = "prescriptions"
    breaks = of_lists("prescriptions")

    def resource(self) -> Piece:
        return each("prescriptions", drugs.medication_request(), "\n")


class AllergyIntolerances(OfRecords):
    """AllergyIntolerance: the allergies of the records."""

    name = "fhir.r4.allergyintolerance"
    items = "allergies"
    breaks = of_lists("allergies")

    def resource(self) -> Piece:
        return each("allergies", care.allergy(), "\n")


class Immunizations(OfRecords):
    """Immunization: the vaccinations of the records."""

    name = "fhir.r4.immunization"
    items = "immunizations"
    breaks = of_lists("immunizations")

    def resource(self) -> Piece:
        return each("immunizations", care.immunization(), "\n")


class Procedures(OfRecords):
    """Procedure: what was done during the visits of the records."""

    name = "fhir.r4.procedure"
    numbers = False
    items = "interventions"
    breaks = of_lists("interventions")

    def resource(self) -> Piece:
        return each("interventions", care.procedure(), "\n")


class Claims(OfRecords):
    """Claim: what the hospitals ask the patients' insurers for procedures."""

    name = "fhir.r4.claim"
    items = "charges"
    breaks = of_lists("charges")

    def resource(self) -> Piece:
        return each("charges", payment.claim(), "\n")


class ExplanationsOfBenefit(OfRecords):
    """ExplanationOfBenefit: what the insurers pay of the claims."""

    name = "fhir.r4.explanationofbenefit"
    items = "charges"
    breaks = of_lists("charges")

    def resource(self) -> Piece:
        return each("charges", payment.explanation_of_benefit(), "\n")
