"""Money of a country: currency, symbol, the smallest steps amounts come in, and amounts from quantile tables.

Amounts travel as whole hundredths (int64). The dong has no minor unit: its amounts are multiples of 100 hundredths.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from datamimic import Data, Table
from datamimic.columns import Floats, Ints


@frozen
class Currency:
    """Steps are hundredths: `unit` the minor unit, `price` of prices, `note` of cash from machines, `limit` and `loan` of what
    banks grant."""

    code: str
    symbol: str
    unit: int
    price: int
    note: int
    limit: int
    loan: int


def currency_of(data: Data) -> Currency:
    table: Table = data["finance.currencies"]
    row = table.of_country(data.country)
    steps = (int(table.ints(f"{step}_step")[row]) for step in ("unit", "price", "note", "limit", "loan"))
    return Currency(table.columns["currency"][row], table.columns["symbol"][row], *steps)


def hundredths(values: Floats, step: int = 1) -> Ints:
    """Amounts in major units as hundredths, rounded to a step of hundredths and at least one step."""
    return np.maximum(np.rint(values * (100.0 / step)), 1.0).astype(np.int64) * step


def rounded(amounts: Ints, step: int) -> Ints:
    """Hundredths rounded half up to a step, at least one step."""
    return np.maximum((amounts + step // 2) // step, 1) * step


@frozen(eq=False)
class QuantileMatrix:
    """Quantile tables of several groups that share their probabilities; one row of `values` per group."""

    groups: tuple[str, ...]
    probabilities: Floats
    values: NDArray[np.float64]

    @classmethod
    def of(cls, table: Any, group: str) -> QuantileMatrix:
        """From a table with the columns `group`, `probability` and `value`, sorted by group, then probability."""
        known = _MATRICES.get((id(table), group))
        if known is None or known[0] is not table:
            names = tuple(dict.fromkeys(table.columns[group]))
            width = len(table) // len(names)
            probabilities = table.floats("probability").reshape(-1, width)
            if len(names) * width != len(table) or np.any(probabilities != probabilities[0]):
                raise ValueError(f"{table.file}: the groups of {group} do not share their probabilities")
            known = (table, cls(names, probabilities[0], table.floats("value").reshape(-1, width)))
            _MATRICES[id(table), group] = known
        return known[1]

    def at(self, group: Ints, uniform: Floats) -> Floats:
        """Per row the value of its group at a probability in [0, 1)."""
        right = np.searchsorted(self.probabilities, uniform, side="right")
        left = right - 1
        low = self.probabilities[left]
        share = (uniform - low) / (self.probabilities[right] - low)
        start = self.values[group, left]
        rise = self.values[group, right] - start
        step = share * rise
        return start + step

    def numbers(self, names: tuple[str, ...]) -> Ints:
        """The group of each name."""
        index = {name: number for number, name in enumerate(self.groups)}
        return np.array([index[name] for name in names], dtype=np.int64)


_MATRICES: dict[tuple[int, str], tuple[Any, QuantileMatrix]] = {}
