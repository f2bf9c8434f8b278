"""What is paid by card: when, where and how much, with attempts that failed; the same whether a card or an account asks."""

from __future__ import annotations

from typing import Any

import numpy as np
from attrs import evolve, fields, frozen

from datamimic import Data, Draw, World, positions
from datamimic.columns import Bools, Ints
from datamimic_pack_finance.accounts.monthly import SUBSCRIPTION, SUPPLIERS
from datamimic_pack_finance.calendar import bank_days, month_day, monthly
from datamimic_pack_finance.cards.cycles import PAYMENTS, PERIODS, Cycles
from datamimic_pack_finance.cards.owners import CARD
from datamimic_pack_finance.ledger.booking import NUMBER, seconds_of
from datamimic_pack_finance.ledger.order import by_time
from datamimic_pack_finance.ledger.prices import Prices
from datamimic_pack_finance.ledger.series import day_of
from datamimic_pack_finance.ledger.spending import Free, free_payments, kinds_of
from datamimic_pack_finance.money import currency_of

SUBSCRIBED = SUPPLIERS.index(SUBSCRIPTION)
MADE, DECLINED, REVERSED, OVER = range(4)
"""What became of a payment: an attempt was declined, or taken back as its answer had come too late; or the limit forbade it."""
TAKEN_BACK = 0.15
"""Of attempts that failed, those that were approved and taken back."""
ANCHOR_SHARE = 5
"""The first payment of a period is at most a fifth of the limit, so that it is always approved."""


@frozen(eq=False)
class Spells:
    """Payments to be made by cards, whose row numbers are `rows` and whose accounts are the places `account` among those asked
    for. Per payment `card` (a place), its `number` among those of the card, the days (`after`, `until`] on which it may be
    made, the `period` of its bill, and whether it is its period's `anchor`."""

    rows: Ints
    account: Ints
    card: Ints
    number: Ints
    after: Ints
    until: Ints
    period: Ints
    anchor: Bools

    @classmethod
    def of_debit(cls, rows: Ints, account: Ints, after: Ints, until: Ints, count: Ints) -> Spells:
        card = np.repeat(np.arange(len(rows), dtype=np.int64), count)
        none = np.zeros(len(card), dtype=np.int64)
        return cls(rows, account, card, positions(count), after[card], until[card], none, none > 0)

    @classmethod
    def of_credit(cls, rows: Ints, account: Ints, cycles: Cycles) -> Spells:
        at = np.repeat(np.arange(len(cycles.card), dtype=np.int64), cycles.payments)
        card = cycles.card[at]
        number = positions(np.bincount(card, minlength=len(rows)))
        anchor = cycles.billed[at] & (positions(cycles.payments) == 0)
        return cls(rows, account, card, number, cycles.after[at], cycles.until[at], cycles.number[at], anchor)


@frozen(eq=False)
class Purchases:
    """Card after card in order of time. `second` counts from 1940, UTC; `merchant`, `place`, `original`, `fee` and `rate` are
    as in a ledger, `signed` above zero for what comes back; `outcome` is MADE, DECLINED, REVERSED or OVER. What another
    pack knows of says so: its `source` among the world's dues, -1 for others, `contract` and `payment` of it."""

    card: Ints
    kind: Ints
    day: Ints
    second: Ints
    merchant: Ints
    place: Ints
    signed: Ints
    original: Ints
    fee: Ints
    rate: Ints
    period: Ints
    anchor: Bools
    outcome: Ints
    source: Ints
    contract: Ints
    payment: Ints

    @classmethod
    def joined(cls, *parts: Purchases) -> Purchases:
        """In no order: one part after the other."""
        return cls(*(np.concatenate([getattr(part, name) for part in parts]) for name in COLUMNS))

    def take(self, places: Ints) -> Purchases:
        return Purchases(*(getattr(self, name)[places] for name in COLUMNS))


COLUMNS = tuple(each.name for each in fields(Purchases))


def of_debit(cards: Spells, accounts: Any, world: World, data: Data) -> Purchases:
    """What debit cards pay; `accounts` has the columns of their accounts. The first of its payments are a subscription's."""
    draw = _draw(cards, world)
    owner = cards.account[cards.card]
    kind = kinds_of(owner, accounts, draw, data, "yes")
    at, day, merchant, price = _subscriptions(cards, accounts, data)
    kind[at] = NUMBER["card_online"]
    free = free_payments(owner, kind, cards.after, cards.until, accounts, draw, world, data)
    free.day[at], free.merchant[at] = day, merchant
    amount = np.full(len(kind), -1, dtype=np.int64)
    amount[at] = price
    return _priced(cards, free, amount, accounts, draw, world, data)[0]


