"""Who borrows: accounts of people for whom the kind of loan is, and whose household carries it; a home has one mortgage."""

from __future__ import annotations

from typing import Any

import numpy as np
from attrs import frozen

from datamimic import Data, Draw, Permutation, Ref, Table, Text, World
from datamimic.columns import Ints
from datamimic_pack_finance.accounts.dealt import ordinal
from datamimic_pack_finance.cards.owners import ACCOUNT, current_accounts
from datamimic_pack_finance.holders.homes import MORTGAGED
from datamimic_pack_finance.holders.pay import usual_income

LOAN = "finance.loan"
MORTGAGE = "mortgage"


def earnings(holder: Any) -> Ints:
    """What the household has a year before tax, hundredths: the holder and who lives with him or her as a couple."""
    own: Ints = holder.column("income")
    partner = holder.column("partner").column("income")
    return own + np.where(np.ma.getmaskarray(partner), 0, np.ma.getdata(partner))


@frozen(eq=False)
class Borrowers:
    """Rows of accounts: one for each home that is paid off, and of each other kind of loan those that may have it, with the
    running sums of how often they do."""

    homes: Ints
    others: dict[str, tuple[Ints, Ints]]

    @classmethod
    def of(cls, world: World, data: Data) -> Borrowers:
        """Made once in a world: some bytes for each account that references may point to."""

        def found() -> Borrowers:
            rows = current_accounts(world)
            accounts = Ref(world, world.spec(ACCOUNT), rows)
            holder = accounts.column("holder", Ref)
            age, income = holder.column("age"), earnings(holder)
            resting = accounts.column("rests")
            terms: Table = data["loan_borrowers"]
            others: dict[str, tuple[Ints, Ints]] = {}
            for place, kind in enumerate(terms.columns["loan_type"]):
                often = _often(kind, age, data)
                often[income * 100 < terms.ints("least_income")[place] * usual_income(data)] = 0
                often[resting] = 0
                if kind == MORTGAGE:
                    paying = np.flatnonzero((often > 0) & (accounts.column("housing", Text) == MORTGAGED))
                    _, first = np.unique(holder.rows[paying], return_index=True)
                    homes = rows[np.sort(paying[first])]
                else:
                    at = np.flatnonzero(often)
                    others[kind] = rows[at], np.cumsum(often[at])
            return cls(homes, others)

        return world.memo(("finance.borrowers", data.country), found, lasting=True)


def place(rows: Ints, wanted_purpose: Text, draw: Draw, world: World, data: Data) -> Ints:
    """Row of the table of products: another one where every home has its mortgage."""
    table: Table = data["loan_products"]
    wanted = table.lookup("purpose", wanted_purpose)
    kinds = table["loan_type"]
    homeless = np.flatnonzero((kinds.take(wanted) == MORTGAGE) & (_home(rows, wanted, world, data) < 0))
    if len(homeless):
        other = np.flatnonzero(kinds != MORTGAGE)
        ends = np.cumsum(table.floats("weight")[other])
        share = draw.uniform("instead")[homeless] * ends[-1]
        wanted[homeless] = other[np.minimum(np.searchsorted(ends, share, side="right"), len(other) - 1)]
    return wanted


def account(rows: Ints, place: Ints, loan_type: Text, draw: Draw, world: World, data: Data) -> Ints:
    """The row of the current account that pays. Where a world has nobody for whom the loan is, of any."""
    known, every = Borrowers.of(world, data), current_accounts(world)
    uniform = draw.uniform()
    found = every[(uniform * len(every)).astype(np.int64)]
    for kind, (accounts, ends) in known.others.items():
        at = np.flatnonzero(loan_type == kind)
        if len(at) and len(accounts):
            share = (uniform[at] * ends[-1]).astype(np.int64)
            found[at] = accounts[np.searchsorted(ends, share, side="right")]
    at = np.flatnonzero(loan_type == MORTGAGE)
    found[at] = known.homes[_home(rows[at], place[at], world, data)]
    return found


def _home(rows: Ints, place: Ints, world: World, data: Data) -> Ints:
    """The number of the home of mortgages, -1 where there are more of these than homes; other loans count as none."""
    table: Table = data["loan_products"]
    weight = np.where(table["loan_type"] == MORTGAGE, table.floats("weight"), 0.0)
    homes = len(Borrowers.of(world, data).homes)
    ends = np.floor(homes * np.cumsum(weight) / weight.sum()).astype(np.int64)
    starts = np.concatenate(([0], ends[:-1]))
    number = starts[place] + ordinal(rows, world, LOAN, "wanted_purpose")
    found = np.full(len(rows), -1, dtype=np.int64)
    at = np.flatnonzero(number < ends[place])
    if len(at):
        found[at] = Permutation(homes, world.address(LOAN, "homes")).forward(number[at])
    return found


def _often(kind: str, age: Ints, data: Data) -> Ints:
    table: Table = data["loan_ages"]
    row = table.by("loan_type", "age_from").first(Text.constant(kind, len(age)), age)
    often: Ints = table.ints("often")[row]
    return often
