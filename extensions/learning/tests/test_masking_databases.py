"""Databases masked, of every kind that there is: constraints on, nothing changed where something fails; views by role."""

from __future__ import annotations

import os
import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import make_url
from sqlalchemy.exc import SQLAlchemyError

from datamimic import DatamimicError
from datamimic_learning import BadPlan, MaskingKey, mask, parse_plan
from datamimic_learning.masking.views import views_of

KEY = MaskingKey.of_bytes(bytes(range(32)))
SERVERS = {
    "postgresql": os.environ.get("DATAMIMIC_TEST_POSTGRESQL", "postgresql://localhost:5432/test?connect_timeout=60"),
    "mariadb": os.environ.get("DATAMIMIC_TEST_MARIADB", "mariadb://root@127.0.0.1:3306/test"),
}
DRIVERS = {"postgresql": "psycopg", "mariadb": "pymysql"}
TABLES = (
    "CREATE TABLE customers (id INTEGER PRIMARY KEY, first_name varchar(40) NOT NULL, email varchar(120) NOT NULL UNIQUE, "
    "born date, boss INTEGER REFERENCES customers(id), limits numeric(10, 2))",
    "CREATE TABLE orders (id INTEGER PRIMARY KEY, customer_id INTEGER NOT NULL REFERENCES customers(id), "
    "email varchar(120) NOT NULL REFERENCES customers(email), note varchar(200), amount numeric(8, 2) CHECK (amount > 0))",
)
PLAN = """
mask: 1
locale: de_DE
tables:
  customers:
    subjects: {person: {of: common.person, key: email, columns: {first_name: given_name, email: email, born: birthdate}}}
    columns:
      id: {method: encrypt, domain: customer, width: 8}
      boss: {method: encrypt, domain: customer, width: 8}
      limits: keep
  orders:
    subjects: {person: {of: common.person, key: email, columns: {email: email}}}
    columns:
      {id: keep, customer_id: {method: encrypt, domain: customer, width: 8}, note: text, amount: {method: noise, share: 0.1}}
"""


def rows() -> list[tuple[str, list[Any]]]:
    people = [
        (n, f"Quendolin{n}", f"q{n}@firma.de", f"19{50 + n}-03-04", n - 1 or None, 10.5 * n) for n in range(1, 21)
    ]
    orders = [
        (n, 1 + n % 20, f"q{1 + n % 20}@firma.de", f"Quendolin{1 + n % 20} rief an", 1.25 + n) for n in range(1, 51)
    ]
    return [("customers", people), ("orders", orders)]


@contextmanager
def place(kind: str, name: str, folder: Path, *, filled: bool) -> Iterator[str]:
    """A database of the test's own; skipped where there is no server."""
    called = f"dm_mask_test_{name}_{os.getpid()}"
    if kind == "sqlite":
        made = f"sqlite:///{folder / called}.db"
        sqlite3.connect(folder / f"{called}.db").close()
        if filled:
            fill(made, "sqlite")
        yield made
        return
    pytest.importorskip(DRIVERS[kind])
    server = sa.create_engine(re.sub(r"^(\w+):", rf"\1+{DRIVERS[kind]}:", SERVERS[kind]), isolation_level="AUTOCOMMIT")
    try:
        connection = server.connect()
    except SQLAlchemyError:
        pytest.skip(f"no {kind} here")
    drop = f"DROP DATABASE IF EXISTS {called}" + (" WITH (FORCE)" if kind == "postgresql" else "")
    with connection:
        connection.exec_driver_sql(drop)
        connection.exec_driver_sql(f"CREATE DATABASE {called}")
        made = make_url(SERVERS[kind]).set(database=called).render_as_string(hide_password=False)
        try:
            if filled:
                fill(made, kind)
            yield made
        finally:
            connection.exec_driver_sql(drop)
    server.dispose()


def engine(url: str) -> sa.Engine:
    kind = url.partition(":")[0]
    driven = re.sub(r"^(\w+):", rf"\1+{DRIVERS[kind]}:", url) if kind in DRIVERS else url
    return sa.create_engine(driven, poolclass=sa.pool.NullPool)


