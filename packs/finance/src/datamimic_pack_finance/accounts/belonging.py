"""What belongs to accounts in entities that refer to them, such as loans and cards, found from the account."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

import numpy as np

from datamimic import Ref, World
from datamimic.columns import Ints, concat, take
from datamimic_pack_finance.accounts.per_account import PerAccount
from datamimic_pack_finance.cards.owners import ACCOUNT

ACCOUNTS = 1_024
"""Accounts of which what belongs to them is made at once, when one of them is asked for."""
ROWS = 8_192
"""Rows of the entity that are looked at at once."""
Items: TypeAlias = tuple[Ints, Mapping[str, Any]]
"""Places among the rows that they are made of, in order, and columns."""


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
        self._made = np.zeros(-(-accounts // ACCOUNTS), dtype=np.bool_), PerAccount(nothing, nothing, {})

    def of(self, accounts: Ints) -> PerAccount:
        """The items that are made, with those of these accounts among them."""
        blocks, made = self._made
        asked = np.unique(accounts[accounts < len(made.count)] // ACCOUNTS)
        new = asked[~blocks[asked]]
        if len(new) or not made.columns:
            made = self._with(made, new)
            blocks = blocks.copy()
            blocks[new] = True
            self._made = blocks, made
        return made

    def _with(self, made: PerAccount, blocks: Ints) -> PerAccount:
        ends = np.minimum((blocks + 1) * ACCOUNTS, len(made.count))
        runs = [slice(self._ends[a], self._ends[b]) for a, b in zip(blocks * ACCOUNTS, ends, strict=True)]
        rows, account = (
            np.concatenate([each[:0], *(each[run] for run in runs)]) for each in (self._rows, self._account)
        )
        before = int(made.count.sum())
        places, columns = self._items(rows)
        count = np.bincount(account[places], minlength=len(made.count))
        first = np.where(count > 0, before + np.cumsum(count) - count, made.first)
        joined = {name: concat([made.columns[name], column]) for name, column in columns.items()} if before else columns
        return PerAccount(first, made.count + count, joined)

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
