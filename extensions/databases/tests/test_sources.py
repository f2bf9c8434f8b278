"""Tables of databases as the rows of entities: the same rows from each, known by their digest, in a stated order, and no
password anywhere."""

from __future__ import annotations

import json
import os
import pickle
import sqlite3
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

import pyarrow as pa
import pytest
from click.testing import CliRunner
from sqlalchemy.engine import make_url

import datamimic.cli.group
import datamimic.world
import datamimic_databases.plugin
from datamimic import (
    Origin,
    Pack,
    Registry,
    World,
    entity,
    explain,
    field,
    given,
    number,
    parent,
    ref,
    serial,
    source,
    verify,
)
from datamimic.cli import main
from datamimic.errors import DatamimicError

POSTGRESQL = os.environ.get("DATAMIMIC_TEST_POSTGRESQL", "postgresql://localhost:5432/test?connect_timeout=60")
MARIADB = os.environ.get("DATAMIMIC_TEST_MARIADB", "mariadb://root@127.0.0.1:3306/test")
SCHEMA = f"dm_sources_{os.getpid()}"
TABLE = f"shop_customer_{os.getpid()}"
READER = f"dm_reader_{os.getpid()}"
ROWS = 3_000


@entity("customer", rows=source())
class Customer:
    """Somebody who buys."""

    code: str = field(given(), key=True, doc="number")
    number_: int = field(given("number"), doc="whole number")
    share: float | None = field(given(), doc="float")
    limit: Decimal | None = field(given("credit"), doc="money")
    active: bool = field(given(), doc="truth")
    born: date | None = field(given(), doc="day")
    seen: datetime = field(given(), doc="moment")
    local: datetime = field(given(), doc="moment without zone")
    opens: time | None = field(given(), doc="time of day")
    mark: UUID = field(given(), doc="UUID")
    photo: bytes | None = field(given(), doc="bytes")
    tags: list[str] = field(given(), doc="list")
    score: int = field(number(1, 100), doc="made")


@entity("order")
class Order:
    """What somebody buys."""

    order_no: str = field(serial("O-#######"), key=True, doc="number")
    customer: Customer = field(parent(Customer, counts={0: 1, 1: 1, 4: 1}), doc="who")
    friend: Customer = field(ref(Customer, weight="number_"), doc="who told")
    credit: Decimal | None = field(lambda customer: customer.limit, doc="limit of the customer")


@entity("other", rows=source())
class Other:
    """Asks for a column that is not there."""

    codes: str = field(given(), key=True, doc="number")


class ShopPack:
    """The entities above."""

    def datamimic_pack(self) -> Pack:
        return Pack("shop", "1.0", "Test")

    def datamimic_entities(self) -> list[type]:
        return [Customer, Order, Other]


PACKS = Registry.of(ShopPack(), datamimic_databases.plugin)


def values() -> list[tuple[Any, ...]]:
    """In no order of the key; the bytes of the texts are not in the order of anybody's language."""
    rows = []
    for row in range(ROWS):
        at = row * 7 % ROWS
        moment = datetime(2024, 1, 1, tzinfo=UTC) + timedelta(minutes=at, microseconds=at)
        name = ("ä", "Z", "a-", "Ab", 'q"', "x,\ny")[at % 6]
        rows.append(
            (
                f"{name}{at:05d}", at, None if at % 5 == 0 else at / 7, None if at % 3 else Decimal(at) / 4, at % 2 == 0,
                None if at % 4 == 0 else date(1990, 1, 1) + timedelta(at), moment, moment.replace(tzinfo=None),
                None if at % 6 == 0 else time(at % 24, at % 60, 1, at), UUID(int=at * 10**30),
                None if at % 7 == 0 else bytes([at % 256, 0]),
                [f"t{at % 3}", "ü"][: at % 3],
            )
        )  # fmt: skip
    return rows


NAMES = ["code", "number", "share", "credit", "active", "born", "seen", "local", "opens", "mark", "photo", "tags"]


def frame() -> pa.Table:
    rows = sorted(values(), key=lambda row: row[0].encode())
    columns = dict(zip(NAMES, map(list, zip(*rows, strict=True)), strict=True))
    columns["mark"] = [str(value) for value in columns["mark"]]
    columns["credit"] = pa.array(columns["credit"], pa.decimal128(12, 2))
    return pa.table(columns)


