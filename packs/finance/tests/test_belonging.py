"""What belongs to accounts is the same whichever accounts were asked for before."""

from __future__ import annotations

from typing import Any

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from datamimic.columns import Ints
from datamimic_pack_finance.accounts.belonging import ACCOUNTS, Belonging

EVERY = 3 * ACCOUNTS + 7
"""Accounts of which every third has a row, and every tenth of these two."""
OWN: Ints = np.sort(np.concatenate([np.arange(0, EVERY, 3), np.arange(0, EVERY, 30)]))[::-1]
ROWS: Ints = np.arange(len(OWN), dtype=np.int64)


def items(rows: Ints) -> tuple[Ints, dict[str, Any]]:
    """Two items of every row but each fifth."""
    at = np.repeat(np.flatnonzero(rows % 5 > 0), 2)
    return at, {"row": rows[at], "amount": rows[at] * 10 + np.arange(len(at)) % 2}


def expected(accounts: Ints) -> list[list[int]]:
    return [sorted(np.repeat(ROWS[(each == OWN) & (ROWS % 5 > 0)], 2).tolist()) for each in accounts]


@given(st.lists(st.lists(st.integers(0, EVERY + 100), max_size=8), min_size=1, max_size=4))
def test_any_order(asked: list[list[int]]) -> None:
    belonging = Belonging(OWN, ROWS, EVERY, items)
    for each in asked:
        accounts: Ints = np.array(each, dtype=np.int64)
        found, places = belonging.of(accounts).items(accounts)
        assert [found["row"][places == place].tolist() for place in range(len(each))] == expected(accounts)
        assert belonging.of(accounts).counts(accounts).tolist() == [len(rows) for rows in expected(accounts)]
        sums = [int(found["amount"][places == place].sum()) for place in range(len(each))]
        assert belonging.of(accounts).totals(accounts, "amount").tolist() == sums
