"""Profiles and components: names for a kind of people, made of groups, each of which is a mask over a distribution.

A group of a dimension multiplies the country's weights, which are then normalised: `seniors` of `age_band` leaves the
population pyramid above 65 as it is and nobody below. A profile names one group per dimension, an empty cell none; a
component is a profile with constraints of the request API. The dimensions, each of which does something:

    age_band                   weights of ages                                          groups_age_band_CC
    gender_category            shares of women and men                                  groups_gender_category
    population_tier            places by the population of their city                   groups_population_tier_CC
    condition_prevalence_tier  conditions that all patients have, or none (healthcare)  groups_condition_prevalence_tier
    specialty_family           specialties of the doctors asked for (healthcare)        groups_specialty_family

`sector_macro`, `area_code_cluster` and `coverage_line` do not exist here, since they would change nothing: occupations
follow from education and age, telephone area codes from the place, coverage from age, work and income.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Mapping
from typing import Any

import numpy as np

from datamimic import Data, Table
from datamimic.columns import Floats
from datamimic.errors import DataError, DatamimicError, InvalidOption, UnknownName

DIMENSIONS = ("age_band", "gender_category", "population_tier", "condition_prevalence_tier", "specialty_family")
STRONGEST = 10.0
"""Masks are factors from 0 to this."""


def groups_of(data: Data, profile_id: str) -> dict[str, str]:
    """{dimension: group} of a profile. Raises `UnknownName` (`unknown_profile`), or `DatamimicError`
    (`missing_component_dataset`) for a country without groups."""
    table: Table = data["common.profiles"]
    known = table.columns["profile_id"]
    if profile_id not in known:
        raise UnknownName("profile", profile_id, known, path="$.profile_id")
    if "common.groups_age_band" not in data:
        raise DatamimicError(
            "missing_component_dataset",
            f"there are no groups of people for {data.country}",
            hint="profiles are offered for DE, US and VN",
            path="$.profile_id",
        )
    row = known.index(profile_id)
    return {name: table.columns[name][row] for name in DIMENSIONS if table.columns[name][row]}


def component(data: Data, component_id: str) -> tuple[str, dict[str, Any]]:
    """(profile id, constraints) of a component. Raises `UnknownName` (`unknown_component`), or `DatamimicError`
    (`unsupported_component_dataset`) where it exists for other countries."""
    table: Table = data["common.components"]
    names, countries = table.columns["component_id"], table.columns["dataset"]
    if component_id not in names:
        raise UnknownName("component", component_id, sorted(set(names)), path="$.component_id")
    offered = {
        country: row for row, (name, country) in enumerate(zip(names, countries, strict=True)) if name == component_id
    }
    if data.country not in offered:
        raise DatamimicError(
            "unsupported_component_dataset",
            f"{component_id} is not offered for {data.country}",
            hint=f"countries: {', '.join(sorted(offered))}",
            path="$.component_id",
        )
    row = offered[data.country]
    return table.columns["profile_id"][row], json.loads(table.columns["constraints"][row])


def group_rows(data: Data, dimension: str, group: str) -> list[dict[str, str]]:
    """The rows of a group. `dimension` as in DIMENSIONS, with the pack before it where that is another (`healthcare.x`)."""
    pack, _, bare = dimension.rpartition(".")
    if bare not in DIMENSIONS:
        raise UnknownName("dimension", bare, DIMENSIONS)
    name = f"{pack or 'common'}.groups_{bare}"
    if name not in data:
        raise DatamimicError("missing_component_dataset", f"there are no groups of {bare} for {data.country}")
    table: Table = data[name]
    if group not in table.columns["group"]:
        raise UnknownName(f"{bare} group", group, sorted(set(table.columns["group"])))
    columns = [*table.columns]
    cells = zip(*table.columns.values(), strict=True)
    return [dict(zip(columns, row, strict=True)) for row in cells if row[0] == group]


def mask(data: Data, dimension: str, group: str, values: str) -> dict[str, float]:
    """{value: factor} of a group over the column `values`. Raises `DataError` (`bad_weight`) for a factor out of bounds."""
    factors = {row[values]: float(row["mask"]) for row in group_rows(data, dimension, group)}
    for value, factor in factors.items():
        if not 0 <= factor <= STRONGEST:
            raise DataError("bad_weight", f"the mask of {group} is {factor:g} for {value}, not 0 to {STRONGEST:g}")
    return factors


def masked_ages(data: Data, group: str, weights: Floats) -> Floats:
    """Weights by age (the last axis) times the group's mask. Raises `InvalidOption` where nobody is left."""
    starts = {int(start): factor for start, factor in mask(data, "age_band", group, "age_from").items()}
    ages = np.arange(weights.shape[-1])
    bands = np.array(sorted(starts))
    factors = np.array([starts[start] for start in sorted(starts)])
    masked: Floats = weights * factors[np.searchsorted(bands, ages, side="right") - 1]
    if not masked.sum() > 0:
        raise InvalidOption("impossible_constraint", f"nobody is left of the ages of {group}")
    return masked


def share_of_women(data: Data, group: str, women: float, men: float) -> float:
    """The share of women after the group's mask over (weights of) women and men."""
    factors = mask(data, "gender_category", group, "gender")
    women, men = women * factors["female"], men * factors["male"]
    if not women + men > 0:
        raise InvalidOption("impossible_constraint", f"nobody is left of {group}")
    # Rounded, so that no machine differs in the last bit.
    return round(women / (women + men), 6)


def city_sizes(data: Data, group: str) -> str:
    """The text of the option `city_sizes`."""
    factors = mask(data, "population_tier", group, "population_from")
    return ",".join(f"{start}:{factor:g}" for start, factor in factors.items())


def table_digest(table: Table) -> tuple[str, str]:
    """(file name, SHA-256 of its bytes as `write_table` wrote them): what `data.toml` says of the table."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(table.columns)
    writer.writerows(zip(*table.columns.values(), strict=True))
    return table.file, hashlib.sha256(text.getvalue().encode()).hexdigest()


def provenance(descriptor: Mapping[str, Any]) -> str:
    """SHA-256 of a description in canonical JSON."""
    text = json.dumps(descriptor, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()
