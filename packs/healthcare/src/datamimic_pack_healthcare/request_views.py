"""Patients and doctors as the JSON request API shows them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from datamimic import Constraint, RequestView
from datamimic_pack_common.profiles import component
from datamimic_pack_common.request_views import AGE, AGE_CONSTRAINT, NULLABLE, TEXT
from datamimic_pack_healthcare.profiles import doctor_constraints, doctor_options, patient_options
from datamimic_pack_healthcare.providers.asked_for import doctors_chosen

TEXTS = {"type": "array", "items": TEXT}
NAMESPACE = {"type": "string", "pattern": "^[A-Z][A-Z0-9]{1,15}$"}
ONE_OR_MORE = {"anyOf": [{"type": "string", "minLength": 1}, {"type": "array", "minItems": 1, "items": TEXT}]}


def primary_condition(conditions: list[str]) -> str | None:
    """The first of the list; null for somebody who has none."""
    return conditions[0] if conditions else None


def patient_number(identity: UUID, row: int, constraints: Mapping[str, Any]) -> str:
    """NAMESPACE-NNNNNNNN-CC: the row in eight digits, and the check digits that make the whole number 1 modulo 97."""
    check = (98 - row * 100 % 97) % 97 or 97
    return f"{constraints.get('id_namespace', 'PATIENT')}-{row:08d}-{check:02d}"


def condition_options(value: list[str], country: str) -> dict[str, Any]:
    return {"conditions_include": frozenset(value)}


PATIENT = RequestView(
    prefix="PATIENT",
    item={
        "person_id": ("person_id", TEXT),
        "first_name": ("given_name", TEXT),
        "last_name": ("family_name", TEXT),
        "full_name": ("full_name", TEXT),
        "age": ("age", AGE),
        "address": ("address.full_address", TEXT),
        "primary_condition": (primary_condition, NULLABLE),
        "conditions": ("conditions", TEXTS),
        "medications": ("medications", TEXTS),
        "insurance_provider": ("insurance_provider", NULLABLE),
    },
    constraints={
        "age": AGE_CONSTRAINT,
        "conditions": Constraint({"type": "array", "items": TEXT}, condition_options),
    },
    settings={"id_namespace": NAMESPACE},
    human_id=patient_number,
    profile=patient_options,
    component=component,
)


def no_options(value: Any, country: str) -> dict[str, Any]:
    """These constraints choose among doctors, and change none."""
    return {}


DOCTOR = RequestView(
    prefix="DOC",
    item={
        "first_name": ("given_name", TEXT),
        "last_name": ("family_name", TEXT),
        "full_name": ("full_name", TEXT),
        "title": ("academic_title", NULLABLE),
        "specialty": ("specialty", TEXT),
        "license_number": ("license_number", TEXT),
        "hospital": ("hospital.name", TEXT),
    },
    constraints={
        "specialty": Constraint(ONE_OR_MORE, no_options),
        "license_prefix": Constraint({"type": "string", "minLength": 1}, no_options),
    },
    rows=doctors_chosen,
    profile=doctor_options,
    profile_constraints=doctor_constraints,
)
