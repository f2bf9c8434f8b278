"""Ids of resources: keys of the world, so that the same thing has the same id in every file, and whenever it is asked for."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

import pyarrow as pa

from datamimic.formats.documents import Piece, of, together
from datamimic_pack_healthcare.messages.fhir.terms import each_value

PRESSURE: Final = "85354-9"
"""Blood pressure panel with all children optional."""
REPORT: Final = "11502-2"
"""Laboratory report."""


def identifying(column: pa.Array) -> pa.Array:
    """Text in the characters that ids have, at most 24 of them."""
    return each_value(column, lambda text: re.sub(r"[^A-Za-z0-9.]+", "-", text)[:24].strip("-"))


IDS: Final[Mapping[str, tuple[Piece | str, ...]]] = {
    "Patient": (of("patient_id"),),
    "Practitioner": (of("doctor_id"),),
    "PractitionerRole": (of("doctor_id"),),
    "Organization": (of("hospital_id"),),
    "Location": (of("hospital_id"),),
    "Coverage": (of("patient_id"),),
    "Encounter": (of("encounter_id"),),
    "Condition": (of("..patient_id"), "-", of("code")),
    "Observation": (of("encounter_id"), "-", of("loinc")),
    "DiagnosticReport": (of("encounter_id"), f"-{REPORT}"),
    "MedicationRequest": (of("..patient_id"), "-", of("medication", identifying), "-", of("start")),
    "AllergyIntolerance": (of("..patient_id"), "-", of("allergy_en", identifying)),
    "Immunization": (of("..patient_id"), "-", of("cvx"), "-", of("date")),
    "Procedure": (of("encounter_id"), "-", of("procedure_code")),
    "Claim": (of("encounter_id"), "-", of("procedure_code")),
    "ExplanationOfBenefit": (of("encounter_id"), "-", of("procedure_code")),
}


def id_of(kind: str, code: str | None = None) -> tuple[Piece | str, ...]:
    """The parts of the id of a resource; of an observation that has always the same `code` that code."""
    return IDS[kind] if code is None else (of("encounter_id"), f"-{code}")


def own_id(kind: str, code: str | None = None) -> Piece:
    return together(*id_of(kind, code))
