"""The loans of accounts, as their ledgers ask for them: which payments are booked, when, and how much."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from attrs import frozen

from datamimic import Lists, Ref, World, positions
from datamimic.columns import Bools, Ints
from datamimic_pack_finance.accounts.belonging import Belonging, accounts_named
from datamimic_pack_finance.accounts.known import Columns
from datamimic_pack_finance.lending.borrowers import LOAN
from datamimic_pack_finance.lending.payments import amounts_due

MOST = 4
"""Loans that an account pays back; in a world with more loans for each account the others are paid from elsewhere."""


@frozen(eq=False)
class LoansOf:
    """Payments of the loans that an account pays back."""

    _payments: Belonging

    @classmethod
    def of(cls, world: World) -> LoansOf:
        """Of a world, with what was made before."""

        def found() -> LoansOf:
            account, accounts = accounts_named(world, LOAN)
            rows = np.flatnonzero(_few(account))
            return cls(Belonging(account[rows], rows, accounts, lambda some: _booked(some, world)))

        return world.memo("finance.loans of accounts", found, lasting=True)

    def counts_of(self, accounts: Ints) -> Ints:
        """How many payments are booked on each account."""
        return self._payments.of(accounts).counts(accounts)

    def paid_of(self, accounts: Ints) -> Ints:
        """Hundredths that each account pays in all."""
        return self._payments.of(accounts).totals(accounts, "amount")

    def bookings(self, accounts: Ints) -> dict[str, Any]:
        """As columns of bookings: the row of the `loan`, which of its payments it is (`number`, from 0), the `day` since 1970
        and hundredths; `account` is a place among those asked for."""
        payments, account = self._payments.of(accounts).items(accounts)
        return {"account": account, **payments}


def _few(account: Ints) -> Bools:
    """Which loans are among the first ones of their account."""
    order = np.argsort(account, kind="stable")
    place = np.empty(len(order), dtype=np.int64)
    place[order] = positions(np.bincount(account))
    few: Bools = place < MOST
    return few


def _booked(rows: Ints, world: World) -> tuple[Ints, Mapping[str, Any]]:
    """The payments of loans inside of the bookings of the account that pays, with the places of the loans."""
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
    return own[at], {
        "day": made.values.paid[at], "amount": amount[at], "loan": rows[own[at]], "number": positions(made.lengths)[at],
    }  # fmt: skip
