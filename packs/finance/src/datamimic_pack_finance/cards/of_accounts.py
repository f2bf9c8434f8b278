"""The cards of accounts, as their ledgers ask for them: the debit card that pays, and the credit cards whose bills are paid."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from attrs import frozen

from datamimic import Ref, Text, World
from datamimic.columns import Bools, Ints, take
from datamimic_pack_finance.accounts.belonging import Belonging, accounts_named
from datamimic_pack_finance.accounts.known import Columns
from datamimic_pack_finance.cards.owners import CARD

TERMS = ("use", "cycle_day", "pace", "credit_limit", "interest_rate", "payer")


@frozen(eq=False)
class Debits:
    """Per account the row of the debit `card` that pays, -1 for none, the days (`after`, `until`] on which it does and how
    often (`purchases`, `dues` that other packs know of, and both with failed attempts `payments`)."""

    card: Ints
    after: Ints
    until: Ints
    purchases: Ints
    payments: Ints
    dues: Ints


@frozen(eq=False)
class CardsOf:
    """Cards that are used, by the account that they belong to."""

    _cards: Belonging

    @classmethod
    def of(cls, world: World) -> CardsOf:
        """Of a world, with what was made before."""

        def found() -> CardsOf:
            account, accounts = accounts_named(world, CARD)
            rows = np.arange(len(account), dtype=np.int64)
            return cls(Belonging(account, rows, accounts, lambda some: _used(some, world)))

        return world.memo("finance.cards of accounts", found, lasting=True)

    def debits_of(self, accounts: Ints) -> Debits:
        """The debit cards of accounts; of several of one account the last."""
        cards, places = self._cards.of(accounts).items(accounts)
        debit: Bools = cards["debit"]
        own = np.full(len(accounts), -1, dtype=np.int64)
        own[places[debit]] = np.flatnonzero(debit)

        def of_account(column: Ints, none: int = 0) -> Ints:
            known = np.full(len(accounts), none, dtype=np.int64)
            known[own >= 0] = column[own[own >= 0]]
            return known

        use = cards["use"]
        return Debits(
            of_account(cards["row"], -1), of_account(use.after), of_account(use.until),
            of_account(cards["purchase_count"]), of_account(cards["payment_count"]), of_account(cards["due_count"]),
        )  # fmt: skip

    def credit_of(self, accounts: Ints) -> tuple[Columns, Ints]:
        """The credit cards of accounts with what they are billed by, and the places of their accounts among those asked for."""
        cards, places = self._cards.of(accounts).items(accounts)
        at = np.flatnonzero(~cards["debit"])
        return Columns(cards["row"][at], {name: take(cards[name], at) for name in TERMS}), places[at]

    def dues_of(self, accounts: Ints) -> Ints:
        """How many payments of the debit card of each account other packs know of."""
        return self._cards.of(accounts).totals(accounts, "due_count")

    def bills_of(self, accounts: Ints) -> Ints:
        """How many bills of credit cards each account pays."""
        return self._cards.of(accounts).totals(accounts, "bills")


def _used(rows: Ints, world: World) -> tuple[Ints, Mapping[str, Any]]:
    """The cards that are used, with their places."""
    every = Ref(world, world.spec(CARD), rows)
    use = every.column("use")
    at = np.flatnonzero(use.until > use.after)
    columns = {name: take(every.column(name), at) for name in (*TERMS, "purchase_count", "due_count", "payment_count")}
    bills = every.column("billed").paid[at]
    return at, {"row": rows[at], "debit": (every.column("card_type", Text) == "debit")[at], "bills": bills, **columns}
