"""What bills and credit notes in UBL have in common, but for their lines."""

from __future__ import annotations

from typing import Final

from datamimic.formats.documents import Piece, each, element, of, only_with, together, under
from datamimic_pack_ecommerce.messages.text import shortest

OASIS: Final = "urn:oasis:names:specification:ubl:schema:xsd:"
GLN, GTIN = "0088", "0160"
"""Schemes of numbers, ISO/IEC 6523."""
PIECE = "H87"
"""Unit of a quantity, UN/ECE recommendation 20."""
DISCOUNT, FREIGHT = "95", "FC"
"""Reasons of allowances (UNTDID 5189) and charges (UNTDID 7161)."""


def namespaces(root: str) -> dict[str, str]:
    return {
        "xmlns": f"{OASIS}{root}-2",
        "xmlns:cac": f"{OASIS}CommonAggregateComponents-2",
        "xmlns:cbc": f"{OASIS}CommonBasicComponents-2",
    }


def text(tag: str, path: str) -> Piece:
    return element(f"cbc:{tag}", of(path))


def money(tag: str, path: str, around: str = "") -> Piece:
    """An amount with its currency, which stands in the row `around` an item."""
    return element(f"cbc:{tag}", {"currencyID": of(f"{around}currency")}, of(path))


def category(tag: str, path: str, rate: str, around: str = "..") -> Piece:
    return element(
        f"cac:{tag}",
        text("ID", path),
        element("cbc:Percent", of(rate, shortest)),
        element("cac:TaxScheme", text("ID", f"{around}tax_name")),
    )


def address(tag: str) -> Piece:
    return element(
        f"cac:{tag}",
        text("StreetName", "street"),
        text("CityName", "city"),
        text("PostalZone", "postal_code"),
        text("CountrySubentity", "region"),
        element("cac:Country", text("IdentificationCode", "country")),
    )


def _numbers() -> Piece:
    """Where messages to a party go, and its number: both its GLN."""
    return together(
        element("cbc:EndpointID", {"schemeID": GLN}, of("gln")),
        element("cac:PartyIdentification", element("cbc:ID", {"schemeID": GLN}, of("gln"))),
    )


def seller() -> Piece:
    party = element(
        "cac:Party",
        _numbers(),
        element("cac:PartyName", text("Name", "name")),
        address("PostalAddress"),
        element("cac:PartyTaxScheme", text("CompanyID", "vat_id"), element("cac:TaxScheme", element("cbc:ID", "VAT"))),
        element("cac:PartyLegalEntity", text("RegistrationName", "name"), text("CompanyID", "registration")),
        element("cac:Contact", text("Name", "name"), text("Telephone", "phone"), text("ElectronicMail", "email")),
    )
    return element("cac:AccountingSupplierParty", under("seller", party))


def buyer() -> Piece:
    party = element(
        "cac:Party",
        _numbers(),
        element("cac:PartyName", text("Name", "name")),
        address("PostalAddress"),
        element("cac:PartyLegalEntity", text("RegistrationName", "name")),
        element("cac:Contact", text("Telephone", "phone"), text("ElectronicMail", "email")),
    )
    return element("cac:AccountingCustomerParty", under("buyer", party))


def delivery() -> Piece:
    """On which day the goods were handed over, and to whom they go."""
    return element(
        "cac:Delivery",
        text("ActualDeliveryDate", "papers.shipped_on"),
        under(
            "receiver",
            element("cac:DeliveryLocation", element("cbc:ID", {"schemeID": GLN}, of("gln")), address("Address")),
            element("cac:DeliveryParty", element("cac:PartyName", text("Name", "name"))),
        ),
    )


def means() -> Piece:
    return element(
        "cac:PaymentMeans",
        element("cbc:PaymentMeansCode", {"name": of("payment.method")}, of("payment.means")),
        text("PaymentID", "payment.reference"),
        element("cac:PayeeFinancialAccount", text("ID", "payment.account")),
    )


def allowances() -> Piece:
    """Coupon and delivery, by the rate of tax that they have."""
    return each(
        "taxes",
        only_with("coupon", _allowance("false", DISCOUNT, "..coupon_code", "coupon")),
        only_with("delivery", _allowance("true", FREIGHT, "..shipping_method", "delivery")),
    )


def _allowance(is_charge: str, code: str, reason: str, amount: str) -> Piece:
    return element(
        "cac:AllowanceCharge",
        element("cbc:ChargeIndicator", is_charge),
        element("cbc:AllowanceChargeReasonCode", code),
        text("AllowanceChargeReason", reason),
        money("Amount", amount, ".."),
        category("TaxCategory", "category", "rate"),
    )


def line_discount() -> Piece:
    return only_with(
        "discount",
        element(
            "cac:AllowanceCharge",
            element("cbc:ChargeIndicator", "false"),
            element("cbc:AllowanceChargeReasonCode", DISCOUNT),
            money("Amount", "discount", ".."),
        ),
    )


def taxes(total: str, path: str) -> Piece:
    """The tax, and for every rate what is taxed and its tax."""
    return element(
        "cac:TaxTotal",
        money("TaxAmount", total),
        each(
            path,
            element(
                "cac:TaxSubtotal",
                money("TaxableAmount", "base", ".."),
                money("TaxAmount", "tax", ".."),
                category("TaxCategory", "category", "rate"),
            ),
        ),
    )


def item() -> Piece:
    return element(
        "cac:Item",
        text("Name", "name"),
        element("cac:SellersItemIdentification", text("ID", "sku")),
        element("cac:StandardItemIdentification", element("cbc:ID", {"schemeID": GTIN}, of("gtin"))),
        category("ClassifiedTaxCategory", "tax_category", "tax_rate"),
    )
