"""INVOIC: the bill that goes with the parcel, and the credit note for what came back."""

from __future__ import annotations

from collections.abc import Sequence

from datamimic.formats.documents import Negative, Piece, each, of, only_with, part
from datamimic_pack_ecommerce.messages import broken
from datamimic_pack_ecommerce.messages.edifact.interchange import (
    LINE,
    TradeMessage,
    amount,
    article,
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
from datamimic_pack_ecommerce.messages.edifact.orders import allowances, line_discount


class Bill(TradeMessage):
    kind = "INVOIC"
    entity = "ecommerce.order"
    mandatory = ("BGM", "UNS")

    def negatives(self) -> Sequence[Negative]:
        total = broken.another_digit("wrong_total", broken.TOTAL, r"MOA\+79:(\d)")
        return [*super().negatives(), total]

    def parties(self) -> Piece:
        holder = components(of("payment.account"), of("seller.name", part(0, LINE)))
        return group(
            party("SU", "seller"),
            only_with("payment.account", segment("FII", "RB", holder)),
            reference("VA", of("seller.tax_id")),
            reference("XA", of("seller.registration")),
            party("BY", "buyer"),
            reference("IT", of("buyer.number")),
            party("DP", "receiver"),
            currency("4"),
        )

    def taxes(self, path: str) -> Piece:
        """The taxes by rate, what is taxed and the tax."""
        return each(path, tax("..tax_name", "rate", "category"), amount("125", "base"), amount("124", "tax"))


class Invoice(Bill):
    happens = "papers.shipped_on"
    breaks = broken.of_order("papers.shipped_on", "total_amount", "net")

    def body(self) -> Piece:
        return group(
            segment("BGM", "380", of("papers.invoice_number"), "9"),
            day("137", "papers.shipped_on"),
            day("11", "papers.shipped_on"),
            reference("ON", of("order_id")),
            day("171", "papers.ordered_on"),
            reference("AAK", of("papers.despatch_number")),
            self.parties(),
            only_with("papers.due_on", segment("PAT", "3"), day("13", "papers.due_on")),
            allowances(),
            each(
                "articles",
                article(self),
                quantity("47", "quantity"),
                amount("203", "net"),
                segment("PRI", components("AAB", of("unit_price"))),
                tax("..tax_name", "tax_rate", "tax_category"),
                line_discount(),
            ),
            segment("UNS", "S"),
            segment("CNT", components("2", of("papers.line_count"))),
            amount("79", "subtotal_amount"),
            only_with("coupon_code", amount("260", "discount_amount")),
            amount("259", "shipping_amount"),
            amount("176", "tax_amount"),
            amount("39", "total_amount"),
            amount("113", "payment.prepaid"),
            amount("9", "payment.due"),
            self.taxes("taxes"),
        )


class CreditNote(Bill):
    happens = "papers.credited_on"
    breaks = broken.of_return("papers.credited_on", "credit.total")

    def body(self) -> Piece:
        return group(
            segment("BGM", "381", of("papers.credit_number"), "9"),
            day("137", "papers.credited_on"),
            reference("ON", of("order_id")),
            reference("IV", of("papers.invoice_number")),
            day("171", "papers.shipped_on"),
            self.parties(),
            each(
                "returned_articles",
                article(self),
                quantity("47", "returned"),
                amount("203", "refund_net"),
                tax("..tax_name", "tax_rate", "tax_category"),
            ),
            segment("UNS", "S"),
            segment("CNT", components("2", of("papers.returned_count"))),
            amount("79", "credit.net"),
            amount("176", "credit.tax"),
            amount("39", "credit.total"),
            self.taxes("returned_taxes"),
        )


class InvoiceD01B(Invoice):
    """The bill of an order: lines, coupon, delivery, taxes by rate, what was paid before and what is due."""

    name = "edifact.invoic.d01b"
    release = "01B"


class InvoiceD96A(Invoice):
    """The bill of an order: lines, coupon, delivery, taxes by rate, prepaid and due; directory D.96A."""

    name = "edifact.invoic.d96a"
    release = "96A"


class CreditNoteD01B(CreditNote):
    """The credit note for what came back and was refunded, with the bill that it belongs to."""

    name = "edifact.invoic.credit_note.d01b"
    release = "01B"


class CreditNoteD96A(CreditNote):
    """The credit note for what came back and was refunded; directory D.96A."""

    name = "edifact.invoic.credit_note.d96a"
    release = "96A"
