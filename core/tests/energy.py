"""A pack whose references may be null: contracts after contracts, in a circle with customers."""

from __future__ import annotations

from typing import Any

import numpy as np
from fleet import DATA

from datamimic import (
    DatasetSource,
    Draw,
    Pack,
    ParentRef,
    Ref,
    Registry,
    Text,
    check,
    children,
    copy_of,
    embed,
    entity,
    field,
    hookimpl,
    number,
    parent,
    ref,
    serial,
    via,
)
from datamimic.columns import Bools, Ints


@entity("address")
class Address:
    """Where somebody lives."""

    city: str = field(lambda rows: Text.coded(rows % 3, ("Wien", "Graz", "Linz")), doc="the city")
    floor: int | None = field(lambda draw: draw.integers(0, 9), doc="the floor")
    code: str = field(lambda city: city.lower(), hidden=True, doc="the city in small letters")


@entity("customer", size=512)
class Customer:
    """Somebody with contracts."""

    customer_id: str = field(serial("C-#####"), key=True, doc="number")
    name: str = field(lambda rows: Text.of([f"N{row}" for row in rows.tolist()]), doc="name")
    address: Address = field(embed(Address), doc="where they live")
    contracts: list[Contract] = field(children("energy.contract"), doc="what they have")
    first: Contract | None = field(
        ref("energy.contract", by=lambda contracts: np.ma.MaskedArray(contracts.first, contracts.counts == 0)),
        doc="the first contract, where there is one",
    )


def one_before(customer: ParentRef, rows: Ints) -> Any:
    return np.ma.MaskedArray(np.where(customer.index > 0, rows - 1, -1), customer.index == 0)


def referrer(draw: Draw) -> Any:
    return np.ma.MaskedArray(draw.integers(0, 63, "who"), draw.chance(0.4, "nobody"))


def depth(predecessor: Ref) -> Any:
    before = predecessor.depth
    return np.ma.filled(before, -1) + 1


@entity("contract", size=2_048)
class Contract:
    """A contract after another one."""

    contract_id: str = field(serial("A-######"), key=True, doc="number")
    customer: Customer = field(parent(Customer, counts={0: 1, 1: 2, 3: 4}), doc="whose it is")
    predecessor: Contract | None = field(ref("energy.contract", by=one_before), doc="the contract before it")
    referrer: Customer | None = field(ref(Customer, by=referrer), doc="who recommended it")
    kwh: int = field(number(100, 900), doc="consumption", unit="kWh")
    kwh_before: int | None = field(via("predecessor.kwh"), doc="consumption of the one before")
    referrer_city: str | None = field(via("referrer.address.city"), doc="city of who recommended it")
    billing: Address = field(copy_of("customer.address"), doc="where bills go")
    referrer_address: Address | None = field(copy_of("referrer.address"), doc="where thanks go")
    depth: int = field(depth, doc="how many there were before")
    two_before: Contract | None = field(copy_of("predecessor.predecessor"), doc="the one before the one before")
    siblings: int = field(lambda predecessor: predecessor.customer.contracts.counts, doc="0 for the first, else 3")


@check(Contract, "a contract and the one before it are of one customer")
def of_one_customer(customer: ParentRef, predecessor: Ref) -> Bools:
    return predecessor.is_null() | (customer.rows == predecessor.customer.rows)


class EnergyPack:
    @hookimpl
    def datamimic_pack(self) -> Pack:
        return Pack("energy", "1.0.0", "Contracts")

    @hookimpl
    def datamimic_entities(self) -> list[type]:
        return [Address, Customer, Contract]

    @hookimpl
    def datamimic_datasets(self) -> list[DatasetSource]:
        return [DatasetSource("energy", DATA.parent, DATA.name)]


PACKS = Registry.of(EnergyPack())
