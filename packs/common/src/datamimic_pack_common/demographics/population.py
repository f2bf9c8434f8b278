"""The options of people: ages, shares of women, titles, homes; and the population that they change."""

from __future__ import annotations

import numpy as np

from datamimic import Data, option, options
from datamimic.columns import Floats
from datamimic.errors import excerpt

HIGHEST_AGE = 115


@options
class PersonOptions:
    """Without options a world holds people of all ages in their households, as many of each age and sex as the country has.

    Ages, shares of women and homes that are asked for make a population of its own: drawn one by one, without households.
    """

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


def is_narrowed(options: PersonOptions) -> bool:
    """Do the options ask for other people than those of the country? Then these are a population of their own, drawn one by
    one and without households."""
    return bool(options.min_age) or any(
        value is not None for value in (options.max_age, options.female_quota, options.age_profile, options.city_sizes)
    )


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


def population(data: Data) -> Floats:
    """Weights of shape (2, HIGHEST_AGE + 1), women first."""
    table = data["common.population"]
    weights = np.zeros((2, HIGHEST_AGE + 1), dtype=np.float64)
    weights[np.where(table["gender"] == "female", 0, 1), np.minimum(table.ints("age"), HIGHEST_AGE)] = table.floats(
        "weight"
    )
    return weights
