"""People and addresses as the JSON request API shows them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from datamimic import Constraint, Data, RequestView
from datamimic.errors import excerpt
from datamimic_pack_common.demographics.sampler import DemographicSampler, sampler_options
from datamimic_pack_common.profiles import component

SEXES = {"female": "F", "male": "M", "other": "X"}
TEXT = {"type": "string"}
NULLABLE = {"type": ["string", "null"]}
AGE = {"type": "integer", "minimum": 0, "maximum": 115}
AGES = {"type": "object", "additionalProperties": False, "properties": {"min": AGE, "max": AGE}}
SEX = {"type": "string", "enum": ["F", "M", "X"]}
COUNTRY_CODE = {"type": "string", "pattern": "^[A-Z]{2}$"}


def sex_letter(gender: str) -> str:
    return SEXES[gender]


def first_line(street: str, house_number: str, full_address: str) -> str:
    """Street and number in the order in which the country writes them."""
    after = f"{street} {house_number}"
    return after if after in full_address else f"{house_number} {street}"


def age_options(value: Mapping[str, int], country: str) -> dict[str, Any]:
    low, high = value.get("min"), value.get("max")
    if low is not None and high is not None and low > high:
        raise ValueError(f"the lowest age {low} is above the highest, {high}")
    return {f"{name}_age": limit for name, limit in (("min", low), ("max", high)) if limit is not None}


def sex_options(value: str | list[str], country: str) -> dict[str, Any]:
    """Who is asked for alone: women and men as in the population, the others in equal parts with them."""
    wanted = {value} if isinstance(value, str) else set(value)
    others = 1.0 / len(wanted) if "X" in wanted else 0.0
    if wanted == {"X"}:
        return {"female_quota": 0.0, "other_gender_quota": 1.0}
    if "F" in wanted and "M" in wanted:
        return {"other_gender_quota": others} | ({"female_quota": (1 - others) / 2} if others else {})
    return {"female_quota": (1 - others) if "F" in wanted else 0.0, "other_gender_quota": others}


def same_country(value: str, country: str) -> dict[str, Any]:
    if value != country:
        raise ValueError(f"{excerpt(value)} is not the country of the locale, {country}")
    return {}


def prefix_options(value: str | int, country: str) -> dict[str, Any]:
    return {"postal_code_prefix": str(value)}


def profile_options(data: Data, profile_id: str) -> dict[str, Any]:
    """Ages, shares of women and homes of a profile."""
    return sampler_options(DemographicSampler.of_tables(data, profile_id))


PREFIX = {"anyOf": [{"type": "string", "minLength": 1}, {"type": "integer", "minimum": 0}]}
AGE_CONSTRAINT = Constraint(AGES, age_options)

PERSON = RequestView(
    prefix="PER",
    item={
        "first_name": ("given_name", TEXT),
        "last_name": ("family_name", TEXT),
        "full_name": ("full_name", TEXT),
        "sex": (sex_letter, SEX),
        "age": ("age", AGE),
        "date_of_birth": ("birthdate", {"type": "string", "format": "date"}),
        "nationality": ("nationality", COUNTRY_CODE),
    },
    constraints={
        "sex": Constraint({"anyOf": [SEX, {"type": "array", "minItems": 1, "items": SEX}]}, sex_options),
        "age": AGE_CONSTRAINT,
        "nationality": Constraint(COUNTRY_CODE, same_country),
    },
    profile=profile_options,
    component=component,
)

ADDRESS = RequestView(
    prefix="ADR",
    item={
        "line1": (first_line, TEXT),
        "city": ("city", TEXT),
        "state": ("state", TEXT),
        "postal_code": ("postal_code", TEXT),
        "country": ("country_code", COUNTRY_CODE),
        "formatted": ("full_address", TEXT),
    },
    constraints={
        "country": Constraint(COUNTRY_CODE, same_country),
        "postal_code_prefix": Constraint(PREFIX, prefix_options),
    },
)