def fill(url: str, kind: str) -> None:
    with engine(url).begin() as connection:
        for each in TABLES:
            # MariaDB takes references of columns without a word of it, and does nothing.
            text = each
            if kind == "mariadb":
                found = re.findall(r"(\w+) (?:INTEGER|varchar\(\d+\))(?: NOT NULL)? REFERENCES (\w+)\((\w+)\)", each)
                text = (
                    re.sub(r" REFERENCES \w+\(\w+\)", "", each)[:-1]
                    + "".join(f", FOREIGN KEY ({own}) REFERENCES {table} ({column})" for own, table, column in found)
                    + ")"
                )
            connection.exec_driver_sql(text)
        sign = "?" if kind == "sqlite" else "%s"
        for table, values in rows():
            connection.exec_driver_sql(f"INSERT INTO {table} VALUES ({', '.join([sign] * len(values[0]))})", values)


def answer(url: str, query: str) -> list[tuple[Any, ...]]:
    with engine(url).connect() as connection:
        return [tuple(row) for row in connection.exec_driver_sql(query).fetchall()]


@pytest.mark.parametrize("kind", ["sqlite", "postgresql", "mariadb"])
def test_a_database_is_masked_into_another_one(kind: str, tmp_path: Path) -> None:
    with place(kind, "from", tmp_path, filled=True) as source, place(kind, "to", tmp_path, filled=False) as target:
        report = mask(source, target, KEY, parse_plan(PLAN))
        assert {each.table: each.rows for each in report.tables} == {"customers": 20, "orders": 50}
        held = str([answer(target, f"SELECT * FROM {table}") for table in ("customers", "orders")])
        assert "Quendolin" not in held and "firma" not in held
        joined = "FROM orders o JOIN customers c ON c.id = o.customer_id AND c.email = o.email"
        assert answer(target, f"SELECT count(*) {joined}") == [(50,)]
        assert all(
            note == f"{first} rief an" for note, first in answer(target, f"SELECT o.note, c.first_name {joined}")
        )
        assert answer(target, "SELECT count(*) FROM customers c JOIN customers b ON b.id = c.boss") == [(19,)]
        assert answer(target, "SELECT sum(limits) FROM customers") == answer(
            source, "SELECT sum(limits) FROM customers"
        )
        with engine(target).connect() as connection:
            if kind == "sqlite":
                connection.exec_driver_sql("PRAGMA foreign_keys = ON")
            with pytest.raises(SQLAlchemyError):
                connection.exec_driver_sql("INSERT INTO orders VALUES (999, 1, 'nobody', NULL, 5)")
        with pytest.raises(DatamimicError, match="holds rows"):
            mask(source, target, KEY, parse_plan(PLAN))
        part = mask(source, tmp_path / "part", KEY, parse_plan(PLAN), where={"orders": "id <= 2"})
        assert {each.table: each.rows for each in part.tables} == {"customers": 3, "orders": 2}


@pytest.mark.parametrize("kind", ["sqlite", "postgresql", "mariadb"])
def test_nothing_is_changed_where_the_database_refuses(kind: str, tmp_path: Path) -> None:
    broken = parse_plan(PLAN.replace("amount: {method: noise, share: 0.1}", "amount: {method: generalise, step: 1000}"))
    with place(kind, "from", tmp_path, filled=True) as source, place(kind, "to", tmp_path, filled=False) as target:
        with pytest.raises(DatamimicError) as caught:
            mask(source, target, KEY, broken)
        assert caught.value.code == "learning.mask_refused" and "orders" in caught.value.message
        assert caught.value.__cause__ is None and caught.value.__context__ is None
        with engine(target).connect() as connection:
            assert sa.inspect(connection).get_table_names() == []


def test_a_key_and_what_refers_to_it_are_masked_alike(tmp_path: Path) -> None:
    with place("sqlite", "from", tmp_path, filled=True) as source:
        changes = {
            "id: {method: encrypt, domain: customer, width: 8}": "id: keep",
            "key: email, columns: {email": "key: email, domain: x, columns: {email",
        }
        for one, other in changes.items():
            with pytest.raises(BadPlan, match="refers to customers"):
                mask(source, tmp_path / "x.db", KEY, parse_plan(PLAN.replace(one, other)))
    with pytest.raises(DatamimicError) as caught:
        mask(tmp_path, f"sqlite:///{tmp_path}/x.db", KEY, parse_plan(PLAN))
    assert caught.value.code == "learning.unlike_places"


