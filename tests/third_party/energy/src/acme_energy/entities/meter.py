"""Meters: of one grid area each, forty and more in each."""

from __future__ import annotations

from enum import Enum
from typing import Annotated
from uuid import UUID

from acme_energy.entities.places import GridArea
from acme_energy.meter_code import MeterCodeGenerator
from datamimic import (
    Bits,
    Draw,
    GeoPoint,
    ParentRef,
    Struct,
    choice,
    entity,
    field,
    parent,
    random_bytes,
    random_uuid,
    serial,
    unsigned,
    via,
)


class Medium(Enum):
    """What is metered."""

    POWER = "power"
    GAS = "gas"


def pulses(draw: Draw) -> Bits:
    return draw.bits("pulses")


def position(grid_area: ParentRef, draw: Draw) -> Struct:
    return Struct(
        {
            "latitude": (grid_area.latitude + (draw.uniform("north") - 0.5) / 20).round(5),
            "longitude": (grid_area.longitude + (draw.uniform("east") - 0.5) / 20).round(5),
        }
    )


@entity("meter", size=5_120)  # as many as 64 areas have at most: none of them is without a meter
class Meter:
    """A meter."""

    meter_id: str = field(serial("M-########"), key=True, doc="number of the meter")
    device: UUID = field(random_uuid(), doc="id of the device")
    code: str = field(MeterCodeGenerator(), doc="what is printed on it")
    grid_area: GridArea = field(parent(GridArea, counts={40: 1, 60: 2, 80: 1}), doc="where it is")
    area_code: str = field(via("grid_area.area_code"), doc="code of its area")
    medium: Medium = field(choice(Medium, weights=[7, 3]), doc="what it counts")
    position: GeoPoint = field(position, doc="where it hangs")
    latitude: float = field(via("position.latitude"), hidden=True, doc="decimal degrees")
    longitude: float = field(via("position.longitude"), hidden=True, doc="decimal degrees")
    public_key: bytes = field(random_bytes(32, 32), doc="key of its gateway")
    pulses: Annotated[int, unsigned()] = field(pulses, doc="raw counter of the device, which overflows at 2**64")
