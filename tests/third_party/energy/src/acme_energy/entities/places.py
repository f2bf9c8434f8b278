"""Grid areas and depots: where the utility is."""

from __future__ import annotations

from collections.abc import Callable

from acme_energy.entities.substation import Substation
from datamimic import Data, Draw, Text, check, entity, field, from_row, ref, serial
from datamimic.columns import Bools, Floats, Ints


def place(draw: Draw, data: Data) -> Ints:
    return draw.pick(data["common.places"])


def near(name: str) -> Callable[..., Floats]:
    """A rule: up to some kilometres from the place."""

    def coordinate(place: Ints, data: Data, draw: Draw) -> Floats:
        return (data["common.places"].floats(name)[place] + (draw.uniform() - 0.5) / 10).round(4)

    return coordinate


@entity("grid_area", size=64, tables=("common.places",))
class GridArea:
    """A part of the grid, around a town."""

    area_code: str = field(serial("GA-####"), key=True, doc="code of the area")
    place: int = field(place, internal=True)
    town: str = field(from_row("common.places", "city", row="place"), doc="town in its middle")
    time_zone: str = field(from_row("common.places", "time_zone", row="place"), doc="IANA name of its clocks")
    substation: Substation = field(ref(Substation, weight="megawatts"), doc="where its power comes from")
    latitude: float = field(near("latitude"), doc="decimal degrees")
    longitude: float = field(near("longitude"), doc="decimal degrees")


@entity("depot", size=200, tables=("common.places",))
class Depot:
    """Where technicians start from."""

    depot_id: str = field(serial("DEP-####"), key=True, doc="number of the depot")
    place: int = field(place, internal=True)
    latitude: float = field(near("latitude"), doc="decimal degrees")
    longitude: float = field(near("longitude"), doc="decimal degrees")


@check(GridArea, "an area has a zone")
def has_a_zone(time_zone: Text) -> Bools:
    return time_zone.matches(lambda name: "/" in name)
