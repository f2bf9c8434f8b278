"""The payments of a block of cards, and the bills of its credit cards: what their rows are made from."""

from __future__ import annotations

from typing import Any

import numpy as np
from attrs import evolve

from datamimic import Data, World
from datamimic.columns import Ints, Text
from datamimic_pack_finance.cards.dues_by_card import with_dues
from datamimic_pack_finance.ledger.booking import event_of
from datamimic_pack_finance.ledger.credit import charged
from datamimic_pack_finance.ledger.parents import Parents
from datamimic_pack_finance.ledger.purchases import COLUMNS, Purchases, Spells, of_debit, with_failures

BLOCK, AT_ONCE = 128, 8
"""Cards of which one costs as much as all, and how many times so many are made at once, since each card is made by itself."""


def payments(card: Any, rows: Ints, world: World, data: Data) -> dict[str, Ints]:
    """Per payment of the block, card after card in order of time: columns of `Purchases`, with the `event` of a booking."""
    if not len(rows):
        none = np.zeros(0, dtype=np.int64)
        return dict.fromkeys(("event", *COLUMNS), none)
    cards, _ = Parents.of(card)
    kind: Text = cards.column("card_type")
    parts = []
    for name, made in (("debit", _debit), ("credit", _credit)):
        at = np.flatnonzero(kind == name)
        if len(at):
            parts.append(made(cards.some(at), at, world, data))
    every = Purchases.joined(*parts)
    every = every.take(np.argsort(every.card, kind="stable"))
    return {"event": event_of(every.second, every.kind), **{name: getattr(every, name) for name in COLUMNS}}


def bills(card: Any, rows: Ints, world: World, data: Data) -> dict[str, Ints]:
    """Per bill of the block, card after card: columns of `Bills` and of `Cycles`."""
    names = ("opening", "paid", "purchases", "refunds", "interest", "fee", "closing", "least", "to_pay", "on")
    if not len(rows):
        return {name: np.zeros(0, dtype=np.int64) for name in (*names, "after", "close")}
    cards, _ = Parents.of(card)
    cycles, made, _ = charged(cards, world, data)
    at = np.flatnonzero(cycles.billed)
    return {name: getattr(made, name)[at] for name in names} | {"after": cycles.after[at], "close": cycles.close[at]}


def _debit(cards: Parents, at: Ints, world: World, data: Data) -> Purchases:
    use, count = cards.column("use"), cards.column("purchase_count")
    spells = Spells.of_debit(cards.rows, np.arange(len(at), dtype=np.int64), use.after, use.until, count)
    account = cards.column("account")
    every = _attempted(of_debit(spells, account, world, data), cards, world)
    every = with_dues(every, account.rows, use.after, use.until, account.time_zone, world, data)
    return evolve(every, card=at[every.card])


def _credit(cards: Parents, at: Ints, world: World, data: Data) -> Purchases:
    """With the number of the bill as the period, 0 where there is none."""
    cycles, _, made = charged(cards, world, data, placed=True)
    place = np.searchsorted(cycles.card, made.card) + made.period
    number = np.where(cycles.billed[place], made.period + 1, 0)
    every = _attempted(evolve(made, period=number), cards, world)
    return evolve(every, card=at[every.card])


def _attempted(made: Purchases, cards: Parents, world: World) -> Purchases:
    """With failed attempts."""
    failed = cards.column("payment_count") - cards.column("purchase_count") - cards.column("due_count")
    return with_failures(made, cards.rows, failed, world)
