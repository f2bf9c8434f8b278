"""Which specialty a doctor has, and how he or she came to it; ages of doctors who are a population of their own."""

from __future__ import annotations

from typing import Any

import numpy as np

from datamimic import Clock, Data, Draw, Lists, Table, Text, option, options
from datamimic.columns import Floats, Ints, year_month_day
from datamimic_pack_common.demographics.population import HIGHEST_AGE, PersonOptions, profile_bands, profile_weights
from datamimic_pack_healthcare.wording import named

YOUNGEST, OLDEST = 31, 80
"""The longest training ends at 31: 25 years at the end of medical school and six years of specialty training."""

GRADUATE = 25

LATEST_GRADUATE = 30


@options
class DoctorOptions(PersonOptions):
    """Options of people; doctors who are asked for by age are 31 to 80 years old."""

    specialty: str = option(
        "", doc="only doctors of this specialty: a population of its own", values_in="specialties.specialty"
    )

    def __attrs_post_init__(self) -> None:
        if self.max_age is not None and self.max_age < YOUNGEST:
            raise ValueError(f"max_age {self.max_age}: no doctor is so young, training ends at {YOUNGEST}")
        if self.max_age is None and (self.min_age or 0) > OLDEST:
            raise ValueError(f"min_age {self.min_age}: no doctor is so old, the oldest are {OLDEST}")
        if self.age_profile is not None:
            low, high = self.limits()
            if not any(weight and a <= high and b >= low for a, b, weight in profile_bands(self.age_profile)):
                raise ValueError(f"age_profile {self.age_profile} has nobody from {low} to {high} years")
        super().__attrs_post_init__()

    def limits(self) -> tuple[int, int]:
        """The youngest and the oldest age."""
        return max(self.min_age or 0, YOUNGEST), OLDEST if self.max_age is None else self.max_age


def shares(options: DoctorOptions) -> float:
    """All physicians are doctors; those of one specialty that is asked for are people of their own."""
    return 0.0 if options.specialty else 1.0


def specialty_row(sex: Text, age: Ints, pay_rank: Floats, draw: Draw, data: Data, options: DoctorOptions) -> Ints:
    """A specialty as frequent among doctors of the sex, with a training that is over at the age: a row of `specialties`.
    Of two that are drawn, who earns more than others alike has the one that pays better, so that shares stay.
    Raises `UnknownName` for a specialty that is asked for and is none."""
    if options.specialty:
        return np.full(len(age), data["specialties"].position("specialty", options.specialty))
    table: Table = data["doctor_specialties"]
    known = table.by("sex", "age_from")
    pay = data["specialty_pay"].ints("thousand_dollars")[data["specialty_pay"].lookup("specialty", table["specialty"])]
    one, other = (draw.pick(known, sex, age, label=label) for label in ("", "other"))
    better = np.where(pay[one] >= pay[other], one, other)
    drawn = np.where(pay_rank >= 0.5, better, one + other - better)
    return data["specialties"].lookup("specialty", table["specialty"].take(drawn))


def specialty(specialty_en: Text, data: Data) -> Text:
    return named("specialty", specialty_en, data)


def age(draw: Draw, data: Data, options: DoctorOptions) -> Ints:
    table: Table = data["doctor_ages"]
    weights = np.zeros(OLDEST + 1, dtype=np.float64)
    for low, high, weight in zip(table.ints("age_from"), table.ints("age_to"), table.weights, strict=True):
        weights[low : high + 1] = weight / (high - low + 1)
    if options.age_profile is not None:
        known = np.zeros((1, HIGHEST_AGE + 1), dtype=np.float64)
        known[0, : OLDEST + 1] = weights
        weights = profile_weights(options.age_profile, known)[0, : OLDEST + 1]
    low, high = options.limits()
    inside = np.zeros(OLDEST + 1, dtype=np.bool_)
    inside[low : high + 1] = True
    weights = np.where(inside, weights, 0.0) if weights[inside].any() else inside.astype(np.float64)
    ends = np.cumsum(weights)
    return np.minimum(np.searchsorted(ends, draw.uniform() * ends[-1], side="right"), int(np.flatnonzero(inside)[-1]))


def sex(age: Ints, draw: Draw, data: Data, options: DoctorOptions) -> Text:
    table: Table = data["doctor_women"]
    share: Any = options.female_quota
    if share is None:
        share = table.floats("women")[table.by("age_from").first(age)]
    return Text.coded(np.where(draw.uniform() < share, 0, 1), ("female", "male"))


def graduation_age(age: Ints, specialty_row: Ints, draw: Draw, data: Data) -> Ints:
    """25 to 30, early enough that the training is over."""
    latest = np.minimum(LATEST_GRADUATE, age - data["specialties"].ints("training_years")[specialty_row])
    return np.minimum(
        draw.integers(GRADUATE, np.maximum(latest, GRADUATE), "one"),
        draw.integers(GRADUATE, np.maximum(latest, GRADUATE), "two"),
    )


def graduation_year(birthdate: Any, graduation_age: Ints) -> Ints:
    return year_month_day(birthdate)[0] + graduation_age


def years_of_experience(graduation_year: Ints, clock: Clock) -> Ints:
    return clock.year - graduation_year


def certifications(specialty_row: Ints, draw: Draw, data: Data) -> Lists:
    """The specialty's certificate and up to two courses that fit it."""
    table: Table = data["specialties"]
    courses = [text.split("|") for text in table.columns["courses"]]
    names = [*table.columns["certificate"], *(name for pair in courses for name in pair)]
    count = len(table)
    held = np.ones((len(specialty_row), 3), dtype=np.bool_)
    held[:, 1], held[:, 2] = draw.chance(0.6, "first course"), draw.chance(0.45, "second course")
    code = np.stack([specialty_row, count + 2 * specialty_row, count + 2 * specialty_row + 1], axis=1)
    return Lists(held.sum(axis=1), Text.coded(code[held], names))
