"""Marital status, education, work and income: what fits somebody's age and sex, and each other."""

from __future__ import annotations

import numpy as np

from datamimic import Data, Draw, Table, Text
from datamimic.columns import Bools, Ints, where

AT_WORK = frozenset({"employed", "self_employed"})
YOUNGEST_EARNER = 14


def education(age: Ints, draw: Draw, data: Data) -> Text:
    """The highest level completed so far."""
    table: Table = data["education"]
    return table["education"].take(draw.pick(table.by("age_from"), age))


def employment(sex: Text, age: Ints, education: Text, draw: Draw, data: Data) -> Text:
    table: Table = data["employment"]
    found = table["employment"].take(draw.pick(table.by("gender", "age_from"), sex, age))
    # Somebody who left school early does not study: such people work.
    levels: Table = data["education_levels"]
    low = levels.ints("rank")[levels.lookup("education", education)] < 3
    return where((found == "student") & low & (age >= 18), "employed", found)


def skill(education: Text, data: Data) -> Ints:
    """1 to 5, the level of work that a level of education qualifies for."""
    levels: Table = data["education_levels"]
    return levels.ints("skill")[levels.lookup("education", education)]


def occupation_row(sex: Text, age: Ints, skill: Ints, draw: Draw, data: Data) -> Ints:
    """A row of the table `occupations`, for those at work as for those who are not."""
    table: Table = data["occupations"]
    return draw.pick(table.by("gender", "skill", "age_from"), sex, skill, np.maximum(age, 15))


def occupation(occupation_row: Ints, employment: Text, data: Data) -> Text:
    names: Text = data["occupations"]["occupation"].take(occupation_row)
    return names.where(employment.isin(AT_WORK))


def income(occupation_row: Ints, employment: Text, age: Ints, draw: Draw, data: Data) -> Ints:
    """Yearly, before tax, in hundredths of the national currency, rounded to a few figures; 0 below 14."""
    working: Bools = employment.isin(AT_WORK)
    others: Table = data["other_incomes"]
    row = np.maximum(others.lookup("employment", employment), 0)
    middle = np.where(
        working, data["occupations"].ints("median_income").take(occupation_row), others.ints("median_income").take(row)
    )
    profile: Table = data["income_by_age"]
    by_age = np.where(working, profile.floats("factor").take(profile.by("age_from").first(age)), 1.0)
    spread = data["income_spread"].quantiles(value="factor").at(draw.uniform())
    step = 10 ** (len(str(int(others.ints("median_income").max()))) - 3)
    amount = np.rint(middle * by_age * spread / step).astype(np.int64) * step
    return np.where(age < YOUNGEST_EARNER, 0, amount) * 100
