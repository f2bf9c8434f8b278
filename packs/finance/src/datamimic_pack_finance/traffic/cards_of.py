"""Which of an account's debit cards a payment was made with: what is booked on an account was not paid by credit card."""

from __future__ import annotations

from typing import Any

import numpy as np
from attrs import frozen

from datamimic import Draw, Ref, Text, World
from datamimic.columns import Bools, Dates, Ints

CARD = "finance.credit_card"
PAID_BY_CARD = ("Card Payment", "Online Card Payment", "International Card Payment", "Cash Withdrawal")


@frozen(eq=False)
class CardsOf:
    """The debit cards of every account, account after account: `cards[first[a]:first[a + 1]]`."""

    cards: Ints
    first: Ints

    @classmethod
    def of(cls, world: World) -> CardsOf:
        """Eight bytes for each card and account that references may point to, made once in a world."""
        spec = world.spec(CARD)
        known = Ref(world, spec, np.arange(world.size(spec), dtype=np.int64))
        account: Ref = known.column("account", Ref)
        debit = np.flatnonzero(known.column("card_type", Text) == "debit")
        order = debit[np.argsort(account.rows[debit], kind="stable")]
        counts = np.bincount(account.rows[order], minlength=world.size(account.target))
        return cls(order, np.concatenate([[0], np.cumsum(counts)]))

    def pick(self, accounts: Ints, bits: Ints) -> Ints:
        """For each account one of its cards, -1 where it has none."""
        inside = (accounts >= 0) & (accounts < len(self.first) - 1)
        rows = np.where(inside, accounts, 0)
        counts = np.where(inside, self.first[rows + 1] - self.first[rows], 0)
        place = self.first[rows] + bits % np.maximum(counts, 1)
        return np.where(counts > 0, self.cards[np.minimum(place, len(self.cards) - 1)], -1)


def card(account: Any, transaction_type: Text, draw: Draw, world: World) -> Any:
    """The row of a card of the account, masked where it has none, or where nothing was paid by card."""
    known: CardsOf = world.memo(("finance", "cards of accounts"), lambda: CardsOf.of(world))
    rows = known.pick(account.rows, draw.integers(0, 2**30, "which"))
    return np.ma.MaskedArray(np.maximum(rows, 0), ~transaction_type.isin(set(PAID_BY_CARD)) | (rows < 0))


def by_card(card: Ref, transaction_date: Dates) -> Bools:
    """Was it paid by a card of the world, which had been issued the day before or earlier, and had not expired?"""
    day = transaction_date.astype("datetime64[D]")
    issued, expires = np.ma.getdata(card.column("issue_date")), np.ma.getdata(card.column("expiration_date"))
    return ~card.is_null() & (issued.astype("datetime64[D]") < day) & (expires.astype("datetime64[D]") >= day)
