"""What people live on: pay by occupation, age, education, sex and place, and pensions that follow it."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from datamimic import Data, Draw, Table, Text
from datamimic.columns import Floats, Ints
from datamimic_pack_common.people.livelihood import AT_WORK

YOUNGEST_EARNER = 14
EARNED = 0.6
"""Of a pension, the part that follows what was earned; the rest is alike for all."""
PLACE_OF_PENSION = 0.5
"""How much of what pay differs by place pensions do."""


def pay_rank(draw: Draw) -> Floats:
    """Which part of those alike earns less, 0 to 1."""
    return draw.uniform()


def income(
    occupation_row: Ints,
    employment: Text,
    sex: Text,
    age: Ints,
    education: Text,
    place: Ints,
    pay_rank: Floats,
    data: Data,
) -> Ints:
    """Yearly, before tax, in hundredths of the national currency, rounded to a few figures; 0 below 14."""
    working = employment.isin(AT_WORK)
    others: Table = data["other_incomes"]
    benefit = others.ints("median_income").take(np.maximum(others.lookup("employment", employment), 0))
    pay = data["occupations"].ints("median_income").take(occupation_row) * _own(sex, education, data)
    here = _of_place(place, data)
    profile: Table = data["income_by_age"]
    by_age = profile.floats("factor").take(profile.by("age_from").first(age))
    earned = pay / _median_pay(data)
    pension = benefit * (1 - EARNED + EARNED * earned) * (1 + PLACE_OF_PENSION * (here - 1))
    middle = np.where(working, pay * by_age * here, np.where(employment == "retired", pension, benefit * here))
    spread = data["income_spread"].quantiles(value="factor").at(pay_rank)
    step = 10 ** (len(str(int(others.ints("median_income").max()))) - 3)
    amount = np.rint(middle * spread / step).astype(np.int64) * step
    return np.where(age < YOUNGEST_EARNER, 0, amount) * 100


def _own(sex: Text, education: Text, data: Data) -> Floats:
    """What sex and education make of the pay of an occupation."""
    levels: Table = data["common.income_by_education"]
    by_level = levels.floats("factor").take(levels.lookup("education", education))
    table: Table = data["common.income_by_sex"]
    rows = {
        gender: float(factor)
        for country, gender, factor in zip(
            *(table.columns[name] for name in ("country_code", "gender", "factor")), strict=True
        )
        if country == data.country
    }
    return by_level * np.where(sex == "female", rows.get("female", 1.0), rows.get("male", 1.0))


def _of_place(place: Ints, data: Data) -> Floats | float:
    """How pay of the state compares with that of the country; 1 where no figures are published."""
    if "income_by_state" not in data:
        return 1.0
    return _of_places(data["income_by_state"], data["places"]).take(place)


@lru_cache(maxsize=16)
def _of_places(table: Table, places: Table) -> Floats:
    """The factor of each row of the table of places."""
    found = table.lookup("state_code", places["former_state_code" if "former_state_code" in places else "state_code"])
    factors = table.floats("factor").take(np.maximum(found, 0))
    return np.where(found >= 0, factors, 1.0)


def _median_pay(data: Data) -> float:
    others: Table = data["other_incomes"]
    return float(others.ints("median_income")[others.position("employment", "employed")])
