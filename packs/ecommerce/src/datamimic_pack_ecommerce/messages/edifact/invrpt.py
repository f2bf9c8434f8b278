"""INVRPT: a month of an article's stock: what there was, what went out with orders and came in, what is left."""

from __future__ import annotations

from collections.abc import Sequence

from datamimic import Breaks
from datamimic.formats.documents import Negative, Piece, each, named, of, part
from datamimic_pack_ecommerce.messages.edifact.interchange import (
    TradeMessage,
    components,
    currency,
    day,
    group,
    party,
    quantity,
    reference,
    segment,
)

OUT, IN = "1", "2"
"""Ways of a movement, UNTDID 4501."""
DELIVERY, RECEPTION = "2", "1"
"""Reasons of a movement, UNTDID 4499."""
GOOD, BY_THE_BOOKS = "1", "1"
"""Kind of stock and how its balance is found, UNTDID 7491 and 4503."""
OPENING, MOVED, ACTUAL = "157", "156", "145"
"""Kinds of quantities, UNTDID 6063."""


class InventoryReport(TradeMessage):
    kind = "INVRPT"
    entity = "ecommerce.product"
    key = "product_id"
    prefix = 8
    breaks = Breaks(
        date="report.until",
        amount="report.closing",
        account="gtin",
        without=("rejected",),
        lists={"movements": Breaks(date="on", amount="quantity", account="order_id")},
    )

    def negatives(self) -> Sequence[Negative]:
        # A report of one article counts no lines.
        return [each for each in super().negatives() if each.name != "wrong_line_count"]

    def body(self) -> Piece:
        way = of("direction", named({"out": OUT, "in": IN}))
        reason = of("direction", named({"out": DELIVERY, "in": RECEPTION}))
        balance = segment("INV", None, GOOD, None, BY_THE_BOOKS)
        return group(
            segment("BGM", "35", of("report.number"), "9"),
            day("137", "report.until"),
            day("90", "report.since"),
            day("91", "report.until"),
            party("SU", "seller"),
            party("WH", "warehouse"),
            currency("10"),
            segment("LIN", "1", None, components(of("gtin"), "EN")),
            segment("PIA", "1", components(of("sku", part(0, 35)), "SA")),
            self.name_of_article(),
            self.stock(balance, quantity(OPENING, "report.opening")),
            each(
                "movements",
                self.stock(segment("INV", way, GOOD, reason), quantity(MOVED, "quantity")),
                day("11", "on"),
                reference("ON", of("order_id")),
            ),
            self.stock(balance, quantity(ACTUAL, "report.closing")),
            self.value(),
        )

    def stock(self, movement: Piece, pieces: Piece) -> Piece:
        """A quantity of the ledger; in D.96A it stands before what it is, in D.01B behind."""
        return group(pieces, movement) if self.is_old else group(movement, pieces)

    def value(self) -> Piece:
        """What a piece cost."""
        return segment("PRI", components("AAA", of("report.cost")))


class InventoryReportD01B(InventoryReport):
    """A month of an article's stock: opening, every piece that went out or came in, and what is left at the clock."""

    name = "edifact.invrpt.d01b"
    release = "01B"


class InventoryReportD96A(InventoryReport):
    """A month of an article's stock: opening, movements and what is left at the clock; directory D.96A."""

    name = "edifact.invrpt.d96a"
    release = "96A"
