"""What may be asked for of people: ages, shares of women, titles; as options of an entity and as Python objects."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

import attrs
import numpy as np

from datamimic import option, options
from datamimic.columns import Floats
from datamimic.errors import InvalidOption

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
    transaction_profile: str | None = option(None, doc="a label carried along for the transactions of the person")
    identifiers: str = option(
        "safe",
        doc="safe: numbers that no authority has issued, where a country has such; valid: any number of the right form",
        choices=("safe", "valid"),
    )

    def __attrs_post_init__(self) -> None:
        if self.min_age is not None and self.max_age is not None and self.min_age > self.max_age:
            raise ValueError(f"min_age {self.min_age} is above max_age {self.max_age}")
        if (self.female_quota or 0.0) + self.other_gender_quota > 1:
            raise ValueError("female_quota and other_gender_quota sum to more than 1")
        if self.age_profile is not None:
            profile_bands(self.age_profile)


def profile_bands(profile: str) -> list[tuple[int, int, float]]:
    """(from, to, weight) of `18-29:2,30-44:5`; both ages belong to a band. Raises ValueError for other text."""
    bands = []
    for part in profile.split(","):
        ages, _, weight = part.strip().partition(":")
        low, _, high = ages.partition("-")
        try:
            band = (int(low), int(high or low), float(weight or 1))
        except ValueError:
            raise ValueError(f"{part.strip()!r} in age_profile is not like 18-29:2") from None
        if not 0 <= band[0] <= band[1] <= HIGHEST_AGE or not 0 <= band[2] < float("inf"):
            raise ValueError(f"{part.strip()!r} in age_profile is no band of ages 0 to {HIGHEST_AGE} with a weight")
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


@attrs.frozen
class DemographicConfig:
    """Limits on the people that a service makes. What is left out does not limit; conditions concern patients."""

    age_min: int | None = None
    age_max: int | None = None
    conditions_include: frozenset[str] = attrs.field(default=frozenset(), converter=frozenset)
    conditions_exclude: frozenset[str] = attrs.field(default=frozenset(), converter=frozenset)
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
    """How ages are distributed, in place of the population: weights of bands,
    `DemographicSampler({(18, 29): 2, (30, 64): 5})`.

    Within a band ages are as frequent as in the population.
    """

    bands: Mapping[tuple[int, int], float]

    def profile(self) -> str:
        """The text of the option `age_profile`."""
        return ",".join(f"{low}-{high}:{weight:g}" for (low, high), weight in sorted(self.bands.items()))


def person_options(
    config: DemographicConfig | None,
    sampler: DemographicSampler | None,
    min_age: int | None,
    max_age: int | None,
) -> dict[str, Any]:
    """Options of a service: the config's ages go before `min_age` and `max_age`, its profile is carried along."""
    config = (config or DemographicConfig()).with_defaults(min_age, max_age)
    return {
        "min_age": config.age_min,
        "max_age": config.age_max,
        "age_profile": sampler.profile() if sampler else None,
        "transaction_profile": config.profile_text(),
    }


def _normalized(names: Iterable[str]) -> frozenset[str]:
    return frozenset(name.strip().casefold() for name in names if name.strip())
