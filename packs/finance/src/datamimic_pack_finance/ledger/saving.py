"""Savings: transfers from and to the holder's current account, and interest on the balance of every day.

A transfer follows from the savings account and its day alone, so that both accounts know it: its plan, what is put aside
besides, and what is taken back. Interest is booked on the last bank day of a month, and bears interest itself from then on.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from attrs import frozen

from datamimic import Data, Draw, Ref, Text, World, positions
from datamimic.columns import Bools, Dates, Ints
from datamimic_pack_finance.accounts.pairs import ACCOUNT
from datamimic_pack_finance.calendar import bank_days, month_day, monthly
from datamimic_pack_finance.money import currency_of, rounded

DAY = np.timedelta64(1, "D")
SHORTEST = 7
"""Days that both accounts must have in common before money goes from one to the other."""
EVERY = (1, 3, 4)
"""Months between two transfers: by the plan, to savings besides, and back."""
PLAN, UP, DOWN = range(3)
YEAR = 365
RATES = 10_000
"""Rates are hundredths of a per cent."""
UNITED = 1 << 17
"""Days and numbers of transfers are below this."""


@frozen(eq=False)
class Legs:
    """Transfers of savings accounts, `account` by `account` (their place among those asked for): which series, on which day
    (since 1970), how much in hundredths, and a key that both accounts know."""

    account: Ints
    series: Ints
    day: Ints
    amount: Ints
    key: Ints

    @property
    def to_savings(self) -> Ints:
        """The amount as the savings account sees it."""
        return np.where(self.series == DOWN, -self.amount, self.amount)


def saves(account_class: Text, draw: Draw) -> Bools:
    """Is money put on it every month?"""
    return draw.chance(0.6) & (account_class == "savings")


def plan(saves: Bools, holder: Any, draw: Draw, data: Data) -> Ints:
    """What is put on it every month: some per cent of the income, in round sums."""
    step = _step(data)
    amount = holder.income * draw.integers(2, 9, "percent") // 1200
    return np.where(saves, np.maximum(amount // step, 1) * step, 0)


def usual_transfer(holder: Any, account_class: Text, data: Data) -> Ints:
    """About how much is put aside or taken back besides."""
    return np.where(account_class == "savings", np.maximum(holder.income // 40, 4 * _step(data)), 0)


def leg_count(
    rows: Ints,
    owner_row: Ints,
    saves: Bools,
    plan_day: Ints,
    window_start: Dates,
    last_active: Dates,
    world: World,
    data: Data,
) -> Ints:
    """Transfers of savings accounts, 0 for others."""
    count = np.zeros(len(rows), dtype=np.int64)
    at = np.flatnonzero(owner_row != rows)
    if len(at):
        each = _series(rows[at], owner_row[at], saves[at], plan_day[at], window_start[at], last_active[at], world, data)
        count[at] = sum(counts for _, counts, _ in each)
    return count


def _series(
    rows: Ints,
    owner_row: Ints,
    saves: Bools,
    plan_day: Ints,
    window_start: Dates,
    last_active: Dates,
    world: World,
    data: Data,
) -> list[tuple[Ints, Ints, Ints]]:
    """First month (since 1970), number and day of the month of each series."""
    feeds = Ref(world, world.spec(ACCOUNT), owner_row)
    begin = np.maximum(window_start, feeds.column("window_start")) + DAY
    end = np.minimum(last_active, feeds.column("last_active")) - DAY
    together = ((end - begin).astype(np.int64) >= SHORTEST) & (owner_row != rows)
    days, made = bank_days(data), []
    for series, every in enumerate(EVERY):
        day = plan_day if series == PLAN else 1 + (rows * 11 + series * 5) % 27
        first, count = monthly(days, day, begin, end, days.next)
        month = first.astype(np.int64)
        start = month + (-(month + rows)) % every
        number = np.maximum((month + count - 1 - start) // every + 1, 0)
        made.append((start, np.where(together & (saves | (series != PLAN)), number, 0), day))
    return made


def legs(savings: Any, world: World, data: Data) -> Legs:
    """Of savings accounts, whose columns `savings` has: a `Ref` or a batch of them, all with an account that feeds them."""
    rows = savings.rows
    series = _series(
        rows, savings.column("owner_row"), savings.column("saves"), savings.column("plan_day"),
        savings.column("window_start"), savings.column("last_active"), world, data,
    )  # fmt: skip
    plan, usual, step = savings.column("plan"), savings.column("usual_transfer"), _step(data)
    days, parts = bank_days(data), []
    address = world.address(ACCOUNT, "own transfers")
    for number, (start, count, day) in enumerate(series):
        account = np.repeat(np.arange(len(rows), dtype=np.int64), count)
        month = start[account] + positions(count) * EVERY[number]
        on = days.next(month_day(month.astype("datetime64[M]"), day[account])).astype(np.int64)
        key = (rows[account] * len(EVERY) + number) * UNITED + on
        amount = plan[account]
        if number != PLAN:
            part = 0.4 + 1.6 * Draw(address, key).uniform("saved")
            amount = rounded((usual[account] * part).astype(np.int64), step)
        parts.append((account, np.full(len(account), number, dtype=np.int64), on, amount, key))
    account, kind, on, amount, key = (np.concatenate(part) for part in zip(*parts, strict=True))
    order = np.argsort(account, kind="stable")
    return Legs(account[order], kind[order], on[order], amount[order], key[order])


@frozen(eq=False)
class Course:
    """How savings go: the `opening` of each account, its interest (account by account, `count` of each, on `day`), the balance
    after the last booking, and the sums of what came and went."""

    opening: Ints
    count: Ints
    day: Ints
    interest: Ints
    closing: Ints


def course(savings: Any, made: Legs, data: Data) -> Course:
    """Of savings accounts and their transfers."""
    number = len(savings.rows)
    taken = np.bincount(made.account[made.series == DOWN], made.amount[made.series == DOWN], minlength=number)
    # What is taken back was there before: savings are never negative.
    opening = savings.column("balance_buffer") + taken.astype(np.int64)
    count, rate, unit = savings.column("interest_months"), savings.column("interest_rate"), currency_of(data).unit
    start = savings.column("window_start")
    late = np.full(number, 31, dtype=np.int64)
    days = bank_days(data)
    first, _ = monthly(days, late, start, savings.column("last_active"), days.previous)
    account = np.repeat(np.arange(number, dtype=np.int64), count)
    month = first.astype(np.int64)[account] + positions(count)
    day = days.previous(month_day(month.astype("datetime64[M]"), late[account])).astype(np.int64)
    offsets = np.cumsum(count) - count
    # Every transfer counts until the next day of interest: what it adds to the sum of the balances of days.
    place = np.searchsorted(account * UNITED + day, made.account * UNITED + made.day)
    signed = made.to_savings
    moved = np.bincount(place, signed, minlength=len(day)).astype(np.int64)
    area = np.bincount(place, signed * (day[place] - made.day), minlength=len(day)).astype(np.int64)
    before = np.concatenate((day[:1], day[:-1]))
    before[offsets[count > 0]] = start.astype(np.int64)[count > 0]
    interest = np.zeros(len(day), dtype=np.int64)
    balance = opening.copy()
    for turn in range(int(count.max(initial=0))):
        going = np.flatnonzero(count > turn)
        at = offsets[going] + turn
        due = interest_of(balance[going] * (day[at] - before[at]) + area[at], rate[going], unit)
        interest[at] = due
        balance[going] += moved[at] + due
    return Course(opening, count, day, interest, balance)


def interest_of(days_balance: Ints, rate: Ints, unit: int) -> Ints:
    """Hundredths, rounded down to the unit, one at least, on the sum of the balances of days."""
    return np.maximum(np.maximum(days_balance, 0) * rate // (RATES * YEAR * unit), 1) * unit


def _step(data: Data) -> int:
    return 1_000 * max(currency_of(data).price // 100, 1)
