"""Entities as objects, dictionaries, Arrow and data frames; relations reached; definitions refused."""

from __future__ import annotations

import importlib.util
import json
import sys
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import fleet
import numpy as np
import pyarrow as pa
import pytest
from fleet import Depot, EnginePart, Trip, Van, Vehicle, VehicleOptions

from datamimic import (
    DatamimicError,
    Registry,
    Service,
    Text,
    World,
    check,
    entity,
    field,
    number,
    option,
    options,
    ref,
    serial,
    spec_of,
    weighted,
)
from datamimic.checks.checking import check_batches, check_rows
from datamimic.engine.coverage import supported_countries
from datamimic.errors import DefinitionError


def test_an_entity_has_python_values(world: World) -> None:
    vehicles = world[Vehicle][0:200]
    one = vehicles[3]
    assert isinstance(one, Vehicle) and isinstance(one.bought_on, date) and isinstance(one.electric, bool)
    assert one.serviced_at.tzinfo is not None and isinstance(one.serviced_at, datetime)
    assert isinstance(one.motor, EnginePart) and one.motor.origin == one.motor.code.lower()
    assert any(vehicle.retired_on is None for vehicle in vehicles) and any(vehicle.retired_on for vehicle in vehicles)
    stop = next(vehicle.stops[0] for vehicle in vehicles if vehicle.stops)
    assert isinstance(stop.fee, Decimal) and stop["minutes"] == stop.minutes
    with pytest.raises(KeyError):
        stop["nothing"]
    with pytest.raises(AttributeError):
        one.kind = "tank"  # type: ignore[misc]


def test_inheritance_keeps_fields_and_may_remake_one(world: World) -> None:
    vans = world[Van][0:50]
    assert {van.kind for van in vans} == {"van"} and {van.trim for van in vans} == {"basic", "work"}
    assert isinstance(vans[0], Vehicle) and 2 <= vans[0].seats <= 9
    assert [each.name for each in Van.__entity__.checks] == [each.name for each in Vehicle.__entity__.checks]


def test_a_subclass_may_hide_fields_that_can_still_be_reached(world: World) -> None:
    @entity("bare_van", hide=("stops", "nickname"))
    class BareVan(Van):
        """Without what its base shows."""

    van = world[BareVan][3]
    assert not {"stops", "nickname"} & ({*van.to_dict()} | {*world[BareVan][0:1].to_arrow().column_names})
    assert isinstance(van.stops, list) and BareVan.from_dict(van.to_dict()) == van
    with pytest.raises(DefinitionError, match="stopps"):

        @entity("other_van", hide=("stopps",))
        class OtherVan(Van):
            """Hides nothing that there is."""


def test_references_are_followed_and_agree(world: World) -> None:
    for vehicle in world[Vehicle][0:100]:
        assert vehicle.depot.region == vehicle.region
        assert vehicle.depot.depot_id == vehicle.depot_id
        assert vehicle.depot.spare.mass < 1
        for trip in vehicle.trips:
            assert trip.vehicle.vehicle_id == vehicle.vehicle_id == trip.vehicle_id
            assert trip.region == vehicle.region


def test_children_have_the_declared_counts_exactly(world: World) -> None:
    counts = [len(vehicle.trips) for vehicle in world[Vehicle][1024:2048]]
    assert sorted(set(counts)) == [0, 1, 4, 9]
    for count, weight in {0: 2, 1: 3, 4: 1, 9: 0.5}.items():
        assert abs(counts.count(count) - weight / 6.5 * 1024) <= 1
    per_block = sum(counts)
    trips = world[Trip][0 : 3 * per_block].to_arrow().to_pylist()
    by_vehicle: dict[str, list[dict[str, Any]]] = {}
    for trip in trips:
        by_vehicle.setdefault(trip["vehicle_id"], []).append(trip)
    for own in by_vehicle.values():
        assert [trip["number"] for trip in own] == list(range(len(own)))
        total = Decimal(0)
        for trip in own:
            total += trip["fare"]
            assert trip["fares_so_far"] == total


def test_a_running_sum_does_not_depend_on_which_siblings_are_asked_for(world: World) -> None:
    whole = world[Trip][0:300].select(["fares_so_far"]).to_arrow()["fares_so_far"].to_pylist()
    rows = np.array([299, 5, 5, 120, 7, 0])
    column = world.batch(Trip.__entity__, rows).column("fares_so_far")
    assert [Decimal(int(value)).scaleb(-2) for value in column] == [whole[row] for row in rows]


