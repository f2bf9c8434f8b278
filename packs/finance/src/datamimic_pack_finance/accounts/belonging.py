"""What belongs to accounts in entities that refer to them, such as loans and cards, found from the account."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

import numpy as np
from attrs import field, frozen

from datamimic import Ref, World, positions
from datamimic.columns import Bools, Ints, concat, take
from datamimic_pack_finance.accounts.known import known_of
from datamimic_pack_finance.cards.owners import ACCOUNT

ACCOUNTS = 1_024
"""Accounts of which what belongs to them is made at once, when one of them is asked for."""
ROWS = 8_192
"""Rows of the entity that are looked at at once."""
Items: TypeAlias = tuple[Ints, Mapping[str, Any]]
"""Places among the rows that they are made of, in order, and columns."""


@frozen(eq=False)
class _Made:
    """The items that are there, those of account `a` at `first[a]` and so many as `count[a]`."""

    blocks: Bools
    first: Ints
    count: Ints
    columns: Mapping[str, Any]
    _sums: dict[str, Ints] = field(factory=dict)

    def sums(self, name: str) -> Ints:
        """Of a column the sums before each item, and of all."""
        if name not in self._sums:
            self._sums[name] = np.concatenate(([0], np.cumsum(self.columns[name])))
        return self._sums[name]


class Belonging:
    """Items made of the rows of an entity, by the account that each row names.

    `make` makes them of rows that it is given, none or more of each. Only the accounts of all rows are read for every answer;
    items are made for a block of accounts when somebody asks for one of them. Threads that ask at once may make some twice.
    """

    def __init__(self, account: Ints, rows: Ints, accounts: int, make: Callable[[Ints], Items]) -> None:
        order = np.argsort(account, kind="stable")
        self._rows, self._account = rows[order], account[order]
        self._ends = np.searchsorted(self._account, np.arange(accounts + 1))
        self._make = make
        nothing: Ints = np.zeros(accounts, dtype=np.int64)
        self._made = _Made(np.zeros(-(-accounts // ACCOUNTS), dtype=np.bool_), nothing, nothing, {})

    def counts(self, accounts: Ints) -> Ints:
        """How many items each account has; accounts beyond those that references may point to have none."""
        return known_of(accounts, self._of(accounts).count)

    def totals(self, accounts: Ints, name: str) -> Ints:
        """Of each account the sum over a column of its items."""
        made, counts = self._of(accounts), self.counts(accounts)
        first = made.first[np.minimum(accounts, len(made.first) - 1)]
        sums = made.sums(name)
        total: Ints = np.where(counts > 0, sums[first + counts] - sums[first], 0)
        return total

    def items(self, accounts: Ints) -> tuple[dict[str, Any], Ints]:
        """The items of accounts, as columns, and the places of their accounts among those asked for."""
        made, counts = self._of(accounts), self.counts(accounts)
        places = np.repeat(np.arange(len(accounts), dtype=np.int64), counts)
        at = made.first[accounts[places]] + positions(counts)
        return {name: take(column, at) for name, column in made.columns.items()}, places

    def _of(self, accounts: Ints) -> _Made:
        """What is made, with the items of these accounts."""
        made = self._made
        blocks = np.unique(accounts[accounts < len(made.count)] // ACCOUNTS)
        new = blocks[~made.blocks[blocks]]
        if len(new) or not made.columns:
            made = self._made = self._with(made, new)
        return made

    def _with(self, made: _Made, blocks: Ints) -> _Made:
        ends = np.minimum((blocks + 1) * ACCOUNTS, len(made.count))
        runs = [slice(self._ends[a], self._ends[b]) for a, b in zip(blocks * ACCOUNTS, ends, strict=True)]
        rows, account = (
            np.concatenate([each[:0], *(each[run] for run in runs)]) for each in (self._rows, self._account)
        )
        before = int(made.count.sum())
        places, columns = self._items(rows)
        count = np.bincount(account[places], minlength=len(made.count))
        filled = made.blocks.copy()
        filled[blocks] = True
        first = np.where(count > 0, before + np.cumsum(count) - count, made.first)
        joined = {name: concat([made.columns[name], column]) for name, column in columns.items()} if before else columns
        return _Made(filled, first, made.count + count, joined)

    def _items(self, rows: Ints) -> Items:
        if not len(rows):
            # Columns without items have types as well.
            none: Ints = np.zeros(0, dtype=np.int64)
            return none, {name: take(column, none) for name, column in self._make(self._rows[:1])[1].items()}
        starts = range(0, len(rows), ROWS)
        parts = [self._make(rows[start : start + ROWS]) for start in starts]
        places = np.concatenate([start + at for start, (at, _) in zip(starts, parts, strict=True)])
        return places, {name: concat([columns[name] for _, columns in parts]) for name in parts[0][1]}


def accounts_named(world: World, entity: str) -> tuple[Ints, int]:
    """The account that every row of an entity names, as far as references may point to it, and how many accounts there are."""
    spec = world.spec(entity)
    size = world.size(spec)
    parts = [
        Ref(world, spec, np.arange(start, min(start + ROWS, size), dtype=np.int64)).column("account", Ref).rows
        for start in range(0, size, ROWS)
    ]
    return np.concatenate(parts), world.size(world.spec(ACCOUNT))
