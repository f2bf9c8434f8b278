"""Which order line sold which product: one bijection, computable in both directions.

A world has `lines` order lines (those of all orders of its customers) and `products` products. Both are cut into as many
segments; the lines of a segment are shuffled by a keyed permutation and dealt to its products in proportion to their
popularity; within a block of neighbouring lines, those that fit take what was dealt to the block (`exchange`). So the lines
of a product can be found without looking, and all lie in one segment: that is how a product knows its reviews, and its
stock (`stock`). Rows beyond the world come in further eras of the same size: line `era * lines + k` sold a product
`era * products + p`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np
from attrs import frozen

from datamimic import Draw, Permutation
from datamimic.columns import Ints, divided, numbered
from datamimic_pack_ecommerce.exchange import BLOCK, Exchange, Offsets, Scores
from datamimic_pack_ecommerce.tastes import Appeals, wishes

if TYPE_CHECKING:
    from datamimic import World

PRODUCT, CUSTOMER, ORDER, LINE = "ecommerce.product", "ecommerce.customer", "ecommerce.order", "ecommerce.order_line"

Side = Callable[[Exchange, Ints, Callable[[Ints], tuple[Scores, Scores]]], Offsets]


LINES_OF_SEGMENT, PRODUCTS_OF_SEGMENT = 16_384, 512
"""A segment has at least so many lines and products, where the world has."""


@frozen(eq=False)
class Sales:
    """`starts[p]` is the first place of product p among the shuffled lines; the last of its `products + 1` entries is
    `lines`. Segment k has the lines from `k * segment` on, shuffled by `shuffles[k]`."""

    lines: int
    products: int
    segment: int
    starts: Ints
    shuffles: tuple[Permutation, ...]
    appeals: Appeals
    exchange: Exchange

    @classmethod
    def of(cls, world: World) -> Sales:
        return world.memo("ecommerce.sales", lambda: cls.build(world))

    @classmethod
    def build(cls, world: World) -> Sales:
        customers = np.array([world.size(world.spec(CUSTOMER))], dtype=np.int64)
        orders = world.refer(CUSTOMER, customers).children(ORDER).first
        lines = max(1, int(world.refer(ORDER, orders).children(LINE).first[0]))
        products = world.refer(PRODUCT, np.arange(world.size(world.spec(PRODUCT)), dtype=np.int64))
        most = max(1, min(lines // LINES_OF_SEGMENT, len(products) // PRODUCTS_OF_SEGMENT))
        segment = -(-lines // (most * BLOCK)) * BLOCK
        line_cuts = np.append(np.arange(0, lines, segment), lines)
        product_cuts = np.arange(len(line_cuts)) * len(products) // (len(line_cuts) - 1)
        parts = [
            start + _shared(products.popularity[first:last], stop - start)
            for start, stop, first, last in zip(
                line_cuts[:-1], line_cuts[1:], product_cuts[:-1], product_cuts[1:], strict=True
            )
        ]
        address = world.address(LINE, "sales")
        shuffles = tuple(
            Permutation(length, address.labelled(str(k))) for k, length in enumerate(np.diff(line_cuts).tolist())
        )
        starts = np.concatenate([*parts, [lines]])
        return cls(lines, len(products), segment, starts, shuffles, Appeals.of(products), Exchange(lines))

    def product_of(self, lines: Ints, world: World) -> Ints:
        """The product row of each order line."""
        era, place = divided(lines, self.lines)
        return era * self.products + self.dealt(self._swapped(world, era, place, Exchange.places))

    def counts(self, products: Ints) -> Ints:
        """How many order lines sold each product."""
        at = products % self.products
        return self.starts[at + 1] - self.starts[at]

    def lines_of(self, products: Ints, world: World) -> tuple[Ints, Ints]:
        """(order lines per product, their rows, product after product)."""
        era, at = divided(products, self.products)
        counts = self.starts[at + 1] - self.starts[at]
        dealt = np.repeat(self.starts[at] - np.cumsum(counts) + counts, counts) + np.arange(counts.sum())
        era = np.repeat(era, counts)
        return counts, era * self.lines + self._swapped(world, era, self._shuffled(dealt, back=True), Exchange.takers)

    def dealt(self, place: Ints) -> Ints:
        """The product, without its era, that a place among the lines of an era was dealt."""
        return np.searchsorted(self.starts, self._shuffled(place), side="right") - 1

    def _shuffled(self, place: Ints, *, back: bool = False) -> Ints:
        """Where the places of lines of an era lie within their segments after the shuffle, or before it."""
        number = place // self.segment
        result = np.empty(len(place), dtype=np.int64)
        for k in np.unique(number).tolist():
            there, start = number == k, k * self.segment
            shuffle = self.shuffles[k].inverse if back else self.shuffles[k].forward
            result[there] = start + shuffle(place[there] - start)
        return result

    def _swapped(self, world: World, era: Ints, place: Ints, side: Side) -> Ints:
        """Each place's other side within its block: the place that a line takes from, or the line that takes it."""
        block, offset = divided(place, BLOCK)
        numbers, inverse = numbered(era * self.exchange.blocks + block)
        if not len(numbers):
            return place

        def scores(rows: Ints) -> tuple[Scores, Scores]:
            draw = Draw(world.address(LINE, "appeal"), rows)
            return wishes(world, LINE, rows), self.appeals.scores(self.dealt(rows % self.lines), draw)

        return block * BLOCK + side(self.exchange, numbers, scores)[inverse, offset]


def _shared(popularity: Ints, lines: int) -> Ints:
    """The first place of each product among so many lines."""
    weights = popularity if popularity.any() else np.ones(len(popularity), dtype=np.int64)
    running = np.concatenate(([0], np.cumsum(weights))).astype(np.float64)
    return np.floor(running[:-1] / running[-1] * lines).astype(np.int64)
