"""When an account was opened, when it was last used, and in which window of days its bookings lie."""

from __future__ import annotations

from typing import Any

import numpy as np

from datamimic import Clock, Data, Draw, World, to_utc
from datamimic.columns import Bools, Dates, Ints, Masked
from datamimic_pack_finance.calendar import bank_days
from datamimic_pack_finance.ledger.options import asked

DAY = np.timedelta64(1, "D")

LONGEST_KEPT = 9_000
"""Days for which the oldest accounts have been open."""
YOUNGEST = 16
RECENT = 40
"""No account is opened in so many days before the clock: each has had a payday."""

STAGES = {"active": "created_date", "dormant": "dormant_on"}
DORMANT_AFTER = 395
"""Days without a transaction after which an account counts as dormant."""


def earliest_day(holder: Any, draw: Draw, data: Data, clock: Clock) -> Dates:
    """A bank day at the age of 16 or later; the older the holder, the longer ago it may be."""
    youngest = holder.birthdate.astype("datetime64[D]") + (YOUNGEST * 365 + 5) * DAY
    room = np.clip((clock.date - RECENT * DAY - youngest).astype(np.int64), 0, LONGEST_KEPT)
    share = draw.uniform("years")
    ago = np.where(room < LONGEST_KEPT, 1.0 - np.sqrt(1.0 - share), share) * room
    return bank_days(data).previous(clock.date - RECENT * DAY - ago.astype(np.int64).astype("timedelta64[D]"))


def created_day(earliest_day: Dates, current_account: Any, holder: Any, data: Data) -> Dates:
    """Savings are opened after the current account."""
    after = bank_days(data).next(current_account.earliest_day + DAY)
    return np.where(holder.index > 0, np.maximum(earliest_day, after), earliest_day)


def created_date(created_day: Dates, holder: Any, draw: Draw) -> Any:
    """In the office hours of the branch."""
    seconds = draw.integers(9 * 3600, 17 * 3600, "time")
    return to_utc(created_day.astype("datetime64[us]") + seconds.astype("timedelta64[s]"), holder.address.time_zone)


def rests(holder: Any, created_day: Dates, draw: Draw, clock: Clock, world: World) -> Bools:
    """Is it unused for more than a year? Not the account from which loans are paid back."""
    old = created_day < clock.date - (DORMANT_AFTER + 60) * DAY
    needed = (holder.index == 0) & (holder.loans.counts > 0)
    return draw.chance(asked(world).dormant) & (holder.age >= 25) & old & ~needed


def last_active(rests: Bools, created_day: Dates, draw: Draw, clock: Clock) -> Dates:
    """The last day with bookings: two days before the clock, when it is over in every time zone, or long ago."""
    ago = draw.integers(DORMANT_AFTER + 5, 1500, "ago").astype("timedelta64[D]")
    return np.where(rests, np.maximum(clock.date - ago, created_day + 30 * DAY), clock.date - 2 * DAY)


def window_start(created_day: Dates, clock: Clock, world: World) -> Dates:
    """The day before the first day of the window: that before the first month of the history, or that of the opening."""
    months = np.timedelta64(int(asked(world).history or 0), "M")
    first = (clock.date.astype("datetime64[M]") - months).astype("datetime64[D]")
    return np.maximum(created_day, first - DAY)


def dormant_on(rests: Bools, last_active: Dates) -> Masked:
    return np.ma.MaskedArray(last_active + DORMANT_AFTER * DAY, ~rests)


def dates_in_order(created_date: Dates, last_transaction_date: Any, clock: Clock) -> Bools:
    return (created_date < last_transaction_date) & (last_transaction_date <= clock.instant)


def opened_before_clock(created_date: Dates, clock: Clock) -> Bools:
    return created_date <= clock.instant


def last_transaction_if_any(transaction_count: Ints, last_transaction_date: Any) -> Bools:
    return (transaction_count > 0) == ~np.ma.getmaskarray(last_transaction_date)


def dormant_accounts_rest(status: Any, last_transaction_date: Any, clock: Clock) -> Bools:
    recent = last_transaction_date > clock.instant - DORMANT_AFTER * DAY
    return ~recent | (status == "active")
