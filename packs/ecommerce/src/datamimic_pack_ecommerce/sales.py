"""Which order line sold which product: one bijection, computable in both directions.

A world has `lines` order lines (those of all orders of its customers) and `products` products. The lines are shuffled
by a keyed permutation and dealt to the products in proportion to their popularity, so that the lines of a product can
be found without looking: that is how a product knows its reviews. Rows beyond the world come in further eras of the
same size: line `era * lines + k` sold a product `era * products + p`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from attrs import frozen

from datamimic import Permutation
from datamimic.columns import Ints, divided

if TYPE_CHECKING:
    from datamimic import World

PRODUCT, CUSTOMER, ORDER, LINE = "ecommerce.product", "ecommerce.customer", "ecommerce.order", "ecommerce.order_line"


@frozen(eq=False)
class Sales:
    """`starts[p]` is the first place of product p among the shuffled lines; the last of its `products + 1` entries is
    `lines`."""

    lines: int
    products: int
    starts: Ints
    shuffle: Permutation

    @classmethod
    def of(cls, world: World) -> Sales:
        return world.memo("ecommerce.sales", lambda: cls.build(world))

    @classmethod
    def build(cls, world: World) -> Sales:
        product = world.spec(PRODUCT)
        customers = np.array([world.size(world.spec(CUSTOMER))], dtype=np.int64)
        orders = world.refer(CUSTOMER, customers).children(ORDER).first
        lines = max(1, int(world.refer(ORDER, orders).children(LINE).first[0]))
        products = world.size(product)
        popularity = world.batch(product, np.arange(products, dtype=np.int64)).column("popularity")
        if not popularity.any():
            popularity = np.ones(products, dtype=np.int64)
        running = np.concatenate(([0], np.cumsum(popularity))).astype(np.float64)
        starts = np.floor(running / running[-1] * lines).astype(np.int64)
        return cls(lines, products, starts, Permutation(lines, world.address(LINE, "sales")))

    def product_of(self, lines: Ints) -> Ints:
        """The product row of each order line."""
        era, place = divided(lines, self.lines)
        at = np.searchsorted(self.starts, self.shuffle.forward(place), side="right") - 1
        return era * self.products + at

    def counts(self, products: Ints) -> Ints:
        """How many order lines sold each product."""
        at = products % self.products
        return self.starts[at + 1] - self.starts[at]

    def lines_of(self, products: Ints) -> tuple[Ints, Ints]:
        """(order lines per product, their rows, product after product)."""
        era, at = divided(products, self.products)
        counts = self.starts[at + 1] - self.starts[at]
        places = np.repeat(self.starts[at] - np.cumsum(counts) + counts, counts) + np.arange(counts.sum())
        return counts, self.shuffle.inverse(places) + np.repeat(era * self.lines, counts)
