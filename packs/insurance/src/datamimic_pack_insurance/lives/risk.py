"""What a change makes of the risk: the relativity of what is insured now, of that on the first day of cover."""

from __future__ import annotations

from typing import Any

import numpy as np
from attrs import frozen

from datamimic import Data, World
from datamimic.columns import Dates, Floats, Ints, Text, years_between
from datamimic_pack_insurance.underwriting import by_rating, by_sum_insured

SHARED = 0.5
"""How much of the driving a second driver is taken to do: so much of what he or she is riskier than the holder counts."""
PARTS = 1_000_000.0


@frozen(eq=False)
class Risk:
    """What the policies of a batch were rated by when they were made."""

    world: World
    data: Data
    product_code: Text
    rating: Text
    sum_insured: Ints
    annual_mileage: Ints
    birthdate: Dates

    @classmethod
    def of(cls, risk_profile: Any, policy_holder: Any, product_code: Text, data: Data) -> Risk:
        return cls(
            policy_holder.world, data, product_code, risk_profile.rating, np.ma.filled(risk_profile.sum_insured, 0),
            np.ma.filled(risk_profile.annual_mileage, 0), policy_holder.birthdate,
        )  # fmt: skip

    def relative(self, own: Ints, sum_insured: Ints, annual_mileage: Ints, driver: Ints, day: Dates) -> Floats:
        """Of changes of the policies `own` the relativity of what is so after each, of that before all."""
        data, code, rating = self.data, self.product_code.take(own), self.rating.take(own)
        result = by_sum_insured(data, code, sum_insured // 100).relativity
        result = result / by_sum_insured(data, code, self.sum_insured[own] // 100).relativity
        driven = by_rating(data, "mileage", "annual_mileage", rating, annual_mileage).relativity
        driven = driven / by_rating(data, "mileage", "annual_mileage", rating, self.annual_mileage[own]).relativity
        result = result * driven
        with_driver = np.flatnonzero(driver >= 0)
        if len(with_driver):
            born = self.world.refer("common.person", driver[with_driver]).birthdate
            on, kind = day[with_driver], rating.take(with_driver)
            theirs = by_rating(data, "age", "age", kind, years_between(born, on)).relativity
            holders = by_rating(
                data, "age", "age", kind, years_between(self.birthdate[own[with_driver]], on)
            ).relativity
            result[with_driver] = result[with_driver] * (1.0 + SHARED * np.maximum(theirs / holders - 1.0, 0.0))
        return np.rint(result * PARTS) / PARTS
