"""With whom somebody insures: for some covers with the insurer of the first one, where it sells them."""

from __future__ import annotations

from typing import Any

import numpy as np
from attrs import frozen

from datamimic import Draw, Family, World
from datamimic.columns import Ints

LOYAL = 0.55
"""Share of further covers that are taken out where the first one was, if they can be had there."""


@frozen(eq=False)
class Offers:
    """The products of a world by code and insurer: sorted `keys`, and the row of each."""

    keys: Ints
    rows: Ints
    product_row: Ints
    company: Ints

    @classmethod
    def of(cls, world: World) -> Offers:
        made: Offers = world.memo(("insurance offers",), lambda: cls._made(world))
        return made

    @classmethod
    def _made(cls, world: World) -> Offers:
        size = world.size(world.spec("insurance.insurance_product"))
        products = world.refer("insurance.insurance_product", np.arange(size, dtype=np.int64))
        kind, company = products.product_row, products.company.rows
        key = kind << 32 | company
        order = np.lexsort((np.arange(size), key))
        return cls(key[order], order.astype(np.int64), kind, company)

    def sold_by(self, company: Ints, product_row: Ints) -> Ints:
        """The row of the product of a kind that an insurer sells; -1 where it does not."""
        key = product_row << 32 | company
        at = np.minimum(np.searchsorted(self.keys, key), len(self.keys) - 1)
        return np.where(self.keys[at] == key, self.rows[at], -1)


def product(any_product: Any, product_row: Ints, family: Family, draw: Draw, world: World) -> Ints:
    offers = Offers.of(world)
    first = np.cumsum(family.lengths) - family.lengths
    siblings = family.column("any_product").rows
    anchor = np.repeat(siblings[first], family.lengths)[family.positions]
    place = family.positions - np.repeat(first, family.lengths)[family.positions]
    same = offers.sold_by(offers.company[np.minimum(anchor, len(offers.company) - 1)], product_row)
    loyal = draw.chance(LOYAL) & (place > 0) & (same >= 0) & (anchor < len(offers.company))
    return np.where(loyal, same, any_product.rows)
