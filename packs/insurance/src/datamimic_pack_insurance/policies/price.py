"""Coverages of a policy, its premium, and how it is paid."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import numpy as np

from datamimic import Data, Draw, positions, record, segment_sums
from datamimic.columns import Dates, Floats, Ints, Lists, Struct, Text
from datamimic_pack_insurance.catalogue import aggregates, coverages_of, deductibles, limits
from datamimic_pack_insurance.months import add_months, days_between
from datamimic_pack_insurance.premium import Bill, coverage_premiums, instalments, minor_unit


def limit_tier(draw: Draw, data: Data) -> Ints:
    return tier(draw, data, "limit")


def deductible_tier(draw: Draw, data: Data) -> Ints:
    return tier(draw, data, "deductible")


def tier(draw: Draw, data: Data, choice: str) -> Ints:
    """0, 1 or 2: basic, standard or plus."""
    table = data["tier_choices"]
    first = table.position("choice", choice)
    return draw.pick(table.by("choice"), Text.constant(choice, len(draw))) - first


def policy_years(start_date: Dates, end_date: Dates, term_months: Ints) -> Floats:
    """The part of a year that the premium is for: the term, or a year of longer ones; a shortened term by days."""
    full = add_months(start_date, term_months) == end_date
    months = np.minimum(term_months, 12) / 12.0
    return np.where(full, months, np.minimum(days_between(start_date, end_date) / 365.0, months))


def insured_sum(risk_profile: Any) -> Ints:
    return np.ma.filled(risk_profile.sum_insured, 0)


def coverages(
    product: Any,
    risk_profile: Any,
    insured_sum: Ints,
    limit_tier: Ints,
    deductible_tier: Ints,
    policy_years: Floats,
    data: Data,
) -> Lists:
    table = data["coverages"]
    lengths, row = coverages_of(data, risk_profile.product_row)
    own = np.repeat(np.arange(len(lengths)), lengths)
    limit = limits(data, row, limit_tier[own], insured_sum[own])
    premium = coverage_premiums(
        data,
        row,
        limit_tier[own],
        deductible_tier[own],
        product.base_premium[own],
        risk_profile.relativity[own],
        policy_years[own],
    )
    return Lists(
        lengths,
        Struct(
            {
                "code": table["coverage_code"].take(row),
                "name": table["coverage_name"].take(row),
                "description": table["coverage_description"].take(row),
                "product_code": table["product_code"].take(row),
                "min_coverage": table.ints("min_coverage")[row] * 100,
                "max_coverage": table.ints("max_coverage")[row] * 100,
                "limit": limit,
                "aggregate_limit": aggregates(data, row, limit),
                "deductible": deductibles(data, row, deductible_tier[own]),
                "premium": premium,
            }
        ),
    )


def frequency_row(product: Any, draw: Draw, data: Data) -> Ints:
    """Row of `premium_frequencies`; a tariff set by decree is paid at once."""
    table = data["premium_frequencies"]
    once = table.position("instalments_per_year", "1")
    return np.where(product.rating == "tariff", once, draw.pick(table))


def net_premium(coverages: Lists) -> Ints:
    each: Any = coverages.values
    return segment_sums(each.premium, coverages.lengths)


def bill(net_premium: Ints, risk_profile: Any, product: Any, frequency_row: Ints, data: Data) -> Struct:
    loyal = ((risk_profile.insured.count > 1) & (product.rating != "tariff")).astype(np.int64)
    surcharge = data["premium_frequencies"].ints("surcharge_permille")[frequency_row]
    made = Bill.of(net_premium, loyal, surcharge, product.tax_rate, minor_unit(data))
    return Struct({"discount": made.discount, "fee": made.fee, "tax": made.tax, "total": made.total})


def instalment_list(bill: Struct, frequency_row: Ints, start_date: Dates, end_date: Dates, data: Data) -> Lists:
    per_year = data["premium_frequencies"].ints("instalments_per_year")[frequency_row]
    return instalments(bill.total, per_year, start_date, end_date, minor_unit(data))


def beneficiaries(line: Text, draw: Draw, data: Data) -> Lists:
    """One to three for life insurance, whose shares add up to 100."""
    table = data["beneficiaries"]
    number = np.where(line == "life", draw.integers(1, 3, "number"), 0)
    items = draw.items(number, "who")
    place = positions(number)
    among = np.repeat(number, number)
    part = 100 // np.maximum(among, 1)
    share = np.where(place == 0, 100 - part * (among - 1), part)
    return Lists(
        number, Struct({"relationship": table["relationship"].take(items.pick(table)), "share_percent": share})
    )


@record
class BillColumns:
    """The parts of the premium beside the coverages."""

    discount: Decimal
    fee: Decimal
    tax: Decimal
    total: Decimal