def test_unique_columns_are_unique_and_end_with_an_error(world: World) -> None:
    ids = world[Depot][0:10_000].to_arrow()["depot_id"].to_pylist()
    assert len(set(ids)) == 10_000
    for ask in (lambda: world[Depot][0:10_001], lambda: world[Depot][10_000]):
        with pytest.raises(DatamimicError) as error:
            ask()
        assert error.value.code == "not_enough_ids"


def test_dictionaries_and_json_round_trip(world: World) -> None:
    for cls in (Vehicle, Van, Depot, Trip):
        for each in world[cls][0:40]:
            again = cls.from_dict(json.loads(json.dumps(each.to_dict())))
            assert again == each and again.to_dict() == each.to_dict()
    with pytest.raises(DatamimicError, match="only be reached") as error:
        _ = Vehicle.from_dict(world[Vehicle][0].to_dict()).depot
    assert error.value.code == "invalid_request"
    with pytest.raises(DatamimicError) as error:
        Vehicle.from_dict({"stops": [{"place": "x", "minutes": "many", "fee": 1.5, "at": "2025-01-01"}]})
    assert error.value.code == "schema_validation_failed" and str(error.value.path).startswith("$.stops[0]")


def test_arrow_pandas_polars_and_duckdb_read_rows(world: World) -> None:
    rows = world[Vehicle][0:1000]
    table = pa.table(rows)
    assert table.schema == rows.schema() and table.num_rows == len(rows) == 1000
    assert table.schema.field("trips" if "trips" in table.schema.names else "label").type == pa.string()
    for name in ("polars", "pandas"):
        pytest.importorskip(name)
    assert rows.to_polars()["kilometres"].sum() == rows.to_pandas()["kilometres"].sum()
    duckdb = pytest.importorskip("duckdb")
    stream = rows.reader()  # noqa: F841 - DuckDB finds it by name
    assert duckdb.sql("select count(*), sum(kilometres) from stream").fetchall() == [
        (1000, rows.to_polars()["kilometres"].sum())
    ]


def test_options_narrow_what_is_made(world: World) -> None:
    some = world[Vehicle].with_options(min_km=500, max_km=600)[0:100]
    assert all(500 <= vehicle.kilometres <= 600 for vehicle in some)
    assert some.world[Trip][0:1][0].vehicle.kilometres <= 600
    assert [v.label[:3] for v in some] == [v.label[:3] for v in world[Vehicle][0:100]]


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"min_km": -1}, "invalid_option"),
        ({"min_km": "many"}, "invalid_option"),
        ({"max_km": 3_000_000}, "invalid_option"),
        ({"min_km": 1.5}, "invalid_option"),
        ({"colour": "green"}, "invalid_option"),
        ({"min_km": 5, "max_km": 4}, "impossible_constraint"),
        ({"min_kilometres": 5}, "unknown_option"),
    ],
)
def test_wrong_options_are_refused(world: World, given: dict[str, Any], code: str) -> None:
    with pytest.raises(DatamimicError) as error:
        world[Vehicle].with_options(**given)
    assert error.value.code == code


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ({"seed": ""}, "invalid_seed"),
        ({"seed": None}, "invalid_seed"),
        ({"seed": 1, "clock": "yesterday"}, "invalid_clock"),
        ({"seed": 1, "clock": "1700-01-01"}, "invalid_clock"),
        ({"seed": 1, "locale": "English"}, "invalid_locale"),
        ({"seed": 1, "sizes": {"fleet.depot": 0}}, "invalid_count"),
        ({"seed": 1, "sizes": {"fleet.dpot": 5}}, "unknown_entity"),
        ({"seed": 1, "options": {"vehicle": {"nothing": 5}}}, "unknown_option"),
    ],
)
def test_wrong_worlds_are_refused(packs: Any, arguments: dict[str, Any], code: str) -> None:
    with pytest.raises(DatamimicError) as error:
        World(**arguments, packs=packs)
    assert error.value.code == code


