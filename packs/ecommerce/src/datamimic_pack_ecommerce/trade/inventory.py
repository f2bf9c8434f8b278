"""The stock of an article in the last month: what there was, what went out and came in, what is left at the clock."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import numpy as np

from datamimic import Data, Lists, Struct, Text, World, record, to_local
from datamimic.columns import Bools, Ints, join, ordered
from datamimic_pack_ecommerce import stock
from datamimic_pack_ecommerce.sales import ORDER
from datamimic_pack_ecommerce.trade.shop import Keeper

PERIOD = np.timedelta64(30, "D")
LAST = 99


@record
class Movement:
    """Pieces that went `out` with an order, or came `in`: lots of the supplier, and what cancelled orders gave back. What came
    in did so since the movement before; the day is not kept."""

    direction: str
    quantity: int
    on: date | None
    order_id: str | None


@record
class Report:
    """A report of the stock of one article; `opening` + what came in - what went out = `closing`."""

    number: str
    since: date
    until: date
    opening: int
    closing: int
    cost: Decimal


class Month:
    """What moved of articles within the period; `opening` before it and what came in `last`, by article."""

    def __init__(self, products: Ints, closing: Ints, world: World, data: Data) -> None:
        ledger = stock.Ledger.of(products, world)
        self.zone = Keeper.of(world, data).zone
        sequence = ledger.stock.sequence
        late = ledger.date[sequence] > world.clock.instant - PERIOD
        at = sequence[late]
        self.article, self.date = ledger.article[at], ledger.date[at]
        self.order_id: Text = world.refer(ORDER, ledger.orders[at]).order_id
        self.out, self.came = ledger.pieces[at], ledger.stock.received[at]
        left = closing.copy()
        sold = ledger.counts > 0
        ends = sequence[np.cumsum(ledger.counts)[sold] - 1]
        left[sold] = ledger.stock.before[ends] - ledger.pieces[ends]
        first = np.flatnonzero(np.diff(self.article, prepend=-1))
        self.opening = left.copy()
        self.opening[self.article[first]] = (ledger.stock.before[at] - self.came)[first]
        self.last = closing - left

    def movements(self) -> Lists:
        """What came in before each line, what it took, and what came in after the last."""
        articles, lines = len(self.opening), len(self.article)
        owner = np.concatenate([self.article, self.article, np.arange(articles)])
        place = np.concatenate([2 * np.arange(lines), 2 * np.arange(lines) + 1, np.full(articles, 2 * lines)])
        quantity = np.concatenate([self.came, self.out, self.last])
        goes_out: Bools = np.concatenate(
            [np.zeros(lines, np.bool_), np.ones(lines, np.bool_), np.zeros(articles, np.bool_)]
        )
        order = ordered(owner, place)
        order = order[quantity[order] > 0]
        source = np.concatenate([np.arange(lines), np.arange(lines), np.zeros(articles, np.int64)])[order]
        out = goes_out[order]
        days = to_local(self.date, self.zone).astype("datetime64[D]") if lines else self.date.astype("datetime64[D]")
        nothing = not lines
        parts: dict[str, Any] = {
            "direction": Text.coded(out.astype(np.int64), ("in", "out")),
            "quantity": quantity[order],
            "on": np.ma.MaskedArray(
                np.zeros(len(order), "datetime64[D]")
                if nothing
                else np.where(out, days[source], np.datetime64(0, "D")),
                ~out,
            ),
            "order_id": Text.constant(None, len(order)) if nothing else self.order_id.take(source).where(out),
        }
        return Lists(np.bincount(owner[order], minlength=articles), Struct(parts))


def movements(rows: Ints, stock_quantity: Ints, world: World, data: Data) -> Lists:
    return Month(rows, stock_quantity, world, data).movements()


def report(product_id: Text, stock_quantity: Ints, movements: Lists, cost: Ints, world: World, data: Data) -> Struct:
    change = np.where(movements.values.direction == "out", -movements.values.quantity, movements.values.quantity)
    net = np.bincount(movements.parents, weights=change, minlength=len(movements)).astype(np.int64)
    now = np.full(len(movements), world.clock.instant, dtype="datetime64[us]")
    until = to_local(now, Keeper.of(world, data).zone).astype("datetime64[D]")
    return Struct(
        {
            "number": join("STK", product_id.slice(4, LAST)),
            "since": until - PERIOD,
            "until": until,
            "opening": stock_quantity - net,
            "closing": stock_quantity,
            "cost": cost,
        }
    )
