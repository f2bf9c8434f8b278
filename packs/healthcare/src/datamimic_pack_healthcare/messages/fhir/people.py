"""Patient, Practitioner, PractitionerRole."""

from __future__ import annotations

from typing import Final

from datamimic.formats.documents import Piece, document, named, of, only_with
from datamimic_pack_healthcare.messages.fhir.ids import own_id
from datamimic_pack_healthcare.messages.fhir.terms import (
    EXAMPLE,
    HL7,
    Codes,
    concept,
    identifier,
    profiled,
    reference,
    state,
)

MARITAL: Final[Codes] = {
    "single": "S",
    "married": "M",
    "divorced": "D",
    "widowed": "W",
    "separated": "L",
    "cohabiting": "T",
}
RELATED: Final[Codes] = {
    "spouse": "SPS", "partner": "DOMPART", "mother": "MTH", "father": "FTH", "parent": "PRN", "guardian": "GUARD",
    "sibling": "SIB", "sister": "SIS", "brother": "BRO", "child": "CHILD", "daughter": "DAUC", "son": "SONC", "friend": "FRND",
    "neighbor": "NBOR", "grandmother": "GRMTH", "grandfather": "GRFTH", "aunt": "AUNT", "uncle": "UNCLE",
}  # fmt: skip
RECORDS: Final = f"{EXAMPLE}sid/medical-record-number"
LICENCES: Final = f"{EXAMPLE}sid/medical-licence"


def patient() -> Piece:
    """For a row of the patients."""
    return document(
        {
            "resourceType": "Patient",
            "id": own_id("Patient"),
            "meta": profiled("patient", ""),
            "identifier": [
                identifier(RECORDS, "medical_record_number", "MR"),
                identifier(of("named_by.system"), "insurance_policy_number", of("named_by.type"), of("named_by.type_system")),
                only_with("named_by.social_security_system", identifier(of("named_by.social_security_system"), "ssn", "SS")),
            ],
            "name": [
                {"use": "official", "family": of("family_name"), "given": [of("given_name"), of("middle_name")],
                 "prefix": [of("academic_title")]},
            ],
            "telecom": [
                {"system": "phone", "value": of("phone"), "use": "home"},
                {"system": "phone", "value": of("mobile_phone"), "use": "mobile"},
                {"system": "email", "value": of("email")},
            ],
            "gender": of("gender"),
            "birthDate": of("birthdate"),
            "deceasedDateTime": of("deceased_on"),
            "address": [
                {
                    "use": "home",
                    "line": [of("address.line"), of("address.unit")],
                    "city": of("address.city"),
                    "district": of("address.district"),
                    "state": of("address.state_code", state),
                    "postalCode": of("address.postal_code"),
                    "country": of("address.country_code"),
                }
            ],
            "maritalStatus": concept(f"{HL7}v3-MaritalStatus", of("marital_status", named(MARITAL))),
            "contact": [
                {
                    "relationship": [concept(f"{HL7}v3-RoleCode", of("emergency_contact.relationship", named(RELATED)))],
                    "name": {"text": of("emergency_contact.name")},
                    "telecom": [{"system": "phone", "value": of("emergency_contact.phone")}],
                }
            ],
            "generalPractitioner": [reference("Practitioner", of("primary_doctor"))],
            "managingOrganization": reference("Organization", of("primary_doctor.hospital")),
        }
    )  # fmt: skip


def practitioner(around: str = "") -> Piece:
    """For a row of the doctors, or a doctor of a list around which the patient stands."""
    return document(
        {
            "resourceType": "Practitioner",
            "id": own_id("Practitioner"),
            "meta": profiled("practitioner", around),
            "identifier": [
                identifier("http://hl7.org/fhir/sid/us-npi", "npi_number", "NPI"),
                identifier("urn:oid:2.16.840.1.113883.4.814", "dea_number", "DEA"),
                identifier("https://fhir.kbv.de/NamingSystem/KBV_NS_Base_ANR", "lanr", "LANR"),
                identifier(LICENCES, "license_number", "MD"),
            ],
            "active": True,
            "name": [{"family": of("family_name"), "given": [of("given_name")], "prefix": [of("academic_title")]}],
            "gender": of("gender"),
            "qualification": [{"code": {"text": of("specialty")}}],
        }
    )


def practitioner_role(around: str = "") -> Piece:
    """Of a doctor at the hospital."""
    return document(
        {
            "resourceType": "PractitionerRole",
            "id": own_id("PractitionerRole"),
            "meta": profiled("practitionerrole", around),
            "active": True,
            "practitioner": reference("Practitioner", of("doctor_id")),
            "organization": reference("Organization", of("hospital_id")),
            "code": [concept(f"{HL7}practitioner-role", "doctor")],
            "specialty": [{"text": of("specialty")}],
            "location": [reference("Location", of("hospital_id"))],
            "telecom": [
                {"system": "phone", "value": of("phone"), "use": "work"},
                {"system": "email", "value": of("email"), "use": "work"},
            ],
        }
    )