def test_ranges_behave_like_sequences_or_are_refused(world: World) -> None:
    rows = world[Depot][10:20]
    assert (
        rows[0] == world[Depot][10] and rows[-1] == world[Depot][19] and len(rows[3:100]) == 7 and len(rows[5:2]) == 0
    )
    assert [d.depot_id for d in rows] == [d.depot_id for d in world[Depot][10:20].objects(np.arange(10, 20))]
    with pytest.raises(IndexError):
        rows[10]
    for ask in (lambda: len(world[Depot]), lambda: world[Depot][-1], lambda: world[Depot][0:10:2]):
        with pytest.raises(DatamimicError) as error:
            ask()
        assert error.value.code == "invalid_range"
    with pytest.raises(DatamimicError) as error:
        rows.select(["regoin"])
    assert error.value.code == "unknown_column" and "region" in str(error.value.hint)


def test_countries_are_those_with_every_table(packs: Any) -> None:
    assert supported_countries(packs, Vehicle) == ("DE", "US")
    assert {v.region for v in World(1, "DE", packs=packs)[Vehicle][0:100]} == {"nord", "süd"}


def test_a_missing_table_falls_back_once_and_aloud_or_is_refused(packs: Any) -> None:
    from datamimic.tables.library import DatasetFallback

    world = World(1, "FR", packs=packs)
    with pytest.warns(DatasetFallback, match="regions_FR.csv.*US stands in") as seen:
        [world[cls][0:10].to_arrow() for cls in (Depot, Vehicle)]
    assert len(seen) == 1 and world.library.fallbacks == {"fleet.regions"}
    with pytest.raises(DatamimicError, match="regions_FR.csv") as error:
        World(1, "FR", packs=packs, strict=True)[Depot][0:10].to_arrow()
    assert error.value.code == "missing_table" and error.value.file == "regions_FR.csv"


def test_services_count_on_and_read_ahead(packs: Any) -> None:
    class VehicleService(Service[Vehicle]):
        """Vehicles."""

    from random import Random

    one, two = (
        VehicleService("DE", max_km=10, rng=Random(42), packs=packs),
        VehicleService("DE", max_km=10, rng=Random(42), packs=packs),
    )
    loop = [one.generate() for _ in range(50)]
    assert loop == two.generate_batch(20) + two.generate_batch(count=10) + [two.generate() for _ in range(20)]
    shared = Random(1)
    assert VehicleService(rng=shared, packs=packs).generate() != VehicleService(rng=shared, packs=packs).generate()
    assert VehicleService(packs=packs).world.seed != VehicleService(packs=packs).world.seed
    with pytest.raises(DatamimicError):
        one.generate_batch(-1)


# -- definitions that are refused -----------------------------------------------------------------------------------


def refused(define: Any) -> DefinitionError:
    with pytest.raises(DefinitionError) as error:
        define()
    return error.value


def test_a_rule_that_reads_no_field_gets_a_suggestion() -> None:
    def define() -> None:
        @entity("thing")
        class Thing:
            wheels: int = field(number(2, 4))
            cost: int = field(lambda wheel: wheel)

    error = refused(define)
    assert error.code == "unknown_parameter" and "Thing.cost" in error.message and "'wheels'" in str(error.hint)


def test_a_circle_is_shown_as_a_path() -> None:
    def define() -> None:
        @entity("thing")
        class Thing:
            a: int = field(lambda b: b)
            b: int = field(lambda c: c)
            c: int = field(lambda a: a)

    error = refused(define)
    assert error.code == "cycle" and "a → b → c → a" in error.message


def test_a_circle_across_entities_is_found_when_it_turns(packs: Any) -> None:
    @entity("egg")
    class Egg:
        egg_id: str = field(serial("E-####"), key=True)
        hen: Hen = field(ref("hen_of_this_test"))  # type: ignore[name-defined]
        age: int = field(lambda hen: hen.age)

    @entity("hen")
    class Hen:
        hen_id: str = field(serial("H-####"), key=True)
        egg: Egg = field(ref(Egg))
        age: int = field(lambda egg: egg.age)

    Egg.__entity__.fields["hen"].generator.target = Hen
    with pytest.raises(DefinitionError, match="circle across entities.*hen.age → egg.age") as error:
        World(1, packs=packs)[Egg][0:5].to_arrow()
    assert error.value.code == "cycle"


def test_a_generator_must_make_what_the_annotation_says() -> None:
    def define() -> None:
        @entity("thing")
        class Thing:
            wheels: int = field(weighted("kinds"))

    error = refused(define)
    assert error.code == "type_mismatch" and "Thing.wheels is annotated int" in error.message and "str" in error.message