def world(rows: Any, **more: Any) -> World:
    return World("demo", given={"shop.customer": rows}, packs=PACKS, **more)


def refused(function: Any) -> DatamimicError:
    with pytest.raises(DatamimicError) as caught:
        function()
    return caught.value


@pytest.fixture(autouse=True)
def _cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


@pytest.fixture(scope="module")
def postgresql() -> Iterator[str]:
    psycopg = pytest.importorskip("psycopg")
    try:
        connection = psycopg.connect(POSTGRESQL, autocommit=True)
    except psycopg.Error as error:
        pytest.skip(f"no PostgreSQL at {POSTGRESQL}: {str(error).strip().splitlines()[0]}")
    with connection:
        connection.execute(f"DROP SCHEMA IF EXISTS {SCHEMA} CASCADE; CREATE SCHEMA {SCHEMA}")
        connection.execute(
            f"CREATE TABLE {SCHEMA}.customer (code text PRIMARY KEY, number int, share float8, credit numeric(12,2), "
            "active bool, born date, seen timestamptz, local timestamp, opens time, mark uuid, photo bytea, "
            "tags text[], extra json)"
        )
        connection.cursor().executemany(
            f"INSERT INTO {SCHEMA}.customer VALUES ({', '.join(['%s'] * 12)}, '1')", values()
        )
        connection.execute(f"CREATE TABLE {SCHEMA}.loose AS SELECT * FROM {SCHEMA}.customer ORDER BY born")
        connection.execute(f"CREATE VIEW {SCHEMA}.seen_view AS SELECT * FROM {SCHEMA}.customer")
        yield f"{POSTGRESQL}#{SCHEMA}.customer"
        connection.execute(f"DROP SCHEMA IF EXISTS {SCHEMA} CASCADE")


@pytest.fixture(scope="module")
def mariadb() -> Iterator[str]:
    pymysql = pytest.importorskip("pymysql")
    url = make_url(MARIADB)
    try:
        connection = pymysql.connect(
            host=url.host or "localhost", port=url.port or 3306, user=url.username or "root", password=url.password or "",
            database=url.database, autocommit=True, charset="utf8mb4",
        )  # fmt: skip
    except pymysql.MySQLError as error:
        pytest.skip(f"no MariaDB at {url.render_as_string()}: {error}")
    with connection, connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE IF EXISTS {TABLE}")
        cursor.execute(
            f"CREATE TABLE {TABLE} (code varchar(20) CHARACTER SET utf8mb4 PRIMARY KEY, number int, share double, "
            "credit decimal(12,2), active bool, born date, seen datetime(6), local datetime(6), opens time(6), mark char(36), "
            "photo blob, tags json)"
        )
        rows = [
            (*row[:6], row[6].replace(tzinfo=None), *row[7:9], str(row[9]), row[10], json.dumps(row[11]))
            for row in values()
        ]
        cursor.executemany(f"INSERT INTO {TABLE} VALUES ({', '.join(['%s'] * 12)})", rows)
        yield f"{MARIADB}#{TABLE}"
        cursor.execute(f"DROP TABLE IF EXISTS {TABLE}")


@pytest.fixture
def sqlite(tmp_path: Path) -> str:
    file = tmp_path / "shop.sqlite"
    connection = sqlite3.connect(file)
    connection.execute(
        "CREATE TABLE customer (code TEXT PRIMARY KEY COLLATE NOCASE, number INT, share REAL, credit NUMERIC, active INT, "
        "born TEXT, seen TEXT, local TEXT, opens TEXT, mark TEXT, photo BLOB, tags TEXT)"
    )
    rows = [
        (*row[:3], None if row[3] is None else float(row[3]), row[4], row[5] and row[5].isoformat(), row[6].isoformat(),
         row[6].isoformat(), row[8] and row[8].isoformat(), str(row[9]), row[10], json.dumps(row[11]))
        for row in values()
    ]  # fmt: skip
    connection.executemany(f"INSERT INTO customer VALUES ({', '.join('?' * 12)})", rows)
    connection.commit()
    connection.close()
    return f"{file}#customer"


