"""The store in both databases: migrations, what the database itself refuses, the audit chain, sealed secrets."""

from __future__ import annotations

from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from argon2 import PasswordHasher
from attrs import evolve
from sqlalchemy.exc import DatabaseError

from datamimic import DatamimicError
from datamimic_platform.security import credentials
from datamimic_platform.security.rights import Actor, Role
from datamimic_platform.security.sealing import seal, unseal
from datamimic_platform.services.jobs import Order, submit_job
from datamimic_platform.settings import Settings, read_settings
from datamimic_platform.store.auditing import record, verify
from datamimic_platform.store.store import Store, open_store
from datamimic_platform.store.tables import METADATA

ACTOR = Actor(0, "test", Role.ADMINISTRATOR)


def test_what_is_migrated_is_what_the_classes_say(either: Store) -> None:
    with either.engine.connect() as connection:
        context = MigrationContext.configure(connection)
        assert context.get_current_revision() is not None
        assert compare_metadata(context, METADATA) == []


def test_passwords_cost_what_the_standard_says() -> None:
    """RFC 9106, second choice: where tests do not make them cheap."""
    made = PasswordHasher()
    assert (made.type.name, made.memory_cost, made.time_cost, made.parallelism) == ("ID", 65_536, 3, 4)
    source = Path(credentials.__file__).read_text()
    assert "_HASHER = PasswordHasher()\n" in source


def test_a_second_start_changes_nothing(store: Store, settings: Settings) -> None:
    open_store(settings).close()


def test_a_database_that_cannot_be_used_is_told_without_its_address(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for url in ("mysql://localhost/x", f"sqlite:///{tmp_path}/file/x.db", "postgresql://localhost:1/x"):
        with pytest.raises(DatamimicError) as caught:
            open_store(Settings(database_url=url))
        assert caught.value.code == "platform.no_database"
        assert "localhost" not in str(caught.value)


def audited(store: Store, rows: int = 5) -> None:
    for number in range(rows):
        with store.writing() as session:
            record(session, store, ACTOR, "thing.change", f"thing {number}", size=number)


def test_the_audit_refuses_changes_in_the_database_itself(either: Store) -> None:
    audited(either)
    for statement in ("UPDATE audit SET actor = 'somebody'", "DELETE FROM audit WHERE number = 3"):
        with pytest.raises(DatabaseError, match="only grows"), either.engine.begin() as connection:
            connection.exec_driver_sql(statement)
    assert verify(either).broken is None


def without_guards(store: Store, *statements: str) -> None:
    drop = ["DROP TRIGGER audit_update", "DROP TRIGGER audit_delete"]
    if store.engine.dialect.name == "postgresql":
        drop = ["DROP TRIGGER audit_changes ON audit"]
    with store.engine.execution_options(writes=True).begin() as connection:
        for each in (*drop, *statements):
            connection.exec_driver_sql(each)


@pytest.mark.parametrize(
    ("statement", "broken"),
    [
        ("UPDATE audit SET actor = 'somebody' WHERE number = 3", 3),
        ("UPDATE audit SET details = '{\"size\": 9}' WHERE number = 2", 2),
        ("DELETE FROM audit WHERE number = 4", 4),
        ("DELETE FROM audit WHERE number = 1", 1),
    ],
)
def test_tampering_is_found_at_its_row(store: Store, statement: str, broken: int) -> None:
    audited(store)
    assert verify(store).broken is None
    without_guards(store, statement)
    found = verify(store)
    assert (found.broken, found.rows) == (broken, broken - 1)


def test_rows_cut_off_at_the_end_are_found_by_a_head_that_was_noted(store: Store) -> None:
    audited(store)
    head = verify(store).head
    audited(store, 1)
    assert verify(store, head=head).broken is None
    without_guards(store, "DELETE FROM audit WHERE number >= 5")
    assert verify(store).broken is None
    assert "not in the chain" in str(verify(store, head=head).reason)


@pytest.mark.parametrize(
    ("statement", "lost"),
    [("DELETE FROM audit WHERE number = (SELECT max(number) FROM audit)", {1}), ("DELETE FROM audit", {0, 1})],
)
def test_rows_cut_off_at_the_end_are_found_by_the_jobs_that_they_ordered(
    store: Store, workspace: Actor, shop: str, statement: str, lost: set[int]
) -> None:
    orders = [Order(kind="validate", text=shop, file_name="shop.yaml")] * 2
    jobs = [submit_job(store, workspace, each)["job_id"] for each in orders]
    assert verify(store).broken is None
    without_guards(store, statement)
    # Of jobs ordered in one millisecond nobody knows which was the first.
    assert any(jobs[each] in str(verify(store).reason) for each in lost)


def test_another_key_makes_another_chain(store: Store) -> None:
    audited(store)
    assert verify(evolve(store, settings=evolve(store.settings, secret_key="k" * 40))).broken == 1


def test_a_secret_opens_with_its_key_in_its_place_alone() -> None:
    sealed = seal("postgresql://user:password@host/db", "key", "secrets/1/db")
    assert b"password" not in sealed
    assert unseal(sealed, "key", "secrets/1/db").endswith("host/db")
    for key, place, text in (
        ("other", "secrets/1/db", sealed),
        ("key", "secrets/2/db", sealed),
        ("key", "secrets/1/db", sealed[:-1]),
    ):
        with pytest.raises(DatamimicError) as caught:
            unseal(text, key, place)
        assert caught.value.code == "platform.sealed"


def test_settings_come_from_the_environment() -> None:
    made = read_settings(
        {"DATABASE_POOL_SIZE": "7", "LOG_LEVEL": "debug", "SYNDATA_ALLOWED_HOSTS": "a, b", "DEBUG": "true"}
    )
    assert (made.pool_size, made.log_level, made.allowed_hosts, made.debug) == (7, "DEBUG", ("a", "b"), True)
    assert read_settings({}).requests_per_minute == 600


GOOD = {
    "ENVIRONMENT": "production",
    "SECRET_KEY": "abcdefghijklmnopqrstuvwxyz0123456789",
    "JWT_SECRET": "9876543210abcdefghijklmnopqrstuvwxyz",
}


@pytest.mark.parametrize(
    "wrong",
    [
        {"SECRET_KEY": ""},
        {"JWT_SECRET": ""},
        {"JWT_SECRET": "short"},
        {"SECRET_KEY": "a" * 40},
        {"JWT_SECRET": GOOD["SECRET_KEY"]},
        {"DEBUG": "yes"},
        {"SSL_ENABLED": "true"},
        {"DATABASE_POOL_SIZE": "many"},
        {"ENVIRONMENT": "prod"},
    ],
)
def test_production_refuses_what_is_missing_or_weak(wrong: dict[str, str]) -> None:
    read_settings(GOOD)
    with pytest.raises(DatamimicError) as caught:
        read_settings({**GOOD, **wrong})
    assert caught.value.code == "platform.bad_setting"
    assert not any(value and value in caught.value.render() for value in wrong.values() if len(value) > 5)


def test_the_pool_of_the_settings_is_that_of_the_engine_and_says_when_it_is_empty(settings: Settings) -> None:
    small = open_store(evolve(settings, pool_size=1, pool_overflow=0, pool_timeout=1))
    assert isinstance(small.engine.pool, sa.pool.QueuePool)
    assert small.engine.pool.size() == 1
    with small.engine.connect(), pytest.raises(sa.exc.TimeoutError):
        small.engine.connect()
    small.close()
