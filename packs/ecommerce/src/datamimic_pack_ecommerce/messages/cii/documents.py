"""A bill and a credit note as Cross Industry Invoice (CII), and the rules that they follow."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from datamimic.formats.documents import (
    DECLARATION,
    Message,
    Negative,
    Piece,
    Rule,
    compact,
    each,
    element,
    of,
    together,
)
from datamimic_pack_ecommerce.messages import broken, judged
from datamimic_pack_ecommerce.messages.cii.pieces import (
    NAMESPACES,
    allowances,
    buyer,
    day,
    line_discount,
    line_tax,
    means,
    money,
    product,
    receiver,
    seller,
    taxes,
    text,
)
from datamimic_pack_ecommerce.messages.ubl.pieces import PIECE


class CiiMessage(Message):
    """`kind` is a code of UNTDID 1001; the other class attributes are the paths of what it says."""

    suffixes = (".xml",)
    entity = "ecommerce.order"
    several = False
    mandatory = ("ram:TypeCode", "ram:InvoiceCurrencyCode", "ram:SellerTradeParty", "ram:DuePayableAmount")
    rules: ClassVar[str]
    process: ClassVar[str] = ""
    kind: ClassVar[str]
    number: ClassVar[str]

    def negatives(self) -> Sequence[Negative]:
        return [
            *broken.no_day(super().negatives(), r'format="102">\d{4}(\d{4})<'),
            broken.another_digit(
                "wrong_total", broken.TOTAL, r"MonetarySummation><ram:LineTotalAmount>(\d)[^<]*<[^<]*<ram:[CAT]"
            ),
            broken.another_digit("wrong_gln", broken.GLN, r'URIID schemeID="0088">\d{12}(\d)<'),
            broken.another_digit("wrong_gtin", broken.GTIN, r'schemeID="0160">\d{12}(\d)<'),
        ]

    def judges(self) -> Sequence[Rule]:
        return [*super().judges(), *judged.of_xml(judged.of_cii)]

    def lines(self) -> Piece:
        raise NotImplementedError

    def delivery(self) -> Piece:
        raise NotImplementedError

    def settlement(self) -> Piece:
        raise NotImplementedError

    def document(self) -> Piece:
        process = element("ram:BusinessProcessSpecifiedDocumentContextParameter", element("ram:ID", self.process))
        rules = element("ram:GuidelineSpecifiedDocumentContextParameter", element("ram:ID", self.rules))
        return together(
            DECLARATION,
            element(
                "rsm:CrossIndustryInvoice",
                NAMESPACES,
                element("rsm:ExchangedDocumentContext", process if self.process else "", rules),
                element(
                    "rsm:ExchangedDocument",
                    text("ID", self.number),
                    element("ram:TypeCode", self.kind),
                    day("IssueDateTime", str(self.happens)),
                ),
                element(
                    "rsm:SupplyChainTradeTransaction",
                    self.lines(),
                    element(
                        "ram:ApplicableHeaderTradeAgreement",
                        text("BuyerReference", "buyer.number"),
                        seller(),
                        buyer(),
                        element("ram:BuyerOrderReferencedDocument", text("IssuerAssignedID", "order_id")),
                    ),
                    self.delivery(),
                    self.settlement(),
                ),
            ),
            "\n",
        )


class CiiInvoice(CiiMessage):
    kind = "380"
    happens = "papers.shipped_on"
    number = file_key = "papers.invoice_number"
    breaks = broken.of_order("papers.shipped_on", "total_amount", "net")

    def lines(self) -> Piece:
        return each(
            "articles",
            element(
                "ram:IncludedSupplyChainTradeLineItem",
                element("ram:AssociatedDocumentLineDocument", text("LineID", "number")),
                product(),
                element(
                    "ram:SpecifiedLineTradeAgreement",
                    element("ram:BuyerOrderReferencedDocument", text("LineID", "number")),
                    element("ram:NetPriceProductTradePrice", text("ChargeAmount", "unit_price")),
                ),
                element(
                    "ram:SpecifiedLineTradeDelivery",
                    element("ram:BilledQuantity", {"unitCode": PIECE}, of("quantity")),
                ),
                element(
                    "ram:SpecifiedLineTradeSettlement",
                    line_tax(),
                    line_discount(),
                    element("ram:SpecifiedTradeSettlementLineMonetarySummation", text("LineTotalAmount", "net")),
                ),
            ),
        )

    def delivery(self) -> Piece:
        return element(
            "ram:ApplicableHeaderTradeDelivery",
            receiver(),
            element("ram:ActualDeliverySupplyChainEvent", day("OccurrenceDateTime", "papers.shipped_on")),
            element("ram:DespatchAdviceReferencedDocument", text("IssuerAssignedID", "papers.despatch_number")),
        )

    def settlement(self) -> Piece:
        return element(
            "ram:ApplicableHeaderTradeSettlement",
            text("PaymentReference", "payment.reference"),
            text("InvoiceCurrencyCode", "currency"),
            means(),
            taxes("taxes"),
            allowances(),
            element(
                "ram:SpecifiedTradePaymentTerms",
                text("Description", "payment.terms"),
                day("DueDateDateTime", "papers.due_on"),
            ),
            element(
                "ram:SpecifiedTradeSettlementHeaderMonetarySummation",
                text("LineTotalAmount", "subtotal_amount"),
                text("ChargeTotalAmount", "payment.delivery"),
                text("AllowanceTotalAmount", "payment.discount"),
                text("TaxBasisTotalAmount", "payment.net"),
                money("TaxTotalAmount", "tax_amount"),
                text("GrandTotalAmount", "total_amount"),
                text("TotalPrepaidAmount", "payment.prepaid"),
                text("DuePayableAmount", "payment.due"),
            ),
        )


class CiiCreditNote(CiiMessage):
    kind = "381"
    happens = "papers.credited_on"
    number = file_key = "papers.credit_number"
    breaks = broken.of_return("papers.credited_on", "credit.total")

    def lines(self) -> Piece:
        # What is refunded of some pieces need not be whole cents a piece: the price is that of all.
        pieces = element("ram:BasisQuantity", {"unitCode": PIECE}, of("returned"))
        return each(
            "returned_articles",
            element(
                "ram:IncludedSupplyChainTradeLineItem",
                element("ram:AssociatedDocumentLineDocument", text("LineID", "number")),
                product(),
                element(
                    "ram:SpecifiedLineTradeAgreement",
                    element("ram:NetPriceProductTradePrice", text("ChargeAmount", "refund_net"), pieces),
                ),
                element(
                    "ram:SpecifiedLineTradeDelivery",
                    element("ram:BilledQuantity", {"unitCode": PIECE}, of("returned")),
                ),
                element(
                    "ram:SpecifiedLineTradeSettlement",
                    line_tax(),
                    element("ram:SpecifiedTradeSettlementLineMonetarySummation", text("LineTotalAmount", "refund_net")),
                ),
            ),
        )

    def delivery(self) -> Piece:
        sent = element("ram:ActualDeliverySupplyChainEvent", day("OccurrenceDateTime", "papers.shipped_on"))
        return element("ram:ApplicableHeaderTradeDelivery", receiver(), sent)

    def settlement(self) -> Piece:
        return element(
            "ram:ApplicableHeaderTradeSettlement",
            text("PaymentReference", "payment.reference"),
            text("InvoiceCurrencyCode", "currency"),
            means(),
            taxes("returned_taxes"),
            # The money goes back on the way on which it came.
            element("ram:SpecifiedTradePaymentTerms", text("Description", "payment.method")),
            element(
                "ram:SpecifiedTradeSettlementHeaderMonetarySummation",
                text("LineTotalAmount", "credit.net"),
                text("TaxBasisTotalAmount", "credit.net"),
                money("TaxTotalAmount", "credit.tax"),
                text("GrandTotalAmount", "credit.total"),
                text("DuePayableAmount", "credit.total"),
            ),
            element(
                "ram:InvoiceReferencedDocument",
                text("IssuerAssignedID", "papers.invoice_number"),
                element(
                    "ram:FormattedIssueDateTime",
                    element("qdt:DateTimeString", {"format": "102"}, of("papers.shipped_on", compact)),
                ),
            ),
        )
