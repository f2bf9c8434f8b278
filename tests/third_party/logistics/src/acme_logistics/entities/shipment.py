"""Shipments: from one city to another, with a carrier, as heavy as its mode takes."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from acme_logistics.entities.carrier import Carrier
from acme_logistics.sscc import SsccGenerator
from datamimic import Draw, check, children, days_before, embed, entity, field, ref, serial
from datamimic_pack_common import City


def weight(carrier: Any, draw: Draw, data: Any) -> Any:
    table = data["modes"]
    return draw.integers(1, table.ints("heaviest")[table.lookup("mode", carrier.mode)])


def freight(weight: Any, draw: Draw) -> Any:
    """In hundredths."""
    return 500 + weight * draw.integers(3, 9, "rate")


@entity("shipment", size=16_384, tables=("modes",))
class Shipment:
    """Goods on their way."""

    shipment_id: str = field(serial("SHP-########"), key=True, doc="number of the shipment")
    sscc: str = field(SsccGenerator(), doc="serial shipping container code")
    carrier: Carrier = field(ref(Carrier), doc="who moves it")
    origin: City = field(embed(City, only=("name", "postal_code", "country_code")), doc="where it comes from")
    destination: City = field(embed(City, only=("name", "postal_code", "country_code")), doc="where it goes")
    weight: int = field(weight, doc="mass", unit="kg")
    freight: Decimal = field(freight, doc="price of the transport")
    shipped_on: date = field(days_before("clock", up_to=90), doc="day on which it left")
    events: list[TrackingEvent] = field(children("logistics.tracking_event"), doc="what happened to it, in order")  # noqa: F821


@check(Shipment, "freight is paid for")
def freight_is_positive(freight: Any) -> Any:
    return freight > 0
