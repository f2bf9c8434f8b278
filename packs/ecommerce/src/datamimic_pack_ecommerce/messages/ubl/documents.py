"""A bill and a credit note in UBL 2.1, and the rules that they may follow beyond it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from datamimic.formats.documents import DECLARATION, Message, Negative, Piece, Rule, each, element, of, together
from datamimic_pack_ecommerce.messages import broken, judged
from datamimic_pack_ecommerce.messages.ubl.pieces import (
    PIECE,
    allowances,
    buyer,
    delivery,
    item,
    line_discount,
    means,
    money,
    namespaces,
    seller,
    taxes,
    text,
)

EN_16931 = "urn:cen.eu:en16931:2017"
PEPPOL = f"{EN_16931}#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0"
XRECHNUNG = f"{EN_16931}#compliant#urn:xeinkauf.de:kosit:xrechnung_3.0"
BILLING = "urn:fdc:peppol.eu:2017:poacc:billing:01:1.0"
"""The business process of a bill."""
WITH_VAT = ("DE", "ES", "FR", "GB")
"""Countries whose bills EN 16931 fits."""


class UblMessage(Message):
    suffixes = (".xml",)
    entity = "ecommerce.order"
    several = False
    mandatory = ("cbc:ID", "cbc:IssueDate", "cac:AccountingSupplierParty", "cac:LegalMonetaryTotal")
    rules: ClassVar[str] = ""
    """The specification that it says to follow, of EN 16931 or built upon it."""
    process: ClassVar[str] = ""

    def negatives(self) -> Sequence[Negative]:
        return [
            *super().negatives(),
            broken.another_digit("wrong_total", broken.TOTAL, r"MonetaryTotal><cbc:LineExtensionAmount [^>]*>(\d)"),
            broken.another_digit("wrong_gln", broken.GLN, r'EndpointID schemeID="0088">\d{12}(\d)<'),
            broken.another_digit("wrong_gtin", broken.GTIN, r'schemeID="0160">\d{12}(\d)<'),
        ]

    def judges(self) -> Sequence[Rule]:
        return [*super().judges(), *judged.of_xml(judged.of_ubl)]

    def head(self, number: str, issued: str, kind: Piece, due: Piece | str = "") -> Piece:
        return together(
            element("cbc:CustomizationID", self.rules) if self.rules else "",
            element("cbc:ProfileID", self.process) if self.process else "",
            text("ID", number),
            text("IssueDate", issued),
            due,
            kind,
            text("DocumentCurrencyCode", "currency"),
            text("BuyerReference", "buyer.number"),
            element("cac:OrderReference", text("ID", "order_id")),
        )


class UblInvoice(UblMessage):
    happens = "papers.shipped_on"
    file_key = "papers.invoice_number"
    breaks = broken.of_order("papers.shipped_on", "total_amount", "net")

    def document(self) -> Piece:
        return together(
            DECLARATION,
            element(
                "Invoice",
                namespaces("Invoice"),
                self.head(
                    "papers.invoice_number",
                    "papers.shipped_on",
                    element("cbc:InvoiceTypeCode", "380"),
                    text("DueDate", "papers.due_on"),
                ),
                element("cac:DespatchDocumentReference", text("ID", "papers.despatch_number")),
                seller(),
                buyer(),
                delivery(),
                means(),
                element("cac:PaymentTerms", text("Note", "payment.terms")),
                allowances(),
                taxes("tax_amount", "taxes"),
                element(
                    "cac:LegalMonetaryTotal",
                    money("LineExtensionAmount", "subtotal_amount"),
                    money("TaxExclusiveAmount", "payment.net"),
                    money("TaxInclusiveAmount", "total_amount"),
                    money("AllowanceTotalAmount", "payment.discount"),
                    money("ChargeTotalAmount", "payment.delivery"),
                    money("PrepaidAmount", "payment.prepaid"),
                    money("PayableAmount", "payment.due"),
                ),
                each("articles", self.line()),
            ),
            "\n",
        )

    def line(self) -> Piece:
        return element(
            "cac:InvoiceLine",
            text("ID", "number"),
            element("cbc:InvoicedQuantity", {"unitCode": PIECE}, of("quantity")),
            money("LineExtensionAmount", "net", ".."),
            element("cac:OrderLineReference", text("LineID", "number")),
            line_discount(),
            item(),
            element("cac:Price", money("PriceAmount", "unit_price", "..")),
        )


class UblCreditNote(UblMessage):
    happens = "papers.credited_on"
    file_key = "papers.credit_number"
    breaks = broken.of_return("papers.credited_on", "credit.total")

    def document(self) -> Piece:
        bill = element(
            "cac:InvoiceDocumentReference", text("ID", "papers.invoice_number"), text("IssueDate", "papers.shipped_on")
        )
        return together(
            DECLARATION,
            element(
                "CreditNote",
                namespaces("CreditNote"),
                self.head("papers.credit_number", "papers.credited_on", element("cbc:CreditNoteTypeCode", "381")),
                element("cac:BillingReference", bill),
                seller(),
                buyer(),
                delivery(),
                means(),
                # The money goes back on the way on which it came.
                element("cac:PaymentTerms", text("Note", "payment.method")),
                taxes("credit.tax", "returned_taxes"),
                element(
                    "cac:LegalMonetaryTotal",
                    money("LineExtensionAmount", "credit.net"),
                    money("TaxExclusiveAmount", "credit.net"),
                    money("TaxInclusiveAmount", "credit.total"),
                    money("PayableAmount", "credit.total"),
                ),
                each("returned_articles", self.line()),
            ),
            "\n",
        )

    def line(self) -> Piece:
        # What is refunded of some pieces need not be whole cents a piece: the price is that of all.
        return element(
            "cac:CreditNoteLine",
            text("ID", "number"),
            element("cbc:CreditedQuantity", {"unitCode": PIECE}, of("returned")),
            money("LineExtensionAmount", "refund_net", ".."),
            item(),
            element(
                "cac:Price",
                money("PriceAmount", "refund_net", ".."),
                element("cbc:BaseQuantity", {"unitCode": PIECE}, of("returned")),
            ),
        )


class Ubl21Invoice(UblInvoice):
    """The bill of an order in UBL 2.1, in every country, whatever its tax is."""

    name = "ubl.invoice.2.1"


class Ubl21CreditNote(UblCreditNote):
    """The credit note for what came back, in UBL 2.1, in every country."""

    name = "ubl.credit_note.2.1"


class En16931Invoice(UblInvoice):
    """The bill of an order by the European norm EN 16931, in UBL 2.1."""

    name = "en16931.ubl.invoice"
    countries = WITH_VAT
    rules = EN_16931


class En16931CreditNote(UblCreditNote):
    """The credit note for what came back by the European norm EN 16931, in UBL 2.1."""

    name = "en16931.ubl.credit_note"
    countries = WITH_VAT
    rules = EN_16931


class PeppolInvoice(UblInvoice):
    """The bill of an order as Peppol BIS Billing 3.0 has it."""

    name = "peppol.bis.invoice.3.0"
    countries = WITH_VAT
    rules = PEPPOL
    process = BILLING


class PeppolCreditNote(UblCreditNote):
    """The credit note for what came back as Peppol BIS Billing 3.0 has it."""

    name = "peppol.bis.credit_note.3.0"
    countries = WITH_VAT
    rules = PEPPOL
    process = BILLING


class XRechnungUblInvoice(UblInvoice):
    """The bill of an order as XRechnung 3.0, in UBL: what German authorities take."""

    name = "xrechnung.ubl.invoice.3.0"
    countries = ("DE",)
    rules = XRECHNUNG
    process = BILLING


class XRechnungUblCreditNote(UblCreditNote):
    """The credit note for what came back as XRechnung 3.0, in UBL."""

    name = "xrechnung.ubl.credit_note.3.0"
    countries = ("DE",)
    rules = XRECHNUNG
    process = BILLING