def test_other_mistakes_name_the_field() -> None:
    def no_annotation() -> None:
        @entity("thing")
        class Thing:
            wheels = field(number(2, 4))

    def no_generator() -> None:
        @entity("thing")
        class Thing:
            wheels: int

    def taken() -> None:
        @entity("thing")
        class Thing:
            rows: int = field(number(2, 4))

    def unsupported() -> None:
        @entity("thing")
        class Thing:
            wheels: set[int] = field(number(2, 4))

    def bad_name() -> None:
        @entity("Thing")
        class Thing:
            wheels: int = field(number(2, 4))

    def key_of_a_list() -> None:
        @entity("thing")
        class Thing:
            a: str = field(serial("#"), key=True)
            b: list[str] = field(lambda rows: rows, key=True)

    def not_same() -> None:
        @entity("thing")
        class Thing:
            kind: str = field(weighted("kinds"))
            depot: Depot = field(ref(Depot, same={"kind": "spare"}))

    def starred() -> None:
        @entity("thing")
        class Thing:
            a: str = field(lambda *columns: columns)

    def bad_default() -> None:
        @options
        class Bad:
            size: int = option(5, doc="size", maximum=3)

    def options_not_inherited() -> None:
        @options
        class Other:
            size: int = option(5, doc="size")

        @entity("thing", options=Other)
        class Thing(Vehicle):
            more: int = field(number(1, 2))

    def twice() -> None:
        check(Vehicle, "again")(stops_take_time)

    def stops_take_time(stops: Any) -> Any:
        return stops

    for define, code, part in (
        (no_annotation, "missing_annotation", "Thing.wheels"),
        (no_generator, "bad_field", "Thing.wheels"),
        (taken, "bad_field", "Thing.rows"),
        (unsupported, "bad_field", "Thing.wheels"),
        (bad_name, "bad_entity", "'Thing'"),
        (key_of_a_list, "bad_field", "Thing.b"),
        (not_same, "bad_field", "Depot.spare"),
        (starred, "bad_rule", "*columns"),
        (bad_default, "bad_option", "Bad.size"),
        (options_not_inherited, "bad_option", "Other"),
        (twice, "bad_check", "stops_take_time"),
    ):
        error = refused(define)
        assert (error.code, part in error.message) == (code, True), (error.code, error.message)


@pytest.mark.parametrize(
    ("rule", "code"),
    [
        (lambda draw: draw.uniform()[:-1], "wrong_length"),
        (lambda draw: "text", "wrong_length"),
        (lambda rows: Text.constant("x", len(rows)), "wrong_type"),
        (lambda rows: rows / 0.5, "wrong_type"),
        (lambda rows: 5, "wrong_type"),
        (lambda rows: rows.nothing, "rule_failed"),
        (lambda draw: draw.uniform() + draw.uniform(), "duplicate_draw"),
    ],
)
def test_what_a_rule_does_wrong_is_named(packs: Any, rule: Any, code: str) -> None:
    @entity("thing")
    class Thing:
        wheels: int = field(rule)

    with pytest.raises(DefinitionError, match="wheels") as error:
        World(1, packs=packs)[Thing][0:7].to_arrow()
    assert error.value.code == code


# -- checks -----------------------------------------------------------------------------------------------------------


def test_checks_hold_here_and_find_what_is_broken_elsewhere(world: World) -> None:
    rows = world[Vehicle][0:5000]
    assert [(finding.violations, finding.rows) for finding in check_rows(rows)] == [(0, 5000)] * 3
    table = rows.to_arrow()
    broken = table["insured_until"].to_pylist()
    broken[4321] = date(1999, 1, 1)
    changed = table.set_column(table.schema.get_field_index("insured_until"), "insured_until", pa.array(broken))
    findings = {f.check: f for f in check_batches(changed.to_batches(), Vehicle.__entity__, world)}
    assert [name for name, finding in findings.items() if finding.violations] == ["insured_after_bought"]
    assert findings["insured_after_bought"].samples == [4321]


