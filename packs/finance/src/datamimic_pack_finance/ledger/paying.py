"""Which of an account's payments its debit card makes, and when the others are made: on the days on which a card of the world
pays no other is by card."""

from __future__ import annotations

from typing import Any

import numpy as np
from attrs import frozen

from datamimic import Data, Draw, World, positions
from datamimic.columns import Ints
from datamimic_pack_finance.cards.dues_by_card import with_dues
from datamimic_pack_finance.cards.of_accounts import CardsOf
from datamimic_pack_finance.ledger.purchases import MADE, Spells, of_debit, with_failures
from datamimic_pack_finance.ledger.spending import Free, free_payments, kinds_of


@frozen(eq=False)
class Paying:
    """Per account of a block its debit `card`, -1 for none, the days (`after`, `until`] on which that pays, the `count` of its
    payments, how many attempts `failed`, and how many `dues` of other packs it pays."""

    card: Ints
    after: Ints
    until: Ints
    count: Ints
    failed: Ints
    dues: Ints

    @classmethod
    def of(cls, accounts: Ints, world: World) -> Paying:
        debits = CardsOf.of(world).debits_of(accounts)
        failed = debits.payments - debits.purchases - debits.dues
        return cls(debits.card, debits.after, debits.until, debits.purchases, failed, debits.dues)

    def bookings(self, accounts: Any, world: World, data: Data) -> dict[str, Any]:
        """What the cards paid, as columns of bookings; `number` counts the payments and attempts of a card."""
        at = np.flatnonzero(self.card >= 0)
        rows, failed = self.card[at], self.failed[at]
        spells = Spells.of_debit(rows, at, self.after[at], self.until[at], self.count[at])
        every = with_failures(of_debit(spells, accounts, world, data), rows, failed, world)
        zone = accounts.column("time_zone").take(at)
        every = with_dues(every, accounts.rows[at], self.after[at], self.until[at], zone, world, data)
        number = positions(self.count[at] + failed + self.dues[at])
        booked = np.flatnonzero(every.outcome == MADE)
        made = every.take(booked)
        names = (
            "kind", "day", "second", "merchant", "place", "signed", "original", "fee", "rate", "source", "contract", "payment",
        )  # fmt: skip
        return {
            "account": at[made.card],
            "card": rows[made.card],
            "number": number[booked],
            "amount": 0,
            **{name: getattr(made, name) for name in names},
        }

    def others(self, account: Ints, accounts: Any, draw: Draw, world: World, data: Data) -> Free:
        """The free payments that no card of the world makes: of every kind on days before and after it pays."""
        opened = accounts.column("window_start").astype(np.int64) + 1
        last = np.maximum(accounts.column("last_active").astype(np.int64) - 1, opened)
        after = np.where(self.card >= 0, self.after, opened)
        until = np.where(self.card >= 0, self.until, opened)
        before, behind = after - opened, last - until
        number = np.bincount(account, minlength=len(opened))
        outside = np.minimum(
            (number + self.count) * (before + behind) // np.maximum(last - opened, 1), number
        )  # fmt: skip
        inside = positions(number) >= outside[account]
        early = draw.uniform("before or after") * (before + behind)[account] < before[account]
        start = np.where(inside, after[account], np.where(early, opened[account], until[account]))
        end = np.where(inside, until[account], np.where(early, after[account], last[account]))
        kind = np.zeros(len(account), dtype=np.int64)
        for which, by_card in ((inside, "no"), (~inside, None)):
            at = np.flatnonzero(which)
            kind[at] = kinds_of(account[at], accounts, draw.take(at), data, by_card)
        return free_payments(account, kind, start, end, accounts, draw, world, data)
