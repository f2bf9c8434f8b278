"""The cards of accounts, as their ledgers ask for them: the debit card that pays, and the credit cards whose bills are paid."""

from __future__ import annotations

import numpy as np
from attrs import frozen

from datamimic import Ref, Text, World, positions
from datamimic.columns import Ints, take
from datamimic_pack_finance.accounts.known import Columns
from datamimic_pack_finance.cards.owners import ACCOUNT, CARD

TERMS = ("use", "cycle_day", "pace", "credit_limit", "interest_rate", "payer")


@frozen(eq=False)
class CardsOf:
    """Per account the row of the `debit` card that pays, -1 for none, the days (`after`, `until`] on which it does and how
    often (`purchases`, with failed attempts `payments`); those at `first[a]` to `first[a + 1]` of `credit` are the credit cards
    of account `a` that are used, with what they are billed by, and `bills` how many of their bills it pays."""

    debit: Ints
    after: Ints
    until: Ints
    purchases: Ints
    payments: Ints
    credit: Columns
    first: Ints
    bills: Ints

    @classmethod
    def of(cls, world: World) -> CardsOf:
        """Made once in a world: some hundred bytes for each card and account that references may point to."""

        def found() -> CardsOf:
            spec = world.spec(CARD)
            accounts = world.size(world.spec(ACCOUNT))
            known = Ref(world, spec, np.arange(world.size(spec), dtype=np.int64))
            account = known.column("account", Ref).rows
            use = known.column("use")
            used = use.until > use.after
            debit = (known.column("card_type", Text) == "debit") & used
            own = np.full(accounts, -1, dtype=np.int64)
            own[account[debit]] = known.rows[debit]

            def of_account(column: Ints) -> Ints:
                return np.where(own >= 0, column[np.maximum(own, 0)], 0)

            credit = np.flatnonzero(~debit & used)
            credit = credit[np.argsort(account[credit], kind="stable")]
            first = np.concatenate(([0], np.cumsum(np.bincount(account[credit], minlength=accounts))))
            terms = {name: take(known.column(name), credit) for name in TERMS}
            paid = known.column("billed").paid[credit]
            bills = np.bincount(account[credit], paid, minlength=accounts).astype(np.int64)
            return cls(
                own, of_account(use.after), of_account(use.until), of_account(known.column("purchase_count")),
                of_account(known.column("payment_count")), Columns(credit, terms), first, bills,
            )  # fmt: skip

        return world.memo("finance.cards of accounts", found, lasting=True)

    def debit_of(self, accounts: Ints) -> Ints:
        """The debit cards of accounts, -1 for none and for accounts that no card of the world belongs to."""
        return known_of(accounts, self.debit, -1)

    def credit_of(self, accounts: Ints) -> tuple[Columns, Ints]:
        """The credit cards of accounts, and the places of these among those asked for."""
        known = np.flatnonzero(accounts < len(self.bills))
        count = self.first[accounts[known] + 1] - self.first[accounts[known]]
        at = np.repeat(self.first[accounts[known]], count) + positions(count)
        terms = {name: take(self.credit.column(name), at) for name in TERMS}
        return Columns(self.credit.rows[at], terms), np.repeat(known, count)

    def bills_of(self, accounts: Ints) -> Ints:
        """How many bills of credit cards each account pays."""
        return known_of(accounts, self.bills)


def known_of(accounts: Ints, column: Ints, none: int = 0) -> Ints:
    """What a column of the accounts that references may point to says of some, and `none` of accounts beyond."""
    return np.where(accounts < len(column), column[np.minimum(accounts, len(column) - 1)], none)
