"""Premiums: what each coverage costs, what is taken off and put on, the tax, and the instalments that add up to the total."""

from __future__ import annotations

import numpy as np
from attrs import frozen

from datamimic import Data, positions
from datamimic.columns import Dates, Floats, Ints, Lists, Struct
from datamimic_pack_insurance.catalogue import TIERS
from datamimic_pack_insurance.months import add_months, months_begun

LOYALTY_PERMILLE = 50
"""Taken off the premium of somebody who holds more than one policy."""


def rounding(data: Data) -> int:
    """The step of tariffs and losses in hundredths: 1 for a cent, 100,000 for a thousand dong."""
    return int(data["markets"].ints("rounding")[0])


def minor_unit(data: Data) -> int:
    """The smallest amount of the currency in hundredths: 1 for a cent, 100 for a dong."""
    return int(data["markets"].ints("minor_unit")[0])


def rounded(cents: Floats, step: int) -> Ints:
    whole: Ints = np.rint(cents / step).astype(np.int64)
    return whole * step


def coverage_premiums(
    data: Data,
    coverage_row: Ints,
    limit_tier: Ints,
    deductible_tier: Ints,
    base_cents: Ints,
    relativity: Floats,
    years: Floats,
) -> Ints:
    """Per coverage, in hundredths: its share of the base premium, times risk, choices and time; never below one step."""
    tiers = data["coverage_tiers"]
    factor = tiers.floats("limit_factor")[coverage_row * TIERS + limit_tier]
    cut = tiers.floats("deductible_factor")[coverage_row * TIERS + deductible_tier]
    share = data["coverages"].floats("share")[coverage_row]
    step = rounding(data)
    return np.maximum(rounded(base_cents * share * factor * cut * relativity * years, step), step)


@frozen(eq=False)
class Bill:
    """What a policy costs, in hundredths: `total` is `net - discount + fee + tax`."""

    net: Ints
    discount: Ints
    fee: Ints
    tax: Ints

    @classmethod
    def of(cls, net: Ints, loyal: Ints, surcharge_permille: Ints, tax_rate: Floats, step: int) -> Bill:
        discount = rounded(net * (loyal * LOYALTY_PERMILLE) / 1000.0, step)
        fee = rounded((net - discount) * surcharge_permille / 1000.0, step)
        tax = rounded((net - discount + fee) * tax_rate, step)
        return cls(net, discount, fee, tax)

    @property
    def total(self) -> Ints:
        return self.net - self.discount + self.fee + self.tax


def instalments(total: Ints, per_year: Ints, start: Dates, end: Dates, step: int) -> Lists:
    """Equal parts in whole steps, as many as fall within the term (or a year of it), the first at its start; the first
    part takes what does not divide."""
    apart = 12 // per_year
    number = -(-np.minimum(months_begun(start, end), 12) // apart)
    part = total // step // number * step
    place = positions(number)
    amount = np.repeat(part, number)
    amount[place == 0] += total - part * number
    due = add_months(np.repeat(start, number), place * np.repeat(apart, number))
    return Lists(number, Struct({"due_on": due, "amount": amount}))
