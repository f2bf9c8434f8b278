"""Keys of several columns, columns that are unique together, one to one, many to many, conditions in SQL."""

from __future__ import annotations

import csv
import json
import pickle
import sqlite3
from collections import Counter
from contextlib import closing
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from datamimic import (
    Pack,
    Permutation,
    Registry,
    World,
    check,
    children,
    combinations,
    days_after,
    days_before,
    entity,
    field,
    link,
    number,
    parent,
    ref,
    serial,
)
from datamimic.checks.checking import check_batches, check_rows
from datamimic.draws.address import Address
from datamimic.errors import DatamimicError, DefinitionError, InvalidOption
from datamimic.related.closure import close
from datamimic.related.writing import write_set
from datamimic.testing import pack_contract


@entity("room", size=12)
class Room:
    """A room."""

    room_id: str = field(serial("R-##"), key=True, doc="id")


slots = combinations(room=Room, day=range(1, 31), time=("morning", "evening"))


@entity("booking", size=700)
class Booking:
    """A room is booked once for each half of a day."""

    booking_id: str = field(serial("B-####"), key=True, doc="id")
    room: Room = field(slots["room"], doc="room")
    day: int = field(slots["day"], doc="day of the month")
    time: str = field(slots["time"], doc="half of the day")
    starts_on: date = field(days_before("clock", up_to=30), doc="first day")
    ends_on: date = field(days_after("starts_on", 0, 9), doc="last day")


@check(Booking, "a booking ends after it begins", sql="ends_on >= starts_on")
def ends_after_it_begins(starts_on: Any, ends_on: Any) -> Any:
    return ends_on >= starts_on


@entity("desk", size=12)
class Desk:
    """One desk for each room."""

    room: Room = field(ref(Room, unique=True), doc="its room")
    price: int = field(number(10, 99), doc="price")
    desk_id: str = field(serial("D-##"), key=True, doc="id")


@entity("course", size=30)
class Course:
    """A course."""

    course_id: str = field(serial("C-##"), key=True, doc="id")


@entity("student", size=200)
class Student:
    """Somebody who takes courses."""

    student_id: str = field(serial("S-####"), key=True, doc="id")
    enrolments: list[Any] = field(children("school.enrolment"), doc="courses taken")


joined = link(Student, Course, counts={0: 1, 1: 2, 7: 2, 30: 1})


@entity("enrolment", size=2_000)
class Enrolment:
    """A student takes a course."""

    student: Student = field(joined.one, key=True, doc="who")
    course: Course = field(joined.other, key=True, doc="what")


@entity("mark", size=2_000)
class Mark:
    """A mark of a student."""

    student: Student = field(parent(Student, counts={3: 1}), key=True, doc="whose")
    position: int = field(lambda student: student.index + 1, key=True, doc="number of the mark")
    mark: int = field(number(1, 6), doc="mark")


ENTITIES = [Room, Booking, Desk, Course, Student, Enrolment, Mark]


class School:
    """The pack as a plugin that can be pickled."""

    def __init__(self, entities: list[type]) -> None:
        self.entities = entities

    def datamimic_pack(self) -> Pack:
        return Pack("school", "1.0", "School")

    def datamimic_entities(self) -> list[type]:
        return self.entities


def school(*entities: type) -> Registry:
    return Registry.of(School([*(entities or ENTITIES)]))


@pytest.fixture(scope="module")
def world() -> World:
    return World("demo", packs=school())


def pairs(rows: Any) -> list[tuple[Any, ...]]:
    return list(zip(*(column.to_pylist() for column in rows.to_arrow().columns), strict=True))


# -- values -------------------------------------------------------------------------------------------------------


def test_every_combination_comes_once(world: World) -> None:
    rows = world[Booking].select(["room_id", "day", "time"])
    every = pairs(rows[0:720])
    rooms = world[Room][0:12].to_arrow()["room_id"].to_pylist()
    assert sorted(every) == sorted((r, d, t) for r in rooms for d in range(1, 31) for t in ("morning", "evening"))
    assert every != sorted(every), "in no visible order"
    assert pairs(rows[100:117]) == every[100:117]
    assert world[Booking][3].room.room_id == every[3][0], "a reference is reached"
    with pytest.raises(InvalidOption, match="room × day × time has 720 different values, not 721") as caught:
        rows[0:721]
    assert caught.value.code == "not_enough_ids"
    assert len(pairs(World(1, packs=school(), sizes={"school.room": 13})[Booking].select(["day"])[0:780])) == 780
    with pytest.raises(InvalidOption, match="not 721"):
        world[Booking].gather(np.array([720]))


