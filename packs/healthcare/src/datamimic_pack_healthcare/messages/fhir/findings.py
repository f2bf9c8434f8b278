"""Observation and DiagnosticReport: for items of the lists of a record."""

from __future__ import annotations

from typing import Final

import pyarrow as pa

from datamimic.formats.documents import Piece, document, each, of, only_with, together
from datamimic_pack_healthcare.messages.fhir.ids import PRESSURE, REPORT, own_id
from datamimic_pack_healthcare.messages.fhir.terms import (
    HL7,
    LOINC,
    coding,
    concept,
    mapped,
    patient,
    profiled,
    quantity,
    reference,
)

SATURATION: Final = {"2708-6": "59408-5"}
"""By pulse oximetry, beside the code of any method, as the profile of vital signs asks for both."""
PROFILES: Final = {
    "8867-4": "heart-rate", "9279-1": "respiratory-rate", "8310-5": "body-temperature", "2708-6": "pulse-oximetry",
}  # fmt: skip
"""Of vital signs, by LOINC; laboratory values have one for all."""


def reading() -> Piece:
    """A vital sign or laboratory value."""
    return document(
        {
            "resourceType": "Observation",
            "id": own_id("Observation"),
            "meta": only_with("..profiles", document({"profile": [together(of("..profiles"), of("loinc", _profile))]})),
            "status": "final",
            "category": [concept(f"{HL7}observation-category", of("kind"))],
            "code": {
                "coding": [
                    {"system": LOINC, "code": of("loinc", mapped(SATURATION, pa.string()))},
                    coding(LOINC, of("loinc")),
                ],
                "text": of("test"),
            },
            **_when_and_by_whom(),
            "valueQuantity": quantity(of("value"), of("unit")),
            **_compared("flag", of("reference_low"), of("reference_high"), of("unit")),
        }
    )


def pressure() -> Piece:
    """Both blood pressures."""
    return document(
        {
            "resourceType": "Observation",
            "id": own_id("Observation", PRESSURE),
            "meta": profiled("blood-pressure"),
            "status": "final",
            "category": [concept(f"{HL7}observation-category", "vital-signs")],
            "code": concept(LOINC, PRESSURE),
            **_when_and_by_whom(),
            "component": [_half("systolic", "8480-6"), _half("diastolic", "8462-4")],
        }
    )


def report() -> Piece:
    """The laboratory values of a visit."""
    return document(
        {
            "resourceType": "DiagnosticReport",
            "id": own_id("DiagnosticReport"),
            "meta": profiled("diagnosticreport-lab"),
            "status": "final",
            "category": [concept(f"{HL7}v2-0074", "LAB")],
            "code": concept(LOINC, REPORT),
            "subject": patient(),
            "encounter": reference("Encounter", of("encounter_id")),
            "effectiveDateTime": of("taken_at"),
            "issued": of("taken_at"),
            "performer": [reference("Organization", of("hospital_id"))],
            "result": each("loincs", document(reference("Observation", of("..encounter_id"), "-", of(".")))),
        }
    )


def _when_and_by_whom() -> dict[str, object]:
    return {
        "subject": patient(),
        "encounter": reference("Encounter", of("encounter_id")),
        "effectiveDateTime": of("taken_at"),
        "performer": [reference("Practitioner", of("doctor_id"))],
    }


def _half(word: str, loinc: str) -> dict[str, object]:
    unit = "mm[Hg]"
    return {
        "code": concept(LOINC, loinc, of(f"{word}_test")),
        "valueQuantity": quantity(of(word), unit),
        **_compared(f"{word}_flag", of(f"{word}_low"), of(f"{word}_high"), unit),
    }


def _compared(flag: str, low: Piece, high: Piece, unit: Piece | str) -> dict[str, object]:
    return {
        "interpretation": [concept(f"{HL7}v3-ObservationInterpretation", of(flag))],
        "referenceRange": [{"low": quantity(low, unit), "high": quantity(high, unit)}],
    }


def _profile(column: pa.Array) -> pa.Array:
    coded = column.dictionary_encode()
    names = [PROFILES.get(code, "observation-lab") for code in coded.dictionary.to_pylist()]
    return pa.array(names, pa.string()).take(coded.indices)
