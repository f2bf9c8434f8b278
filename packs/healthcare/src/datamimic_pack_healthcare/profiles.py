"""What the groups of a profile mean for healthcare: conditions of patients, specialties of doctors."""

from __future__ import annotations

from typing import Any

from datamimic import Data, World
from datamimic_pack_common import DemographicConfig, DemographicSampler
from datamimic_pack_common.demographics.sampler import sampler_options
from datamimic_pack_common.profiles import group_rows, groups_of

TIER, FAMILY = "condition_prevalence_tier", "specialty_family"


def tier_conditions(data: Data, groups: Any) -> dict[str, frozenset[str]]:
    """`conditions_include` and `conditions_exclude` of {dimension: group}; empty where there is no tier among them."""
    if TIER not in groups:
        return {}
    rows = group_rows(data, f"healthcare.{TIER}", groups[TIER])
    return {
        f"conditions_{word}": frozenset(row["condition"] for row in rows if row["effect"] == effect)
        for word, effect in (("include", "included"), ("exclude", "excluded"))
    }


def patient_options(data: Data, profile_id: str) -> dict[str, Any]:
    """Ages, shares of women, homes and conditions of a profile."""
    sampler = DemographicSampler.of_tables(data, profile_id)
    return {**sampler_options(sampler), **tier_conditions(data, sampler.groups)}


def doctor_options(data: Data, profile_id: str) -> dict[str, Any]:
    """None: a profile's ages, sexes and homes are those of the patients; its doctors have the specialties that these need."""
    groups_of(data, profile_id)
    return {}


def doctor_constraints(data: Data, profile_id: str) -> dict[str, Any]:
    """The constraint `specialty`, for a profile that has a family of specialties."""
    group = groups_of(data, profile_id).get(FAMILY)
    if group is None:
        return {}
    return {"specialty": [row["specialty"] for row in group_rows(data, f"healthcare.{FAMILY}", group)]}


def conditions_of(config: DemographicConfig, sampler: DemographicSampler | None, dataset: str | None) -> dict[str, Any]:
    """Conditions for a service of patients: the config's, and those of the sampler's profile that it does not contradict."""
    asked = {"conditions_include": config.conditions_include, "conditions_exclude": config.conditions_exclude}
    if sampler is None or TIER not in sampler.groups:
        return {name: names for name, names in asked.items() if names}
    tier = tier_conditions(World("profiles", dataset or sampler.dataset).tables("healthcare"), sampler.groups)
    include, exclude = config.normalized_includes(), config.normalized_excludes()
    return {
        "conditions_include": asked["conditions_include"]
        | {name for name in tier["conditions_include"] if name.casefold() not in exclude},
        "conditions_exclude": asked["conditions_exclude"]
        | {name for name in tier["conditions_exclude"] if name.casefold() not in include},
    }
