"""A world is a value: shared by threads, pickled, copied, compared and hashed, with all that is made of it; and it has the same
values whatever somebody does to the calendar of the process."""

from __future__ import annotations

import copy
import json
import pickle
import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import get_context
from typing import Any

import fleet
import pytest
from fleet import Trip, Vehicle, registry
from hypothesis import given, settings
from hypothesis import strategies as st

from datamimic import DatamimicError, Pack, Registry, Service, World, entity, field, hookimpl, serial
from datamimic.base.origin import Origin

PACKS = registry()
COPIES = {"pickled": lambda value: pickle.loads(pickle.dumps(value)), "copied": copy.deepcopy}

origins = st.builds(
    Origin,
    st.text(st.characters(exclude_categories=["Cs"]), min_size=1) | st.integers(),
    st.sampled_from([None, "US", "de_DE"]),
    st.sampled_from([None, "2025-01-01", "2031-05-06T07:08:09+02:00"]),
    # Two names of one entity are refused.
    sizes=st.sampled_from(["fleet.depot", "depot"]).flatmap(
        lambda depot: st.dictionaries(st.sampled_from([depot, "fleet.vehicle"]), st.integers(1, 1 << 50))
    ),
    options=st.just({}) | st.just({"vehicle": {"max_km": 10}}) | st.just({"fleet.vehicle": {"max_km": "10"}}),
    strict=st.sampled_from([None, True, False]),
)


@given(origins)
def test_an_origin_survives_json_and_pickling(origin: Origin) -> None:
    document = json.loads(json.dumps(origin.to_dict()))
    again = Origin.parse(document)
    assert again == origin and hash(again) == hash(origin) and again.to_dict() == document
    assert pickle.loads(pickle.dumps(origin)) == origin


@given(origins, st.sampled_from(sorted(COPIES)))
def test_a_world_is_what_its_origin_and_packs_are(origin: Origin, how: str) -> None:
    world = World(origin, packs=PACKS)
    again = COPIES[how](world)
    assert again == world and hash(again) == hash(world) and again.origin == world.origin
    assert World(world.origin, packs=PACKS) == world
    assert world.origin.strict is origin.strict


@settings(max_examples=40)
@given(
    st.integers(0, 5_000),
    st.integers(0, 5_000),
    st.sampled_from([None, ("region",), ("number", "region")]),
    st.sampled_from(sorted(COPIES)),
)
def test_rows_survive_copies(start: int, stop: int, columns: tuple[str, ...] | None, how: str) -> None:
    rows = World("value", packs=PACKS)[Trip][start:stop]
    if columns:
        rows = rows.select(columns)
    again = COPIES[how](rows)
    assert again == rows and hash(again) == hash(rows) and len({again, rows}) == 1
    assert again[0:40].to_arrow().equals(rows[0:40].to_arrow())


@pytest.mark.parametrize("how", COPIES)
def test_entities_reach_after_a_copy(how: str) -> None:
    for trip in World("reach", packs=PACKS).with_options(Vehicle, max_km=10)[Trip][5:12]:
        reached = trip.vehicle.depot.depot_id
        again = COPIES[how](trip)
        assert again == trip and hash(again) == hash(trip)
        assert again.vehicle == trip.vehicle and again.vehicle.depot.depot_id == reached


def test_a_copy_takes_along_only_what_the_entity_holds() -> None:
    vehicle = World("small", packs=PACKS)[Vehicle][3]
    before = len(pickle.dumps(vehicle))
    assert vehicle.trips is not None and vehicle.depot.depot_id
    assert len(pickle.dumps(vehicle)) == before


class VehicleService(Service[Vehicle]):
    entity = Vehicle


@pytest.mark.parametrize("how", COPIES)
def test_a_service_goes_on_where_its_copy_stood(how: str) -> None:
    service = VehicleService("US", seed="s", packs=PACKS)
    service.generate_batch(3)
    again = COPIES[how](service)
    assert again.generate_batch(5) == service.generate_batch(5)


def test_a_registry_of_what_cannot_be_imported_elsewhere_says_so() -> None:
    class Local:
        @hookimpl
        def datamimic_pack(self) -> Pack:
            return Pack("local", "1", "here only")

    with pytest.raises(DatamimicError, match="Local cannot be pickled") as caught:
        pickle.dumps(World(1, packs=Registry.of(Local())))
    assert caught.value.code == "cannot_travel"
    assert copy.deepcopy(World(1, packs=Registry.of(Local()))).seed == "1"


