"""The profiles of EN 16931 in which Cross Industry Invoices are sent: Factur-X (ZUGFeRD) and XRechnung."""

from __future__ import annotations

from datamimic_pack_ecommerce.messages.cii.documents import CiiCreditNote, CiiInvoice
from datamimic_pack_ecommerce.messages.ubl.documents import BILLING, EN_16931, XRECHNUNG


class FacturXInvoice(CiiInvoice):
    """The bill of an order as the XML of Factur-X 1.0 (ZUGFeRD 2), profile EN 16931."""

    name = "factur_x.en16931.invoice.1.0"
    countries = ("DE", "FR")
    rules = EN_16931


class FacturXCreditNote(CiiCreditNote):
    """The credit note for what came back as the XML of Factur-X 1.0 (ZUGFeRD 2), profile EN 16931."""

    name = "factur_x.en16931.credit_note.1.0"
    countries = ("DE", "FR")
    rules = EN_16931


class XRechnungCiiInvoice(CiiInvoice):
    """The bill of an order as XRechnung 3.0, as Cross Industry Invoice."""

    name = "xrechnung.cii.invoice.3.0"
    countries = ("DE",)
    rules = XRECHNUNG
    process = BILLING


class XRechnungCiiCreditNote(CiiCreditNote):
    """The credit note for what came back as XRechnung 3.0, as Cross Industry Invoice."""

    name = "xrechnung.cii.credit_note.3.0"
    countries = ("DE",)
    rules = XRECHNUNG
    process = BILLING
