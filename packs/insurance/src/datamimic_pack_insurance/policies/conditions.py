"""What must hold between the dates of a contract: for checks of tables from anywhere."""

from __future__ import annotations

from typing import Any

import numpy as np

from datamimic import Clock, Data, segment_sums
from datamimic.columns import Bools, Dates, Ints, Lists, Masked, Text, join
from datamimic_pack_insurance.catalogue import product_rows
from datamimic_pack_insurance.months import DAY, add_months, first_of_year, year_of
from datamimic_pack_insurance.premium import minor_unit


def end_is_of_a_term(
    product_code: Text, start_date: Dates, end_date: Masked, term_months: Masked, term_number: Ints, data: Data
) -> Bools:
    """A term ends whole terms after the start, or on 1 January; what has no end has no last day."""
    row = product_rows(data, product_code)
    endless = (data["renewals"]["unlimited"] == "true")[row]
    months = np.ma.filled(term_months, 12)
    end = np.where(np.ma.getmaskarray(end_date), start_date, np.ma.getdata(end_date))
    full = add_months(start_date, np.where(months > 12, months, months * term_number))
    january = data["products"].floats("january_share")[row] > 0
    on_january = january & (end == first_of_year(year_of(start_date) + term_number))
    missing = np.ma.getmaskarray(end_date)
    return (missing == endless) & (np.ma.getmaskarray(term_months) == endless) & (missing | (end == full) | on_january)


def status_is_of_dates(
    status: Text, start_date: Dates, end_date: Masked, cancellation_date: Masked, now: Dates
) -> Bools:
    """Pending, active, lapsed or cancelled, or expired, as the dates say at the moment."""
    ended = ~np.ma.getmaskarray(cancellation_date)
    day = np.where(ended, np.ma.getdata(cancellation_date), now)
    begun = start_date <= now
    within = (day > start_date) & (day <= now)
    run_out = np.ma.filled(end_date <= now, False)
    return (
        ((status == "active") == (begun & ~ended & ~run_out))
        & ((status == "pending") == (~begun & ~ended))
        & ((status == "expired") == (begun & ~ended & run_out))
        & (status.isin({"cancelled", "lapsed"}) == ended)
        & (~ended | within)
    )


def instalments_fit(premium: Ints, instalments: Lists, start_date: Dates, end_date: Masked) -> Bools:
    """They add up to the premium and are due while there is cover."""
    each: Any = instalments.values
    whole = segment_sums(each.amount, instalments.lengths) == premium
    own = instalments.parents
    last = np.ma.filled(end_date, np.datetime64("2400-01-01"))
    return whole & instalments.all(
        (each.due_on >= start_date[own]) & (each.due_on < np.maximum(last, start_date + DAY)[own])
    )


def coverages_fit(product_code: Text, line: Text, coverages: Lists, data: Data) -> Bools:
    """Every one is of the product, and the product of the line."""
    each: Any = coverages.values
    own = product_code.take(coverages.parents)
    known = data["coverages"].lookup("coverage_key", join(own, "/", each.code)) >= 0
    products = data["products"]
    row = product_rows(data, product_code)
    return (
        coverages.all(known & (each.product_code == own))
        & (coverages.lengths > 0)
        & (row >= 0)
        & (products["line"].take(row) == line)
    )


def tax_fits(product_code: Text, taxed: Ints, premium_tax: Ints, data: Data) -> Bools:
    rate = data["products"].floats("tax_rate")[product_rows(data, product_code)]
    return np.asarray(np.abs(premium_tax - taxed * rate) <= minor_unit(data) * 0.5 + 1e-6, dtype=np.bool_)


def vehicle_fits(line: Text, insured_object: Any, start_date: Dates, clock: Clock) -> Bools:
    vehicle, latest = line.isin({"auto", "motorcycle"}), np.maximum(year_of(start_date), clock.year)
    known = np.ma.filled(insured_object.model_year, 0) <= latest
    return np.asarray((vehicle == ~insured_object.vin.is_null()) & (~vehicle | known), dtype=np.bool_)


def shares_fit(line: Text, beneficiaries: Lists) -> Bools:
    each: Any = beneficiaries.values
    total = segment_sums(each.share_percent, beneficiaries.lengths)
    return np.where(line == "life", total == 100, beneficiaries.lengths == 0)
