"""Who borrows how much, for how long, at which rate."""

from __future__ import annotations

from typing import Any

import numpy as np

from datamimic import Clock, Data, Draw, Text
from datamimic.columns import Dates, Floats, Ints
from datamimic_pack_common.calendars import spread
from datamimic_pack_finance.annuity import monthly_payment
from datamimic_pack_finance.calendar import bank_days
from datamimic_pack_finance.money import currency_of, hundredths

WINDOW = 2_900
"""Days before the clock in which loans were taken out."""


def wanted_type(rows: Ints, draw: Draw, data: Data) -> Text:
    types = data["account_types"]
    return types["account_type"].take(draw.pick(types.by("account_class"), Text.constant("current", len(rows))))


def borrower(account: Any) -> Ints:
    return account.holder.rows


def place(draw: Draw, data: Data) -> Ints:
    return draw.pick(data["loan_products"])


def score(draw: Draw, data: Data) -> Ints:
    return np.floor(data["credit_scores"].quantiles().at(draw.uniform())).astype(np.int64)


def score_name(rows: Ints, data: Data) -> Text:
    return Text.constant(data["credit_scores"].columns["score_name"][0], len(rows))


def term_months(loan_type: Text, draw: Draw, data: Data) -> Ints:
    table = data["loan_terms"]
    return table.ints("term_months")[draw.pick(table.by("loan_type"), loan_type)]


def start_date(account: Any, draw: Draw, data: Data, clock: Clock) -> Dates:
    """A bank day in the eight years before the clock; of the young the later the likelier, and none on the day on which they
    may. Only who came of age since the last bank day borrows on a day of another kind."""
    grown = account.holder.birthdate.astype("datetime64[D]") + (18 * 365 + 5) * np.timedelta64(1, "D")
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


def principal(loan_type: Text, purpose: Text, draw: Draw, data: Data) -> Ints:
    value = data["loan_amounts"].by("loan_type", "purpose").quantiles_at(draw.uniform(), loan_type, purpose)
    return hundredths(value, currency_of(data).loan)


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