def test_one_to_one(world: World) -> None:
    rooms = world[Desk][0:12].to_arrow()["room_id"].to_pylist()
    assert sorted(rooms) == sorted(world[Room][0:12].to_arrow()["room_id"].to_pylist()) and rooms != sorted(rooms)
    with pytest.raises(InvalidOption, match="room has 12 different values, not 13"):
        world[Desk][0:13]
    assert world[Desk].select(["price"])[0:13].to_arrow().num_rows == 13, "prices come as often as they like"


def test_pairs_of_a_link_come_once(world: World) -> None:
    rows = world[Enrolment][0:3_000]
    every = pairs(rows)
    assert len(set(every)) == 3_000
    taken = Counter(student for student, _ in every)
    assert {count for student, count in taken.items() if student != every[-1][0]} == {1, 7, 30}
    assert pairs(world[Enrolment][1_234:1_300]) == every[1_234:1_300]
    again = pickle.loads(pickle.dumps(world[Enrolment][1_234:1_300]))
    assert pairs(again) == every[1_234:1_300]
    student = next(each for each in world[Student][0:50] if len(each.enrolments) == 7)
    assert len({enrolment.course.course_id for enrolment in student.enrolments}) == 7
    courses = Counter(course for _, course in every)
    assert len(courses) == 30 and max(courses.values()) < 2 * min(courses.values()), "no course is preferred"
    together = Counter(pair for own in _by(every).values() if len(own) == 7 for pair in pairwise(own))
    assert len(together) > 400, "what is taken together differs from student to student"


def _by(every: list[tuple[Any, ...]]) -> dict[Any, list[Any]]:
    found: dict[Any, list[Any]] = {}
    for student, course in every:
        found.setdefault(student, []).append(course)
    return found


def test_a_link_to_too_few_is_refused_before_the_first_row() -> None:
    small = World("demo", packs=school(), sizes={"school.course": 29})
    with pytest.raises(
        InvalidOption, match="joins up to 30 rows of school.course with one, which has the size 29"
    ) as caught:
        small[Enrolment][0:1]
    assert caught.value.code == "too_few_rows" and caught.value.path == "$.sizes.school.course"


def test_a_permutation_for_each_number() -> None:
    permutation = Permutation(30, Address.of("1", "US", "a", "b"))
    rows = np.arange(30)
    for turn in (1, 2, 1 << 63):
        turned = np.full(30, turn, dtype=np.uint64)
        forward = permutation.forward(rows, turned)
        assert sorted(forward.tolist()) == rows.tolist()
        assert (permutation.inverse(forward, turned) == rows).all()
    one, two = (permutation.forward(rows, np.full(30, turn, dtype=np.uint64)) for turn in (1, 2))
    assert (one != two).sum() > 20


# -- declarations -------------------------------------------------------------------------------------------------


def test_what_is_unique_stands_in_schemas(world: World, tmp_path: Path) -> None:
    asked = {"school.booking": 700, "school.desk": 12, "school.enrolment": 300, "school.mark": 60}
    folder = tmp_path / "set"
    write_set(close(world, asked), folder, "csv")
    tables = {table["name"]: table for table in json.loads((folder / "schema.json").read_text())}
    assert tables["school_booking"]["primary_key"] == "booking_id"
    assert tables["school_booking"]["unique"] == [["room_id", "day", "time"]]
    assert tables["school_booking"]["checks"] == [
        {"name": "ends_after_it_begins", "sentence": "a booking ends after it begins", "sql": "ends_on >= starts_on"}
    ]
    assert tables["school_desk"]["unique"] == [["room_id"]]
    assert tables["school_enrolment"]["primary_key"] == ["student_id", "course_id"]
    assert tables["school_mark"]["primary_key"] == ["student_id", "position"]
    assert "unique" not in tables["school_room"]
    with closing(sqlite3.connect(":memory:")) as database:
        database.executescript((folder / "schema.sql").read_text())
        for name in tables:
            with (folder / f"{name}.csv").open(newline="") as stream:
                header, *rows = csv.reader(stream)
            marks = ", ".join("?" * len(header))
            database.executemany(f"INSERT INTO {name} VALUES ({marks})", rows)
        for name, broken in (
            (
                "school_booking",
                "UPDATE school_booking SET room_id = (SELECT min(room_id) FROM school_room), day = 1, time = 'x'",
            ),
            ("school_booking", "UPDATE school_booking SET ends_on = '1900-01-01'"),
            ("school_desk", "UPDATE school_desk SET room_id = (SELECT min(room_id) FROM school_room)"),
            ("school_mark", "UPDATE school_mark SET position = 1"),
        ):
            with pytest.raises(sqlite3.IntegrityError, match="constraint failed"):
                database.execute(broken)
            assert name in tables