def test_checks_read_text_cells_other_names_and_say_what_they_skip(world: World) -> None:
    table = pa.table({"from": ["2020-01-01", ""], "insured_until": ["2021-01-01", "2019-01-01"]})
    findings = check_batches(table.to_batches(), Vehicle.__entity__, world, {"bought_on": "from"})
    assert [(f.check, f.violations, bool(f.skipped)) for f in findings] == [
        ("insured_after_bought", 0, False),
        ("retired_after_bought", 0, True),
        ("stops_take_time", 0, True),
    ]
    for mapping, code in (({"nothing": "from"}, "unknown_column"), ({"bought_on": "nothing"}, "unknown_column")):
        with pytest.raises(DatamimicError) as error:
            check_batches(table.to_batches(), Vehicle.__entity__, world, mapping)
        assert error.value.code == code
    bad = pa.table({"bought_on": ["soon"], "insured_until": ["2021-01-01"]})
    with pytest.raises(DatamimicError) as error:
        check_batches(bad.to_batches(), Vehicle.__entity__, world)
    assert error.value.code == "bad_input" and "bought_on" in error.value.message


def test_options_class_is_described() -> None:
    from datamimic.model.options import describe_options

    described = describe_options(VehicleOptions)
    assert [each["name"] for each in described] == ["max_km", "min_km", "colour"]
    assert described[2]["type"] == "str | None" and described[2]["choices"] == ["red", "blue"]


def test_a_field_that_takes_the_name_of_a_generator_is_told_where_that_is_called() -> None:
    with pytest.raises(DefinitionError, match="number is a field from here on") as caught:

        @entity("thing")
        class Thing:
            """A thing."""

            number: int = field(number(1, 9))
            other: int = field(number(1, 9))

    assert caught.value.code == "bad_field"
    assert "datamimic.number" in (caught.value.hint or "")


def test_a_field_that_takes_another_name_of_its_module_is_told_or_seen_through() -> None:
    def asks() -> None:
        @entity("thing")
        class Thing:
            """A thing."""

            number: int = field(number(1, 9))
            other: int = field(number.fixed)  # type: ignore[attr-defined]

    def takes() -> None:
        @entity("thing")
        class Thing:
            """A thing."""

            number: int = field(number(1, 9))
            other: int = field(number[3])  # type: ignore[index]

    for make in (asks, takes):
        with pytest.raises(DefinitionError, match="number is a field from here on, and has no") as caught:
            make()
        assert caught.value.code == "bad_field" and "import number as" in str(caught.value.hint)


def test_types_are_those_of_the_module_where_a_field_takes_their_name(tmp_path: Path) -> None:
    # Where annotations are no texts, Python finds the field.
    module = tmp_path / "taken_names.py"
    module.write_text(
        "from datetime import date\n"
        "import numpy as np\n"
        "from datamimic import constant, days_before, entity, field\n"
        "from datamimic.columns import Lists\n"
        '@entity("thing")\n'
        "class Thing:\n"
        '    "A thing."\n'
        '    date: date = field(days_before("clock", up_to=9))\n'
        '    other: date | None = field(days_before("clock", up_to=9))\n'
        "    many: list[date] = field(lambda date: Lists(np.ones(len(date), dtype=np.int64), date))\n"
    )
    spec = importlib.util.spec_from_file_location("taken_names", module)
    assert spec is not None and spec.loader is not None
    loaded = importlib.util.module_from_spec(spec)
    sys.modules["taken_names"] = loaded
    try:
        spec.loader.exec_module(loaded)
    finally:
        del sys.modules["taken_names"]
    kinds = {name: str(each.kind) for name, each in spec_of(loaded.Thing).fields.items()}
    assert kinds == {"date": "date", "other": "date | None", "many": "list[date]"}
    source = (
        "from datamimic import constant, entity, field\n"
        '@entity("thing")\n'
        "class Thing:\n"
        '    "A thing."\n'
        "    nothing: int = field(constant(1))\n"
        "    other: nothing = field(constant(1))\n"
    )
    with pytest.raises(DefinitionError, match="nothing is a field from here on, and is no type"):
        exec(compile(source, "nowhere", "exec", dont_inherit=True), {"__name__": "nowhere"})


def test_columns_behind_a_reference_are_asked_for_in_a_form() -> None:
    trips = World("forms", packs=Registry.of(fleet))["fleet.trip"]
    vehicle = trips.batch(np.arange(5)).column("vehicle")
    assert isinstance(vehicle.column("vehicle_id", Text), Text)
    with pytest.raises(DefinitionError, match="vehicle.vehicle_id is asked for as ndarray, and is Text") as caught:
        vehicle.column("vehicle_id", np.ndarray)
    assert caught.value.code == "wrong_type"
