"""Household: people who live together, at one address."""

from __future__ import annotations

from typing import TYPE_CHECKING

from datamimic import Entity, Service, children, dealt, embed, entity, field, from_row, serial
from datamimic_pack_common.entities.address import Address
from datamimic_pack_common.people import naming, origins

if TYPE_CHECKING:
    from datamimic_pack_common import Person

ADDRESS = (
    "street", "house_number", "unit", "commune", "city", "district", "postal_code", "state", "state_code", "country",
    "country_code", "full_address",
)  # fmt: skip
"""The parts of the address that stand in the table; the others can be reached."""


@entity("household", tables=("places",))
class Household(Entity):
    """People who live together, at one address: somebody alone, a couple, a family, a flat share, a group of a home."""

    household_id: str = field(
        serial("H-{country}-########", grows=True), key=True, doc="number of the household in this world"
    )
    template: int = field(dealt("household_templates"), internal=True, doc="row of the table of templates")
    household_type: str = field(
        from_row("household_templates", "household_type", row="template"),
        doc="alone, couple, couple_with_children, single_parent, three_generations, relatives, flat_share or care_home",
    )
    size: int = field(from_row("household_templates", "size", row="template"), doc="number of members")
    place: int = field(origins.place, internal=True, doc="where the household lives, a row of the table of places")
    tradition: str = field(
        naming.tradition, hidden=True, doc="tradition that names follow, where a country has several"
    )
    address: Address = field(embed(Address, only=ADDRESS, place="place"), doc="where the household lives")
    members: list[Person] = field(children("common.person"), doc="the people of the household")


class HouseholdService(Service[Household]):
    """Households of a country, of all sizes and types in its shares."""
