"""What a term costs: the price of the contract's risk as it stands when the term begins."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import numpy as np

from datamimic import Data, World, record, segment_sums
from datamimic.columns import Bools, Dates, Floats, Ints, Lists, Masked, Struct, Text, numbered
from datamimic_pack_insurance.catalogue import coverages_of
from datamimic_pack_insurance.lives.changes import risk_on
from datamimic_pack_insurance.months import add_months, days_between
from datamimic_pack_insurance.premium import Bill, coverage_premiums, instalments, minor_unit, rounded
from datamimic_pack_insurance.underwriting import by_rating

PARTS = 10_000.0


@record
class BillColumns:
    """The parts of the premium beside the coverages."""

    discount: Decimal
    fee: Decimal
    tax: Decimal
    total: Decimal


def relativity(
    age: Ints,
    licence_years: Masked,
    prior_claims: Ints,
    state: Ints,
    rating: Text,
    start_date: Dates,
    product_row: Ints,
    policy: Any,
    data: Data,
) -> Floats:
    """That of the assessment, moved by what has changed since: age, licence, class, claims where they may count, and what
    was changed in the contract."""
    profile = policy.risk_profile
    rules = data["renewals"]
    ageing = (rules["attained_age"] == "true")[product_row]
    counting = (rules["experience"] == "true")[product_row]
    before, result = profile.age, np.asarray(profile.relativity, dtype=np.float64) * risk_on(policy, start_date)
    aged = (
        by_rating(data, "age", "age", rating, age).relativity / by_rating(data, "age", "age", rating, before).relativity
    )
    result = result * np.where(ageing, aged, 1.0)
    held, held_before = np.ma.filled(licence_years, 0), np.ma.filled(profile.licence_years, 0)
    driven = by_rating(data, "licence_years", "licence_years", rating, held).relativity
    driven = driven / by_rating(data, "licence_years", "licence_years", rating, held_before).relativity
    claims = by_rating(data, "prior_claims", "prior_claims", rating, prior_claims).relativity
    claims = claims / by_rating(data, "prior_claims", "prior_claims", rating, profile.prior_claims).relativity
    result = result * driven * np.where(counting, claims, 1.0)
    classes = data["no_claims_states"]
    motor = state >= 0
    was = classes.lookup("no_claims_class", profile.no_claims_class)
    moved = classes.floats("relativity")[np.maximum(state, 0)] / classes.floats("relativity")[np.maximum(was, 0)]
    return np.rint(np.where(motor & (was >= 0), result * moved, result) * PARTS) / PARTS


def years(start_date: Dates, end_date: Dates, policy: Any) -> Floats:
    """The part of a year that the premium is for; a first term up to 1 January by its days."""
    months = policy.period_months
    full = add_months(start_date, months) == end_date
    return np.where(full, months / 12.0, np.minimum(days_between(start_date, end_date) / 365.0, months / 12.0))


def premiums(product_row: Ints, relativity: Floats, years: Floats, policy: Any, data: Data) -> Lists:
    lengths, row = coverages_of(data, product_row)
    own = np.repeat(np.arange(len(lengths)), lengths)
    base = policy.product.base_premium
    return Lists(
        lengths,
        coverage_premiums(
            data, row, policy.limit_tier[own], policy.deductible_tier[own], base[own], relativity[own], years[own]
        ),
    )  # fmt: skip


def net_premium(coverage_premiums: Lists) -> Ints:
    return segment_sums(coverage_premiums.values, coverage_premiums.lengths)


def bundled(start_date: Dates, policy: Any, world: World) -> Bools:
    """Has the holder another contract with the same insurer in force on the first day of the term?"""
    holders, own = numbered(policy.policy_holder.rows)
    others = world.refer("insurance.insured", holders).children("insurance.risk_profile")
    contracts = world.refer("insurance.insurance_policy", others.rows)
    insurer, first, ends = contracts.company.rows, contracts.start_date, contracts.ending.day
    counts = others.counts[own]
    at = (np.cumsum(others.counts) - others.counts)[own]
    question = np.repeat(np.arange(len(own), dtype=np.int64), counts)
    other = np.repeat(at - (np.cumsum(counts) - counts), counts) + np.arange(len(question))
    day = start_date[question]
    found = (others.rows[other] != policy.rows[question]) & (insurer[other] == policy.company.rows[question])
    found &= (first[other] <= day) & (day < ends[other])
    return np.bincount(question[found], minlength=len(own)) > 0


def bill(net_premium: Ints, bundled: Bools, rating: Text, policy: Any, data: Data) -> Struct:
    loyal = (bundled & (rating != "tariff")).astype(np.int64)
    surcharge = data["premium_frequencies"].ints("surcharge_permille")[policy.frequency_row]
    made = Bill.of(net_premium, loyal, surcharge, policy.product.tax_rate, minor_unit(data))
    return Struct({"discount": made.discount, "fee": made.fee, "tax": made.tax, "total": made.total})


def instalment_list(bill: Struct, start_date: Dates, end_date: Dates, policy: Any, data: Data) -> Lists:
    per_year = data["premium_frequencies"].ints("instalments_per_year")[policy.frequency_row]
    return instalments(bill.total, per_year, start_date, end_date, minor_unit(data))


def refund(bill: Struct, start_date: Dates, end_date: Dates, cover_ends: Masked, data: Data) -> Masked:
    days = days_between(np.where(np.ma.getmaskarray(cover_ends), end_date, np.ma.getdata(cover_ends)), end_date)
    part = days / np.maximum(days_between(start_date, end_date), 1)
    return np.ma.MaskedArray(rounded(bill.total * part, minor_unit(data)), np.ma.getmaskarray(cover_ends))
