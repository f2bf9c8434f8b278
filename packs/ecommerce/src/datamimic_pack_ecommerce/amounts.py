"""Money: rounding to the currency's minor unit, prices with their endings, tax within and on top of a price.

All amounts are int64 hundredths of the currency; `unit` is the currency's minor unit in hundredths (1 for cents, 100
for the dong). Rates are parts per million. Everything is integer arithmetic and rounds half up.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from attrs import frozen

from datamimic import Data, Table
from datamimic.columns import Bools, Ints

MILLION = 1_000_000


@frozen
class Shop:
    """The country's currency and price rules: the one row of the table `shop`."""

    currency: str
    unit: int
    tax_included: bool
    utc_offset_minutes: int
    lowest_price: int
    highest_price: int
    noun_first: bool

    @classmethod
    def read(cls, data: Data) -> Shop:
        table: Table = data["shop"]
        ints = [int(table.ints(name)[0]) for name in table.columns if name != "currency"]
        unit, included, offset, lowest, highest, noun_first = ints
        return cls(table.columns["currency"][0], unit, bool(included), offset, lowest, highest, bool(noun_first))


def divide(amount: Any, by: Any, unit: int = 1) -> Ints:
    """`amount / by` rounded half up to a multiple of `unit`; amounts are not negative."""
    step = np.asarray(by, dtype=np.int64) * unit
    return (2 * np.asarray(amount, dtype=np.int64) + step) // (2 * step) * unit


def tax_within(price: Ints, rate: Ints, unit: int) -> Ints:
    """The tax that a price with tax contains."""
    return divide(price * rate, rate + MILLION, unit)


def tax_on(price: Ints, rate: Ints, unit: int) -> Ints:
    """The tax that comes on top of a price without tax."""
    return divide(price * rate, MILLION, unit)


def styled(price: Ints, endings: Table, ending: Ints) -> Ints:
    """Prices with the psychological ending of the table rows `ending`: whole steps below the price, plus the ending."""
    step = endings.ints("unit_cents")[ending]
    return price // step * step + endings.ints("ending_cents")[ending]


def is_whole(amount: Ints, unit: int) -> Bools:
    """Is the amount a multiple of the currency's minor unit?"""
    return amount % unit == 0
