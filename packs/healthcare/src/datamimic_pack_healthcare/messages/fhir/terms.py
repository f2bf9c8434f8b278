"""Systems of codes, and what resources are made of: codings, references, identifiers, amounts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc

from datamimic.formats.documents import Piece, document, of, only_with, together

HL7: Final = "http://terminology.hl7.org/CodeSystem/"
V2_IDENTIFIER_TYPE: Final = f"{HL7}v2-0203"
UCUM: Final = "http://unitsofmeasure.org"
LOINC: Final = "http://loinc.org"
CVX: Final = "http://hl7.org/fhir/sid/cvx"
EXAMPLE: Final = "https://fhir.example.org/"
"""Systems and addresses of this project lie in a domain that is reserved for examples."""
PROCEDURES: Final = f"{EXAMPLE}CodeSystem/procedures"
DIAGNOSES: Final = {
    "ICD-10": "http://hl7.org/fhir/sid/icd-10",
    "ICD-10-CM": "http://hl7.org/fhir/sid/icd-10-cm",
    "ICD-10-GM": "http://fhir.de/CodeSystem/bfarm/icd-10-gm",
}
Part = Any
"""What `document` takes."""
Codes = Mapping[str | bool | int, str]
"""What `named` takes."""


def diagnosis_system(column: pa.Array) -> pa.Array:
    """The edition of ICD-10 as FHIR names it."""
    return each_value(column, DIAGNOSES.__getitem__)


def mapped(names: Mapping[str, Any], kind: pa.DataType) -> Any:
    """A step that gives a value of a type for every text; null for those that are not among the names."""

    def step(column: pa.Array) -> pa.Array:
        coded = column.dictionary_encode()
        return pa.array([names.get(text) for text in coded.dictionary.to_pylist()], kind).take(coded.indices)

    return step


def coding(system: Part, code: Part) -> Part:
    return {"system": system, "code": code}


def concept(system: Part, code: Part, text: Part | None = None) -> Part:
    """One code, and what it says."""
    found = {"coding": [coding(system, code)]}
    return found if text is None else {**found, "text": text}


def diagnosis(code: str, text: str, around: str = "..") -> Part:
    """An illness by the country's edition of ICD-10."""
    return concept(of(f"{around}diagnosis_system", diagnosis_system), of(code), of(text))


def reference(kind: str, *parts: Piece | str) -> Part:
    """`{"reference": "Patient/…"}`."""
    return {"reference": together(f"{kind}/", *parts)}


def identifier(system: Part, value: str, type_code: Part, type_system: Part = V2_IDENTIFIER_TYPE) -> Piece:
    """A number of somebody or something, where there is one."""
    return only_with(value, document({"type": concept(type_system, type_code), "system": system, "value": of(value)}))


def profiled(name: str, around: str = "..") -> Part:
    """The profile of the country, where it has some."""
    return {"profile": [together(of(f"{around}profiles"), name)]}


def quantity(value: Part, unit: Part) -> Part:
    return {"value": value, "unit": unit, "system": UCUM, "code": unit}


def patient() -> Part:
    """Whom an item of the record is about."""
    return reference("Patient", of("..patient_id"))


def condition(code: str) -> Piece:
    """The recorded condition of a code, where there is one."""
    return only_with(code, document(reference("Condition", of("..patient_id"), "-", of(code))))


def state(column: pa.Array) -> pa.Array:
    """The part of an ISO 3166-2 code behind the country."""
    return pc.utf8_slice_codeunits(column, 3)


def each_value(column: pa.Array, change: Any) -> pa.Array:
    coded = column.dictionary_encode()
    values = [None if value is None else change(value) for value in coded.dictionary.to_pylist()]
    return pa.array(values, pa.string()).take(coded.indices)
