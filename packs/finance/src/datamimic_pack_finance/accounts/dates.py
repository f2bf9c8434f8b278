"""When an account was opened, and when the last booking on it was made."""

from __future__ import annotations

from typing import Any

import numpy as np

from datamimic import Clock, Data, Draw, Text, World, to_utc
from datamimic.columns import Bools, Dates, Ints, Masked
from datamimic_pack_finance.accounts.windows import DAY, first_day
from datamimic_pack_finance.calendar import bank_days
from datamimic_pack_finance.ledger.book import INTEREST_SECOND

LONGEST_KEPT = 9_000
"""Days for which the oldest accounts have been open."""

STAGES = {"active": "created_date", "dormant": "dormant_on"}
DORMANT_AFTER = 395
"""Days without a transaction after which an account counts as dormant."""


def dormant_on(rests: Bools, last_used: Dates) -> Masked:
    return np.ma.MaskedArray(last_used + DORMANT_AFTER * DAY, ~rests)


def last_second(account_class: Text, draw: Draw) -> Ints:
    """Seconds after midnight of the last booking, on the holder's clocks."""
    return np.where(account_class == "savings", INTEREST_SECOND, draw.integers(17 * 3600, 22 * 3600))


def last_booked_at(last_active: Dates, last_second: Ints, time_zone: Text) -> Dates:
    return to_utc(last_active.astype("datetime64[us]") + last_second.astype("timedelta64[s]"), time_zone)


def created_date(window_start: Dates, holder: Any, draw: Draw, data: Data, world: World, clock: Clock) -> Any:
    """On a bank day in the holder's office hours: the day before the first booking, or before the history at the age of 16 or
    later."""
    youngest = holder.birthdate.astype("datetime64[D]") + (16 * 365 + 5) * DAY
    room = np.clip((window_start - 15 * DAY - youngest).astype(np.int64), 0, LONGEST_KEPT)
    share = draw.uniform("years")
    ago = np.where(room < LONGEST_KEPT, 1.0 - np.sqrt(1.0 - share), share * share) * room
    day = bank_days(data).next(window_start - 15 * DAY - ago.astype(np.int64).astype("timedelta64[D]"))
    day = np.where(window_start >= first_day(world, clock), window_start, day)
    seconds = draw.integers(9 * 3600, 17 * 3600, "time")
    return to_utc(day.astype("datetime64[us]") + seconds.astype("timedelta64[s]"), holder.address.time_zone)


def dates_in_order(created_date: Dates, last_transaction_date: Any, clock: Clock) -> Bools:
    return (created_date < last_transaction_date) & (last_transaction_date <= clock.instant)


def opened_before_clock(created_date: Dates, clock: Clock) -> Bools:
    return created_date <= clock.instant


def last_transaction_if_any(transaction_count: Ints, last_transaction_date: Any) -> Bools:
    return (transaction_count > 0) == ~np.ma.getmaskarray(last_transaction_date)


def dormant_accounts_rest(status: Text, last_transaction_date: Any, clock: Clock) -> Bools:
    recent = last_transaction_date > clock.instant - DORMANT_AFTER * DAY
    return ~recent | (status == "active")
