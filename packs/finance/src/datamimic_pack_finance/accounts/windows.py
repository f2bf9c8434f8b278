"""From when to when an account has bookings, and how many: known from its number and type alone, without making any."""

from __future__ import annotations

from typing import Any

import numpy as np

from datamimic import Clock, Data, Draw, Text, World
from datamimic.columns import Bools, Dates, Ints
from datamimic_pack_finance.calendar import bank_days, month_day, monthly
from datamimic_pack_finance.ledger.options import history

DAY = np.timedelta64(1, "D")
MONTH_DAYS = 3_044
"""Hundredths of days in a month."""
STAYS = 0.994
"""Of accounts, those that are a month later what they were: the others are opened anew."""
RECENT = 45
"""No account is opened in so many days before the clock: each has had a payday."""
STUDENT_DAYS = 2_190
"""For how long accounts of students have been open at most."""
SHORTEST = 5
"""Days of the shortest window with bookings."""
FEWEST = 8
"""Bookings in a window on a current account, at least."""
DORMANT = 0.06


def first_day(world: World, clock: Clock) -> Any:
    """The first day of the history."""
    return (clock.date.astype("datetime64[M]") - np.timedelta64(history(world), "M")).astype("datetime64[D]")


def rests(owner_row: Ints, account_type: Text, draw: Draw) -> Bools:
    """Is nothing booked on it any more? Both accounts of a pair rest, or none."""
    return Draw(draw.address, owner_row).chance(DORMANT) & (account_type != "student_checking")


def open_days(
    rows: Ints, owner_row: Ints, account_type: Text, rests: Bools, draw: Draw, world: World, clock: Clock
) -> Ints:
    """For how many days of the history it has been open: all, or fewer where it was opened later."""
    own = Draw(draw.address, owner_row)
    whole = int((clock.date - first_day(world, clock)).astype(np.int64)) + 1
    stay = 1.0
    for _ in range(history(world)):
        stay *= STAYS
    student = account_type == "student_checking"
    most = np.where(student, min(whole, STUDENT_DAYS), whole)
    fresh = own.chance(1.0 - stay, "new") | (student & (whole > STUDENT_DAYS))
    room = np.maximum(most - RECENT, 0)
    days = np.where(fresh & ~rests & (room > 0), RECENT + (own.uniform("days") * room).astype(np.int64), whole)
    later = (owner_row != rows) & ~rests & (days > RECENT) & draw.chance(0.3, "later")
    return np.where(later, RECENT + (draw.uniform("later days") * (days - RECENT)).astype(np.int64), days)


def last_used(owner_row: Ints, rests: Bools, draw: Draw, clock: Clock) -> Dates:
    """The last day on which the holder uses it: over in every time zone, or long ago."""
    own = Draw(draw.address, owner_row)
    ago = np.where(rests, own.integers(400, 1500, "ago"), own.integers(2, 4, "recent"))
    return clock.date - ago.astype("timedelta64[D]")


def window_start(open_days: Ints, last_used: Dates, world: World, data: Data, clock: Clock) -> Dates:
    """The day before the first day of the history, or the bank day on which the account was opened."""
    before = first_day(world, clock) - DAY
    start = clock.date - open_days.astype("timedelta64[D]")
    opened = np.maximum(bank_days(data).previous(start), before)
    return np.minimum(np.where(start > before, opened, before), last_used)


def last_active(window_start: Dates, last_used: Dates, account_class: Text, data: Data) -> Dates:
    """The day of the last booking: of savings that of the last interest. The start of the window where there is none."""
    days = bank_days(data)
    month = last_used.astype("datetime64[M]")
    end = days.previous(month_day(month, 31))
    before = days.previous(month_day(month - np.timedelta64(1, "M"), 31))
    last = np.where(account_class == "savings", np.where(end <= last_used, end, before), last_used)
    least = np.where(account_class == "savings", 1, SHORTEST) * DAY
    return np.where(last - window_start >= least, last, window_start)


def interest_months(window_start: Dates, last_active: Dates, account_class: Text, data: Data) -> Ints:
    """How often interest is booked."""
    late = np.full(len(window_start), 31, dtype=np.int64)
    _, count = monthly(bank_days(data), late, window_start, last_active, bank_days(data).previous)
    return np.where((account_class == "savings") & (last_active > window_start), count, 0)


def pace(account_type: Text, draw: Draw, data: Data) -> Ints:
    """Bookings a month of current accounts, 0 on savings."""
    table = data["booking_paces"]
    at = np.flatnonzero(~account_type.isin({"savings", "money_market"}))
    found = np.zeros(len(draw), dtype=np.int64)
    found[at] = table.ints("per_month")[draw.take(at).pick(table.by("account_type"), account_type.take(at))]
    return found


def own_count(pace: Ints, window_start: Dates, last_active: Dates) -> Ints:
    """Bookings of a current account beside the transfers to and from its savings."""
    days = (last_active - window_start).astype(np.int64)
    return np.where((pace > 0) & (days > 0), np.maximum(pace * days * 100 // MONTH_DAYS, FEWEST), 0)
