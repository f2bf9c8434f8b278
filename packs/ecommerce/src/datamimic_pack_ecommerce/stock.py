"""The stock of an article, sale after sale: what was there before, what was left, and what came in between.

Lines of an article are served in the order of their dates. When the next one would find too little, as many lots as it
needs come in before it. Pieces of cancelled orders are back before the next sale; what customers send back is not sold
again. All lines of an article lie in one segment of the sales, whose stock is computed at once.
"""

from __future__ import annotations

from functools import lru_cache, partial
from typing import TYPE_CHECKING

import numpy as np
from attrs import frozen

from datamimic.columns import Bools, Dates, Ints, divided, numbered, ordered
from datamimic_pack_ecommerce.sales import LINE, PRODUCT, Sales

if TYPE_CHECKING:
    from datamimic import World
    from datamimic.engine.batch import Batch

SEGMENTS_KEPT = 8
"""Segments that a world remembers."""
MOST_PIECES = 6
"""No line takes more pieces: every article starts with at least as many."""


@frozen(eq=False)
class Stock:
    """Pieces before each line, and those that came in since the line before of the same article, in the order given; and
    those `left` after the last line of each article, in the order of their numbers. `sequence` are the places of the lines,
    article after article, in the order in which they were served."""

    before: Ints
    received: Ints
    left: Ints
    sequence: Ints


def served(rows: Ints, article: Ints, date: Dates, pieces: Ints, given_back: Bools, first: Ints, lot: Ints) -> Stock:
    """The stock of lines (`rows`) of articles (numbers), `first` and `lot` per line those of its article."""
    order = ordered(article, date, rows)
    article, pieces, first, lot = (each[order] for each in (article, pieces, first, lot))
    starts = np.flatnonzero(np.concatenate(([True], article[1:] != article[:-1])))
    lengths = np.diff(np.append(starts, len(article)))
    kept = np.where(given_back[order], 0, pieces)
    taken = np.cumsum(kept) - kept
    taken -= np.repeat(taken[starts], lengths)
    lots = np.maximum(-((first - taken - pieces) // lot), 0)
    # The most lots so far within an article: articles are lifted above each other meanwhile.
    step = int(lots.max(initial=0)) + 1
    lift = np.repeat(np.arange(len(starts)), lengths) * step
    lots = np.maximum.accumulate(lots + lift) - lift
    before = first + lot * lots - taken
    received = np.append(0, before[1:] - (before - pieces)[:-1])
    received[starts] = 0
    ends = starts + lengths - 1
    result = Stock(np.empty_like(before), np.empty_like(before), before[ends] - kept[ends], order)
    result.before[order], result.received[order] = before, received
    return result


def of_lines(rows: Ints, world: World) -> tuple[Ints, Ints]:
    """What was there before order lines, and what came in since the lines before."""
    sales = Sales.of(world)
    era, place = divided(rows, sales.lines)
    segments = len(sales.shuffles)
    numbers, inverse = numbered(era * segments + place // sales.segment)
    of_segment = world.memo("ecommerce.stock", lambda: lru_cache(SEGMENTS_KEPT)(partial(_of_segment, world)))
    before, received = np.empty(len(rows), dtype=np.int64), np.empty(len(rows), dtype=np.int64)
    for at, stock in enumerate(map(of_segment, numbers.tolist())):
        there = np.flatnonzero(inverse == at)
        offset = place[there] % sales.segment
        before[there], received[there] = stock.before[offset], stock.received[offset]
    return before, received


def _of_segment(world: World, number: int) -> Stock:
    sales = Sales.of(world)
    era, segment = divmod(number, len(sales.shuffles))
    start, stop = segment * sales.segment, min((segment + 1) * sales.segment, sales.lines)
    lines = world.batch(world.spec(LINE), era * sales.lines + np.arange(start, stop))
    return of_articles(lines, lines.column("product").rows)


def of_articles(lines: Batch, article: Ints) -> Stock:
    """The stock of all lines of articles; `article` numbers them line by line."""
    if not len(article):
        return Stock(article, article, article, article)
    product, order = lines.column("product"), lines.column("order")
    return served(
        lines.rows, article, order.date, lines.column("quantity"), order.is_cancelled, product.first_stock, product.lot
    )


@frozen(eq=False)
class Ledger:
    """All sales of some articles, one article after the other: how many lines each has, the place of the article of each line,
    the rows of lines and orders, dates, pieces, whether a cancelled order gave them back, and the stock."""

    counts: Ints
    article: Ints
    rows: Ints
    orders: Ints
    date: Dates
    pieces: Ints
    given_back: Bools
    stock: Stock

    @classmethod
    def of(cls, products: Ints, world: World) -> Ledger:
        """What is left and what moved are asked for of the same articles one after the other: the last ones are remembered."""
        last = world.memo("ecommerce.ledger", lambda: lru_cache(1)(partial(cls._made, world)))
        return last(np.ascontiguousarray(products, dtype=np.int64).tobytes())

    @classmethod
    def _made(cls, world: World, content: bytes) -> Ledger:
        products = np.frombuffer(content, dtype=np.int64)
        counts, rows = Sales.of(world).lines_of(products, world)
        # By the place in `products`, which may name one twice.
        article = np.repeat(np.arange(len(products)), counts)
        lines = world.batch(world.spec(LINE), rows, given={"product": world.refer(PRODUCT, products[article])})
        order = lines.column("order")
        stock = of_articles(lines, article)
        pieces, given_back = lines.column("quantity"), order.is_cancelled
        return cls(counts, article, rows, order.rows, order.date, pieces, given_back, stock)

    @property
    def left(self) -> Ints:
        """Pieces of each article after its last sale; -1 for one that was never sold."""
        result = np.full(len(self.counts), -1, dtype=np.int64)
        result[self.counts > 0] = self.stock.left
        return result
