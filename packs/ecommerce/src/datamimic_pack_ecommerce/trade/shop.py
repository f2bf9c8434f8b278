"""Who the shop is: a company of the world that sells by mail order, and a warehouse in the town that is nearest to it."""

from __future__ import annotations

from typing import Any

import numpy as np
from attrs import frozen

from datamimic import Data, Text, World
from datamimic_pack_common.payment_numbers import rows_of
from datamimic_pack_ecommerce.orders.warehouse import Warehouse

COMPANY, CITY = "common.company", "common.city"
LOOKED_THROUGH = 4_096
"""Companies among which the shop is, the largest of those that sell by mail order or over the Internet, and cities among
which is that of its warehouse."""
MAIL_ORDER = "4791"
"""Class of ISIC revision 4."""


@frozen
class Keeper:
    """The company that keeps the shop, the place of its warehouse, and the account that it is paid to."""

    company: dict[str, str | None]
    place: dict[str, str | None]
    zone: str
    account: str | None

    @classmethod
    def of(cls, world: World, data: Data) -> Keeper:
        return world.memo("ecommerce.keeper", lambda: cls.found(world, data))

    @classmethod
    def found(cls, world: World, data: Data) -> Keeper:
        companies = world.refer(COMPANY, np.arange(LOOKED_THROUGH, dtype=np.int64))
        sells = companies.industry_code == MAIL_ORDER
        row = int(np.argmax(np.where(sells, companies.employees, 0)))
        keeper = world.refer(COMPANY, np.array([row], dtype=np.int64))
        parts = ("full_name", "city", "state", "state_code", "country_code", "tax_id", "registration_number", "email")
        company = {name: _one(keeper, name) for name in parts}
        company |= {
            "street": keeper.address_data.line.tolist()[0],
            "zip_code": _one(keeper, "zip_code"),
            "phone": _one(keeper, "phone_number"),
        }
        country = str(company["country_code"])
        # The register of IBANs publishes one as an example for each country: it is nobody's.
        published = (row["number"] for row in rows_of("published_numbers") if row["kind"] == "iban")
        place, account = _nearest(world, data), next((each for each in published if each.startswith(country)), None)
        return cls(company, place, str(place["time_zone"]), account)

    def text(self, name: str, rows: int) -> Text:
        return Text.constant(self.company[name], rows)


def _one(keeper: Any, name: str) -> str | None:
    value: str | None = keeper.column(name, Text).tolist()[0]
    return value


def _nearest(world: World, data: Data) -> dict[str, str | None]:
    cities, warehouse = world.refer(CITY, np.arange(LOOKED_THROUGH, dtype=np.int64)), Warehouse.read(data)
    north = (cities.latitude - warehouse.latitude) * warehouse.km_per_degree_north
    east = (cities.longitude - warehouse.longitude) * warehouse.km_per_degree_east
    nearest = world.refer(CITY, np.array([int(np.argmin(north * north + east * east))], dtype=np.int64))
    return {name: _one(nearest, name) for name in ("name", "postal_code", "state", "state_code", "time_zone")}
