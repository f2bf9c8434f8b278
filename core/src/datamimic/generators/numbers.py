"""Numbers from a range or a quantile table."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from datamimic.columns import Column
from datamimic.errors import DefinitionError
from datamimic.model.context import Context
from datamimic.model.generator import Generator
from datamimic.tables.grouped import BAND


class Number(Generator[int]):
    python_type = int

    def __init__(self, low: int, high: int) -> None:
        if low > high:
            raise DefinitionError("bad_field", f"{low} to {high} is no range", hint="low must not exceed high")
        self.low, self.high = low, high

    def column(self, context: Context) -> Column:
        return context.draw.integers(self.low, self.high)


class Quantity(Generator[float]):
    python_type = float

    def __init__(self, table: str, by: tuple[str, ...], decimals: int) -> None:
        self.table = table
        self.by = by
        self.decimals = decimals
        self.tables = (self.table,)
        self.needs = self.by

    def column(self, context: Context) -> Column:
        table = context.data[self.table]
        uniform = context.draw.uniform()
        if self.by:
            grouped = table.by(*(name if name in table else f"{name}{BAND}" for name in self.by))
            values = grouped.quantiles_at(uniform, *(context.column(name) for name in self.by))
        else:
            values = table.quantiles().at(uniform)
        scale = 10.0**self.decimals
        return np.rint(values * scale) / scale


def number(low: int, high: int) -> Generator[int]:
    """A whole number from low to high, both included, all equally likely."""
    return Number(low, high)


def quantity(table: str, *, by: str | Sequence[str] = (), decimals: int = 2) -> Generator[float]:
    """A number from a quantile table (`probability`, `value`), interpolated and rounded to `decimals`; one distribution per
    value of the `by` fields."""
    return Quantity(table, (by,) if isinstance(by, str) else tuple(by), decimals)