@pytest.fixture
def duckdb(tmp_path: Path) -> str:
    library = pytest.importorskip("duckdb")
    file = tmp_path / "shop.duckdb"
    with library.connect(str(file)) as connection:
        connection.execute(
            "CREATE TABLE customer (code TEXT PRIMARY KEY, number INT, share DOUBLE, credit DECIMAL(12,2), active BOOL, "
            "born DATE, seen TIMESTAMPTZ, local TIMESTAMP, opens TIME, mark UUID, photo BLOB, tags TEXT[])"
        )
        connection.register("given_rows", frame())
        connection.execute("INSERT INTO customer SELECT * FROM given_rows ORDER BY born")
    return f"duckdb:///{file}#customer"


@pytest.fixture(params=["postgresql", "mariadb", "sqlite", "duckdb"])
def table(request: pytest.FixtureRequest) -> str:
    found: str = request.getfixturevalue(request.param)
    return found


def test_the_rows_are_those_of_the_table_in_the_order_of_its_key(table: str) -> None:
    made, expected = world(table), world(frame())
    assert made["shop.customer"].to_arrow().equals(expected["shop.customer"].to_arrow())
    assert made["shop.order"].to_arrow().equals(expected["shop.order"].to_arrow())
    assert made.origin.given["shop.customer"].sha256 == expected.origin.given["shop.customer"].sha256
    assert made["shop.customer"].find("Z00001") is not None


def test_tables_without_a_key_and_views_are_in_the_order_of_all_columns(postgresql: str) -> None:
    expected = world(frame())["shop.customer"].to_arrow()
    for name in ("loose", "seen_view"):
        assert world(f"{POSTGRESQL}#{SCHEMA}.{name}")["shop.customer"].to_arrow().equals(expected)


def test_a_table_is_read_once_for_all_who_share_a_world(duckdb: str) -> None:
    made = world(duckdb)
    rows = made["shop.order"].to_arrow()
    Path(duckdb.removeprefix("duckdb://").partition("#")[0]).unlink()
    assert pickle.loads(pickle.dumps(made))["shop.order"].to_arrow().equals(rows)
    error = refused(lambda: World(Origin.parse(made.origin.to_dict()), packs=PACKS))
    assert error.code == "no_given_rows"


def test_a_changed_table_is_told(table: str, tmp_path: Path) -> None:
    made = world(table)
    out = tmp_path / "orders.parquet"
    made["shop.order"][0:500].write(out)
    why = explain(made, "shop.order", 3, "credit")
    given_ = {"shop.customer": table}
    assert verify(out, given=given_, packs=PACKS).holds
    change = f"UPDATE {{}} SET number = number + 1 WHERE code = '{frame()['code'][7].as_py()}'"
    place, _, name = table.partition("#")
    if place == POSTGRESQL:
        import psycopg

        with psycopg.connect(POSTGRESQL, autocommit=True) as connection:
            connection.execute(change.format(name))
    elif place == MARIADB:
        import pymysql

        url = make_url(MARIADB)
        with pymysql.connect(
            host=url.host, port=url.port or 3306, user=url.username, password=url.password or "",
            database=url.database, autocommit=True,
        ) as connection:  # fmt: skip
            connection.cursor().execute(change.format(name))
    elif place.startswith("duckdb"):
        import duckdb as library

        with library.connect(place.removeprefix("duckdb://")) as connection:
            connection.execute(change.format(name))
    else:
        connection = sqlite3.connect(place)
        connection.execute(change.format(name))
        connection.commit()
        connection.close()
    error = refused(lambda: verify(out, given=given_, packs=PACKS))
    assert error.code == "given_changed" and "digest" in error.message
    # A manifest may be anybody's: no server is asked because one says so.
    alone = "no_given_rows" if place in (POSTGRESQL, MARIADB) else "given_changed"
    assert refused(lambda: World(Origin.parse(why["world"]), packs=PACKS)).code == alone
    assert world(table).origin != made.origin


@pytest.fixture
def reader(postgresql: str) -> Iterator[str]:
    """A role with a password."""
    import psycopg

    with psycopg.connect(POSTGRESQL, autocommit=True) as connection:
        connection.execute(f"DROP ROLE IF EXISTS {READER}; CREATE ROLE {READER} LOGIN SUPERUSER PASSWORD 'geh:eim@1'")
        yield READER
        connection.execute(f"DROP ROLE {READER}")


