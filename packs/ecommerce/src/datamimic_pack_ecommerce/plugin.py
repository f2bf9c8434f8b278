"""The hooks of the ecommerce pack."""

from __future__ import annotations

from importlib.metadata import version

from datamimic.plugin import DatasetSource, Meaning, Pack, hookimpl, read_meanings

_ENTITIES, _MESSAGES = "datamimic_pack_ecommerce.entities", "datamimic_pack_ecommerce.messages"
MESSAGES = {
    f"edifact.{kind}.{release.lower()}": f"edifact.{module}:{name}{release}"
    for release in ("D01B", "D96A")
    for kind, module, name in (
        ("orders", "orders", "Orders"),
        ("ordrsp", "ordrsp", "Response"),
        ("desadv", "desadv", "DespatchAdvice"),
        ("invoic", "invoic", "Invoice"),
        ("invoic.credit_note", "invoic", "CreditNote"),
        ("remadv", "remadv", "RemittanceAdvice"),
        ("invrpt", "invrpt", "InventoryReport"),
    )
}
"""Messages and the classes that write them."""
BILLS = {
    "ubl.invoice.2.1": "ubl.documents:Ubl21Invoice",
    "ubl.credit_note.2.1": "ubl.documents:Ubl21CreditNote",
    "en16931.ubl.invoice": "ubl.documents:En16931Invoice",
    "en16931.ubl.credit_note": "ubl.documents:En16931CreditNote",
    "peppol.bis.invoice.3.0": "ubl.documents:PeppolInvoice",
    "peppol.bis.credit_note.3.0": "ubl.documents:PeppolCreditNote",
    "xrechnung.ubl.invoice.3.0": "ubl.documents:XRechnungUblInvoice",
    "xrechnung.ubl.credit_note.3.0": "ubl.documents:XRechnungUblCreditNote",
    "xrechnung.cii.invoice.3.0": "cii.profiles:XRechnungCiiInvoice",
    "xrechnung.cii.credit_note.3.0": "cii.profiles:XRechnungCiiCreditNote",
    "factur_x.en16931.invoice.1.0": "cii.profiles:FacturXInvoice",
    "factur_x.en16931.credit_note.1.0": "cii.profiles:FacturXCreditNote",
}
"""Bills and credit notes in XML."""


@hookimpl
def datamimic_pack() -> Pack:
    return Pack(
        "ecommerce",
        version("datamimic-pack-ecommerce"),
        "Products, their stock, customers, orders, order lines, reviews, visitors and their sessions",
    )


@hookimpl
def datamimic_entities() -> list[str]:
    return [
        f"{_ENTITIES}.product:Product",
        f"{_ENTITIES}.customer:Customer",
        f"{_ENTITIES}.order:Order",
        f"{_ENTITIES}.order_line:OrderLine",
        f"{_ENTITIES}.review:Review",
        f"{_ENTITIES}.stock_movement:StockMovement",
        f"{_ENTITIES}.refund_abuse:RefundAbuse",
        f"{_ENTITIES}.visitor:Visitor",
        f"{_ENTITIES}.session:Session",
    ]


@hookimpl
def datamimic_datasets() -> list[DatasetSource]:
    return [DatasetSource("ecommerce", "datamimic_pack_ecommerce")]


@hookimpl
def datamimic_messages() -> list[str]:
    return [f"{name} = {_MESSAGES}.{place}" for name, place in {**MESSAGES, **BILLS}.items()]


@hookimpl
def datamimic_dues() -> list[str]:
    return ["shop_orders = datamimic_pack_ecommerce.orders.payments:OrdersPaid"]


@hookimpl
def datamimic_meanings() -> tuple[Meaning, ...]:
    return read_meanings("datamimic_pack_ecommerce")
