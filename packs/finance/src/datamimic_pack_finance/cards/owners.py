"""Which account a card belongs to: the cards of a type go round all current accounts; each has one before any has two."""

from __future__ import annotations

import numpy as np

from datamimic import Permutation, Ref, Text, World
from datamimic.columns import Bools, Ints
from datamimic_pack_finance.accounts.dealt import ordinal

CARD, ACCOUNT = "finance.credit_card", "finance.bank_account"
MOST = 2
"""Credit cards of an account that are used."""


def current_accounts(world: World) -> Ints:
    """Rows of the current accounts that references may point to; of all where none is one."""

    def found() -> Ints:
        spec = world.spec(ACCOUNT)
        every = np.arange(world.size(spec), dtype=np.int64)
        current = np.flatnonzero(Ref(world, spec, every).column("account_class", Text) == "current")
        return current if len(current) else every

    return world.memo("finance.current accounts", found, lasting=True)


def account(rows: Ints, card_type: Text, world: World) -> Ints:
    """The row of the current account."""
    accounts = current_accounts(world)
    number, turn = ordinal(rows, world, CARD, "card_type"), len(accounts)
    found = np.zeros(len(rows), dtype=np.int64)
    for kind in ("credit", "debit"):
        at = np.flatnonzero(card_type == kind)
        order = Permutation(turn, world.address(CARD, f"accounts of {kind} cards"))
        found[at] = order.forward(number[at] % turn, (number[at] // turn).astype(np.uint64))
    return accounts[found]


def is_main(rows: Ints, card_type: Text, world: World) -> Bools:
    """Is it the debit card that the account's payments are made with? Others of the account rest in a drawer."""
    known = rows < world.size(world.spec(CARD))
    return (card_type == "debit") & known & (ordinal(rows, world, CARD, "card_type") < len(current_accounts(world)))


def is_carried(rows: Ints, card_type: Text, world: World) -> Bools:
    """Is it one of the credit cards that a holder uses? An account pays the bills of two at most; cards that nothing refers to
    are used as well."""
    few = ordinal(rows, world, CARD, "card_type") < MOST * len(current_accounts(world))
    return (card_type == "credit") & (few | (rows >= world.size(world.spec(CARD))))