@pytest.mark.parametrize(
    ("change", "path"),
    [
        ({"seed": None}, "$.world.seed"),
        ({"locale": 7}, "$.world.locale"),
        ({"locale": "nowhere"}, "$.world.locale"),
        ({"clock": "now"}, "$.world.clock"),
        ({"sizes": {"depot": "many"}}, "$.world.sizes['depot']"),
        ({"sizes": {"depot": 0}}, "$.world.sizes.depot"),
        ({"options": []}, "$.world.options"),
        ({"strict": "yes"}, "$.world.strict"),
        ({"tables": {}}, "$.world"),
    ],
)
def test_a_described_origin_is_refused_with_the_path(change: dict[str, Any], path: str) -> None:
    with pytest.raises(DatamimicError) as caught:
        Origin.parse({**Origin("demo").to_dict(), **change})
    assert caught.value.path == path and caught.value.code != "internal_error"


@pytest.mark.parametrize("document", [None, 7, [], "world", {}, {"seed": "a"}])
def test_what_is_no_origin_is_refused(document: object) -> None:
    with pytest.raises(DatamimicError) as caught:
        Origin.parse(document)
    assert caught.value.code == "bad_origin" and (caught.value.path or "").startswith("$.world")


# -- threads and processes ----------------------------------------------------------------------------------------


def _deep(world: World, row: int) -> tuple[Any, ...]:
    trip: Any = world[Trip][row]
    return trip.to_dict(), trip.vehicle.depot.depot_id, len(trip.vehicle.trips)


def test_forty_threads_share_a_world() -> None:
    rows = [7 * turn % 900 for turn in range(400)]
    expected = {row: _deep(World("threads", packs=PACKS), row) for row in sorted(set(rows))[:40]}
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    try:
        shared = World("threads", packs=PACKS)
        with ThreadPoolExecutor(40) as pool:
            found = list(pool.map(lambda row: _deep(shared, row), rows))
            tables = list(pool.map(lambda _: shared[Trip][0:3_000].to_arrow(), range(40)))
    finally:
        sys.setswitchinterval(interval)
    assert all(value == expected[row] for row, value in zip(rows, found, strict=True) if row in expected)
    assert all(table.equals(World("threads", packs=PACKS)[Trip][0:3_000].to_arrow()) for table in tables)


def _depot(trip: Any) -> str:
    return str(trip.vehicle.depot.depot_id)


def test_entities_go_to_other_processes_and_reach_there() -> None:
    trips = list(World("processes", packs=PACKS)[Trip][0:20])
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        assert list(pool.map(_depot, trips)) == [_depot(trip) for trip in trips]


# -- calendars ----------------------------------------------------------------------------------------------------

VALUES = """
import contextlib, json, sys
{tool}
with frozen:
    from datamimic import World
    from fleet import registry
    rows = World("calendar", packs=registry())["vehicle"]
    vehicle = rows[3]
    again = type(vehicle).from_dict(vehicle.to_dict()) == vehicle
with frozen:
    print(json.dumps([again, vehicle.to_dict(), vehicle.depot.to_dict(), rows[0:200].to_arrow().to_pylist()], default=str))
"""
PATCH = """
import datetime, unittest.mock
class {0}(datetime.{0}): pass
frozen = unittest.mock.patch("datetime.{0}", {0})
"""
TOOLS = {
    "freezegun": "import freezegun; frozen = freezegun.freeze_time('2018-09-01')",
    "time-machine": "import time_machine; frozen = time_machine.travel('2018-09-01')",
    "a patched date": PATCH.format("date"),
    "a patched datetime": PATCH.format("datetime"),
}


def _values(tool: str) -> str:
    script = VALUES.format(tool=tool)
    path = [str(part) for part in sys.path if part] + [str(fleet.DATA.parent)]
    done = subprocess.run(
        [sys.executable, "-c", f"import sys; sys.path[:0] = {path!r}\n{script}"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize("tool", TOOLS)
def test_values_are_the_same_under(tool: str) -> None:
    assert _values(TOOLS[tool]) == _values("frozen = contextlib.nullcontext()")


def test_an_entity_is_defined_by_annotations_that_stand_for_dates() -> None:
    import datetime

    class Fake(datetime.date):
        pass

    @entity("thing")
    class Thing:
        """A thing."""

        thing_id: str = field(serial("T-###"), key=True)
        made_on: Fake = field(lambda clock, rows: clock.date + rows)

    assert type(World(1, packs=PACKS)[Thing][2].made_on) is datetime.date