def test_no_password_gets_into_anything(reader: str, tmp_path: Path) -> None:
    url = make_url(POSTGRESQL)
    secret = url.set(username=reader, password="geh:eim@1").render_as_string(hide_password=False)
    table = f"{secret}#{SCHEMA}.customer"
    made = world(table)
    assert len(made["shop.customer"]) == ROWS
    out = tmp_path / "orders.csv"
    made["shop.order"][0:100].write(out)
    told = [
        repr(made.origin), repr(made), str(made.origin.to_dict()), repr(source(table)),
        out.with_name("orders.csv.manifest.json").read_text(),
        json.dumps(explain(made, "shop.order", 3, "credit")), json.dumps(explain(made, "shop.customer", 3, "code")),
        refused(lambda: world(table + "x")).render(),
        refused(lambda: world(secret)).render(),
        refused(lambda: world(f"{secret.replace(str(url.port or 5432), '1')}#x")).render(),
    ]  # fmt: skip
    for text in told:
        assert "eim" not in text and reader not in text, text
    assert f"{SCHEMA}.customer" in told[2]
    assert verify(out, given={"shop.customer": table}, packs=PACKS).holds


@pytest.mark.parametrize(
    ("place", "code"),
    [
        ("postgresql://localhost:1/shop#customer", "no_given_rows"),
        ("mariadb://me:geheim@127.0.0.1:1/shop#customer", "no_given_rows"),
        ("mariadb://127.0.0.1#customer", "no_given_rows"),
        ("postgresql://me:ge#heim@localhost/shop", "bad_given"),
        ("postgresql://me:geheim@localhost/shop", "bad_given"),
        ("postgresql://localhost/shop#a.b.c", "bad_given"),
        ("oracle://me:geheim@localhost/shop#t", "unknown_source"),
        ("sqlite:///nowhere.sqlite#t", "no_given_rows"),
        ("nowhere.duckdb#t", "no_given_rows"),
        ("sqlite://#t", "bad_given"),
    ],
)
def test_places_that_are_none(place: str, code: str) -> None:
    if place.startswith("mariadb"):
        pytest.importorskip("pymysql")
    if "duckdb" in place:
        pytest.importorskip("duckdb")
    error = refused(lambda: world(place))
    assert error.code == code, error.render()
    assert "heim" not in error.render()


def test_tables_and_columns_that_are_not_there(table: str) -> None:
    place, _, name = table.rpartition("#")
    error = refused(lambda: world(f"{place}#{name}s"))
    assert error.code == "unknown_table"
    assert name in error.render() or name.rpartition(".")[2] in error.render()
    error = refused(lambda: World(1, given={"shop.other": table}, packs=PACKS))
    assert error.code == "unknown_column" and "did you mean" in error.render()
    error = refused(lambda: world(source(table, delimiter=";")))
    assert "no setting 'delimiter'" in error.message


def test_names_are_taken_as_they_are(tmp_path: Path) -> None:
    file = tmp_path / "shop.db"
    connection = sqlite3.connect(file)
    connection.executescript('CREATE TABLE "a.b ""c#" (codes TEXT); INSERT INTO "a.b ""c#" VALUES (\'x\')')
    connection.close()
    made = World(1, given={"shop.other": f'{file}#"a.b ""c%23"'}, packs=PACKS)
    assert made["shop.other"][0].codes == "x"
    assert World(Origin.parse(made.origin.to_dict()), packs=PACKS) == made


def test_on_the_command_line(sqlite: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (datamimic.world, datamimic.cli.group):
        monkeypatch.setattr(module, "installed_packs", lambda: PACKS)
    runner, output = CliRunner(), tmp_path / "orders.csv"
    arguments = ["generate", "order", "--seed", "1", "-n", "50", "--given", f"customer={sqlite}", "-o", str(output)]
    result = runner.invoke(main, arguments)
    assert result.exit_code == 0, result.output
    assert runner.invoke(main, ["verify", str(output)]).exit_code == 0
    result = runner.invoke(main, ["explain", "shop.order", "3", "credit", "--manifest", str(output)])
    assert result.exit_code == 0 and "shop.sqlite#customer" in result.output
    place = sqlite.partition("#")[0]
    with sqlite3.connect(place) as connection:
        connection.execute("DELETE FROM customer WHERE number = 5")
    connection.close()
    result = runner.invoke(main, ["verify", str(output)])
    assert result.exit_code == 2 and "given_changed" in result.stderr
    result = runner.invoke(main, [*arguments[:6], "--given", f"customer=mariadb://me:geheim@127.0.0.1:1/x#{TABLE}"])
    assert result.exit_code == 2 and "geheim" not in result.output
