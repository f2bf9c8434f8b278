"""The hooks of the pack. Imports neither NumPy nor Arrow, so that listing packs stays fast."""

from __future__ import annotations

from importlib.metadata import version

from datamimic.plugin import DatasetSource, Meaning, Pack, hookimpl, read_meanings

_PACKAGE = "datamimic_pack_healthcare"
MESSAGES = {
    "fhir.r4.bundle": "fhir.bundle:Bundles",
    "fhir.r4.patient": "fhir.bulk:Patients",
    "fhir.r4.practitioner": "fhir.bulk:Practitioners",
    "fhir.r4.practitionerrole": "fhir.bulk:PractitionerRoles",
    "fhir.r4.organization": "fhir.bulk:Organizations",
    "fhir.r4.location": "fhir.bulk:Locations",
    "fhir.r4.coverage": "fhir.bulk:Coverages",
    "fhir.r4.encounter": "fhir.bulk:Encounters",
    "fhir.r4.condition": "fhir.bulk:Conditions",
    "fhir.r4.observation": "fhir.bulk:Observations",
    "fhir.r4.diagnosticreport": "fhir.bulk:DiagnosticReports",
    "fhir.r4.medicationrequest": "fhir.bulk:MedicationRequests",
    "fhir.r4.allergyintolerance": "fhir.bulk:AllergyIntolerances",
    "fhir.r4.immunization": "fhir.bulk:Immunizations",
    "fhir.r4.procedure": "fhir.bulk:Procedures",
    "fhir.r4.claim": "fhir.bulk:Claims",
    "fhir.r4.explanationofbenefit": "fhir.bulk:ExplanationsOfBenefit",
    "hl7.2.5.1.adt_a01": "hl7.adt:AdmitPatient",
    "hl7.2.5.1.ack_a01": "hl7.adt:AdmissionAccepted",
    "hl7.2.5.1.adt_a02": "hl7.adt:TransferPatient",
    "hl7.2.5.1.ack_a02": "hl7.adt:TransferAccepted",
    "hl7.2.5.1.adt_a03": "hl7.adt:DischargePatient",
    "hl7.2.5.1.ack_a03": "hl7.adt:DischargeAccepted",
    "hl7.2.5.1.adt_a04": "hl7.adt:RegisterPatient",
    "hl7.2.5.1.ack_a04": "hl7.adt:RegistrationAccepted",
    "hl7.2.5.1.adt_a08": "hl7.adt:UpdatePatient",
    "hl7.2.5.1.ack_a08": "hl7.adt:UpdateAccepted",
    "hl7.2.5.1.adt_a11": "hl7.adt:CancelAdmission",
    "hl7.2.5.1.ack_a11": "hl7.adt:CancellationAccepted",
    "hl7.2.5.1.orm_o01": "hl7.orders:Order",
    "hl7.2.5.1.orr_o02": "hl7.orders:OrderAccepted",
    "hl7.2.5.1.omg_o19": "hl7.orders:ClinicalOrder",
    "hl7.2.5.1.org_o20": "hl7.orders:ClinicalOrderAccepted",
    "hl7.2.5.1.oru_r01": "hl7.orders:Results",
    "hl7.2.5.1.ack_r01": "hl7.orders:ResultsAccepted",
    "hl7.2.5.1.siu_s12": "hl7.scheduling:Appointment",
    "hl7.2.5.1.ack_s12": "hl7.scheduling:AppointmentAccepted",
    "hl7.2.5.1.siu_s15": "hl7.scheduling:AppointmentCancelled",
    "hl7.2.5.1.ack_s15": "hl7.scheduling:AppointmentCancelledAccepted",
    "hl7.2.5.1.siu_s26": "hl7.scheduling:AppointmentMissed",
    "hl7.2.5.1.ack_s26": "hl7.scheduling:AppointmentMissedAccepted",
    "hl7.2.5.1.vxu_v04": "hl7.vaccination:Vaccinations",
    "hl7.2.5.1.ack_v04": "hl7.vaccination:VaccinationsAccepted",
    "hl7.2.5.1.mdm_t02": "hl7.notes:Note",
    "hl7.2.5.1.ack_t02": "hl7.notes:NoteAccepted",
    "hl7.2.5.1.journey": "hl7.journey:Journey",
    "x12.837p": "x12.claims:ProfessionalClaim",
    "x12.835": "x12.claims:ClaimPayment",
    "x12.270": "x12.members:EligibilityInquiry",
    "x12.271": "x12.members:EligibilityAnswer",
    "x12.834": "x12.members:Enrolments",
}
"""Messages, and the classes that write them."""


@hookimpl
def datamimic_pack() -> Pack:
    return Pack(
        "healthcare", version("datamimic-pack-healthcare"), "Patients, doctors, hospitals, encounters and records"
    )


@hookimpl
def datamimic_entities() -> list[str]:
    return [
        f"{_PACKAGE}.entities.hospital:Hospital",
        f"{_PACKAGE}.entities.doctor:Doctor",
        f"{_PACKAGE}.entities.patient:Patient",
        f"{_PACKAGE}.entities.encounter:Encounter",
        f"{_PACKAGE}.entities.medical_record:MedicalRecord",
        f"{_PACKAGE}.entities.medical_device:MedicalDevice",
        f"{_PACKAGE}.entities.medical_procedure:MedicalProcedure",
    ]


@hookimpl
def datamimic_generators() -> list[str]:
    return [
        f"{_PACKAGE}.generators.providers:NpiGenerator",
        f"{_PACKAGE}.generators.providers:DeaNumberGenerator",
        f"{_PACKAGE}.generators.providers:LanrGenerator",
        f"{_PACKAGE}.generators.members:MbiGenerator",
        f"{_PACKAGE}.generators.members:KvnrGenerator",
    ]


@hookimpl
def datamimic_datasets() -> list[DatasetSource]:
    return [DatasetSource("healthcare", _PACKAGE)]


@hookimpl
def datamimic_messages() -> list[str]:
    return [f"{name} = {_PACKAGE}.messages.{where}" for name, where in MESSAGES.items()]


@hookimpl
def datamimic_meanings() -> tuple[Meaning, ...]:
    return read_meanings(_PACKAGE)
