"""How an article sells: its stock, and what customers think of it."""

from __future__ import annotations

from typing import Any

import numpy as np

from datamimic import Clock, Data, Draw, Text, World
from datamimic.columns import Ints
from datamimic_pack_ecommerce import stock
from datamimic_pack_ecommerce.sales import LINE, PRODUCT, Sales

LOW_STOCK = 10

AVAILABILITIES = ("In Stock", "Low Stock", "Out of Stock", "Preorder", "Discontinued")


def popularity(draw: Draw, data: Data) -> Ints:
    return data["product_popularity"].quantiles().at(draw.uniform()).astype(np.int64)


def lines_sold(rows: Ints, world: World) -> Ints:
    return Sales.of(world).counts(rows)


def lot(lines_sold: Ints, draw: Draw) -> Ints:
    """What comes in at a time: for about a tenth of what was sold, from a dozen on."""
    return 12 * (1 + lines_sold // 120 + draw.integers(0, 9))


def first_stock(lot: Ints, draw: Draw) -> Ints:
    return draw.integers(stock.MOST_PIECES, lot)


def stock_quantity(rows: Ints, first_stock: Ints, lot: Ints, draw: Draw, world: World) -> Ints:
    """What the last sale left; a lot came in where that was nothing. What was never sold may have sold out long ago."""
    left = stock.Ledger.of(rows, world).left
    never = np.where(draw.chance(0.8, "empty"), 0, first_stock)
    return np.where(left < 0, never, np.where(left == 0, lot, left))


def availability(stock_quantity: Ints, draw: Draw) -> Text:
    empty = 2 + draw.integers(0, 2, "why empty")
    return Text.coded(np.select([stock_quantity == 0, stock_quantity < LOW_STOCK], [empty, 1], 0), AVAILABILITIES)


def launched_on(availability: Text, draw: Draw, clock: Clock) -> Any:
    past = draw.integers(1100, 2900, "in the catalogue since")
    ahead = -draw.integers(7, 120, "comes in")
    return clock.date - np.where(availability == "Preorder", ahead, past).astype("timedelta64[D]")


class Reviews:
    """The reviews of a batch of products: how many each has and the sum of their stars."""

    def __init__(self, products: Ints, world: World) -> None:
        per_product, lines = Sales.of(world).lines_of(products, world)
        # The lines are told which product they sold, which they would have to search for.
        sold = world.refer(PRODUCT, np.repeat(products, per_product))
        found = world.batch(world.spec(LINE), lines, given={"product": sold}).column("reviews")
        ends = np.cumsum(per_product)
        self.counts, self.stars = (between(values, ends, per_product) for values in (found.counts, found.sum("stars")))


def between(values: Ints, ends: Ints, lengths: Ints) -> Ints:
    """Sums of runs of `lengths` values that end before `ends`."""
    running = np.concatenate(([0], np.cumsum(values)))
    return running[ends] - running[ends - lengths]


def review_sums(rows: Ints, world: World) -> Ints:
    """Reviews and stars of a product in one number, stars in the lower 32 bits."""
    reviews = Reviews(rows, world)
    return (reviews.counts << 32) + reviews.stars


def review_count(review_sums: Ints) -> Ints:
    return review_sums >> 32


def rating(review_sums: Ints) -> Any:
    counts, stars = review_sums >> 32, review_sums & 0xFFFFFFFF
    tenths = (20 * stars + counts) // np.maximum(2 * counts, 1)
    return np.ma.MaskedArray(tenths / 10.0, counts == 0)