def test_a_role_sees_masks_and_the_owner_values(tmp_path: Path) -> None:
    with place("postgresql", "views", tmp_path, filled=True) as url:
        role = f"dm_viewer_{os.getpid()}"
        with engine(url).execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
            connection.exec_driver_sql(f"CREATE ROLE {role}")
            try:
                made = views_of(url, parse_plan(PLAN), [role])
                assert any("encryption" in each for each in made.notes)
                for _ in range(2):
                    for statement in made.text.split(";\n"):
                        if statement.strip():
                            connection.execute(sa.text(statement.replace(":", r"\:")))
                owned = connection.exec_driver_sql("SELECT first_name FROM customers ORDER BY id").fetchall()
                assert owned[0] == ("Quendolin1",)
                connection.exec_driver_sql(f"SET ROLE {role}")
                seen = str(connection.exec_driver_sql("SELECT * FROM masked.customers").fetchall())
                assert "Quendolin" not in seen and "firma" not in seen
                joined = "masked.orders o JOIN masked.customers c ON c.id = o.customer_id AND c.email = o.email"
                assert connection.exec_driver_sql(f"SELECT count(*) FROM {joined}").scalar() == 50
                for closed in ("customers", "masked.masking_secret"):
                    with pytest.raises(SQLAlchemyError, match="permission denied"):
                        connection.exec_driver_sql(f"SELECT * FROM {closed}")
            finally:
                connection.exec_driver_sql("RESET ROLE")
                connection.exec_driver_sql(f"DROP OWNED BY {role}")
                connection.exec_driver_sql(f"DROP ROLE {role}")


@pytest.mark.parametrize("kind", ["sqlite", "mariadb"])
def test_views_of_other_databases(kind: str, tmp_path: Path) -> None:
    with place(kind, "views", tmp_path, filled=True) as url:
        made = views_of(url, parse_plan(PLAN), [])
        with engine(url).begin() as connection:
            for statement in made.text.split(";\n"):
                if statement.strip():
                    connection.exec_driver_sql(statement.replace("%", "%%") if kind == "mariadb" else statement)
        seen = str(answer(url, "SELECT * FROM masked_customers") + answer(url, "SELECT * FROM masked_orders"))
        assert "Quendolin" not in seen and "firma" not in seen


CIRCLE = (
    "CREATE TABLE person (id integer PRIMARY KEY, email text UNIQUE, profile jsonb, tags text[], bank char(4), no integer)",
    "CREATE TABLE account (bank char(4), no integer, owner integer NOT NULL REFERENCES person(id), PRIMARY KEY (bank, no))",
    "ALTER TABLE person ADD FOREIGN KEY (bank, no) REFERENCES account(bank, no)",
    "INSERT INTO person SELECT i, 'p' || i || '@firma.de', jsonb_build_object('contact', jsonb_build_object('mail', 'q' "
    "|| i || '@privat.de'), 'score', i), array['t' || i || '@tag.de'] FROM generate_series(1, 40) i",
    "INSERT INTO account SELECT 'BK0' || mod(i, 2), i, i FROM generate_series(1, 40) i",
    "UPDATE person SET bank = a.bank, no = a.no FROM account a WHERE a.owner = 1 + mod(person.id, 40)",
)


def test_circles_of_keys_of_several_columns_and_documents_by_the_plan_that_is_proposed(tmp_path: Path) -> None:
    with (
        place("postgresql", "circle", tmp_path, filled=False) as source,
        place("postgresql", "round", tmp_path, filled=False) as target,
    ):
        with engine(source).begin() as connection:
            for each in CIRCLE:
                connection.exec_driver_sql(each)
        mask(source, target, KEY)
        held = str(answer(target, "SELECT * FROM person"))
        assert not any(each in held for each in ("@firma.de", "@privat.de", "@tag.de"))
        scores = "SELECT sum((profile->>'score')::int), sum(cardinality(tags)), count(profile#>>'{contact,mail}') FROM person"
        assert answer(target, scores) == [(820, 40, 40)]
        there = "SELECT count(*) FROM person p JOIN account a ON (a.bank, a.no) = (p.bank, p.no)"
        assert answer(target, there) == [(40,)]
        part = mask(source, tmp_path / "part", KEY, where={"person": "id = 7"})
        # Who has an account of somebody else needs her, and she whose she has, round and round.
        assert {each.table: each.rows for each in part.tables} == {"person": 40, "account": 40}
