"""`DemographicSampler`: how ages, sexes and homes are distributed, as a Python object."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import Any

import attrs

from datamimic import Data, World
from datamimic.columns import Floats
from datamimic.errors import InvalidOption, UnknownName, excerpt
from datamimic_pack_common import profiles
from datamimic_pack_common.demographics.population import HIGHEST_AGE, population, profile_weights


@attrs.frozen
class DemographicSampler:
    """How ages, sexes and homes are distributed, in place of the population.

    `DemographicSampler({(18, 29): 2, (30, 64): 5})` gives weights of bands; within a band ages are as frequent as in the
    population. `DemographicSampler.from_profile("urban_adult", dataset="US")` takes them from the tables of profiles.
    """

    bands: Mapping[tuple[int, int], float] = attrs.field(factory=dict)
    female_quota: float | None = None
    city_sizes: str | None = None
    groups: Mapping[str, str] = attrs.field(factory=dict)
    """{dimension: group} of all that were applied; those of conditions and specialties are for healthcare."""
    profile_id: str | None = None
    dataset: str | None = None
    tables: Mapping[str, str] = attrs.field(factory=dict)
    """{file: SHA-256} of the tables that it was made from."""

    def __attrs_post_init__(self) -> None:
        if not isinstance(self.bands, Mapping) or not all(map(_is_band, self.bands.items())):
            raise InvalidOption(
                "invalid_option",
                f"bands are {excerpt(self.bands)}",
                hint="{(18, 29): 2, (30, 64): 5}: ages and weights",
                path="$.bands",
            )
        if self.bands and not any(weight > 0 for weight in self.bands.values()):
            raise InvalidOption("invalid_option", "bands have no weight above 0", path="$.bands")

    @classmethod
    def from_profile(cls, profile_id: str, dataset: str = "US") -> DemographicSampler:
        """The people of a profile in a country. Raises `UnknownName` (`unknown_profile`) with suggestions."""
        return cls.of_tables(_tables(dataset), profile_id)

    @classmethod
    def of_tables(cls, data: Data, profile_id: str) -> DemographicSampler:
        """The same from tables at hand, as request views have them."""
        made = cls().masked(data, profiles.groups_of(data, profile_id))
        tables = {**made.tables, **dict([profiles.table_digest(data["common.profiles"])])}
        return attrs.evolve(made, profile_id=profile_id, tables=tables)

    def apply_profile_groups(self, groups: Mapping[str, str], dataset: str = "US") -> DemographicSampler:
        """A sampler with these groups besides its own: `{"age_band": "seniors"}`; weights are multiplied and normalised.

        Raises `UnknownName` for an unknown dimension or group, `InvalidOption` where nobody is left.
        """
        return self.masked(_tables(dataset), groups)

    def masked(self, data: Data, groups: Mapping[str, str]) -> DemographicSampler:
        """What `apply_profile_groups` does, with the tables of a world."""
        for dimension in groups:
            if dimension not in profiles.DIMENSIONS:
                raise UnknownName("dimension", dimension, profiles.DIMENSIONS)
        weights = population(data)
        if self.bands:
            weights = profile_weights(self.profile() or "", weights)
        starts = {0, HIGHEST_AGE + 1, *(low for low, _ in self.bands), *(high + 1 for _, high in self.bands)}
        used = [data["common.population"]]
        made: dict[str, Any] = {}
        if "age_band" in groups:
            weights = profiles.masked_ages(data, groups["age_band"], weights)
            rows = profiles.group_rows(data, "age_band", groups["age_band"])
            starts |= {int(row["age_from"]) for row in rows}
            used.append(data["common.groups_age_band"])
        if "age_band" in groups or self.bands:
            made["bands"] = _shares(weights.sum(axis=0), sorted(starts))
        if "gender_category" in groups:
            women, men = weights.sum(axis=1).tolist()
            if self.female_quota is not None:
                women, men = self.female_quota, 1 - self.female_quota
            made["female_quota"] = profiles.share_of_women(data, groups["gender_category"], women, men)
            used.append(data["common.groups_gender_category"])
        if "population_tier" in groups:
            made["city_sizes"] = profiles.city_sizes(data, groups["population_tier"])
            used.append(data["common.groups_population_tier"])
        return attrs.evolve(
            self,
            **made,
            groups={**self.groups, **groups},
            dataset=data.country,
            tables={**self.tables, **dict(map(profiles.table_digest, used))},
        )

    def profile(self) -> str | None:
        """The text of the option `age_profile`; None where ages are those of the population."""
        return ",".join(f"{low}-{high}:{weight:g}" for (low, high), weight in sorted(self.bands.items())) or None

    def provenance_descriptor(self) -> dict[str, Any]:
        """Profile, groups, country and the digest of every table that had a part in it."""
        return {
            "profile_id": self.profile_id,
            "dataset": self.dataset,
            "groups": dict(self.groups),
            "tables": dict(self.tables),
        }

    def provenance_hash(self) -> str:
        """SHA-256 of the descriptor: names and contents, no paths, so that it is the same on every machine."""
        return profiles.provenance(self.provenance_descriptor())


def sampler_options(sampler: DemographicSampler) -> dict[str, Any]:
    """The options that a sampler stands for."""
    asked = {
        "age_profile": sampler.profile(),
        "female_quota": sampler.female_quota,
        "city_sizes": sampler.city_sizes,
    }
    return {name: value for name, value in asked.items() if value is not None}


def _shares(weights: Floats, starts: list[int]) -> dict[tuple[int, int], float]:
    total = weights.sum()
    bands = {(low, end - 1): float(weights[low:end].sum() / total) for low, end in pairwise(starts)}
    return {band: share for band, share in bands.items() if share > 0}


def _tables(dataset: str) -> Data:
    return World("profiles", dataset).tables("common")


def _is_band(band: tuple[Any, Any]) -> bool:
    try:
        (low, high), weight = band
        return 0 <= int(low) <= int(high) <= HIGHEST_AGE and 0 <= float(weight) < float("inf")
    except (TypeError, ValueError):
        return False
