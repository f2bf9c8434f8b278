"""Invoices and their lines: on working days, with sums that are those of the lines."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from acme_energy.calendar import working_days
from acme_energy.entities.contract import Contract
from acme_energy.entities.reading import Kwh
from acme_energy.entities.tariff import Price
from datamimic import (
    Clock,
    Data,
    Draw,
    Family,
    ParentRef,
    check,
    children,
    entity,
    field,
    parent,
    serial,
    stages,
    sum_of,
    via,
)
from datamimic.columns import Bools, Dates, Ints

VAT = 20
"""Per cent; near what both countries have."""


def issued_on(contract: ParentRef, data: Data) -> Dates:
    """Three working days after the month."""
    return working_days(data).add(contract.starts_on + 30 * (contract.index + 1), 3)


def due_on(issued_on: Dates, data: Data) -> Dates:
    return working_days(data).next(issued_on + 14)


def reminders(family: Family) -> Ints:
    """One more for every invoice that is paid late, from the start again after one that is not."""

    def step(sent: Ints, late: Bools) -> Ints:
        return (sent + 1) * late

    sent: Ints = family.along(step, 0, "late")
    return sent


@entity("invoice", size=16_384, happens="issued_on", tables=("holidays",))
class Invoice:
    """An invoice of a contract."""

    invoice_id: str = field(serial("R-##########"), key=True, doc="number of the invoice")
    contract: Contract = field(parent(Contract, counts="invoices", by="status"), doc="for what")
    issued_on: date = field(issued_on, doc="working day on which it was sent")
    due_on: date = field(due_on, doc="working day up to which it is to be paid")
    late: bool = field(lambda draw: draw.chance(0.15), doc="was it paid late?")
    status: str = field(stages({"open": "issued_on", "due": "due_on"}), doc="how far it is")
    reminders: int = field(reminders, doc="reminders in a row")
    lines: list[InvoiceLine] = field(children("energy.invoice_line"), doc="what it is made of")
    net: Decimal = field(sum_of("lines", "amount"), doc="sum of its lines")
    vat: Decimal = field(lambda net: (net * VAT + 50) // 100, doc="value added tax")
    total: Decimal = field(lambda net, vat: net + vat, doc="what is to be paid")


def energy(draw: Draw) -> Ints:
    return 100 * draw.integers(100, 9_000)


def amount(energy: Ints, unit_price: Ints) -> Ints:
    """Thousandths of a kWh times ten-thousandths a kWh, in hundredths."""
    return (energy * unit_price + 50_000) // 100_000


@entity("invoice_line", happens="invoice")
class InvoiceLine:
    """A line of an invoice: so much energy at the price of the contract's tariff."""

    invoice: Invoice = field(parent(Invoice, counts={1: 3, 2: 2, 3: 1}), key=True, doc="of which invoice")
    line: int = field(lambda invoice: invoice.index + 1, key=True, doc="which line, from 1")
    energy: Kwh = field(energy, doc="energy", unit="kWh")
    unit_price: Price = field(via("invoice.contract.tariff.unit_price"), doc="price of a kWh")
    amount: Decimal = field(amount, doc="price of the line")


@check(Invoice, "the total is net and tax", sql="abs(total - net - vat) < 0.005")
def adds_up(net: Ints, vat: Ints, total: Ints) -> Bools:
    equal: Bools = total == net + vat
    return equal


@check(Invoice, "invoices are sent and due on working days, in order")
def on_working_days(issued_on: Dates, due_on: Dates, data: Data) -> Bools:
    calendar = working_days(data)
    both: Bools = calendar.is_open(issued_on) & calendar.is_open(due_on)
    return both & (issued_on < due_on)


@check(Invoice, "no invoice is of the future")
def has_been_sent(issued_on: Dates, clock: Clock) -> Bools:
    sent: Bools = issued_on <= clock.date
    return sent
