"""ORDERS: a customer's order, which the shop's front hands to the company that keeps the shop."""

from __future__ import annotations

from collections.abc import Sequence

from datamimic.formats.documents import Negative, Piece, each, of, only_with, part
from datamimic_pack_ecommerce.messages import broken
from datamimic_pack_ecommerce.messages.edifact.interchange import (
    LINE,
    TradeMessage,
    amount,
    article,
    carrier,
    components,
    currency,
    day,
    group,
    party,
    quantity,
    reference,
    segment,
    tax,
)

NOTE = 70
"""Letters of a line of free text in D.96A."""


class Orders(TradeMessage):
    kind = "ORDERS"
    entity = "ecommerce.order"
    mandatory = ("BGM", "UNS")
    breaks = broken.of_order("papers.ordered_on", "total_amount", "net")
    from_seller = False

    def body(self) -> Piece:
        note = components(of("notes", part(0, NOTE)), of("notes", part(NOTE, 2 * NOTE)))
        return group(
            segment("BGM", "220", of("order_id"), "9"),
            day("137", "papers.ordered_on"),
            segment("FTX", "AAI", None, None, note),
            self.parties_and_terms(),
            self.lines(None),
            self.totals(),
        )

    def negatives(self) -> Sequence[Negative]:
        total = broken.another_digit("wrong_total", broken.TOTAL, r"MOA\+79:(\d)")
        return [*super().negatives(), total]

    def parties_and_terms(self) -> Piece:
        return group(
            party("BY", "buyer"),
            reference("IT", of("buyer.number")),
            party("SU", "seller"),
            party("DP", "receiver"),
            currency("9"),
            carrier(),
            allowances(),
        )

    def lines(self, action: str | Piece | None) -> Piece:
        return each(
            "articles",
            article(self, action),
            quantity("21", "quantity"),
            amount("203", "net"),
            segment("PRI", components("AAB", of("unit_price"))),
            reference("LI", of("line_id", part(0, LINE))),
            tax("..tax_name", "tax_rate", "tax_category"),
            line_discount(),
        )

    def totals(self) -> Piece:
        return group(
            segment("UNS", "S"),
            amount("79", "subtotal_amount"),
            amount("124", "tax_amount"),
            amount("86", "total_amount"),
            segment("CNT", components("2", of("papers.line_count"))),
        )


def allowances() -> Piece:
    """Coupon and delivery, without tax, by the rate of tax that they have: they are part of what is taxed."""
    return each(
        "taxes",
        only_with(
            "coupon",
            segment("ALC", "A", components(of("..coupon_code"))),
            amount("204", "coupon"),
            tax("..tax_name", "rate", "category"),
        ),
        only_with(
            "delivery",
            segment("ALC", "C", None, None, None, "FC"),
            amount("23", "delivery"),
            tax("..tax_name", "rate", "category"),
        ),
    )


def line_discount() -> Piece:
    return only_with("discount", segment("ALC", "A"), amount("204", "discount"))


class OrdersD01B(Orders):
    """A customer's order, with its articles, their net prices, tax, coupon and delivery."""

    name = "edifact.orders.d01b"
    release = "01B"


class OrdersD96A(Orders):
    """A customer's order, with its articles, their net prices, tax, coupon and delivery; directory D.96A."""

    name = "edifact.orders.d96a"
    release = "96A"
