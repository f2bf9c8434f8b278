"""Organization and Location: hospitals, and the insurers of the country."""

from __future__ import annotations

from datamimic.formats.documents import Piece, document, of
from datamimic_pack_healthcare.messages.fhir.ids import own_id
from datamimic_pack_healthcare.messages.fhir.terms import HL7, concept, identifier, profiled, reference, state


def organization(around: str = "") -> Piece:
    """For a row of the hospitals, or a hospital of a list around which the patient stands."""
    return document(
        {
            "resourceType": "Organization",
            "id": own_id("Organization"),
            "meta": profiled("organization", around),
            "identifier": [
                identifier("http://hl7.org/fhir/sid/us-npi", "npi_number", "NPI"),
                identifier("urn:oid:2.16.840.1.113883.4.336", "ccn", "PRN"),
                identifier("http://fhir.de/sid/arge-ik/iknr", "ik_number", "XX"),
            ],
            "active": True,
            "type": [concept(f"{HL7}organization-type", "prov", of("type"))],
            "name": of("name"),
            "telecom": _telecom(),
            "address": [_address()],
        }
    )


def location(around: str = "") -> Piece:
    """Where the hospital stands."""
    return document(
        {
            "resourceType": "Location",
            "id": own_id("Location"),
            "meta": profiled("location", around),
            "status": "active",
            "name": of("name"),
            "mode": "instance",
            "type": [concept(f"{HL7}v3-RoleCode", "HOSP")],
            "telecom": _telecom(),
            "address": _address(),
            "position": {"longitude": of("address.longitude"), "latitude": of("address.latitude")},
            "managingOrganization": reference("Organization", of("hospital_id")),
        }
    )


def payer(number: str, name: str, around: str = "") -> Piece:
    """An insurer or a programme of the public, by the columns of its number and its name."""
    return document(
        {
            "resourceType": "Organization",
            "id": of(number),
            "meta": profiled("organization", around),
            "active": True,
            "type": [concept(f"{HL7}organization-type", "pay")],
            "name": of(name),
        }
    )


def _telecom() -> list[dict[str, object]]:
    return [
        {"system": "phone", "value": of("phone"), "use": "work"},
        {"system": "email", "value": of("email"), "use": "work"},
        {"system": "url", "value": of("website"), "use": "work"},
    ]


def _address() -> dict[str, object]:
    return {
        "use": "work",
        "line": [of("address.line")],
        "city": of("address.city"),
        "district": of("address.district"),
        "state": of("address.state_code", state),
        "postalCode": of("address.postal_code"),
        "country": of("address.country_code"),
    }
