"""Which children are at school, where, and in which year."""

from __future__ import annotations

from typing import Any

import numpy as np

from datamimic import Data, Draw, Ref, Text, World, kilometres, options
from datamimic.columns import Floats, Ints
from datamimic_pack_common.demographics.population import HIGHEST_AGE, PersonOptions, profile_bands, profile_weights
from datamimic_pack_public_sector.schools import attendance

YOUNGEST, OLDEST = 5, 14


@options
class PupilOptions(PersonOptions):
    """Options of people; pupils are 5 to 14 years old."""

    def __attrs_post_init__(self) -> None:
        refuse_ages(self, YOUNGEST, OLDEST, "pupils")
        super().__attrs_post_init__()


def refuse_ages(asked: PersonOptions, youngest: int, oldest: int, who: str) -> None:
    """Raises ValueError where options ask for ages that none of these people has."""
    for name, age, beyond in (
        ("min_age", asked.min_age, (asked.min_age or 0) > oldest),
        ("max_age", asked.max_age, asked.max_age is not None and asked.max_age < youngest),
    ):
        if beyond:
            raise ValueError(f"{name} {age}: {who} are {youngest} to {oldest} years old")
    low, high = max(asked.min_age or 0, youngest), oldest if asked.max_age is None else min(asked.max_age, oldest)
    bands = profile_bands(asked.age_profile) if asked.age_profile is not None else [(low, high, 1.0)]
    if not any(weight and first <= high and last >= low for first, last, weight in bands):
        raise ValueError(f"age_profile {asked.age_profile} has nobody from {low} to {high} years, as {who} are")


def age(draw: Draw, options: PupilOptions) -> Ints:
    """Of pupils who are a population of their own: every year as often, unless a profile says how often."""
    weights = np.zeros((1, HIGHEST_AGE + 1))
    low = max(options.min_age or 0, YOUNGEST)
    high = OLDEST if options.max_age is None else min(options.max_age, OLDEST)
    weights[0, low : high + 1] = 1.0
    own = weights[0] if options.age_profile is None else profile_weights(options.age_profile, weights)[0] * weights[0]
    ends = np.cumsum(own)
    return np.searchsorted(ends, draw.uniform() * ends[-1], side="right")


def school(place: Ints, age: Ints, household: Any, rows: Ints, draw: Draw, data: Data, world: World) -> Ints:
    """A school near home that has the child's year; brothers and sisters go to the same one, if it has the years of both."""
    home = np.where(household.rows >= 0, household.rows, rows) if isinstance(household, Ref) else rows
    return attendance.near(world, data, place, age, Draw(draw.address, home).bits("school"))


def grade(age: Ints, school: Any, data: Data) -> Text:
    """The year of the school that a child of the age is in; null for those who are not at school yet."""
    years = attendance.years_of(data)
    items = years.items[years.of(school.school_key)]
    nth = age - data["school_types"].ints("age_from")[school.kind_row]
    within = (nth >= 0) & (nth < items.shape[1])
    found = items[np.arange(len(age)), np.where(within, nth, 0)]
    return Text.coded(np.where(within, found, -1), years.vocabulary)


def way(place: Ints, school: Any, data: Data) -> Floats:
    """Kilometres between home and school, to one decimal."""
    places = data["common.places"]
    latitude, longitude = places.floats("latitude"), places.floats("longitude")
    far = kilometres(latitude[place], longitude[place], latitude[school.place], longitude[school.place])
    return np.rint(far * 10) / 10
