"""A platform of a test's own: a folder, a database in it or on the server, and a clock that the test moves."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from argon2 import PasswordHasher
from click.testing import CliRunner, Result
from sqlalchemy.exc import SQLAlchemyError

from datamimic_platform.commands.main import main
from datamimic_platform.jobs.queue import claim
from datamimic_platform.jobs.running import run_job
from datamimic_platform.security import credentials
from datamimic_platform.security.rights import Actor, Role
from datamimic_platform.services.jobs import Order, job, submit_job
from datamimic_platform.services.signing_in import administrator_link
from datamimic_platform.settings import Settings
from datamimic_platform.store.store import Store, open_store

from .chromium import Browser, browsing
from .in_a_browser import served

POSTGRESQL = os.environ.get("DATAMIMIC_TEST_POSTGRESQL", "postgresql://localhost:5432/test?connect_timeout=60")
NAME = f"syndata_test_{os.getpid()}"
SHOP = """\
name: shop
rows: 50
tables:
  - table_name: customers
    columns:
      - {name: customer_id, type: int, constraints: [PK], rule: {type: range, min: 1, max: 10000}}
      - {name: first_name, type: str, rule: first_name, sensitivity: PII}
      - {name: email, type: str, rule: email, sensitivity: PII}
  - table_name: orders
    rows: 120
    columns:
      - {name: order_id, type: int, constraints: [PK]}
      - {name: customer_id, type: int, constraints: [FK]}
    foreign_keys:
      - {parent_table: customers, parent_column: customer_id, child_column: customer_id}
"""
CLINIC = """\
tables:
  - {table_name: people, source: people.csv, primary_key: [id]}
  - table_name: visits
    rows: 8
    columns:
      - {name: visit_id, type: int, constraints: [PK]}
      - {name: person, type: int, constraints: [FK]}
    foreign_keys: [{parent_table: people, parent_column: id, child_column: person}]
"""


@pytest.fixture(scope="session")
def platform(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Store, str]]:
    """A store with pages and a worker, and the address of the pages."""
    with served(tmp_path_factory.mktemp("platform")) as made:
        yield made


@pytest.fixture(scope="session")
def browser(platform: tuple[Store, str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """Signed in as the first administrator, by the link that `syndata up` prints; one for all stories of a process."""
    store, address = platform
    with browsing(tmp_path_factory.mktemp("profile")) as made:
        made.open(f"{address}/login?link={administrator_link(store)}")
        made.until("document.querySelector('h1').textContent === 'Dashboard'")
        yield made


class Moments:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.now = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def move(self, **by: float) -> datetime:
        self.now += timedelta(**by)
        return self.now


@pytest.fixture(autouse=True)
def cheap_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    """Argon2 with little memory, so that a login costs milliseconds; `test_store` looks at what it costs otherwise."""
    cheap = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    monkeypatch.setattr(credentials, "_HASHER", cheap)
    monkeypatch.setattr(credentials, "_NOBODY", _NOBODY)


_NOBODY = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash("nobody at all")


Syndata = Callable[..., Result]


@pytest.fixture
def syndata(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, shop: str) -> Syndata:
    """Runs a command line in a folder that has the configuration of the shop."""
    monkeypatch.chdir(tmp_path)
    for name in ("SYNDATA_URL", "SYNDATA_API_KEY", "DATABASE_URL"):
        monkeypatch.delenv(name, raising=False)
    (tmp_path / "config.yaml").write_text(shop)

    def run(line: str, status: int = 0) -> Result:
        done = CliRunner().invoke(main, line.split())
        assert done.exit_code == status, f"{line}\n{done.output}\n{done.stderr}\n{done.exception!r}"
        return done

    return run


@pytest.fixture
def moments() -> Moments:
    return Moments()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(
        database_url=f"sqlite:///{tmp_path / 'store.db'}",
        data_folder=tmp_path / "data",
        log_folder=tmp_path / "logs",
        environment="test",
        requests_per_minute=100_000,
    )


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty database, of which tests have copies."""
    path = tmp_path_factory.mktemp("store") / "empty.db"
    open_store(Settings(database_url=f"sqlite:///{path}")).close()
    return path


@pytest.fixture
def store(settings: Settings, moments: Moments, migrated: Path, tmp_path: Path) -> Iterator[Store]:
    shutil.copyfile(migrated, tmp_path / "store.db")
    made = open_store(settings, moments)
    yield made
    made.close()


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """A database of the tests' own on the server; skipped where there is none."""
    url = sa.make_url(POSTGRESQL).set(drivername="postgresql+psycopg")
    server = sa.create_engine(url, isolation_level="AUTOCOMMIT", poolclass=sa.pool.NullPool)
    try:
        connection = server.connect()
    except SQLAlchemyError as error:
        pytest.skip(f"no PostgreSQL: {str(error).splitlines()[0]}")
    with connection:
        connection.exec_driver_sql(f"DROP DATABASE IF EXISTS {NAME} WITH (FORCE)")
        connection.exec_driver_sql(f"CREATE DATABASE {NAME}")
        yield url.set(database=NAME, drivername="postgresql").render_as_string(hide_password=False)
        connection.exec_driver_sql(f"DROP DATABASE IF EXISTS {NAME} WITH (FORCE)")


@pytest.fixture(params=["sqlite", "postgresql"])
def either(request: pytest.FixtureRequest, settings: Settings, moments: Moments) -> Iterator[Store]:
    """A store in each of the databases, empty."""
    from attrs import evolve

    if request.param == "postgresql":
        url = request.getfixturevalue("postgresql")
        engine = sa.create_engine(sa.make_url(url).set(drivername="postgresql+psycopg"), poolclass=sa.pool.NullPool)
        with engine.begin() as connection:
            connection.exec_driver_sql("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
        settings = evolve(settings, database_url=url)
    made = open_store(settings, moments)
    yield made
    made.close()


@pytest.fixture
def workspace(store: Store) -> Actor:
    return workspace_of(store)


@pytest.fixture
def shop() -> str:
    """A model of two tables, of which one refers to the other: 50 and 120 rows."""
    return SHOP


@pytest.fixture
def clinic() -> str:
    """A model of two tables, of which one is given: rows of `people.csv`, and 8 that refer to them."""
    return CLINIC


@pytest.fixture
def new_workspace() -> Callable[..., Actor]:
    return workspace_of


def workspace_of(store: Store, name: str = "main") -> Actor:
    """An administrator without an account, in a workspace of this name."""
    from datamimic_platform.store.people import Workspace

    with store.writing() as session:
        made = Workspace(name=name, created_at=store.now())
        session.add(made)
        session.flush()
        return Actor(made.id, "test", Role.ADMINISTRATOR)


def completed(store: Store, actor: Actor, order: Order) -> str:
    """A job that was submitted and has run."""
    identifier = str(submit_job(store, actor, order)["job_id"])
    lease = claim(store, "w", identifier)
    assert lease is not None
    run_job(store, lease, lambda: None, lambda: None)
    told = job(store, actor, identifier)
    assert told["status"] == "completed", told["error"]
    return identifier
