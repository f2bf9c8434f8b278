"""Carriers: a mode of transport, and a speed that fits it."""

from __future__ import annotations

from typing import Any

from datamimic import Draw, Text, check, entity, field, serial, weighted
from datamimic.columns import join


def name(carrier_id: Text, mode: Text) -> Text:
    return join("Example ", mode.map(str.title), " Lines ", carrier_id.slice(4, 8))


def speed(mode: Text, draw: Draw, data: Any) -> Any:
    table = data["modes"]
    row = table.lookup("mode", mode)
    return draw.integers(table.ints("slowest")[row], table.ints("fastest")[row])


@entity("carrier", size=512, tables=("modes",))
class Carrier:
    """A company that moves shipments."""

    carrier_id: str = field(serial("CAR-####"), key=True, doc="number of the carrier")
    mode: str = field(weighted("modes", "mode"), doc="road, rail, air or water")
    name: str = field(name, doc="invented name")
    speed: int = field(speed, doc="distance a day", unit="km/day")


@check(Carrier, "a carrier moves")
def moves(speed: Any) -> Any:
    return speed > 0
