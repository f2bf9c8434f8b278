"""Who borrows how much, for how long, at which rate."""

from __future__ import annotations

from typing import Any

import numpy as np

from datamimic import Clock, Data, Draw, Text
from datamimic.columns import Dates, Floats, Ints, where
from datamimic_pack_finance.annuity import monthly_payment
from datamimic_pack_finance.holders.homes import MORTGAGED
from datamimic_pack_finance.money import currency_of, hundredths

WINDOW = 2_900
"""Days before the clock in which loans were taken out."""


EARNING = 0.5
"""Of the usual pay, what somebody must have to be lent money for anything but a home."""
CARRIED = 0.33
"""Of the income before tax of both partners, what a mortgage takes at most."""


def loan_counts(housing: Text, income: Ints, draw: Draw, data: Data) -> Ints:
    """Of a holder: a mortgage where the home is mortgaged, and loans for other things for those with an income."""
    table = data["consumer_loan_counts"]
    others = data["common.other_incomes"]
    usual = int(others.ints("median_income")[others.position("employment", "employed")]) * 100
    others_count = np.where(income >= usual * EARNING, table.ints("count")[draw.pick(table)], 0)
    return (housing == MORTGAGED).astype(np.int64) + others_count


def place(borrower: Any, draw: Draw, data: Data) -> Ints:
    """The first loan of those whose home is mortgaged is the mortgage; all others are for something else."""
    mortgage = (borrower.housing == MORTGAGED) & (borrower.index == 0)
    return draw.pick(data["loan_products"].by("on_home"), where(mortgage, "yes", "no"))


def score(draw: Draw, data: Data) -> Ints:
    return np.floor(data["credit_scores"].quantiles().at(draw.uniform())).astype(np.int64)


def score_name(rows: Ints, data: Data) -> Text:
    return Text.constant(data["credit_scores"].columns["score_name"][0], len(rows))


def term_months(loan_type: Text, draw: Draw, data: Data) -> Ints:
    table = data["loan_terms"]
    return table.ints("term_months")[draw.pick(table.by("loan_type"), loan_type)]


def start_date(borrower: Any, draw: Draw, clock: Clock) -> Dates:
    """In the eight years before the clock; of the young the later the likelier, and none on the day on which they may."""
    grown = borrower.birthdate.astype("datetime64[D]") + (18 * 365 + 5) * np.timedelta64(1, "D")
    days = np.clip((clock.date - grown).astype(np.int64), 0, WINDOW)
    share = draw.uniform()
    ago = np.where(days < WINDOW, 1.0 - np.sqrt(1.0 - share), share) * days
    return clock.date - np.minimum(1 + ago.astype(np.int64), days).astype("timedelta64[D]")


def annual_rate(loan_type: Text, purpose: Text, score: Ints, start_date: Dates, draw: Draw, data: Data) -> Ints:
    """The year's rate for the product, plus the spread of the score, plus or minus a little: hundredths of a percent."""
    base, spread = data["loan_base_rates"], data["loan_spreads"]
    year = start_date.astype("datetime64[Y]").astype(np.int64) + 1970
    usual = base.floats("rate")[base.by("loan_type", "purpose", "year_from").first(loan_type, purpose, year)]
    extra = spread.floats("spread")[spread.by("loan_type", "score_from").first(loan_type, score)]
    noise = (draw.integers(-30, 30, "first") + draw.integers(-30, 30, "second")) / 200.0
    return np.maximum(np.rint((usual + extra + noise) * 100), 25).astype(np.int64)


def principal(
    loan_type: Text, purpose: Text, borrower: Any, annual_rate: Ints, term_months: Ints, draw: Draw, data: Data
) -> Ints:
    """By type and purpose; a mortgage is no larger than the income of both partners carries."""
    step = currency_of(data).loan
    value = data["loan_amounts"].by("loan_type", "purpose").quantiles_at(draw.uniform(), loan_type, purpose)
    wanted = hundredths(value, step)
    both = borrower.income + np.ma.filled(np.ma.asarray(borrower.partner.income), 0)
    whole = np.full(len(wanted), 10_000 * step, dtype=np.int64)
    per_month = monthly_payment(whole, annual_rate, term_months, currency_of(data).unit) / whole
    most = np.maximum((both / 12 * CARRIED / per_month).astype(np.int64) // step, 1) * step
    return np.where(loan_type == "mortgage", np.minimum(wanted, most), wanted)


def payment(principal: Ints, annual_rate: Ints, term_months: Ints, data: Data) -> Ints:
    return monthly_payment(principal, annual_rate, term_months, currency_of(data).unit)


def household_income(payment: Ints, account: Any, draw: Draw, data: Data) -> Ints:
    """Before tax, a month: the borrower's own where it carries the loan, else that of a household which does."""
    own = account.holder.income // 12
    ratio = 0.08 + 0.36 * draw.uniform()
    step = max(currency_of(data).price, 100)
    needed = np.rint(payment / ratio / step).astype(np.int64) * step
    return np.where(own * 0.45 >= payment, own // step * step, needed)


def debt_to_income(payment: Ints, household_income: Ints) -> Floats:
    return np.rint(payment / household_income * 1e4) / 1e4


def booked_at(start_date: Dates, account: Any) -> Dates:
    return np.maximum(start_date.astype("datetime64[us]"), account.created_date)
