"""Coverages of a policy, its premium, and how it is paid."""

from __future__ import annotations

from typing import Any

import numpy as np

from datamimic import Data, Draw
from datamimic.columns import Dates, Ints, Lists, Struct, Text
from datamimic_pack_insurance.catalogue import aggregates, coverages_of, deductibles, limits
from datamimic_pack_insurance.lives.changes import standing
from datamimic_pack_insurance.risks import leaning


def limit_tier(draw: Draw, data: Data) -> Ints:
    return tier(draw, data, "limit")


def deductible_tier(draw: Draw, data: Data) -> Ints:
    return tier(draw, data, "deductible")


def tier(draw: Draw, data: Data, choice: str) -> Ints:
    """0, 1 or 2: basic, standard or plus."""
    table = data["tier_choices"]
    first = table.position("choice", choice)
    return draw.pick(table.by("choice"), Text.constant(choice, len(draw))) - first


def assessed_sum(risk_profile: Any) -> Ints:
    return np.ma.filled(risk_profile.sum_insured, 0)


def insured_sum(assessed_sum: Ints, changes: Lists, changed_on: Lists, now: Dates) -> Ints:
    day = now.astype("datetime64[D]")
    return np.asarray(standing(changes, np.arange(len(day)), day, "sum_insured", assessed_sum), dtype=np.int64)


def coverages(
    current_term: Any, risk_profile: Any, insured_sum: Ints, limit_tier: Ints, deductible_tier: Ints, data: Data
) -> Lists:
    """What is covered, with the premiums of the current term."""
    table = data["coverages"]
    lengths, row = coverages_of(data, risk_profile.product_row)
    own = np.repeat(np.arange(len(lengths)), lengths)
    limit = limits(data, row, limit_tier[own], insured_sum[own])
    unlimited = (table["basis"] == "unlimited")[row]
    return Lists(
        lengths,
        Struct(
            {
                "code": table["coverage_code"].take(row),
                "name": table["coverage_name"].take(row),
                "description": table["coverage_description"].take(row),
                "product_code": table["product_code"].take(row),
                "min_coverage": np.ma.MaskedArray(table.ints("min_coverage")[row] * 100, unlimited),
                "max_coverage": np.ma.MaskedArray(table.ints("max_coverage")[row] * 100, unlimited),
                "limit": np.ma.MaskedArray(limit, unlimited),
                "aggregate_limit": aggregates(data, row, limit),
                "deductible": deductibles(data, row, deductible_tier[own]),
                "premium": current_term.coverage_premiums.values,
            }
        ),
    )


def frequency_row(product: Any, policy_holder: Any, draw: Draw, data: Data) -> Ints:
    """Row of `premium_frequencies`; who has less pays in more parts, and a tariff set by decree is paid at once."""
    table = data["premium_frequencies"]
    once = table.position("instalments_per_year", "1")
    up = leaning.larger(1.0 - leaning.by_income(policy_holder.income, data), draw)
    row = leaning.chosen(draw.pick(table), draw.pick(table, label="other"), table.ints("instalments_per_year"), up)
    return np.where(product.rating == "tariff", once, row)
