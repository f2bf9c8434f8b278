"""How well off borrowers are among those of the world who borrow for the same purpose: scores and amounts have the published
distribution, and follow income and age all the same."""

from __future__ import annotations

import numpy as np

from datamimic import Data, Draw, Ref, World
from datamimic.columns import Floats, Ints
from datamimic_pack_finance.holders.pay import usual_income
from datamimic_pack_finance.lending.borrowers import LOAN

SAMPLE = 16_384
"""Loans among which others are placed: the first ones of the world."""


def credit_standing(earned: Ints, age_at_start: Ints, draw: Draw, data: Data) -> Floats:
    """A number of no meaning but its order: the score rises with it."""
    return 0.35 * _richness(earned, data) + 0.25 * np.minimum(age_at_start / 840.0, 1.0) + 0.35 * draw.uniform()


def appetite(earned: Ints, draw: Draw, data: Data) -> Floats:
    """Likewise: among loans for the same purpose the amount rises with it."""
    return 0.75 * _richness(earned, data) + 0.25 * draw.uniform()


def rank(values: Floats, name: str, uniform: Floats, world: World, place: Ints) -> Floats:
    """The part of the loans for the same purpose, `place`, whose field `name` has a lower value; in [0, 1)."""
    known = world.memo(("finance.ranks of loans", name), lambda: _sorted(name, world), lasting=True)
    found = uniform.copy()
    for number, others in known.items():
        at = np.flatnonzero(place == number)
        found[at] = (np.searchsorted(others, values[at]) + uniform[at]) / (len(others) + 1)
    return found


def _sorted(name: str, world: World) -> dict[int, Floats]:
    loans = Ref(world, world.spec(LOAN), np.arange(SAMPLE, dtype=np.int64))
    values, places = loans.column(name), loans.column("place")
    return {int(place): np.sort(values[places == place]) for place in np.unique(places)}


def _richness(earned: Ints, data: Data) -> Floats:
    return earned / (earned + usual_income(data))
