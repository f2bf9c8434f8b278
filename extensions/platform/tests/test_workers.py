"""Worker processes as they are: killed, cancelled, several at a time. Waits are for something to become so."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa
from attrs import evolve
from sqlalchemy.orm import Session

from datamimic_platform.jobs.heartbeat import BEAT, GRACE
from datamimic_platform.jobs.request import Request
from datamimic_platform.jobs.states import Status
from datamimic_platform.jobs.submitting import Submission, checked, submit
from datamimic_platform.jobs.worker import POLL, Worker
from datamimic_platform.security.rights import Actor
from datamimic_platform.services.jobs import Order, cancel_job, submit_job
from datamimic_platform.services.people import keep_secret
from datamimic_platform.services.uploads import upload
from datamimic_platform.settings import Settings
from datamimic_platform.store.store import Store, open_store
from datamimic_platform.store.work import Artefact, Attempt, Job, JobPart

PEOPLE = """\
tables:
  - table_name: people
    columns:
      - {name: person_id, type: int, constraints: [PK], rule: {type: range, min: 1, max: 1000000000000}}
      - {name: first_name, type: str, rule: first_name}
"""
"""Of any number of rows, which need no planning."""
pytestmark = pytest.mark.skipif(os.name == "nt", reason="kills processes by signals")


@pytest.fixture
def real(settings: Settings) -> Iterator[Store]:
    """A store with the clock of the machine, which processes share, and short leases."""
    made = open_store(evolve(settings, lease_seconds=2, max_attempts=60))
    yield made
    made.close()


@contextmanager
def working(store: Store, slots: int) -> Iterator[Worker]:
    worker = Worker(store, slots)
    thread = threading.Thread(target=worker.run)
    thread.start()
    try:
        yield worker
    finally:
        worker.stop()
        thread.join()


def queued(store: Store, actor: Actor, text: str, rows: int) -> str:
    request = checked(
        store,
        actor,
        Request(kind="generate", text=text, file_name="shop.yaml", options={"seed": "demo", "rows": rows}),
    )
    with store.writing() as session:
        return submit(store, session, actor, Submission(request=request)).id


def until(true: Callable[[], object]) -> None:
    """Looks again and again, and yields the processor between."""
    while not true():
        threading.Event().wait(0.02)


def status(store: Store, job: str) -> Status:
    with store.reading() as session:
        return Status(session.get_one(Job, job).status)


def ended(store: Store, *jobs: str) -> Callable[[], bool]:
    return lambda: all(status(store, job).ended for job in jobs)


def at_once(session: Session, job: str) -> Job:
    """The job, which does not wait before it is tried again."""
    kept = session.get_one(Job, job)
    if kept.status == Status.QUEUED:
        kept.not_before = datetime(2020, 1, 1, tzinfo=UTC)
    return kept


def at_once_ended(store: Store, job: str) -> bool:
    with store.writing() as session:
        return Status(at_once(session, job).status).ended


def written(store: Store, job: str) -> dict[str, bytes]:
    with store.reading() as session:
        found = session.scalars(sa.select(Artefact).where(Artefact.job_id == job)).all()
    return {each.name: Path(each.path).read_bytes() for each in found}


def test_killed_processes_cost_an_attempt_and_no_row(real: Store, new_workspace: Callable[..., Actor]) -> None:
    kill_and_compare(real, new_workspace(real), kills=2)


@pytest.mark.thorough
def test_fifty_kills(real: Store, new_workspace: Callable[..., Actor]) -> None:
    kill_and_compare(real, new_workspace(real), kills=50)


def kill_and_compare(store: Store, actor: Actor, kills: int) -> None:
    """Kill the process of a large job as soon as it makes rows, so many times; then let it end."""
    with working(store, 1) as worker:
        job = queued(store, actor, PEOPLE, 90_000_000)
        killed: set[int] = set()

        def kill() -> bool:
            pid = worker.running.get(job)
            with store.writing() as session:
                kept = at_once(session, job)
                if pid is None or pid in killed or kept.phase != "generating":
                    return False
                if len(killed) == kills - 1:
                    kept.request = {**kept.request, "options": {"seed": "demo", "rows": 3_000}}
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                return False
            killed.add(pid)
            return len(killed) == kills

        until(kill)
        small = queued(store, actor, PEOPLE, 3_000)
        until(lambda: at_once_ended(store, job) and status(store, small).ended)
    assert status(store, job) is Status.COMPLETED
    assert written(store, job) == written(store, small)
    with store.reading() as session:
        told = [each.outcome for each in session.scalars(sa.select(Attempt).where(Attempt.job_id == job))]
    assert told.count("retried") == kills and told.count("completed") == 1
    assert len(list((store.settings.data_folder / "artefacts" / job).iterdir())) == 1
    assert not [each for each in (store.settings.data_folder / "work").iterdir() if each.name.startswith("job_")]


@pytest.mark.thorough  # a job that lasts until both were killed has millions of rows
def test_a_shared_job_has_the_bytes_of_one_run_whoever_is_killed(
    real: Store, new_workspace: Callable[..., Actor]
) -> None:
    share_and_kill(real, new_workspace(real), kills=2, rows=3_000_000)


@pytest.mark.thorough
def test_fifty_kills_of_a_shared_job(real: Store, new_workspace: Callable[..., Actor]) -> None:
    share_and_kill(real, new_workspace(real), kills=50, rows=3_000_000)


def share_and_kill(store: Store, actor: Actor, kills: int, rows: int) -> None:
    """In parts of one block each: kill the process that joins and those that help in turn; then let it end."""
    sharing = Store(store.engine, evolve(store.settings, part_rows=1), store.now)
    killed: list[int] = []
    with working(sharing, 3) as worker:
        job = queued(store, actor, PEOPLE, rows)

        def kill() -> bool:
            helpers = [pid for pid in worker.helping if pid is not None and pid not in killed]
            joiner = worker.running.get(job)
            pid = joiner if len(killed) % 3 == 1 else next(iter(helpers), None)
            with store.writing() as session:
                kept = at_once(session, job)
                if Status(kept.status).ended:
                    return True
                if pid is None or pid in killed or kept.phase != "generating" or not helpers:
                    return False
                try:
                    os.kill(pid, signal.SIGKILL)
                except ProcessLookupError:
                    return False  # it ended by itself meanwhile
            killed.append(pid)
            return len(killed) == kills

        until(kill)
        until(lambda: at_once_ended(store, job))
    assert status(store, job) is Status.COMPLETED and len(killed) == kills
    whole = queued(store, actor, PEOPLE, rows)
    with working(store, 1):
        until(ended(store, whole))
    assert written(store, job) == written(store, whole)
    with store.reading() as session:
        assert session.get_one(Job, job).rows_done == rows
        assert session.scalars(sa.select(JobPart)).all() == []
    assert len(list((store.settings.data_folder / "artefacts" / job).iterdir())) == 1
    assert not [each for each in (store.settings.data_folder / "work").iterdir() if each.name.startswith("job_")]


def test_a_running_job_is_cancelled_within_two_seconds_and_frees_its_slot(
    real: Store, new_workspace: Callable[..., Actor]
) -> None:
    actor = new_workspace(real)
    with working(real, 1) as worker:
        long, short = queued(real, actor, PEOPLE, 900_000_000), queued(real, actor, PEOPLE, 10)
        until(lambda: status(real, long) is Status.RUNNING and long in worker.running)
        with real.writing() as session:
            session.get_one(Job, long).cancel_requested = True
        until(ended(real, long, short))
    assert BEAT + GRACE + POLL <= 2
    assert (status(real, long), status(real, short)) == (Status.CANCELLED, Status.COMPLETED)
    with real.reading() as session:
        job = session.get_one(Job, long)
        attempt = session.get_one(Attempt, (long, 1))
    assert job.ended_at is not None and attempt.reason is not None
    assert written(real, long) == {}


@pytest.mark.thorough
@pytest.mark.parametrize("kind", ["profile", "learn", "mask", "messages", "fill"])
def test_every_kind_tells_its_phases_and_ends_when_it_is_cancelled(
    settings: Settings, new_workspace: Callable[..., Actor], postgresql: str, kind: str
) -> None:
    """`BEAT + GRACE + POLL` are the two seconds; here, that each kind is reached by them and leaves nothing."""
    store = open_store(evolve(settings, allowed_hosts=("localhost",), max_attempts=9))
    actor, rows = new_workspace(store), 1_200_000
    keep_secret(store, actor, "mask", "0123456789abcdef" * 4)
    keep_secret(store, actor, "database", postgresql.replace("postgresql+psycopg", "postgresql"))
    engine = sa.create_engine(sa.make_url(postgresql).set(drivername="postgresql+psycopg"), poolclass=sa.pool.NullPool)
    with engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE IF EXISTS to_be_filled")
        connection.exec_driver_sql("CREATE TABLE to_be_filled (id INTEGER PRIMARY KEY, email TEXT NOT NULL)")
    files = {}
    if kind in ("profile", "learn", "mask"):
        lines = (f"{n},person{n}@mail.example,{n % 70}\n" for n in range(rows))
        text = "id,email,age\n" + "".join(lines)
        files = {"people.csv": upload(store, actor, "people.csv", iter([text.encode()]))["id"]}
    said = {
        "profile": {"source": "people.csv"},
        "learn": {"source": "people.csv"},
        "mask": {"source": "people.csv", "key": "secret:mask"},
        "messages": {"entities": {"common.person": 20_000_000}, "messages": []},
        "fill": {"url": "secret:database", "rows": 8_000_000, "tables": {"to_be_filled": 8_000_000}},
    }
    order = Order(kind=kind, files=files, options=said[kind])
    with working(store, 1):
        long = submit_job(store, actor, order)["job_id"]
        until(lambda: status(store, long).ended or phase(store, long) not in ("queued", "starting"))
        seen = phase(store, long)
        cancel_job(store, actor, long)
        until(ended(store, long))
        short = queued(store, actor, PEOPLE, 10)
        until(ended(store, short))
    assert (status(store, long), status(store, short)) == (Status.CANCELLED, Status.COMPLETED), seen
    assert written(store, long) == {}
    assert not [each for each in (store.settings.data_folder / "work").iterdir() if each.name.startswith("job_")]
    with engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM to_be_filled").scalar_one() == 0
    store.close()


def phase(store: Store, job: str) -> str:
    with store.reading() as session:
        return session.get_one(Job, job).phase


def test_a_worker_that_is_stopped_gives_its_jobs_back(real: Store, new_workspace: Callable[..., Actor]) -> None:
    job = queued(real, new_workspace(real), PEOPLE, 900_000_000)
    with working(real, 2) as worker:
        until(lambda: job in worker.running)
    assert status(real, job) is Status.QUEUED
    with real.reading() as session:
        assert session.get_one(Attempt, (job, 1)).reason == "the worker was stopped"
