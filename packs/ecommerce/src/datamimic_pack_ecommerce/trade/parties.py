"""The parties of a trade: the shop, its warehouse, the customer, and whoever gets the parcel. One party has one GLN."""

from __future__ import annotations

from typing import Any

import numpy as np

from datamimic import Data, Locale, ParentRef, Struct, Text, World, record
from datamimic.columns import Bools, Ints
from datamimic_pack_ecommerce.trade import gs1
from datamimic_pack_ecommerce.trade.shop import Keeper

SELLER, WAREHOUSE, FRONT, CUSTOMERS = 0, 1, 2, 16
"""Numbers of the parties of which there is one, and of the first customer."""


@record
class Party:
    """Somebody in a trade. `region` is the state's name and `region_code` its code without the country's."""

    gln: str | None
    name: str
    street: str | None
    city: str
    postal_code: str
    region: str
    region_code: str
    country: str
    number: str | None
    tax_id: str | None
    vat_id: str | None
    registration: str | None
    email: str | None
    phone: str | None


def seller(rows: Ints, world: World, data: Data) -> Struct:
    """The company that keeps the shop. Its VAT number begins with the country's code."""
    keeper, length = Keeper.of(world, data), len(rows)
    tax_id, country = keeper.company["tax_id"], keeper.company["country_code"]
    vat_id = tax_id if tax_id is None or str(tax_id).startswith(str(country)) else f"{country}{tax_id}"
    return Struct(
        {
            "gln": gs1.gln(np.full(length, SELLER), world),
            "name": keeper.text("full_name", length),
            "street": keeper.text("street", length),
            "city": keeper.text("city", length),
            "postal_code": keeper.text("zip_code", length),
            "region": keeper.text("state", length),
            "region_code": _code(keeper.text("state_code", length)),
            "country": keeper.text("country_code", length),
            "number": Text.constant(None, length),
            "tax_id": keeper.text("tax_id", length),
            "vat_id": Text.constant(vat_id, length),
            "registration": keeper.text("registration_number", length),
            "email": keeper.text("email", length),
            "phone": keeper.text("phone", length),
        }
    )


def warehouse(rows: Ints, world: World, data: Data, locale: Locale) -> Struct:
    """Where the parcels come from: the town that is nearest to the warehouse."""
    keeper, length = Keeper.of(world, data), len(rows)
    place = {name: Text.constant(keeper.place[name], length) for name in ("name", "postal_code", "state", "state_code")}
    return _without_numbers(
        gs1.gln(np.full(length, WAREHOUSE), world),
        {
            "name": keeper.text("full_name", length),
            "street": Text.constant(None, length),
            "city": place["name"],
            "postal_code": place["postal_code"],
            "region": place["state"],
            "region_code": _code(place["state_code"]),
            "country": Text.constant(locale.country, length),
        },
    )


def front(rows: Ints, world: World) -> Text:
    """The location number of the web shop, which speaks for its customers in interchanges."""
    return gs1.gln(np.full(len(rows), FRONT), world)


def buyer(customer: ParentRef, user_id: Text, billing_address: Any, world: World) -> Struct:
    """The customer: a person, whom the shop gave a location number as if it were a company."""
    numbers = gs1.gln(CUSTOMERS + customer.rows, world)
    parts = _addressed(customer.full_name, billing_address)
    return _without_numbers(numbers, parts, number=user_id, email=customer.email, phone=customer.address.phone)


def receiver(customer: ParentRef, billing_address: Any, shipping_address: Any, world: World) -> Struct:
    """Who gets the parcel: the customer at home, or at another address, which has no location number."""
    home: Bools = (shipping_address.full_address == billing_address.full_address) & (
        shipping_address.phone == billing_address.phone
    )
    numbers = gs1.gln(CUSTOMERS + customer.rows, world).where(home)
    return _without_numbers(numbers, _addressed(customer.full_name, shipping_address))


def _addressed(name: Text, address: Any) -> dict[str, Text]:
    return {
        "name": name,
        "street": address.line,
        "city": address.city,
        "postal_code": address.postal_code,
        "region": address.state,
        "region_code": _code(address.state_code),
        "country": address.country_code,
    }


def _without_numbers(gln: Text, parts: dict[str, Text], **known: Text) -> Struct:
    nothing = Text.constant(None, len(gln))
    others = ("number", "tax_id", "vat_id", "registration", "email", "phone")
    return Struct({"gln": gln, **parts, **{name: known.get(name, nothing) for name in others}})


def _code(state: Text) -> Text:
    """What follows the hyphen of an ISO 3166-2 code."""
    return state.map(lambda code: code.partition("-")[2])


def account(rows: Ints, world: World, data: Data) -> Text:
    """The IBAN that the shop is paid to, null in countries without."""
    return Text.constant(Keeper.of(world, data).account, len(rows))
