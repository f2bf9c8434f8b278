"""A small pack that exercises every part of the engine: the world that the core's tests live in."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np

from datamimic import (
    DatasetSource,
    Lists,
    Maps,
    Pack,
    Registry,
    Struct,
    Text,
    apportioned,
    check,
    children,
    days_after,
    days_before,
    embed,
    entity,
    field,
    hookimpl,
    option,
    options,
    parent,
    record,
    ref,
    row_rule,
    serial,
    weighted,
)
from datamimic.columns import digits, join

DATA = Path(__file__).parent / "fleet_data"


@entity("engine_part")
class EnginePart:
    """A part, always embedded in something."""

    code: str = field(weighted("part_codes"), doc="catalogue code")
    mass: float = field(lambda draw: draw.uniform(), doc="mass", unit="kg")
    origin: str = field(lambda code: code.lower(), hidden=True, doc="where it was made")


def region_name(region: Text) -> Text:
    return region.map(str.title)


@entity("depot", size=64)
class Depot:
    """A place where vehicles sleep."""

    depot_id: str = field(serial("DP-####"), key=True, doc="id")
    region: str = field(apportioned("regions", "region", minimum=1), doc="region")
    region_name: str = field(region_name, doc="its name")
    spare: EnginePart = field(embed(EnginePart), doc="a spare part")


@record
class Stop:
    place: str
    minutes: int
    fee: Decimal
    at: date


@options
class VehicleOptions:
    max_km: int = option(300_000, doc="the most kilometres a vehicle has", minimum=1, maximum=2_000_000)
    min_km: int = option(0, doc="the fewest", minimum=0)
    colour: str | None = option(None, doc="only this colour", choices=["red", "blue"])

    def __attrs_post_init__(self) -> None:
        if self.min_km > self.max_km:
            raise ValueError(f"min_km {self.min_km} exceeds max_km {self.max_km}")


def kilometres(draw: Any, options: VehicleOptions) -> Any:
    return draw.integers(options.min_km, options.max_km)


def label(kind: Text, kilometres: Any) -> Text:
    return join(kind, "/", digits(kilometres, 7))


def retired_on(bought_on: Any, draw: Any) -> Any:
    retired = bought_on + draw.integers(1, 1000, "days").astype("timedelta64[D]")
    return np.ma.MaskedArray(retired, draw.chance(0.7, "active"))


def stops(draw: Any, clock: Any) -> Lists:
    count = draw.integers(0, 3, "count")
    each = draw.items(count, "stop")
    return Lists(
        count,
        Struct(
            {
                "place": Text.coded(each.integers(0, 2, "place"), ("dépôt", 'the "yard"', "=quay")),
                "minutes": each.integers(1, 90, "minutes"),
                "fee": each.integers(0, 5_000, "fee"),
                "at": clock.date - each.integers(0, 99, "at").astype("timedelta64[D]"),
            }
        ),
    )


def equipment(draw: Any) -> Maps:
    count = draw.integers(0, 2, "count")
    each = draw.items(count, "piece")
    keys = Text.coded(each.rows % 2, ("radio", "jack"))
    return Maps(count, keys, Text.coded(each.integers(0, 1, "state"), ("old", "new")))


def nickname(kind: str, draw: Any) -> str | None:
    return None if draw.chance(0.5, "none") else f"{kind}-{draw.integer(1, 9, 'number')}"


def serviced_at(clock: Any, draw: Any) -> Any:
    return clock.instant - draw.integers(0, 10**7).astype("timedelta64[s]")


@entity("vehicle", options=VehicleOptions, size=4096)
class Vehicle:
    """Something on wheels."""

    vehicle_id: str = field(serial("V-??######"), key=True, doc="id")
    kind: str = field(weighted("kinds"), doc="what it is")
    trim: str = field(weighted("trims", by="kind"), doc="its trim")
    region: str = field(weighted("regions"), doc="where it drives")
    depot: Depot = field(ref(Depot, same="region"), doc="where it sleeps")
    spare_depot: Depot = field(ref(Depot), doc="where it sleeps otherwise", hidden=True)
    kilometres: int = field(kilometres, doc="driven", unit="km")
    electric: bool = field(lambda draw: draw.chance(0.3), doc="is it electric?")
    load: float = field(lambda draw: draw.normal() * 100 + 500, doc="load", unit="kg")
    label: str = field(label, doc="a label")
    bought_on: date = field(days_before("clock", up_to=3650), doc="when it was bought")
    insured_until: date = field(days_after("bought_on", 365, 730), doc="when the insurance ends")
    retired_on: date | None = field(retired_on, doc="when it was retired")
    serviced_at: datetime = field(serviced_at, doc="when it was serviced")
    stops: list[Stop] = field(stops, doc="stops")
    equipment: dict[str, str] = field(equipment, doc="equipment")
    nickname: str | None = field(row_rule(nickname), doc="a name, made row by row")
    motor: EnginePart = field(embed(EnginePart, only=["code"]), doc="its motor")
    trips: list[Trip] = field(children("fleet.trip"), doc="its trips")


@check(Vehicle, "a vehicle is insured after it was bought")
def insured_after_bought(bought_on: Any, insured_until: Any) -> Any:
    return insured_until > bought_on


@check(Vehicle, "a vehicle is retired after it was bought")
def retired_after_bought(bought_on: Any, retired_on: Any) -> Any:
    return retired_on > bought_on


@check(Vehicle, "every stop takes time")
def stops_take_time(stops: Any) -> Any:
    return stops.all(stops.values.minutes > 0)


@entity("van")
class Van(Vehicle):
    """A vehicle whose kind is always van."""

    kind = field(lambda rows: Text.constant("van", len(rows)))
    seats: int = field(lambda draw: draw.integers(2, 9), doc="seats")


@entity("trip")
class Trip:
    """A trip of a vehicle."""

    trip_id: str = field(serial("T-########"), key=True, doc="id")
    vehicle: Vehicle = field(parent(Vehicle, counts={0: 2, 1: 3, 4: 1, 9: 0.5}), doc="who drove")
    number: int = field(lambda vehicle: vehicle.index, doc="position among the vehicle's trips")
    fare: Decimal = field(lambda draw: draw.integers(100, 99_999), doc="fare")
    fares_so_far: Decimal = field(lambda family: family.running("fare"), doc="sum of this fare and those before it")
    region: str = field(lambda vehicle: vehicle.depot.region, doc="region of the vehicle's depot")


@hookimpl
def datamimic_pack() -> Pack:
    return Pack("fleet", "1.0.0", "Vehicles and their trips")


@hookimpl
def datamimic_entities() -> list[type]:
    return [Vehicle, Van, Depot, Trip, EnginePart]


@hookimpl
def datamimic_datasets() -> list[DatasetSource]:
    return [DatasetSource("fleet", DATA.parent, DATA.name)]


def registry() -> Registry:
    import sys

    return Registry.of(sys.modules[__name__])