def test_checks_look_at_all_rows_of_what_is_unique(world: World) -> None:
    rows = world[Enrolment][0:1_000]
    [found] = check_rows(rows, batch_rows=300)
    assert (found.check, found.rows, found.violations) == ("unique_student_course", 1_000, 0)
    assert found.sentence == "no two rows have the key student and course alike"
    table = rows.to_arrow()
    twice = pa.concat_tables([table, table.slice(7, 2)])
    [found] = check_batches(twice.to_batches(max_chunksize=256), rows.spec, world)
    assert (found.rows, found.violations, found.samples) == (1_002, 2, [1_000, 1_001])
    [found] = check_batches(table.drop_columns(["course_id"]).to_batches(), rows.spec, world)
    assert found.skipped == "the table has no course_id"


def test_what_is_declared_and_not_so_is_refused() -> None:
    @entity("seat", unique=[("row", "number")])
    class Seat:
        """A seat."""

        seat_id: str = field(serial("S-####"), key=True, doc="id")
        row: int = field(number(1, 9), doc="row")
        number: int = field(number(1, 9), doc="number")

    packs = school(Seat)
    with pytest.raises(
        DefinitionError, match=r"school.seat: row and number is \d, \d in row \d+ and in row \d+"
    ) as caught:
        World(1, packs=packs)["school.seat"][0:82].to_arrow()
    assert caught.value.code == "repeated_key" and caught.value.line is not None
    contract: Any = pack_contract("school", packs=packs)()
    with pytest.raises(DefinitionError, match="row and number"):
        contract.test_keys_are_unique_and_references_resolve("school.seat", "US")


def test_the_contract_holds(world: World) -> None:
    contract: Any = pack_contract("school", packs=world.packs)()
    for name in ("booking", "desk", "enrolment", "mark"):
        contract.test_keys_are_unique_and_references_resolve(f"school.{name}", "US")
        contract.test_rows_are_the_same_however_they_are_asked_for(f"school.{name}", "US")
        contract.test_checks_hold(f"school.{name}", "US")
    contract.test_conditions_in_sql_say_what_their_checks_say("school.booking", "US")


def test_a_condition_that_says_something_else_is_found() -> None:
    @entity("stay")
    class Stay:
        """A stay."""

        starts_on: date = field(days_before("clock", up_to=30), doc="first day")
        ends_on: date = field(days_after("starts_on", 0, 9), doc="last day")

    @check(Stay, "a stay ends after it begins", sql="ends_on >= starts_on OR ends_on > '2025-12-20'")
    def ends_after(starts_on: Any, ends_on: Any) -> Any:
        return ends_on >= starts_on

    contract: Any = pack_contract("school", packs=school(Stay))()
    contract.test_checks_hold("school.stay", "US")
    with pytest.raises(AssertionError, match="the check ends_after and its condition in SQL differ"):
        contract.test_conditions_in_sql_say_what_their_checks_say("school.stay", "US")


@pytest.mark.parametrize(
    "make",
    [
        lambda: combinations(room=Room),
        lambda: combinations(room=Room, day=0),
        lambda: combinations(room=Room, day=("a", "a")),
        lambda: combinations(room=Room, day=True),
        lambda: slots["hour"],
        lambda: ref(Room, unique=True, by=lambda rows: rows),
        lambda: entity("x")(type("X", (), {"__annotations__": {"day": int}, "day": field(slots["day"])})),
        lambda: entity("x")(type("X", (), {"__annotations__": {"course": Course}, "course": field(joined.other)})),
        lambda: entity("x", unique=[("day", "day")])(
            type("X", (), {"__annotations__": {"day": int}, "day": field(number(1, 2))})
        ),
        lambda: entity("x", unique=[("dya",)])(
            type("X", (), {"__annotations__": {"day": int}, "day": field(number(1, 2))})
        ),
        lambda: entity("x")(
            type("X", (), {"__annotations__": {"room": Room}, "room": field(ref(Room), key=True)}),
        ),
    ],
)
def test_what_cannot_be_declared_is_refused(make: Any) -> None:
    with pytest.raises(DatamimicError) as caught:
        make()
    assert caught.value.code in ("bad_field", "bad_entity", "unknown_parameter") and len(caught.value.message) > 10


def test_an_entity_with_a_key_of_several_fields_is_not_referred_to() -> None:
    @entity("remark")
    class Remark:
        enrolment: Enrolment = field(ref(Enrolment))

    with pytest.raises(DefinitionError, match="enrolment is referred to, but has no key"):
        World(1, packs=school())[Remark][0:1].to_arrow()
