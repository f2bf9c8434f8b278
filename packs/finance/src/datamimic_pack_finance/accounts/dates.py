"""When an account was opened, in which window it has transactions, and what falls due on which day."""

from __future__ import annotations

from typing import Any

import numpy as np

from datamimic import Children, Clock, Data, Draw, Struct, Text, to_utc
from datamimic.columns import Bools, Dates, Ints, Masked
from datamimic_pack_finance.calendar import bank_days
from datamimic_pack_finance.statement import SAVINGS_PACE, standing, window_days

DAY = np.timedelta64(1, "D")

LONGEST_KEPT = 9_000
"""Days for which the oldest accounts have been open."""

STAGES = {"active": "created_date", "dormant": "dormant_on"}
DORMANT_AFTER = 395
"""Days without a transaction after which an account counts as dormant."""


def rests(holder: Any, draw: Draw) -> Bools:
    return draw.chance(0.06) & (holder.age >= 25)


def dormant_on(rests: Bools, last_active: Dates) -> Masked:
    return np.ma.MaskedArray(last_active + DORMANT_AFTER * DAY, ~rests)


def last_active(rests: Bools, draw: Draw, clock: Clock) -> Dates:
    """The last day of the window of transactions: in the two weeks before the clock, over in every time zone, or long ago."""
    recent = draw.integers(2, 13, "recent")
    ago = draw.integers(400, 1500, "ago")
    return clock.date - np.where(rests, ago, recent).astype("timedelta64[D]")


def window_start(
    last_active: Dates, transaction_profile: Text, account_class: Text, transactions: Children, data: Data
) -> Dates:
    profiles = data["customer_profiles"]
    pace = profiles.ints("payments_per_month")[profiles.lookup("profile", transaction_profile)]
    days = window_days(transactions.counts, np.where(account_class == "savings", SAVINGS_PACE, pace))
    return last_active - days.astype("timedelta64[D]")


def created_date(window_start: Dates, holder: Any, draw: Draw, data: Data) -> Any:
    """On a bank day in the holder's office hours, before the first transaction, at the age of 16 or later."""
    youngest = holder.birthdate.astype("datetime64[D]") + (16 * 365 + 5) * DAY
    room = np.clip((window_start - 15 * DAY - youngest).astype(np.int64), 0, LONGEST_KEPT)
    share = draw.uniform("years")
    ago = np.where(room < LONGEST_KEPT, 1.0 - np.sqrt(1.0 - share), share * share) * room
    day = bank_days(data).next(window_start - 15 * DAY - ago.astype(np.int64).astype("timedelta64[D]"))
    seconds = draw.integers(9 * 3600, 17 * 3600, "time")
    return to_utc(day.astype("datetime64[us]") + seconds.astype("timedelta64[s]"), holder.address.time_zone)


def income_day(payday: Ints, account_class: Text) -> Ints:
    return np.where(account_class == "current", payday, 28)


def standing_orders(
    window_start: Dates, last_active: Dates, income_day: Ints, rent_day: Ints, plan_day: Ints, monthly_income: Ints,
    rent: Ints, plan: Ints, monthly_fee: Ints,
    account_class: Text, interest: Ints, transactions: Children, data: Data,
) -> Struct:  # fmt: skip
    current = account_class == "current"
    late = np.full(len(income_day), 31, dtype=np.int64)
    due = {
        "income": (income_day, np.where(current, monthly_income > 0, interest > 0)),
        "rent": (rent_day, current & (rent > 0)),
        "plan": (plan_day, current & (plan > 0)),
        "fee": (late, current & (monthly_fee > 0)),
    }
    return standing(transactions.counts, window_start, last_active, bank_days(data), due)


def dates_in_order(created_date: Dates, last_transaction_date: Any, clock: Clock) -> Bools:
    return (created_date < last_transaction_date) & (last_transaction_date <= clock.instant)


def opened_before_clock(created_date: Dates, clock: Clock) -> Bools:
    return created_date <= clock.instant


def last_transaction_if_any(transaction_count: Ints, last_transaction_date: Any) -> Bools:
    return (transaction_count > 0) == ~np.ma.getmaskarray(last_transaction_date)


def dormant_accounts_rest(status: Text, last_transaction_date: Any, clock: Clock) -> Bools:
    recent = last_transaction_date > clock.instant - DORMANT_AFTER * DAY
    return ~recent | (status == "active")
