"""Choices that lean to one side with a person's circumstances: of two that were drawn, the larger or the smaller.

Where as many lean up as down, the shares of the table stay what they are.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from datamimic import Data, Draw
from datamimic.columns import Bools, Floats, Ints, Text

STEEPNESS = 0.45
"""How far from one half the share of those that lean up may be."""


def by_amount(amount: Any, usual: Any) -> Floats:
    """The share that leans up of those with an amount against what is usual: one half where it is that."""
    own, other = np.asarray(amount, dtype=np.float64), np.maximum(np.asarray(usual, dtype=np.float64), 1.0)
    return 0.5 + STEEPNESS * np.clip(2.0 * (own - other) / (own + other), -1.0, 1.0)


def by_income(income: Any, data: Data) -> Floats:
    """By what somebody earns against what people at work earn in the country."""
    others = data["common.other_incomes"]
    usual = others.ints("median_income")[others.position("employment", "employed")] * 100
    return by_amount(np.ma.filled(income, 0), usual)


def by_driving(employment: Text, age: Ints) -> Floats:
    """Who works drives more, who is old less."""
    working = employment.isin(("employed", "self_employed"))
    return np.select([working, age >= 75, age >= 60], [0.7, 0.08, 0.25], 0.35)


def larger(up: Floats, draw: Draw) -> Bools:
    return draw.chance(up, "leans up")


def chosen(first: Ints, second: Ints, values: Ints, up: Bools) -> Ints:
    """Of two rows of a table the one with the larger of the `values`, or with the smaller one."""
    above = values[first] >= values[second]
    return np.where(above == up, first, second)
