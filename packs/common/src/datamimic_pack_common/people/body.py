"""Height, weight and body mass index by sex and age."""

from __future__ import annotations

from typing import Any

import numpy as np

from datamimic import Clock, Data, Draw, Table, Text
from datamimic.columns import Floats, Ints

PROBABILITIES = np.array([0.0, 0.05, 0.25, 0.5, 0.75, 0.95, 1.0])


def between(table: Table, column: str, sex: Text, age: Ints, part: Floats) -> Floats:
    """A column of `bodies` at age + part years: linear between the ages that the table holds."""
    grouped = table.by("gender", "age_from")
    values, ages = table.floats(column), table.floats("age_from")
    here: Ints = grouped.first(sex, age)
    after = np.minimum(here + 1, len(table) - 1)
    # The last age of a sex is followed by the other sex, or by nothing.
    after = np.where(ages[after] > ages[here], after, here)
    width = np.maximum(ages[after] - ages[here], 1.0)
    share = np.where(after > here, (age + part - ages[here]) / width, 0.0)
    step = share * (values[after] - values[here])
    return values[here] + step


def fraction_of_year(birthdate: Any, age: Ints, clock: Clock) -> Floats:
    """Days since the last birthday, in years, in [0, 1)."""
    days = (clock.date - birthdate.astype("datetime64[D]")).astype(np.int64)
    return np.clip(days / 365.25 - age, 0.0, 0.999)


def height_cm(sex: Text, age: Ints, birthdate: Any, draw: Draw, data: Data, clock: Clock) -> Floats:
    table: Table = data["bodies"]
    part = fraction_of_year(birthdate, age, clock)
    mean = between(table, "height_mean", sex, age, part)
    deviation = between(table, "height_sd", sex, age, part)
    return np.rint((mean + deviation * np.clip(draw.normal(), -3.2, 3.2)) * 10) / 10


def drawn_bmi(sex: Text, age: Ints, birthdate: Any, draw: Draw, data: Data, clock: Clock) -> Floats:
    """Body mass index before weight is rounded."""
    table: Table = data["bodies"]
    part = fraction_of_year(birthdate, age, clock)
    uniform = draw.uniform()
    quantiles = [between(table, f"bmi_{round(p * 100)}", sex, age, part) for p in PROBABILITIES.tolist()]
    right = np.clip(np.searchsorted(PROBABILITIES, uniform, side="right"), 1, len(PROBABILITIES) - 1)
    stacked = np.stack(quantiles)
    column = np.arange(len(uniform))
    low, high = stacked[right - 1, column], stacked[right, column]
    share = (uniform - PROBABILITIES[right - 1]) / (PROBABILITIES[right] - PROBABILITIES[right - 1])
    step = share * (high - low)
    return low + step


def weight_kg(drawn_bmi: Floats, height_cm: Floats) -> Floats:
    metres = height_cm / 100
    return np.rint(drawn_bmi * metres * metres * 10) / 10


def bmi(weight_kg: Floats, height_cm: Floats) -> Floats:
    """Weight over height squared, to one decimal."""
    metres = height_cm / 100
    return np.rint(weight_kg / (metres * metres) * 10) / 10
