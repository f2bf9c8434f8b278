"""Every movement of an article in the warehouse: what there was when it came into the catalogue, sales, what cancelled orders
gave back, and what suppliers brought.

They follow from the stock before each sale (`stock`): what came in since the sale before is what a cancelled order gave back,
and whole lots. A lot comes some time after the movement before, on a working day where there is one in between.
"""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache, partial
from typing import Any

import numpy as np
from attrs import frozen

from datamimic import Data, Draw, World, record, to_local, to_utc
from datamimic.columns import Bools, Dates, Ints, Masked, Struct, numbered, ordered
from datamimic_pack_common.calendars import SATURDAY, SUNDAY, working_days
from datamimic_pack_ecommerce.sales import ORDER, PRODUCT
from datamimic_pack_ecommerce.stock import Ledger
from datamimic_pack_ecommerce.trade.shop import Keeper

KINDS = ("opening", "receipt", "sale", "cancellation")
OPENING, RECEIPT, SALE, CANCELLATION = range(4)
MOVEMENT = "ecommerce.stock_movement"
AT_ONCE = 4_096
"""Articles whose movements are counted together: memory stays flat."""
MORNING, AFTERNOON = 6 * 3_600, 16 * 3_600
"""When suppliers are at the door, seconds of the local day."""


@record
class Entry:
    """A movement: its kind, when it was, pieces (out is negative), pieces before it, row of the order line (-1 for none)."""

    kind: int
    at: datetime
    quantity: int
    before: int
    line: int


def number(rows: Ints, stock_quantity: Ints, world: World) -> Ints:
    """How many each article has; none of what has none left and was never sold."""
    parts = [
        _number(rows[start : start + AT_ONCE], stock_quantity[start : start + AT_ONCE], world)
        for start in range(0, len(rows), AT_ONCE)
    ]
    return np.concatenate(parts) if parts else rows


def _number(rows: Ints, stock_quantity: Ints, world: World) -> Ints:
    ledger = Ledger.of(rows, world)
    sequence = ledger.stock.sequence
    came = lots(ledger, sequence) > 0
    back = ledger.given_back[sequence]
    article = ledger.article[sequence]
    moved = np.bincount(article, 1 + came + back, minlength=len(rows)).astype(np.int64)
    return np.where(ledger.counts > 0, moved + 1 + (ledger.left == 0), (stock_quantity > 0).astype(np.int64))


def lots(ledger: Ledger, sequence: Ints) -> Ints:
    """Pieces that suppliers brought since the sale before, line by line of the sequence."""
    received, article = ledger.stock.received[sequence], ledger.article[sequence]
    back = np.where(ledger.given_back, ledger.pieces, 0)[sequence]
    follows = np.append(False, article[1:] == article[:-1])
    return received - np.where(follows, np.append(0, back[:-1]), 0)


