"""The loans of accounts, as their ledgers ask for them: which payments are booked, when, and how much."""

from __future__ import annotations

from typing import Any

import numpy as np
from attrs import frozen

from datamimic import Lists, Ref, World, positions
from datamimic.columns import Bools, Ints
from datamimic_pack_finance.accounts.known import Columns
from datamimic_pack_finance.cards.of_accounts import known_of
from datamimic_pack_finance.cards.owners import ACCOUNT
from datamimic_pack_finance.lending.borrowers import LOAN
from datamimic_pack_finance.lending.payments import amounts_due

MOST = 4
"""Loans that an account pays back; in a world with more loans for each account the others are paid from elsewhere."""
BLOCK = 8_192
"""Loans that are looked at at once."""


@frozen(eq=False)
class LoansOf:
    """Payments account after account, those of account `a` at `first[a]` to `first[a + 1]`: the row of the `loan`, which of its
    payments it is (`number`, from 0), the `day` since 1970 and hundredths; and what each account pays, `paid`, in all."""

    first: Ints
    loan: Ints
    number: Ints
    day: Ints
    amount: Ints
    paid: Ints

    @classmethod
    def of(cls, world: World) -> LoansOf:
        """Made once in a world: some hundred bytes for each loan that references may point to."""

        def found() -> LoansOf:
            size, count = world.size(world.spec(LOAN)), world.size(world.spec(ACCOUNT))
            account = np.concatenate([_accounts(start, size, world) for start in range(0, size, BLOCK)])
            rows = np.flatnonzero(_few(account))
            parts = [_booked(rows[start : start + BLOCK], world) for start in range(0, len(rows), BLOCK)]
            loan, number, day, amount = (np.concatenate(part) for part in zip(*parts, strict=True))
            own = account[loan]
            order = np.argsort(own, kind="stable")
            first = np.concatenate(([0], np.cumsum(np.bincount(own, minlength=count))))
            amount = amount[order]
            paid = np.diff(np.append(0, np.cumsum(amount))[first])
            return cls(first, loan[order], number[order], day[order], amount, paid)

        return world.memo("finance.loans of accounts", found, lasting=True)

    def counts_of(self, accounts: Ints) -> Ints:
        """How many payments are booked on each account."""
        return known_of(accounts, np.diff(self.first))

    def monthly_of(self, accounts: Ints, days: Ints) -> Ints:
        """Hundredths a month, of accounts on which something is booked on so many days."""
        monthly: Ints = known_of(accounts, self.paid) * 30 // np.maximum(days, 30)
        return monthly

    def bookings(self, accounts: Ints) -> dict[str, Any]:
        """As columns of bookings; `account` is a place among those asked for."""
        count = self.counts_of(accounts)
        place = np.repeat(np.arange(len(accounts), dtype=np.int64), count)
        at = self.first[accounts[place]] + positions(count)
        return {
            "account": place, "day": self.day[at], "amount": self.amount[at], "loan": self.loan[at], "number": self.number[at],
        }  # fmt: skip


def _accounts(start: int, size: int, world: World) -> Ints:
    loans = Ref(world, world.spec(LOAN), np.arange(start, min(start + BLOCK, size), dtype=np.int64))
    return loans.column("account", Ref).rows


def _few(account: Ints) -> Bools:
    """Which loans are among the first ones of their account."""
    order = np.argsort(account, kind="stable")
    place = np.empty(len(order), dtype=np.int64)
    place[order] = positions(np.bincount(account))
    few: Bools = place < MOST
    return few


def _booked(rows: Ints, world: World) -> tuple[Ints, Ints, Ints, Ints]:
    """Of loans the rows, numbers, days and amounts of payments inside of the bookings of the account that pays."""
    loans = Ref(world, world.spec(LOAN), rows)
    names = ("principal", "annual_rate", "term_months", "payment", "months")
    known = Columns(rows, {name: loans.column(name) for name in names})
    account = loans.column("account", Ref)
    made: Lists = known.column("months")
    own = np.repeat(np.arange(len(rows), dtype=np.int64), made.lengths)
    # The first day of bookings and the last one have some of their own.
    after, until = (account.column(name).astype(np.int64)[own] for name in ("window_start", "last_active"))
    at = np.flatnonzero((made.values.paid > after + 1) & (made.values.paid < until))
    amount = amounts_due(known, world.data(loans.target.cls))
    return rows[own[at]], positions(made.lengths)[at], made.values.paid[at], amount[at]
