"""Patients and doctors as the JSON request API shows them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

import numpy as np

from datamimic import Constraint, Permutation, RequestView, Spec, World
from datamimic.columns import Ints, divided
from datamimic.errors import InvalidOption, excerpt, suggest
from datamimic_pack_common.profiles import component
from datamimic_pack_common.request_views import AGE, AGE_CONSTRAINT, NULLABLE, TEXT
from datamimic_pack_healthcare.profiles import doctor_constraints, doctor_options, patient_options
from datamimic_pack_healthcare.wording import named

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


def doctors_chosen(world: World, spec: Spec, constraints: Mapping[str, Any]) -> Callable[[Ints], Ints] | None:
    """The doctors of the specialties (in any case) and of the state that the licence's prefix stands for."""
    if not constraints.keys() & {"specialty", "license_prefix"}:
        return None
    posts = world.tables("healthcare")["doctor_posts"]
    strata, _, _ = spec.fields["post"].generator.strata(world, spec, "post")  # type: ignore[attr-defined]
    wanted = np.ones(len(posts), dtype=np.bool_)
    if "specialty" in constraints:
        known = posts["specialty"]
        own = named("specialty", known, world.tables("healthcare"))
        wanted &= _of_specialty(known.tolist(), own.tolist(), constraints["specialty"])
    if "license_prefix" in constraints:
        wanted &= _of_state(posts["region"].tolist(), constraints["license_prefix"])
    places = np.concatenate(
        [np.arange(strata.starts[s], strata.starts[s] + strata.counts[s]) for s in np.flatnonzero(wanted)]
    )
    # In keyed order, or all doctors of one state would come first.
    order = Permutation(len(places), world.address("request", "doctor"))
    places = places[order.forward(np.arange(len(places)))]
    size = strata.permutation.size

    def row_of(numbers: Ints) -> Ints:
        block, place = divided(numbers, len(places))
        return block * size + strata.permutation.inverse(places[place])

    return row_of


def _of_specialty(known: list[Any], own: list[Any], asked: str | list[str]) -> Any:
    """Flags of the posts whose specialty is asked for, by its English name or by the one that the country uses."""
    names = {name.casefold(): name for name in known}
    names |= {name.casefold(): english for name, english in zip(own, known, strict=True)}
    wanted = [asked] if isinstance(asked, str) else asked
    unknown = [name for name in wanted if name.casefold() not in names]
    if unknown:
        near = suggest(unknown[0], sorted(set(known)))
        raise InvalidOption(
            "invalid_constraints",
            f"there is no specialty {excerpt(unknown[0])}",
            hint=f"did you mean {' or '.join(map(repr, near))}?" if near else f"known: {', '.join(sorted(set(known)))}",
            path="$.constraints.specialty",
        )
    return np.isin(known, [names[name.casefold()] for name in wanted])


def _of_state(regions: list[Any], prefix: str) -> Any:
    states = [region.partition("-")[2] for region in regions]
    asked = re.sub(r"[^A-Z0-9].*", "", prefix.upper())
    if asked not in states:
        raise InvalidOption(
            "invalid_constraints",
            f"no licence begins with {excerpt(prefix)}",
            hint=f"states: {', '.join(sorted(set(states)))}",
            path="$.constraints.license_prefix",
        )
    return np.array([state == asked for state in states], dtype=np.bool_)


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
