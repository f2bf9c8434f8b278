"""Customers, and the areas about whose outages they want to hear."""

from __future__ import annotations

from typing import Literal

from acme_energy.entities.places import GridArea
from datamimic import Draw, Text, embed, entity, field, link, option, options, ref, serial, via
from datamimic_pack_common import Person


@options
class CustomerOptions:
    """Who the customers are."""

    house_share: float = option(0.4, doc="share of customers who live in a house of their own", minimum=0, maximum=1)


def dwelling(draw: Draw, options: CustomerOptions) -> Text:
    return Text.coded(draw.chance(options.house_share).astype(int), ("flat", "house"))


@entity("customer", size=4_096, options=CustomerOptions)
class Customer:
    """Somebody who has contracts."""

    customer_id: str = field(serial("C-########"), key=True, doc="number of the customer")
    person: Person = field(embed(Person, only=("name", "birthdate")), doc="who it is")
    dwelling: Literal["flat", "house"] = field(dwelling, doc="where the customer lives")
    grid_area: GridArea = field(ref(GridArea), doc="area in which the customer lives")
    area_code: str = field(via("grid_area.area_code"), doc="its code")


asked = link(Customer, GridArea, counts={0: 5, 1: 3, 3: 1})


@entity("outage_notice")
class OutageNotice:
    """A customer wants to hear of outages in an area: many to many, every pair once."""

    customer: Customer = field(asked.one, key=True, doc="who wants to hear")
    grid_area: GridArea = field(asked.other, key=True, doc="of which area")
