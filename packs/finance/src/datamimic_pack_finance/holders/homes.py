"""Whether holders own the home that they pay for, by age and income; who pays for it is the head of the household."""

from __future__ import annotations

from typing import Any

import numpy as np

from datamimic import Data, Draw, Table, Text
from datamimic.columns import Bools, select
from datamimic_pack_finance.holders.pay import usual_income

OWNED, MORTGAGED, RENTED = "owned", "mortgaged", "rented"
ALONE = 0.7
"""Of people of a population of their own, who belong to no household, those who pay for their home."""


def pays_for_home(holder: Any, is_main: Bools, draw: Draw) -> Bools:
    """The head of a household does, and everybody in a flat share, from the account to which the income goes."""
    role: Text = holder.household_role
    own = Draw(draw.address, holder.rows)
    return is_main & (role.isin({"head", "flatmate"}) | (role.is_null() & own.chance(ALONE, "alone")))


def housing(holder: Any, pays_for_home: Bools, draw: Draw, data: Data) -> Text:
    """owned, mortgaged, rented; null for those who pay for no home. Owners have more than others of their age."""
    own = Draw(draw.address, holder.rows)
    table: Table = data["home_ownership"]
    row = table.by("age_from").first(holder.age)
    richer = np.clip(0.75 + 0.25 * holder.income / usual_income(data), 0.7, 1.35)
    owns = own.chance(table.floats("owner_percent")[row] / 100 * richer, "owns")
    owns &= holder.household_role != "flatmate"
    owes = own.chance(table.floats("mortgaged_percent")[row] / 100, "owes")
    kind = np.where(owns, np.where(owes, 1, 0), 2)
    return select(kind, [OWNED, MORTGAGED, RENTED]).where(pays_for_home)