@frozen(eq=False)
class Movements:
    """All movements of some articles, one article after the other: how many each has, and `entries`."""

    counts: Ints
    entries: Struct

    @classmethod
    def of(cls, products: Ints, world: World, data: Data) -> Movements:
        last = world.memo("ecommerce.movements", lambda: lru_cache(2)(partial(cls._made, world, data)))
        made: Movements = last(np.ascontiguousarray(products, dtype=np.int64).tobytes())
        return made

    @classmethod
    def _made(cls, world: World, data: Data, content: bytes) -> Movements:
        products = np.frombuffer(content, dtype=np.int64)
        articles = world.refer(PRODUCT, products)
        ledger = Ledger.of(products, world)
        sequence = ledger.stock.sequence
        article, date, rows = ledger.article[sequence], ledger.date[sequence], ledger.rows[sequence]
        pieces, came = ledger.pieces[sequence], lots(ledger, sequence)
        place = np.arange(len(sequence))
        suppliers = Suppliers(world, data)

        # Before each sale: when the one before was, or what it took was given back.
        next_date = np.where(
            np.append(article[1:] == article[:-1], False), np.append(date[1:], date[-1:]), world.clock.instant
        )
        back = np.flatnonzero(ledger.given_back[sequence])
        back_at = np.minimum(world.refer(ORDER, ledger.orders[sequence][back]).cancelled_at_planned, next_date[back])
        settled = date.copy()
        settled[back] = back_at
        opened = suppliers.at_opening(articles.launched_on)
        first = np.append(True, article[1:] != article[:-1])[: len(article)]
        since = np.where(first, opened[article], np.append(settled[:1], settled[:-1])) if len(article) else date
        bought = np.flatnonzero(came > 0)
        bought_at = suppliers.between(
            since[bought], date[bought], Draw(world.address(MOVEMENT, "receipt"), rows[bought])
        )

        sold = ledger.counts > 0
        last = np.flatnonzero(ledger.left == 0)
        ends = np.cumsum(ledger.counts) - 1
        until = np.full(len(last), world.clock.instant, dtype="datetime64[us]")
        last_at = suppliers.between(settled[ends[last]], until, Draw(world.address(MOVEMENT, "last"), products[last]))
        begun = np.flatnonzero(sold | (articles.stock_quantity > 0))
        opening = np.where(sold, articles.first_stock, articles.stock_quantity)[begun]

        parts = (
            (begun, np.full(len(begun), -1), OPENING, opened[begun], opening, None),
            (article[bought], 3 * bought + 1, RECEIPT, bought_at, came[bought], None),
            (article, 3 * place + 2, SALE, date, -pieces, rows),
            (article[back], 3 * back + 3, CANCELLATION, back_at, pieces[back], rows[back]),
            (last, np.full(len(last), 3 * len(place) + 4), RECEIPT, last_at, articles.lot[last], None),
        )
        owner = np.concatenate([part[0] for part in parts])
        order = ordered(owner, np.concatenate([part[1] for part in parts]))
        quantity = np.concatenate([part[4] for part in parts])[order]
        counts = np.bincount(owner, minlength=len(products)).astype(np.int64)
        total = np.cumsum(quantity) - quantity
        starts = np.cumsum(counts) - counts
        before = total - np.repeat(np.append(total, 0)[starts], counts)
        lines = [np.full(len(part[0]), -1) if part[5] is None else part[5] for part in parts]
        return cls(
            counts,
            Struct(
                {
                    "kind": np.concatenate([np.full(len(part[0]), part[2]) for part in parts])[order],
                    "at": np.concatenate([part[3].astype("datetime64[us]") for part in parts])[order],
                    "quantity": quantity, "before": before, "line": np.concatenate(lines)[order],
                }
            ),
        )  # fmt: skip


class Suppliers:
    """When goods come into the warehouse: by day, on its clock, where there is time for that."""

    def __init__(self, world: World, data: Data) -> None:
        self.zone = Keeper.of(world, data).zone
        self.days = working_days(data["delivery_holidays"], (SATURDAY, SUNDAY))

    def at_opening(self, day: Dates) -> Dates:
        morning = np.full(len(day), MORNING).astype("timedelta64[s]")
        return to_utc(day.astype("datetime64[us]") + morning, self.zone)

    def between(self, since: Dates, until: Dates, draw: Draw) -> Dates:
        """A time from `since` to `until`: on a working day from six to four, if one of two that are tried lies in between."""
        span = (until - since).astype("timedelta64[s]").astype(np.int64)
        anywhen = since + np.floor(span * draw.uniform("when")).astype("timedelta64[s]")
        second = draw.integers(MORNING, AFTERNOON - 1, "second").astype("timedelta64[s]")
        day = to_local(anywhen, self.zone).astype("datetime64[D]")
        result = anywhen
        for open_day in (self.days.previous(day), self.days.next(day)):
            at = to_utc(open_day.astype("datetime64[us]") + second, self.zone)
            result = np.where((since <= at) & (at <= until), at, result)
        return result


def entry(product: Any, data: Data) -> Struct:
    """That at the place of each among the movements of its article."""
    rows, own = numbered(product.rows)
    made = Movements.of(rows, product.world, data)
    entries: Struct = made.entries.take((np.cumsum(made.counts) - made.counts)[own] + product.index)
    return entries


def line(entry: Any) -> Masked:
    return np.ma.MaskedArray(entry.line, entry.line < 0)


def goes_out(kind: Any) -> Bools:
    out: Bools = kind == KINDS[SALE]
    return out
