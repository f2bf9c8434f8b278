"""Which savings account is fed from which current account: both are of one holder, and are found from each other by arithmetic.

Types of accounts are dealt in strata. The n-th savings account of a block of accounts belongs to the n-th checking account,
the n-th money market account to the n-th premium one.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from attrs import frozen

from datamimic import Text, World
from datamimic.columns import Ints

ACCOUNT = "finance.bank_account"
FED_FROM = {"savings": "checking", "money_market": "premium_checking"}


@frozen(eq=False)
class Pairs:
    """Blocks of `size` rows; per number of a type the one that it is paired with, -1 for none."""

    strata: Any
    size: int
    paired: Ints

    @classmethod
    def of(cls, world: World) -> Pairs:
        def found() -> Pairs:
            spec = world.spec(ACCOUNT)
            dealt: Any = spec.fields["account_type"].generator
            strata, numbers, _ = dealt.strata(world, spec, "account_type")
            paired = np.full(len(numbers), -1, dtype=np.int64)
            for savings, current in FED_FROM.items():
                if savings in numbers and current in numbers:
                    paired[numbers[savings]], paired[numbers[current]] = numbers[current], numbers[savings]
            return cls(strata, strata.permutation.size, paired)

        return world.memo("finance.pairs of accounts", found)

    def others(self, rows: Ints) -> Ints:
        """The row of the other account of each pair, -1 for accounts without one."""
        strata = self.strata
        stratum, number = strata.numbered(rows)
        other = self.paired[stratum]
        there = (other >= 0) & (number < strata.counts[other])
        found = strata.permutation.inverse(np.where(there, strata.starts[other] + number, 0))
        return np.where(there, rows - rows % self.size + found, -1)


def owner_row(rows: Ints, account_class: Text, world: World) -> Ints:
    """Of savings the account that feeds them; of others, and of savings that nothing feeds, the account itself."""
    other = Pairs.of(world).others(rows)
    return np.where((account_class == "savings") & (other >= 0), other, rows)


def savings_row(rows: Ints, account_class: Text, world: World) -> Ints:
    """Of current accounts the savings that they feed, -1 for none."""
    return np.where(account_class == "current", Pairs.of(world).others(rows), -1)
