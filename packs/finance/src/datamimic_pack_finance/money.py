"""Money of a country: currency, symbol, the smallest steps amounts come in, and amounts from quantile tables.

Amounts travel as whole hundredths (int64). The dong has no minor unit: its amounts are multiples of 100 hundredths.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from datamimic import Locale
from datamimic.columns import Floats, Ints


@frozen
class Currency:
    """`unit` is the minor unit, `price` the smallest step of prices, `note` the smallest note of machines: hundredths."""

    code: str
    symbol: str
    unit: int
    price: int
    note: int


CURRENCIES = {
    "US": Currency("USD", "$", 1, 1, 2_000),
    "DE": Currency("EUR", "€", 1, 1, 1_000),
    "FR": Currency("EUR", "€", 1, 1, 1_000),
    "GB": Currency("GBP", "£", 1, 1, 1_000),
    "VN": Currency("VND", "₫", 100, 100_000, 5_000_000),
}
"""By country; `note` is what cash withdrawals are multiples of."""


def currency_of(locale: Locale) -> Currency:
    return CURRENCIES[locale.country]


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
