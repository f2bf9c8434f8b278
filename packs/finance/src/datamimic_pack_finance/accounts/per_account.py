"""Items of accounts, such as payments: how many each account has, what they sum up to, and the items themselves."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from attrs import field, frozen

from datamimic import positions
from datamimic.columns import Ints, take
from datamimic_pack_finance.accounts.known import known_of


@frozen(eq=False)
class PerAccount:
    """Those of account `a` are `count[a]` from `first[a]` on in `columns`; accounts beyond those that references may point to
    have none."""

    first: Ints
    count: Ints
    columns: Mapping[str, Any]
    _sums: dict[str, Ints] = field(factory=dict)

    def counts(self, accounts: Ints) -> Ints:
        """How many items each account has."""
        return known_of(accounts, self.count)

    def totals(self, accounts: Ints, name: str) -> Ints:
        """Of each account the sum over a column of its items."""
        first, counts = known_of(accounts, self.first), self.counts(accounts)
        sums = self._sums_before(name)
        total: Ints = sums[first + counts] - sums[first]
        return total

    def items(self, accounts: Ints) -> tuple[dict[str, Any], Ints]:
        """The items of accounts, as columns, and the places of their accounts among those asked for."""
        counts = self.counts(accounts)
        places = np.repeat(np.arange(len(accounts), dtype=np.int64), counts)
        at = self.first[accounts[places]] + positions(counts)
        return {name: take(column, at) for name, column in self.columns.items()}, places

    def _sums_before(self, name: str) -> Ints:
        """Of a column the sums before each item, and of all."""
        if name not in self._sums:
            self._sums[name] = np.concatenate(([0], np.cumsum(self.columns[name])))
        return self._sums[name]
