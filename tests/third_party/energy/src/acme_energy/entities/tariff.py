"""Tariffs: every combination of medium, kind and source comes once."""

from __future__ import annotations

from datetime import time, timedelta
from decimal import Decimal
from typing import Annotated

import numpy as np

from acme_energy.entities.meter import Medium
from datamimic import (
    Data,
    Draw,
    Text,
    check,
    choice,
    combinations,
    decimals,
    duration_between,
    entity,
    field,
    serial,
    time_between,
)
from datamimic.columns import Bools, Ints

Price = Annotated[Decimal, decimals(4)]
shelf = combinations(medium=tuple(Medium), kind=("basic", "fixed", "heat"), green=(True, False))


def unit_price(medium: Text, data: Data, draw: Draw) -> Ints:
    """Ten-thousandths of the currency a kWh."""
    table = data["prices"]
    row = table.lookup("medium", medium)
    return draw.integers(table.ints("lowest")[row], table.ints("highest")[row])


@entity("tariff", size=12, tables=("prices",))
class Tariff:
    """What energy costs."""

    tariff_id: str = field(serial("T-##"), key=True, doc="number of the tariff")
    medium: Medium = field(shelf["medium"], doc="for what")
    kind: str = field(shelf["kind"], doc="which kind")
    green: bool = field(shelf["green"], doc="from renewable sources")
    unit_price: Price = field(unit_price, doc="price of a kWh")
    base_price: Decimal = field(lambda draw: 25 * draw.integers(200, 700), doc="price of a year without any energy")
    night_begins: time = field(time_between(time(21), time(23), step=timedelta(minutes=30)), doc="when nights begin")
    notice: timedelta = field(duration_between(timedelta(14), timedelta(42), step=timedelta(7)), doc="notice period")
    discounts: tuple[float, float, float] = field(
        lambda draw: np.stack([draw.integers(0, 5, f"year {year}") / 100 for year in range(3)], axis=1),
        doc="share that is off in the first three years",
    )
    billing: int = field(choice([1, 4, 12], weights=[6, 1, 3]), doc="invoices a year")


@check(Tariff, "energy costs something")
def costs_something(unit_price: Ints) -> Bools:
    return unit_price > 0
