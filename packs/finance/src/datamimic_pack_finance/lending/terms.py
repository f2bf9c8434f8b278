"""Who borrows how much, for how long, at which rate."""

from __future__ import annotations

from typing import Any

import numpy as np

from datamimic import Clock, Data, Draw, Text, World
from datamimic.columns import Dates, Floats, Ints
from datamimic_pack_common.calendars import spread
from datamimic_pack_finance.calendar import bank_days
from datamimic_pack_finance.lending.annuity import monthly_payment
from datamimic_pack_finance.lending.standing import rank
from datamimic_pack_finance.money import currency_of

WINDOW = 2_900
"""Days before the clock in which loans were taken out."""
TRIES = 6
MUCH = 100_000_000_000
"""An amount on which a payment is exact enough to be a share."""


def borrower(account: Any) -> Ints:
    return account.holder.rows


def age_at_start(borrower: Any, start_date: Dates) -> Ints:
    """Months, the one that has begun among them."""
    born = borrower.birthdate.astype("datetime64[D]")
    months = (start_date.astype("datetime64[M]") - born.astype("datetime64[M]")).astype(np.int64)
    return np.maximum(months, 0)


def score(credit_standing: Floats, place: Ints, draw: Draw, data: Data, world: World) -> Ints:
    """Among loans for the same purpose: rates are published as means of these."""
    share = rank(credit_standing, "credit_standing", draw.uniform(), world, place)
    return np.floor(data["credit_scores"].quantiles().at(share)).astype(np.int64)


def score_name(rows: Ints, data: Data) -> Text:
    return Text.constant(data["credit_scores"].columns["score_name"][0], len(rows))


def term_months(loan_type: Text, age_at_start: Ints, draw: Draw, data: Data) -> Ints:
    """Of those that end while the borrower is not too old one of the usual; the shortest for who is old already."""
    table, limits = data["loan_terms"], data["loan_borrowers"]
    row = limits.lookup("loan_type", loan_type)
    oldest = 12 * limits.ints("oldest_at_end")[row]
    months, grouped = table.ints("term_months"), table.by("loan_type")
    shortest = [months[table["loan_type"] == kind].min() for kind in limits.columns["loan_type"]]
    found = np.array(shortest, dtype=np.int64)[row]
    open_ = np.arange(len(found), dtype=np.int64)
    for attempt in range(TRIES):
        tried = months[draw.take(open_).pick(grouped, loan_type.take(open_), label=f"try {attempt}")]
        fits = age_at_start[open_] + tried <= oldest[open_]
        found[open_[fits]] = tried[fits]
        open_ = open_[~fits]
        if not len(open_):
            break
    return found


def start_date(account: Any, loan_type: Text, draw: Draw, data: Data, clock: Clock) -> Dates:
    """A bank day in the eight years before the clock; of the young the later the likelier, and none on the day on which they
    may. Only who came of age since the last bank day borrows on a day of another kind."""
    limits = data["loan_borrowers"]
    youngest = limits.ints("youngest")[limits.lookup("loan_type", loan_type)]
    grown = account.holder.birthdate.astype("datetime64[D]") + (youngest * 1461 // 4 + 1).astype("timedelta64[D]")
    days = np.clip((clock.date - grown).astype(np.int64), 0, WINDOW)
    share = draw.uniform()
    ago = np.where(days < WINDOW, 1.0 - np.sqrt(1.0 - share), share) * days
    day = clock.date - np.minimum(1 + ago.astype(np.int64), days).astype("timedelta64[D]")
    days_open = bank_days(data)
    earlier, later = spread(day, days_open, draw), days_open.next(day)
    return np.where(earlier > grown, earlier, np.where(later < clock.date, later, day))


def annual_rate(loan_type: Text, purpose: Text, score: Ints, start_date: Dates, draw: Draw, data: Data) -> Ints:
    """The year's rate for the product, plus the spread of the score, plus or minus a little: hundredths of a percent."""
    base, spread = data["loan_base_rates"], data["loan_spreads"]
    year = start_date.astype("datetime64[Y]").astype(np.int64) + 1970
    usual = base.floats("rate")[base.by("loan_type", "purpose", "year_from").first(loan_type, purpose, year)]
    extra = spread.floats("spread")[spread.by("loan_type", "score_from").first(loan_type, score)]
    noise = (draw.integers(-30, 30, "first") + draw.integers(-30, 30, "second")) / 200.0
    return np.maximum(np.rint((usual + extra + noise) * 100), 25).astype(np.int64)


def principal(
    place: Ints, loan_type: Text, purpose: Text, appetite: Floats, earned: Ints, annual_rate: Ints, term_months: Ints,
    draw: Draw, data: Data, world: World,
) -> Ints:  # fmt: skip
    """As the purpose costs, and no more than the household pays back; banks differ in what they think that this is."""
    money, limits = currency_of(data), data["loan_borrowers"]
    wanted = data["loan_amounts"].by("loan_type", "purpose").quantiles_at(
        rank(appetite, "appetite", draw.uniform(), world, place), loan_type, purpose
    )  # fmt: skip
    row = limits.lookup("loan_type", loan_type)
    low, high = (limits.ints(name)[row] / 100 for name in ("share_from", "share_to"))
    share = low + (high - low) * draw.uniform("careful")
    each = monthly_payment(np.full(len(row), MUCH), annual_rate, term_months, 1) / MUCH
    most = np.where(high > 0, share * (earned // 12) / each, np.inf)
    return np.maximum(np.floor(np.minimum(np.rint(wanted * 100), most) / money.loan), 1).astype(np.int64) * money.loan


def payment(principal: Ints, annual_rate: Ints, term_months: Ints, data: Data) -> Ints:
    return monthly_payment(principal, annual_rate, term_months, currency_of(data).unit)


def household_income(payment: Ints, earned: Ints, draw: Draw, data: Data) -> Ints:
    """Before tax, a month: the household's own where it carries the loan, else with what those have who vouch for it."""
    own = earned // 12
    ratio = 0.08 + 0.36 * draw.uniform()
    step = max(currency_of(data).price, 100)
    needed = np.rint(payment / ratio / step).astype(np.int64) * step
    return np.where(own * 0.48 >= payment, np.maximum(own // step, 1) * step, needed)


def debt_to_income(payment: Ints, household_income: Ints) -> Floats:
    return np.rint(payment / household_income * 1e4) / 1e4


def booked_at(start_date: Dates, account: Any) -> Dates:
    return np.maximum(start_date.astype("datetime64[us]"), account.created_date)
