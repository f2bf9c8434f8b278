"""What is declared is held by every database: keys of several columns, columns that are unique together, conditions."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.engine import make_url

import datamimic_databases.plugin
from datamimic import (
    Pack,
    Registry,
    World,
    check,
    combinations,
    days_after,
    days_before,
    entity,
    field,
    serial,
    verify,
)
from datamimic.related import load_set, prepare

POSTGRESQL = os.environ.get("DATAMIMIC_TEST_POSTGRESQL", "postgresql://localhost:5432/test?connect_timeout=60")
MARIADB = make_url(os.environ.get("DATAMIMIC_TEST_MARIADB", "mariadb://root@127.0.0.1:3306/test"))
NAME = f"dm_once_{os.getpid()}"


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
    starts_on: date = field(days_before("clock", up_to=30), doc="first day; 100 %, it's \\ said")
    ends_on: date = field(days_after("starts_on", 0, 9), doc="last day")


@check(Booking, "a booking ends after it begins", sql="ends_on >= starts_on AND time <> ' :of%'")
def ends_after_it_begins(starts_on: Any, ends_on: Any) -> Any:
    return ends_on >= starts_on


seats = combinations(house=("north", "south"), floor=("a", "b", "c"), row=("i", "ii", "iii"), side=("l", "r"))


@entity("seat", size=36)
class Seat:
    """A seat is told by four texts."""

    house: str = field(seats["house"], key=True, doc="house")
    floor: str = field(seats["floor"], key=True, doc="floor")
    row: str = field(seats["row"], key=True, doc="row")
    side: str = field(seats["side"], key=True, doc="side")


class Houses:
    """The pack of the tests."""

    def datamimic_pack(self) -> Pack:
        return Pack("houses", "1.0", "Houses")

    def datamimic_entities(self) -> list[type]:
        return [Room, Booking, Seat]


Ask = Callable[[str], list[Any]]


@contextmanager
def sqlite_file(folder: Path) -> Iterator[tuple[str, Ask, type[Exception]]]:
    path = folder / "houses.sqlite"

    def ask(query: str) -> list[Any]:
        with closing(sqlite3.connect(path)) as base:
            return base.execute(query).fetchall()

    yield str(path), ask, sqlite3.IntegrityError


@contextmanager
def duckdb_file(folder: Path) -> Iterator[tuple[str, Ask, type[Exception]]]:
    duckdb = pytest.importorskip("duckdb")
    path = folder / "houses.duckdb"

    def ask(query: str) -> list[Any]:
        with duckdb.connect(str(path)) as base:
            return list(base.execute(query).fetchall())

    yield str(path), ask, duckdb.ConstraintException


@contextmanager
def postgresql(folder: Path) -> Iterator[tuple[str, Ask, type[Exception]]]:
    psycopg = pytest.importorskip("psycopg")
    try:
        connection = psycopg.connect(POSTGRESQL, autocommit=True)
    except psycopg.Error as error:
        pytest.skip(f"no PostgreSQL: {str(error).splitlines()[0]}")

    def ask(query: str) -> list[Any]:
        cursor = connection.execute(query)
        return list(cursor.fetchall()) if cursor.description else []

    with connection:
        ask(f"DROP SCHEMA IF EXISTS {NAME} CASCADE; SET search_path TO {NAME}")
        try:
            yield POSTGRESQL, ask, psycopg.errors.IntegrityError
        finally:
            ask(f"DROP SCHEMA IF EXISTS {NAME} CASCADE")


@contextmanager
def mariadb(folder: Path) -> Iterator[tuple[str, Ask, type[Exception]]]:
    pymysql = pytest.importorskip("pymysql")
    try:
        connection = pymysql.connect(
            host=MARIADB.host,
            port=MARIADB.port or 3306,
            user=MARIADB.username,
            password=MARIADB.password or "",
            autocommit=True,
        )
    except (pymysql.MySQLError, OSError) as error:
        pytest.skip(f"no MariaDB: {error}")
    cursor = connection.cursor()

    def ask(query: str) -> list[Any]:
        cursor.execute(query)
        return list(cursor.fetchall())

    with connection:
        ask(f"CREATE DATABASE {NAME}")
        ask(f"USE {NAME}")
        try:
            yield MARIADB.set(database=NAME).render_as_string(hide_password=False), ask, pymysql.err.MySQLError
        finally:
            ask(f"DROP DATABASE {NAME}")


@pytest.mark.parametrize("database", [sqlite_file, duckdb_file, postgresql, mariadb])
def test_every_database_holds_what_is_declared(database: Any, tmp_path: Path) -> None:
    packs = Registry.of(Houses(), datamimic_databases.plugin)
    closure = prepare(World("houses", packs=packs), {"houses.booking": 500, "houses.seat": 36})
    with database(tmp_path) as (place, ask, refused):
        settings = {"schema": NAME} if database is postgresql else {}
        load_set(closure, place, **settings)
        load_set(closure, place, if_exists="replace", **settings)
        assert ask("SELECT count(*) FROM houses_booking")[0][0] == 500
        first = "SELECT room_id, day, time, starts_on, ends_on FROM houses_booking LIMIT 1"
        for wrong in (
            "INSERT INTO houses_seat SELECT * FROM houses_seat LIMIT 1",
            f"INSERT INTO houses_booking (booking_id, room_id, day, time, starts_on, ends_on) SELECT 'B', s.* FROM ({first}) s",
            "UPDATE houses_booking SET starts_on = '2999-01-01'",
        ):
            with pytest.raises(refused):
                ask(wrong)
        if database in (sqlite_file, duckdb_file):
            assert verify(place, packs=packs).holds
