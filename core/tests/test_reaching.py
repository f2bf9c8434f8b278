"""Fields that are there already: in a row of a table, behind a reference, among siblings, of children."""

from __future__ import annotations

import sys
from decimal import Decimal

import numpy as np
import pytest
from fleet import Trip, Vehicle

from datamimic import (
    Pack,
    Registry,
    World,
    children,
    composite,
    count_of,
    entity,
    field,
    from_row,
    hookimpl,
    of_family,
    parent,
    serial,
    sum_of,
    via,
)
from datamimic.errors import DefinitionError
from datamimic.model.spec import spec_of


def test_a_path_of_one_name_leads_nowhere() -> None:
    with pytest.raises(DefinitionError, match="leads to nothing"):
        via("vehicle")


def test_a_path_is_checked_against_the_fields_of_the_entity() -> None:
    with pytest.raises(DefinitionError, match="depot"):

        @entity("lost")
        class Lost:
            """Refers to what it does not have."""

            code: str = field(serial("L-####"), key=True)
            place: str = field(via("depot.name"))


@entity("ride")
class Ride(Trip):
    """A trip that copies what it reaches."""

    driven: int = field(via("vehicle.kilometres"))
    depot_name: str = field(via("vehicle.depot.region_name"))
    spare: str = field(via("vehicle.depot.spare.code"))
    first_fare: Decimal = field(of_family("fare"))
    kind_row: int = field(lambda rows: rows % 3, internal=True)
    kind: str = field(from_row("fleet.kinds", "kind", row="kind_row"))
    share: int = field(from_row("fleet.kinds", "weight", row="kind_row"))
    share_of_all: float = field(from_row("fleet.kinds", "weight", row="kind_row"))
    price: Decimal = field(from_row("fleet.regions", "weight", row="kind_row"))


@entity("crate", size=64)
class Crate:
    """What boxes stand in."""

    crate_id: str = field(serial("C-####"), key=True)
    boxes: list[Box] = field(children("boxes.box"))
    box_count: int = field(count_of("boxes"))
    worth: Decimal = field(sum_of("boxes", "price"))


@entity("box")
class Box:
    """What stands in a crate."""

    box_id: str = field(serial("B-######"), key=True)
    crate: Crate = field(parent(Crate, counts={0: 1, 1: 2, 5: 1}))
    price: Decimal = field(lambda draw: draw.integers(1, 9_999))


@hookimpl
def datamimic_pack() -> Pack:
    return Pack("boxes", "1", "Boxes in crates")


@hookimpl
def datamimic_entities() -> list[type]:
    return [Crate, Box]


def test_what_a_path_reaches_is_what_the_attributes_give(world: World) -> None:
    for ride in world[Ride][0:60]:
        assert ride.driven == ride.vehicle.kilometres
        assert (ride.depot_name, ride.spare) == (ride.vehicle.depot.region_name, ride.vehicle.depot.spare.code)


def test_the_own_place_in_a_column_of_all_siblings_is_the_own_value(world: World) -> None:
    rides = world[Ride]
    for row in (0, 7, 1_000_003):
        assert rides[row].first_fare == rides[row].fare


def test_a_cell_is_read_as_the_type_of_the_field_says(world: World) -> None:
    for ride in world[Ride][0:6]:
        kind = ["van", "car", "bus"][ride.kind_row]
        assert (ride.kind, ride.share, ride.share_of_all) == (
            kind,
            [3, 5, 1][ride.kind_row],
            [3.0, 5.0, 1.0][ride.kind_row],
        )
        assert ride.price == [Decimal("10.00"), Decimal("5.00"), Decimal("2.00")][ride.kind_row]


def test_parents_count_and_sum_their_children() -> None:
    crates = World("boxes", packs=Registry.of(sys.modules[__name__]))[Crate][0:200]
    assert {crate.box_count for crate in crates} == {0, 1, 5}
    for crate in crates:
        assert crate.box_count == len(crate.boxes)
        assert crate.worth == sum((box.price for box in crate.boxes), Decimal(0))


def test_the_tables_that_are_read_are_known(world: World) -> None:
    assert {"fleet.kinds", "fleet.regions"} <= spec_of(Ride).tables()[Ride]


def test_composite_numbers_tell_their_parts() -> None:
    outer, inner = np.array([2, 2, 5]), np.array([0, 1, 63])
    made = composite(outer, inner, 64)
    assert made.tolist() == [128, 129, 383]
    assert (made // 64).tolist() == outer.tolist() and (made % 64).tolist() == inner.tolist()


def test_internal_fields_are_reached_but_not_described(world: World) -> None:
    from datamimic.request.description import describe_entity

    described = describe_entity(world.packs, Vehicle)
    assert all(not spec_of(Vehicle).fields[each["name"]].internal for each in described["hidden"])
