"""What a utility sends: its invoices as EDIFACT, and one by one as XML."""

from __future__ import annotations

import re
from collections.abc import Sequence

from datamimic import Breaks
from datamimic.formats.documents import (
    DECLARATION,
    EDIFACT,
    Message,
    Negative,
    Piece,
    compact,
    element,
    of,
    part,
    together,
)


def total_without_tax(text: str, number: int) -> str | None:
    """The total is the net amount, as if there were no tax."""
    net = re.search(r"MOA\+125:([\d.]+)'", text)
    return None if net is None else re.sub(r"MOA\+77:[\d.]+'", f"MOA+77:{net[1]}'", text)


class InvoiceMessage(Message):
    """Invoices of energy, EDIFACT INVOIC D.01B."""

    name = "acme.invoic"
    suffixes = (".edi",)
    entity = "energy.invoice"
    countries = ("DE", "FR")
    breaks = Breaks(date="issued_on", amount="total", without=("wrong_account", "rejected"))

    def opening(self) -> Piece:
        return EDIFACT.segment("UNB", EDIFACT.components("UNOC", "3"), of("invoice_id"))

    def document(self) -> Piece:
        body = EDIFACT.group(
            EDIFACT.segment("UNH", of("invoice_id", part(2)), EDIFACT.components("INVOIC", "D", "01B", "UN")),
            EDIFACT.segment("BGM", "380", of("invoice_id"), "9"),
            EDIFACT.segment("DTM", EDIFACT.components("137", of("issued_on", compact), "102")),
            EDIFACT.segment("DTM", EDIFACT.components("265", of("due_on", compact), "102")),
            EDIFACT.segment("RFF", EDIFACT.components("CT", of("contract_id"))),
            EDIFACT.segment("UNS", "S"),
            EDIFACT.segment("MOA", EDIFACT.components("77", of("total"))),
            EDIFACT.segment("MOA", EDIFACT.components("125", of("net"))),
            EDIFACT.segment("MOA", EDIFACT.components("124", of("vat"))),
        )
        return EDIFACT.counted(body, EDIFACT.segment("UNT", of("#units"), of("invoice_id", part(2))))

    def closing(self) -> Piece:
        return EDIFACT.segment("UNZ", of("#count"), of("invoice_id"))

    def negatives(self) -> Sequence[Negative]:
        return [*super().negatives(), Negative("wrong_total", "the total is net and tax", total_without_tax)]


class Reminder(Message):
    """Reminders of invoices that were paid late, as XML, one a file."""

    name = "acme.reminder"
    suffixes = (".xml",)
    entity = "energy.invoice"
    several = False
    happens = "late"
    file_key = "invoice_id"
    countries = ("DE", "FR")

    def document(self) -> Piece:
        invoice = element("Invoice", {"no": of("invoice_id")}, of("total"))
        return together(DECLARATION, element("Reminder", invoice, element("Sent", of("reminders"))))
