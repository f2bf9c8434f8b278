"""Tax of orders and of what is refunded: of every rate, that rate of all that has it, rounded once.

That is how bills are made (BR-CO-17 of EN 16931). The tax of a rate is shared among the lines that have it, one after the
other: a line has what its net amount adds to the tax of those before it, so that its own tax is within a minor unit of its
rate, and all lines together have the tax of the bill. Of most shelf prices with tax there is a net price whose tax makes them
whole; of 9.99 at 20 % there is none (8.32 + 1.66, 8.33 + 1.67), and a bill of it is a cent below.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from datamimic import Children, Data, World
from datamimic.columns import Bools, Dates, Ints
from datamimic_pack_ecommerce.amounts import Shop, tax_on, tax_within
from datamimic_pack_ecommerce.tax import TaxRates


class ByRate:
    """Lines of orders by order and rate, in the sequence that they came in."""

    def __init__(self, order: Ints, rate: Ints) -> None:
        self.rate = rate
        self._sorted = np.lexsort((rate, order))
        order, sorted_rate = order[self._sorted], rate[self._sorted]
        first = np.ones(len(order), np.bool_)
        first[1:] = (order[1:] != order[:-1]) | (sorted_rate[1:] != sorted_rate[:-1])
        self._starts = np.flatnonzero(first)
        self._sizes = np.diff(np.append(self._starts, len(order)))

    def so_far(self, amount: Ints) -> Ints:
        """Per line the sum of it and of those before it."""
        values = amount[self._sorted]
        total = np.cumsum(values)
        before = total[self._starts] - values[self._starts]
        return self._placed(total - np.repeat(before, self._sizes))

    def steps(self, so_far: Ints) -> Ints:
        """Per line what it adds: `so_far` undone."""
        values = so_far[self._sorted]
        added = np.diff(values, prepend=0)
        added[self._starts] = values[self._starts]
        return self._placed(added)

    def last(self, among: Bools) -> Bools:
        """The last line of each order and rate among those."""
        count = self.so_far(among.astype(np.int64))[self._sorted]
        final = np.maximum.reduceat(count, self._starts) if len(count) else count
        return self._placed((count == np.repeat(final, self._sizes)) & among[self._sorted])

    def _placed(self, values: Any) -> Any:
        placed = np.empty_like(values)
        placed[self._sorted] = values
        return placed


def rates_of(family: Any) -> ByRate:
    """All lines of the orders, by their rates."""
    return ByRate(np.repeat(np.arange(len(family.lengths)), family.lengths), family.column("tax_ppm"))


def tax_amount(family: Any, data: Data) -> Ints:
    rates = rates_of(family)
    whole = tax_on(rates.so_far(family.column("taxed")), rates.rate, Shop.read(data).unit)
    return rates.steps(whole)[family.positions]


def refund_total(family: Any, data: Data) -> Ints:
    """What is refunded: a minor unit less for the last of a rate where no net amount and its tax make the whole."""
    unit, rates, share = Shop.read(data).unit, rates_of(family), family.column("refund_share")
    whole = rates.so_far(share)
    net = net_of(whole, rates.rate, unit)
    missing = whole - net - tax_on(net, rates.rate, unit)
    return np.where(rates.last(share > 0), share - missing, share)[family.positions]


def refund_net(order: Ints, refund: Ints, rate: Ints, unit: int) -> Ints:
    """What of the refunds of lines is no tax."""
    rates = ByRate(order, rate)
    return rates.steps(net_of(rates.so_far(refund), rate, unit))


def net_of(gross: Ints, rate: Ints, unit: int) -> Ints:
    """The most whose amount and tax are at most `gross`."""
    net = gross - tax_within(gross, rate, unit) + unit
    for _ in range(2):
        net = np.where(net + tax_on(net, rate, unit) > gross, net - unit, net)
    return net


def delivery_net(shipping_fee: Ints, shipping_ppm: Ints, data: Data) -> Ints:
    shop = Shop.read(data)
    return shipping_fee - tax_within(shipping_fee, shipping_ppm, shop.unit) if shop.tax_included else shipping_fee


def delivery_ppm(shipping_fee: Ints, date: Dates, tax_state_number: Ints, world: World, data: Data) -> Ints:
    """The rate of delivery in parts per million; none where tax comes on top of prices."""
    rates = TaxRates.of(world, data)
    number = np.full(len(shipping_fee), rates.classes["shipping"], dtype=np.int64)
    return rates.at(number, tax_state_number, date, shipping_fee) * Shop.read(data).tax_included


def delivery_tax(shipping_amount: Ints, shipping_ppm: Ints, lines: Children, data: Data) -> Ints:
    """What delivery adds to the tax of the goods that have its rate."""
    unit, rate = Shop.read(data).unit, np.repeat(shipping_ppm, lines.counts)
    goods = lines.sum(np.where(lines.column("tax_ppm") == rate, lines.column("taxed"), 0))
    return tax_on(goods + shipping_amount, shipping_ppm, unit) - tax_on(goods, shipping_ppm, unit)
