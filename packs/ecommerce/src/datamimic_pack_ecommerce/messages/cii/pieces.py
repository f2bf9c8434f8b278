"""What bills and credit notes as Cross Industry Invoices have in common."""

from __future__ import annotations

from datamimic.formats.documents import Piece, compact, each, element, of, only_with, together, under
from datamimic_pack_ecommerce.messages.text import shortest
from datamimic_pack_ecommerce.messages.ubl.pieces import DISCOUNT, FREIGHT, GLN, GTIN

_UNECE = "urn:un:unece:uncefact:data:standard:"
NAMESPACES = {
    "xmlns:rsm": f"{_UNECE}CrossIndustryInvoice:100",
    "xmlns:qdt": f"{_UNECE}QualifiedDataType:100",
    "xmlns:ram": f"{_UNECE}ReusableAggregateBusinessInformationEntity:100",
    "xmlns:udt": f"{_UNECE}UnqualifiedDataType:100",
}
VAT_NUMBER = "VA"


def text(tag: str, path: str) -> Piece:
    return element(f"ram:{tag}", of(path))


def money(tag: str, path: str) -> Piece:
    return element(f"ram:{tag}", {"currencyID": of("currency")}, of(path))


def day(tag: str, path: str) -> Piece:
    return element(f"ram:{tag}", element("udt:DateTimeString", {"format": "102"}, of(path, compact)))


def _address() -> Piece:
    return element(
        "ram:PostalTradeAddress",
        text("PostcodeCode", "postal_code"),
        text("LineOne", "street"),
        text("CityName", "city"),
        text("CountryID", "country"),
        text("CountrySubDivisionName", "region"),
    )


def _number() -> Piece:
    return element("ram:GlobalID", {"schemeID": GLN}, of("gln"))


def _mailbox() -> Piece:
    """Where messages to a party go: its GLN."""
    return element("ram:URIUniversalCommunication", element("ram:URIID", {"schemeID": GLN}, of("gln")))


def _contact() -> Piece:
    return together(
        element("ram:TelephoneUniversalCommunication", text("CompleteNumber", "phone")),
        element("ram:EmailURIUniversalCommunication", text("URIID", "email")),
    )


def seller() -> Piece:
    return under(
        "seller",
        element(
            "ram:SellerTradeParty",
            _number(),
            text("Name", "name"),
            element("ram:SpecifiedLegalOrganization", text("ID", "registration")),
            element("ram:DefinedTradeContact", text("PersonName", "name"), _contact()),
            _address(),
            _mailbox(),
            element("ram:SpecifiedTaxRegistration", element("ram:ID", {"schemeID": VAT_NUMBER}, of("vat_id"))),
        ),
    )


def buyer() -> Piece:
    party = (_number(), text("Name", "name"), element("ram:DefinedTradeContact", _contact()), _address(), _mailbox())
    return under("buyer", element("ram:BuyerTradeParty", *party))


def receiver() -> Piece:
    return under("receiver", element("ram:ShipToTradeParty", _number(), text("Name", "name"), _address()))


def product() -> Piece:
    return element(
        "ram:SpecifiedTradeProduct",
        element("ram:GlobalID", {"schemeID": GTIN}, of("gtin")),
        text("SellerAssignedID", "sku"),
        text("Name", "name"),
    )


def line_tax() -> Piece:
    return _tax("ApplicableTradeTax", "tax_category", "tax_rate")


def _tax(tag: str, category: str, rate: str) -> Piece:
    return element(
        f"ram:{tag}",
        text("TypeCode", "..tax_name"),
        text("CategoryCode", category),
        element("ram:RateApplicablePercent", of(rate, shortest)),
    )


def taxes(path: str) -> Piece:
    """For every rate its tax and what is taxed."""
    return each(
        path,
        element(
            "ram:ApplicableTradeTax",
            text("CalculatedAmount", "tax"),
            text("TypeCode", "..tax_name"),
            text("BasisAmount", "base"),
            text("CategoryCode", "category"),
            element("ram:RateApplicablePercent", of("rate", shortest)),
        ),
    )


def means() -> Piece:
    return element(
        "ram:SpecifiedTradeSettlementPaymentMeans",
        text("TypeCode", "payment.means"),
        text("Information", "payment.method"),
        element("ram:PayeePartyCreditorFinancialAccount", text("IBANID", "payment.account")),
    )


def allowances() -> Piece:
    """Coupon and delivery, by the rate of tax that they have."""
    return each(
        "taxes",
        only_with("coupon", _allowance("false", "coupon", DISCOUNT, "..coupon_code")),
        only_with("delivery", _allowance("true", "delivery", FREIGHT, "..shipping_method")),
    )


def _allowance(is_charge: str, amount: str, code: str, reason: str) -> Piece:
    return element(
        "ram:SpecifiedTradeAllowanceCharge",
        element("ram:ChargeIndicator", element("udt:Indicator", is_charge)),
        text("ActualAmount", amount),
        element("ram:ReasonCode", code),
        text("Reason", reason),
        _tax("CategoryTradeTax", "category", "rate"),
    )


def line_discount() -> Piece:
    return only_with(
        "discount",
        element(
            "ram:SpecifiedTradeAllowanceCharge",
            element("ram:ChargeIndicator", element("udt:Indicator", "false")),
            text("ActualAmount", "discount"),
            element("ram:ReasonCode", DISCOUNT),
        ),
    )