def of_credit(
    cards: Spells, limit: Ints, accounts: Any, world: World, data: Data, *, placed: bool
) -> tuple[Purchases, Ints]:
    """What credit cards pay, and the place of what a refund gives back, -1 for others. There is no cash, and what holds up the
    bill of a period is bought online and not given back. Where it is not to be `placed`, shops are any of their category."""
    draw = _draw(cards, world)
    owner = cards.account[cards.card]
    kind = kinds_of(owner, accounts, draw, data, "yes")
    kind[kind == NUMBER["atm"]] = NUMBER["card_pos"]
    kind[cards.anchor] = NUMBER["card_online"]
    free = free_payments(owner, kind, cards.after, cards.until, accounts, draw, world, data, placed=placed)
    made, bought = _priced(cards, free, np.full(len(kind), -1, dtype=np.int64), accounts, draw, world, data)
    step = currency_of(data).price
    most = np.maximum(limit[made.card] // (ANCHOR_SHARE * step), 1) * step
    return evolve(made, signed=np.where(made.anchor, np.maximum(made.signed, -most), made.signed)), bought


def _draw(cards: Spells, world: World) -> Draw:
    return Draw(world.address(CARD, "payments"), cards.rows[cards.card] * PAYMENTS + cards.number)


def _priced(
    cards: Spells, free: Free, amount: Ints, accounts: Any, draw: Draw, world: World, data: Data
) -> tuple[Purchases, Ints]:
    """In order of time, at what it costs, and the places of what is given back."""
    seconds = free.hour * 3600 + draw.integers(0, 3599, "second")
    moment = seconds_of(free.day, seconds, accounts.column("time_zone").take(cards.account[cards.card]))
    order = by_time(cards.card, moment)
    card, period, anchor = cards.card[order], cards.period[order], cards.anchor[order]
    columns: dict[str, Any] = {
        "kind": free.kind[order], "day": free.day[order], "merchant": free.merchant[order], "amount": amount[order],
        "kept": anchor,
    }  # fmt: skip
    prices = Prices.of(
        cards.account[card], columns, accounts, draw.take(order), world, data, card * PERIODS + period
    )  # fmt: skip
    none = np.full(len(card), -1, dtype=np.int64)
    made = Purchases(
        card, prices.kind, columns["day"], moment[order], prices.merchant, free.place[order], prices.signed,
        prices.original, prices.fee, prices.rate, period, anchor, np.full(len(card), MADE, dtype=np.int64), none, none, none,
    )  # fmt: skip
    return made, prices.bought


def _subscriptions(cards: Spells, accounts: Any, data: Data) -> tuple[Ints, Ints, Ints, Ints]:
    """Which payments are a subscription's: their places, days, merchants and prices."""
    first = np.searchsorted(cards.card, np.arange(len(cards.rows)))
    count = np.bincount(cards.card, minlength=len(cards.rows))
    shape = (len(accounts.rows), len(SUPPLIERS))
    merchant, price = (
        accounts.column(name).values.reshape(shape)[cards.account, SUBSCRIBED]
        for name in ("suppliers", "supplier_prices")
    )
    has = np.flatnonzero((merchant >= 0) & (count > 0))
    begin, end = (bound[first[has]].astype("datetime64[D]") for bound in (cards.after, cards.until))
    on = day_of(accounts, SUBSCRIBED)[cards.account[has]]
    days = bank_days(data)
    month, due = monthly(days, on, begin, end, days.next)
    due = np.where(due <= count[has], due, 0)
    each = np.repeat(np.arange(len(has), dtype=np.int64), due)
    turn = positions(due)
    day = days.next(month_day(month[each] + turn.astype("timedelta64[M]"), on[each])).astype(np.int64)
    return first[has][each] + turn, day, merchant[has][each], price[has][each]


def with_failures(made: Purchases, rows: Ints, failed: Ints, world: World) -> Purchases:
    """With attempts before some of the payments that were declined or taken back: `failed` of each of the cards."""
    count = np.bincount(made.card, minlength=len(rows))
    card = np.repeat(np.arange(len(rows), dtype=np.int64), failed)
    draw = Draw(world.address(CARD, "attempts"), rows[card] * PAYMENTS + positions(failed))
    meant = made.take((np.cumsum(count) - count)[card] + draw.integers(0, count[card] - 1, "before"))
    back = draw.chance(TAKEN_BACK, "taken back")
    ago = np.where(back, draw.integers(150, 400, "reversed"), draw.integers(25, 90, "declined"))
    attempts = evolve(meant, second=meant.second - ago, outcome=np.where(back, REVERSED, DECLINED))
    every = Purchases.joined(made, attempts)
    return every.take(by_time(every.card, every.second))
