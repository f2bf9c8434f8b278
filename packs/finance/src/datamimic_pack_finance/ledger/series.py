"""What falls due on current accounts again and again: income by its rhythm, rent, suppliers, fees, and once a month the
transfer that brings the balance to where the holder keeps it.

The number of bookings of an account is given: transfers to savings take their places first, then what is due here, in this
order. A series that does not fit any more is left out whole, so that none has gaps.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from attrs import frozen

from datamimic import Data, WorkingDays, positions
from datamimic.columns import Bools, Dates, Ints
from datamimic_pack_finance.accounts.monthly import SUBSCRIPTION, SUPPLIERS
from datamimic_pack_finance.calendar import bank_days, month_day, monthly
from datamimic_pack_finance.holders.pay import RHYTHMS
from datamimic_pack_finance.ledger.booking import NUMBER

WEEK = 7
FRIDAY = 4
SEMIMONTHLY = (15, 31)
DAY = np.timedelta64(1, "D")
PINNED = 2
"""The first and the last booking of an account."""
SETTLING = 100
"""Stands for the kind of the transfers that settle the balance, until it is known which way they go."""


@frozen(eq=False)
class Due:
    """What is due, account by account (`account` is a place among those asked for): the kind, the day since 1970, hundredths
    (0 where they follow from other things), and a row of merchants, -1 for none."""

    account: Ints
    kind: Ints
    day: Ints
    amount: Ints
    merchant: Ints


class _Found:
    """Series as they are found, of accounts that still have so much `room`."""

    def __init__(self, accounts: Any, by_card: Ints, days: WorkingDays) -> None:
        self.days = days
        self.start: Dates = accounts.column("window_start") + DAY
        self.end: Dates = accounts.column("last_active") - DAY
        self.room: Ints = np.maximum(accounts.column("own_count") - PINNED - by_card, 0)
        self.parts: list[tuple[Ints, Ints, Ints, Ints, Ints]] = []

    def monthly(
        self, which: Bools, kind: int, day: Any, amount: Any, merchant: Any = -1, *, ahead: bool = True
    ) -> None:
        """A series with one due date in each month; a due day that is no bank day moves ahead, or else back."""
        at = np.flatnonzero(which)
        rule = self.days.next if ahead else self.days.previous
        on = np.broadcast_to(np.asarray(day, dtype=np.int64), which.shape)[at]
        first, count = monthly(self.days, on, self.start[at], self.end[at], rule)
        each = np.repeat(np.arange(len(at)), self._fitting(at, count))
        month = first[each] + positions(self._last).astype("timedelta64[M]")
        self._add(at[each], kind, rule(month_day(month, on[each])).astype(np.int64), amount, merchant)

    def every(self, which: Bools, kind: int, step: int, phase: Ints) -> None:
        """A series on Fridays, every so many days; the bank day before where it is none."""
        at = np.flatnonzero(which)
        # A holiday before the first of them must not carry it out of the window.
        first = self.start[at].astype(np.int64) + WEEK
        first += (FRIDAY - (first + 3)) % WEEK
        weeks = step // WEEK
        first += ((phase[at] - first // WEEK) % weeks) * WEEK
        count = np.maximum((self.end[at].astype(np.int64) - first) // step + 1, 0)
        each = np.repeat(np.arange(len(at)), self._fitting(at, count))
        day = (first[each] + positions(self._last) * step).astype("datetime64[D]")
        self._add(at[each], kind, self.days.previous(day).astype(np.int64), 0, -1)

    def _fitting(self, at: Ints, count: Ints) -> Ints:
        self._last = np.where(count <= self.room[at], count, 0)
        self.room[at] -= self._last
        return self._last

    def _add(self, account: Ints, kind: int, day: Ints, amount: Any, merchant: Any) -> None:
        def column(value: Any) -> Ints:
            return value[account] if np.ndim(value) else np.full(len(account), value, dtype=np.int64)

        self.parts.append((account, column(kind), day, column(amount), column(merchant)))


def day_of(accounts: Any, supplier: int) -> Ints:
    """The day of the month on which a supplier, a place in `SUPPLIERS`, is paid."""
    day: Ints = 1 + (accounts.column("bill_day") + 7 * supplier) % 27
    return day


def due(accounts: Any, by_card: Ints, pays: Bools, data: Data) -> Due:
    """Of accounts whose columns `accounts` has; `by_card` places are taken by a card that `pays`, subscriptions as well."""
    found = _Found(accounts, by_card, bank_days(data))
    current: Bools = accounts.column("account_class") == "current"
    rows: Ints = accounts.rows
    found.monthly(current, SETTLING, 26 + rows % 3, 0)
    paid = current & (accounts.column("gross_income") > 0)
    rhythm, payday = accounts.column("rhythm"), accounts.column("payday")
    for number, name in enumerate(RHYTHMS):
        which = paid & (rhythm == number)
        if name == "monthly":
            found.monthly(which, NUMBER["income"], payday, 0, ahead=False)
        elif name == "semimonthly":
            for day in SEMIMONTHLY:
                found.monthly(which, NUMBER["income"], day, 0, ahead=False)
        else:
            found.every(which, NUMBER["income"], 2 * WEEK if name == "biweekly" else WEEK, rows)
    rent = accounts.column("rent")
    found.monthly(rent > 0, NUMBER["rent"], accounts.column("rent_day"), rent)
    shape = (len(rows), len(SUPPLIERS))
    merchants, prices = (accounts.column(name).values.reshape(shape) for name in ("suppliers", "supplier_prices"))
    for place, category in enumerate(SUPPLIERS):
        subscribed = category == SUBSCRIPTION
        which = (merchants[:, place] >= 0) & ~(subscribed & pays)
        on = day_of(accounts, place)
        kind = NUMBER["card_online" if subscribed else "bill"]
        found.monthly(which, kind, on, prices[:, place], merchants[:, place])
    fee = accounts.column("monthly_fee")
    found.monthly(current & (fee > 0), NUMBER["fee"], 31, fee, ahead=False)
    return Due(*(np.concatenate(part) for part in zip(*found.parts, strict=True)))
