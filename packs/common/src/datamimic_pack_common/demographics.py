"""What may be asked for of people: ages, shares of women, titles; as options of an entity and as Python objects."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from itertools import pairwise
from typing import Any

import attrs
import numpy as np

from datamimic import Data, World, option, options
from datamimic.columns import Floats
from datamimic.errors import InvalidOption, UnknownName, excerpt
from datamimic_pack_common import profiles

HIGHEST_AGE = 115


@options
class PersonOptions:
    """Without options a world holds people of all ages, as many of each age and sex as the country has."""

    min_age: int | None = option(None, doc="youngest age in completed years", minimum=0, maximum=HIGHEST_AGE)
    max_age: int | None = option(None, doc="oldest age in completed years", minimum=0, maximum=HIGHEST_AGE)
    female_quota: float | None = option(
        None, doc="share of women; without it that of the population", minimum=0, maximum=1
    )
    other_gender_quota: float = option(
        0.0, doc="share of people whose gender is neither female nor male", minimum=0, maximum=1
    )
    noble_quota: float = option(
        0.001, doc="share of people with a title of nobility, where the country has some", minimum=0, maximum=1
    )
    academic_title_quota: float = option(
        0.5, doc="share of those who may carry an academic title that do carry it", minimum=0, maximum=1
    )
    age_profile: str | None = option(None, doc="weights by age instead of the population's: 18-29:2,30-44:5,45-64:3")
    city_sizes: str | None = option(
        None, doc="how many times as frequent homes are in cities of at least so many people: 0:0,50000:1,500000:2"
    )
    transaction_profile: str | None = option(None, doc="a label carried along for the transactions of the person")
    identifiers: str = option(
        "safe",
        doc="safe: numbers that no authority has issued, where a country has such; valid: any number of the right form",
        choices=("safe", "valid"),
    )

    def __attrs_post_init__(self) -> None:
        if (self.female_quota or 0.0) + self.other_gender_quota > 1:
            raise ValueError("female_quota and other_gender_quota sum to more than 1")
        if self.age_profile is not None:
            low = 0 if self.min_age is None else self.min_age
            high = HIGHEST_AGE if self.max_age is None else self.max_age
            if not any(weight and a <= high and b >= low for a, b, weight in profile_bands(self.age_profile)):
                raise ValueError(f"age_profile {self.age_profile} has nobody from {low} to {high} years")
        if self.city_sizes is not None:
            size_factors(self.city_sizes)


def profile_bands(profile: str) -> list[tuple[int, int, float]]:
    """(from, to, weight) of `18-29:2,30-44:5`; both ages belong to a band. Raises ValueError for other text."""
    bands = []
    for part in profile.split(","):
        ages, _, weight = part.strip().partition(":")
        low, _, high = ages.partition("-")
        try:
            band = (int(low), int(high or low), float(weight or 1))
        except ValueError:
            raise ValueError(f"{excerpt(part.strip())} in age_profile is not like 18-29:2") from None
        if not 0 <= band[0] <= band[1] <= HIGHEST_AGE or not 0 <= band[2] < float("inf"):
            raise ValueError(
                f"{excerpt(part.strip())} in age_profile is no band of ages 0 to {HIGHEST_AGE} with a weight"
            )
        bands.append(band)
    if not sum(weight for _, _, weight in bands) > 0:
        raise ValueError("age_profile has no weight above 0")
    return bands


def profile_weights(profile: str, population: Floats) -> Floats:
    """`population` (2, ages) with the bands of the profile made as frequent as it says; nobody outside the bands."""
    weights = np.zeros_like(population)
    for low, high, weight in profile_bands(profile):
        part = population[:, low : high + 1]
        total = part.sum()
        weights[:, low : high + 1] += part * (weight / total) if total > 0 else weight / part.size
    return weights


def size_factors(sizes: str) -> list[tuple[int, float]]:
    """(people from, factor) of `0:0,50000:1`, ascending from 0. Raises ValueError for other text."""
    factors = []
    for part in sizes.split(","):
        start, _, factor = part.strip().partition(":")
        try:
            factors.append((int(start), float(factor)))
        except ValueError:
            raise ValueError(f"{excerpt(part.strip())} in city_sizes is not like 50000:1") from None
    starts = [start for start, _ in factors]
    if starts[0] != 0 or starts != sorted(set(starts)):
        raise ValueError(f"city_sizes {excerpt(sizes)} does not ascend from 0")
    if not all(0 <= factor < float("inf") for _, factor in factors) or not any(factor for _, factor in factors):
        raise ValueError(f"city_sizes {excerpt(sizes)} has a factor below 0, or none above 0")
    return factors


def _age_limit(config: Any, attribute: Any, value: Any) -> None:
    whole = isinstance(value, int | np.integer) and not isinstance(value, bool)
    if value is not None and not (whole and 0 <= value <= HIGHEST_AGE):
        raise InvalidOption(
            "invalid_option",
            f"{attribute.name} is {excerpt(value)}",
            hint=f"a whole number from 0 to {HIGHEST_AGE}",
            path=f"$.{attribute.name}",
        )


def _names(argument: str, value: object) -> frozenset[str]:
    """A name, or several, as a set."""
    names = [value] if isinstance(value, str) else [*value] if isinstance(value, Iterable) else [value]
    if not all(isinstance(name, str) for name in names):
        raise InvalidOption("invalid_option", f"{argument} is {excerpt(value)}", hint="names", path=f"$.{argument}")
    return frozenset(names)


def _included(value: object) -> frozenset[str]:
    return _names("conditions_include", value)


def _excluded(value: object) -> frozenset[str]:
    return _names("conditions_exclude", value)


@attrs.frozen
class DemographicConfig:
    """Limits on the people that a service makes. What is left out does not limit; conditions concern patients.

    Raises `InvalidOption` for ages that are no whole numbers from 0 to 115, or exclude each other, and for names that are
    no text.
    """

    age_min: int | None = attrs.field(default=None, validator=_age_limit)
    age_max: int | None = attrs.field(default=None, validator=_age_limit)
    conditions_include: frozenset[str] = attrs.field(default=frozenset(), converter=_included)
    conditions_exclude: frozenset[str] = attrs.field(default=frozenset(), converter=_excluded)
    transaction_profile: str | Mapping[str, Any] | None = None

    def __attrs_post_init__(self) -> None:
        if self.age_min is not None and self.age_max is not None and self.age_min > self.age_max:
            raise InvalidOption("impossible_constraint", f"age_min {self.age_min} is above age_max {self.age_max}")
        both = self.normalized_includes() & self.normalized_excludes()
        if both:
            raise InvalidOption("impossible_constraint", f"{', '.join(sorted(both))}: both included and excluded")

    def with_defaults(
        self, default_age_min: int | None = None, default_age_max: int | None = None
    ) -> DemographicConfig:
        """The same with these ages where none is given."""
        return attrs.evolve(
            self,
            age_min=default_age_min if self.age_min is None else self.age_min,
            age_max=default_age_max if self.age_max is None else self.age_max,
        )

    def normalized_includes(self) -> frozenset[str]:
        """The conditions to include, without case and outer spaces."""
        return _normalized(self.conditions_include)

    def normalized_excludes(self) -> frozenset[str]:
        return _normalized(self.conditions_exclude)

    def profile_text(self) -> str | None:
        """The transaction profile as text; a mapping as JSON with sorted keys."""
        if self.transaction_profile is None or isinstance(self.transaction_profile, str):
            return self.transaction_profile
        return json.dumps(dict(self.transaction_profile), sort_keys=True, ensure_ascii=False)


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
        made = cls()._masked(data, profiles.groups_of(data, profile_id))
        tables = {**made.tables, **dict([profiles.table_digest(data["common.profiles"])])}
        return attrs.evolve(made, profile_id=profile_id, tables=tables)

    def apply_profile_groups(self, groups: Mapping[str, str], dataset: str = "US") -> DemographicSampler:
        """A sampler with these groups besides its own: `{"age_band": "seniors"}`; weights are multiplied and normalised.

        Raises `UnknownName` for an unknown dimension or group, `InvalidOption` where nobody is left.
        """
        return self._masked(_tables(dataset), groups)

    def _masked(self, data: Data, groups: Mapping[str, str]) -> DemographicSampler:
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


def population(data: Data) -> Floats:
    """Weights of shape (2, HIGHEST_AGE + 1), women first."""
    table = data["common.population"]
    weights = np.zeros((2, HIGHEST_AGE + 1), dtype=np.float64)
    weights[np.where(table["gender"] == "female", 0, 1), np.minimum(table.ints("age"), HIGHEST_AGE)] = table.floats(
        "weight"
    )
    return weights


def _shares(weights: Floats, starts: list[int]) -> dict[tuple[int, int], float]:
    total = weights.sum()
    bands = {(low, end - 1): float(weights[low:end].sum() / total) for low, end in pairwise(starts)}
    return {band: share for band, share in bands.items() if share > 0}


def _tables(dataset: str) -> Data:
    return World("profiles", dataset).tables("common")


def asked_of_people(
    config: DemographicConfig | None,
    sampler: DemographicSampler | None,
    *,
    conditions: bool = False,
    homes: bool = True,
    **others: Any,
) -> dict[str, Any]:
    """What a service passes on to `Service.__init__`: the options that its arguments stand for, and the arguments' names.

    `others` are options as the service's own arguments; the config's ages go before them, and they before the sampler's
    shares. Raises `InvalidOption` for what has no meaning: conditions, unless the service makes patients (`conditions`), and
    sizes of home towns where work decides on the home (`homes`), unless they are part of a profile of other people.
    """
    config, sampler = config or DemographicConfig(), sampler or DemographicSampler()
    if not conditions:
        refuse_conditions(config)
    of_sampler = sampler_options(sampler)
    if not homes and of_sampler.pop("city_sizes", None) and not sampler.groups:
        raise InvalidOption(
            "invalid_option",
            "city_sizes has no meaning here: these people live where they work",
            hint="leave it out",
            path="$.city_sizes",
        )
    of_config = {
        "min_age": config.age_min,
        "max_age": config.age_max,
        "transaction_profile": config.profile_text(),
    }
    options = {**of_sampler, **_given(others), **_given(of_config)}
    names = {"min_age": "age_min", "max_age": "age_max", "age_profile": "bands"}
    called = {option: names[option] for option in names if option in _given(of_config) or option in of_sampler}
    return {"options": options, "called": called}


def refuse_conditions(config: DemographicConfig | None) -> None:
    """Raises `InvalidOption` where a config for others than patients has conditions."""
    for name in ("conditions_include", "conditions_exclude"):
        if config is not None and getattr(config, name):
            raise InvalidOption(
                "invalid_option",
                f"{name} has no meaning here: only of patients can conditions be asked for",
                hint="give it to PatientService",
                path=f"$.{name}",
            )


def sampler_options(sampler: DemographicSampler) -> dict[str, Any]:
    """The options that a sampler stands for."""
    asked = {
        "age_profile": sampler.profile(),
        "female_quota": sampler.female_quota,
        "city_sizes": sampler.city_sizes,
    }
    return _given(asked)


def _given(options: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in options.items() if value is not None}


def _is_band(band: tuple[Any, Any]) -> bool:
    try:
        (low, high), weight = band
        return 0 <= int(low) <= int(high) <= HIGHEST_AGE and 0 <= float(weight) < float("inf")
    except (TypeError, ValueError):
        return False


def _normalized(names: Iterable[str]) -> frozenset[str]:
    return frozenset(name.strip().casefold() for name in names if name.strip())
