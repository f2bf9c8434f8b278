"""Whether holders own the home that they pay for, by age and income; who pays for it is the head of the household."""

from __future__ import annotations

import numpy as np

from datamimic import Data, Draw, Table, Text
from datamimic.columns import Bools, Ints, select

OWNED, MORTGAGED, RENTED = "owned", "mortgaged", "rented"
ALONE = 0.7
"""Of people of a population of their own, who belong to no household, those who pay for their home."""


def pays_for_home(household_role: Text, draw: Draw) -> Bools:
    """The head of a household does, and everybody in a flat share."""
    return household_role.isin({"head", "flatmate"}) | (household_role.is_null() & draw.chance(ALONE, "alone"))


def housing(household_role: Text, pays_for_home: Bools, age: Ints, income: Ints, draw: Draw, data: Data) -> Text:
    """owned, mortgaged, rented; null for those who pay for no home. Owners have more than others of their age."""
    table: Table = data["home_ownership"]
    row = table.by("age_from").first(age)
    others: Table = data["common.other_incomes"]
    usual = float(others.ints("median_income")[others.position("employment", "employed")]) * 100
    richer = np.clip(0.75 + 0.25 * income / usual, 0.7, 1.35)
    owns = draw.chance(table.floats("owner_percent")[row] / 100 * richer, "owns") & (household_role != "flatmate")
    owes = draw.chance(table.floats("mortgaged_percent")[row] / 100, "owes")
    kind = np.where(owns, np.where(owes, 1, 0), 2)
    return select(kind, [OWNED, MORTGAGED, RENTED]).where(pays_for_home)
