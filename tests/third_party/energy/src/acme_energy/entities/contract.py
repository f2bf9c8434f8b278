"""Contracts: one after the other for each customer, more of them for houses."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Literal

import numpy as np

from acme_energy.entities.customer import Customer
from acme_energy.entities.meter import Medium, Meter
from acme_energy.entities.tariff import Tariff
from datamimic import (
    Clock,
    Draw,
    ParentRef,
    Ref,
    Text,
    check,
    children,
    entity,
    field,
    parent,
    ref,
    revisit,
    serial,
    via,
)
from datamimic.columns import Bools, Dates, Ints, Masked, select

if TYPE_CHECKING:
    from acme_energy.entities.invoice import Invoice

TERM = 365


def contracts_of(dwelling: Text, draw: Draw) -> Ints:
    return 1 + draw.integers(0, 1, "more") + (dwelling == "house") * draw.integers(0, 2, "of a house")


def before(rows: Ints, customer: ParentRef) -> Masked:
    """The one before of the same customer; siblings have neighbouring rows."""
    return np.ma.MaskedArray(rows - 1, customer.index == 0)


def starts_on(customer: ParentRef, clock: Clock) -> Dates:
    """The last one began one to two years before the clock, every other one a term earlier."""
    into = 400 + (customer.rows * 7919) % 330
    day: Dates = clock.date - into - (customer.count - 1 - customer.index) * TERM
    return day


def ends_on(customer: ParentRef, starts_on: Dates) -> Masked:
    return np.ma.MaskedArray(starts_on + TERM - 1, customer.index == customer.count - 1)


def status(customer: ParentRef, draw: Draw) -> Text:
    last = customer.index == customer.count - 1
    return select(np.where(last, draw.chance(0.1), 2).astype(np.int64), ("active", "disputed", "ended"))


@entity("contract", size=8_192)
class Contract:
    """A contract of a customer."""

    contract_id: str = field(serial("V-########"), key=True, doc="number of the contract")
    customer: Customer = field(parent(Customer, counts=contracts_of), doc="whose it is")
    predecessor: Contract | None = field(ref("energy.contract", by=before), doc="the one before, if any")
    area_code: str = field(via("customer.area_code"), doc="area of the customer")
    meter: Meter = field(revisit(ref(Meter, same="area_code"), chance=0.8), doc="mostly the meter of the one before")
    medium: Medium = field(via("meter.medium"), doc="for what")
    tariff: Tariff = field(ref(Tariff, same="medium"), doc="what it costs, of the same medium")
    starts_on: date = field(starts_on, doc="first day")
    ends_on: date | None = field(ends_on, doc="last day; none of the last contract")
    ended_before: date | None = field(via("predecessor.ends_on"), doc="last day of the one before")
    status: Literal["active", "disputed", "ended"] = field(status, doc="how it stands")
    invoices: list[Invoice] = field(children("energy.invoice"), doc="invoices, in order")


@check(Contract, "a contract follows its predecessor without a gap")
def follows(ended_before: Dates, starts_on: Dates) -> Bools:
    meets: Bools = ended_before + 1 == starts_on
    return meets


@check(Contract, "the meter is in the customer's area, and the tariff is for what it counts")
def agrees(area_code: Text, meter: Ref, medium: Text, tariff: Ref) -> Bools:
    there: Text = meter.area_code
    sold: Text = tariff.medium
    return (there == area_code) & (sold == medium)
