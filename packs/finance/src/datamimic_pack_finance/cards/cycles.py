"""From when to when a card pays, in which periods its payments are billed, and how many there are: known without making any."""

from __future__ import annotations

from typing import Any

import numpy as np
from attrs import frozen

from datamimic import Data, Draw, Struct, Table, Text, World, positions, record
from datamimic.columns import Bools, Dates, Ints
from datamimic_pack_finance.accounts.windows import DAY, MONTH_DAYS
from datamimic_pack_finance.cards.owners import CARD, is_carried
from datamimic_pack_finance.ledger.series import PINNED

FIXED = 720
"""Hundredths of bookings a month that no card makes: what is usually due, and what settles the balance."""
PERIODS = 512
"""Periods of a card are below this."""
PAYMENTS = 1 << 17
"""Payments of a card are below this."""
ATTEMPTS = 0.035
"""Of payments, those before which another attempt failed."""


@record
class Use:
    """The days, since 1970, on which a card pays: (`after`, `until`]; nothing where they are the same."""

    after: int
    until: int


def use(
    rows: Ints, is_main: Bools, card_type: Text, account: Any, issue_date: Dates, expires_at_last: Dates, world: World
) -> Struct:
    """Within the bookings of the account that pays, of which its debit card makes all that are by card. Credit cards of an
    account on which nothing is booked any more rest too."""
    first = account.window_start + DAY
    start = np.where(is_main, first, np.maximum(first, issue_date)).astype(np.int64)
    end = np.minimum(account.last_active - DAY, expires_at_last).astype(np.int64)
    used = is_main | (is_carried(rows, card_type, world) & ~account.rests)
    return Struct({"after": start, "until": np.where(used, np.maximum(end, start), start)})


def card_share(world: World, data: Data) -> float:
    """Of free bookings, those that a card makes."""

    def found() -> float:
        mix: Table = data["transaction_mix"]
        usual = np.where(mix["profile"] == "employee", mix.floats("weight"), 0.0)
        return float(usual[mix["by_card"] == "yes"].sum() / usual.sum())

    return world.memo(("finance.share of cards", data.country), found)


def purchase_count(
    rows: Ints, card_type: Text, use: Any, account: Any, cycle_day: Ints, pace: Ints, world: World, data: Data
) -> Ints:
    """Payments that were made: with debit cards those for which the bookings of the account leave room, with credit cards so
    many in every period of their bills."""
    days = use.until - use.after
    whole = (account.last_active - account.window_start).astype(np.int64) - 2
    room = np.maximum(account.own_count - PINNED - FIXED * whole // MONTH_DAYS, 0)
    count = (room * card_share(world, data)).astype(np.int64) * days // np.maximum(whole, 1)
    at = np.flatnonzero((card_type == "credit") & (days > 0))
    cycles = Cycles.of(
        rows[at], use.after[at], use.until[at], last_day(account)[at], cycle_day[at], pace[at], world
    )  # fmt: skip
    count[at] = np.bincount(cycles.card, cycles.payments, minlength=len(at)).astype(np.int64)
    return count


def last_day(account: Any) -> Ints:
    """The last day, since 1970, on which something is booked on the account besides what settles its balance."""
    last: Ints = (account.column("last_active") - DAY).astype(np.int64)
    return last


def payment_count(purchase_count: Ints, due_count: Ints, draw: Draw) -> Ints:
    """With attempts that failed, and what other packs know of."""
    return due_count + purchase_count + (purchase_count * ATTEMPTS + draw.uniform()).astype(np.int64)


@frozen(eq=False)
class Cycles:
    """The periods of credit cards, card after card (`card` is a place among those asked for, `number` counts them): the days
    (`after`, `close`], the last day on which the card pays, how many payments are made, and whether there is a bill."""

    card: Ints
    number: Ints
    after: Ints
    close: Ints
    until: Ints
    payments: Ints
    billed: Bools

    @classmethod
    def of(cls, rows: Ints, after: Ints, until: Ints, end: Ints, cycle_day: Ints, pace: Ints, world: World) -> Cycles:
        """Bills are made on the `cycle_day` of every month up to the day `end`; the last one of a card that pays no more is
        that of the period in which it last did. Cards that never pay have no periods."""
        first = _month(after) + (_day_in(_month(after), cycle_day) <= after)
        last = _day_in(_month(until) + (_day_in(_month(until), cycle_day) < until), cycle_day)
        until_now = np.minimum(last, end)
        bills = _month(until_now) - first + (_day_in(_month(until_now), cycle_day) <= until_now)
        there = until > after
        bills, count = np.where(there, bills, 0), np.where(there, bills + (last > end), 0)
        card = np.repeat(np.arange(len(rows), dtype=np.int64), count)
        number = positions(count)
        own_first, own_day = first[card] + number, cycle_day[card]
        begins = np.where(number == 0, after[card], _day_in(own_first - 1, own_day))
        billed = number < bills[card]
        close = np.where(billed, _day_in(own_first, own_day), end[card])
        paying = np.minimum(close, until[card])
        draw = Draw(world.address(CARD, "periods"), rows[card] * PERIODS + number)
        made = (pace[card] * (paying - begins) * (0.5 + draw.uniform("payments")) * 100 / MONTH_DAYS).astype(np.int64)
        # Every bill is of something, so that there are as many payments of bills as bills.
        return cls(card, number, begins, close, paying, np.where(billed, np.maximum(made, 1), made), billed)


def _month(day: Ints) -> Ints:
    """The month of a day, both counted from 1970."""
    return day.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)


def _day_in(month: Ints, cycle_day: Ints) -> Ints:
    """Days of bills are up to the 28th, which every month has."""
    return month.astype("datetime64[M]").astype("datetime64[D]").astype(np.int64) + cycle_day - 1
