"""Workers of Celery as they are started by the description's line, over the brokers that run here."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest
import sqlalchemy as sa
from attrs import evolve

from datamimic_platform.security.rights import Actor
from datamimic_platform.services.jobs import Order, cancel_job, job, submit_job
from datamimic_platform.settings import Settings
from datamimic_platform.store.store import Store, open_store
from datamimic_platform.store.work import Artefact

pytest.importorskip("celery", reason="the extra celery is not installed")
kombu = pytest.importorskip("kombu")
pytestmark = pytest.mark.skipif(os.name == "nt", reason="ends workers by signals")
REDIS = os.environ.get("DATAMIMIC_TEST_REDIS", "redis://localhost:6379/9")
RABBITMQ = os.environ.get("DATAMIMIC_TEST_RABBITMQ", "amqp://guest:guest@localhost:5672//")


@pytest.fixture
def brokered(request: pytest.FixtureRequest, settings: Settings) -> Iterator[Store]:
    """A store with a broker, and a queue of its own in it; skipped where the broker does not answer."""
    url, queue = request.param, f"syndata-test-{os.getpid()}"
    try:
        with kombu.Connection(url, connect_timeout=2) as connection:
            connection.ensure_connection(max_retries=1)
    except Exception as error:
        pytest.skip(f"the broker of {url.partition(':')[0]} does not answer: {type(error).__name__}")
    made = open_store(evolve(settings, broker_url=url, broker_queue=queue, lease_seconds=3, max_attempts=9))
    yield made
    made.close()
    with kombu.Connection(url) as connection, connection.SimpleQueue(queue) as own:
        own.clear()


@contextmanager
def celery(store: Store, processes: int, log: Path) -> Iterator[psutil.Process]:
    chosen = store.settings
    environment = {name: value for name, value in os.environ.items() if not name.startswith("SYNDATA_")}
    environment |= {
        "DATABASE_URL": chosen.database_url,
        "SYNDATA_BROKER": chosen.broker_url,
        "SYNDATA_QUEUE": chosen.broker_queue,
        "SYNDATA_HOME": str(chosen.data_folder),
        "SYNDATA_LOGS": str(chosen.log_folder),
        "SYNDATA_LEASE_SECONDS": str(chosen.lease_seconds),
        "SYNDATA_MAX_ATTEMPTS": str(chosen.max_attempts),
    }
    line = f"-m celery -A app.jobs.celery_tasks worker --loglevel=info --concurrency={processes} --without-mingle"
    with log.open("w") as out:
        process = subprocess.Popen(
            [sys.executable, *line.split()], env=environment, stdout=out, stderr=out, cwd=log.parent
        )
    try:
        yield psutil.Process(process.pid)
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            for each in psutil.Process(process.pid).children(recursive=True):
                each.kill()
            process.kill()
            process.wait()


def until(true: Callable[[], object]) -> None:
    while not true():
        threading.Event().wait(0.05)


def written(store: Store, identifier: str) -> dict[str, bytes]:
    with store.reading() as session:
        found = session.scalars(sa.select(Artefact).where(Artefact.job_id == identifier)).all()
    return {each.name: Path(each.path).read_bytes() for each in found}


@pytest.mark.parametrize("brokered", [REDIS, RABBITMQ], ids=["redis", "rabbitmq"], indirect=True)
def test_a_job_that_is_submitted_wakes_and_who_is_woken_does_it(
    brokered: Store, new_workspace: Callable[..., Actor], shop: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from datamimic_platform.serving import celery as tasks

    actor, order = new_workspace(brokered), Order(kind="generate", text=shop, file_name="a.yaml", options={"rows": 2})
    made = submit_job(brokered, actor, order)["job_id"]
    settings = brokered.settings
    with kombu.Connection(settings.broker_url) as connection, connection.SimpleQueue(settings.broker_queue) as queue:
        message = queue.get(timeout=600)
        message.ack()
    assert message.headers["task"] == "syndata.wake" and made not in str(message.payload)
    monkeypatch.setattr(tasks, "_store", lambda: brokered)
    assert (tasks.wake(), tasks.wake()) == (1, 0)
    assert job(brokered, actor, made)["status"] == "completed"


@pytest.mark.thorough
@pytest.mark.parametrize("brokered", [REDIS, RABBITMQ], ids=["redis", "rabbitmq"], indirect=True)
def test_a_worker_that_is_woken_makes_the_bytes_of_a_run_here(
    brokered: Store, new_workspace: Callable[..., Actor], shop: str, tmp_path: Path
) -> None:
    from datamimic_platform.jobs.queue import claim
    from datamimic_platform.jobs.running import run_job

    actor, order = (
        new_workspace(brokered),
        Order(kind="generate", text=shop, file_name="shop.yaml", options={"seed": "a"}),
    )
    here = submit_job(brokered, actor, order)["job_id"]
    lease = claim(brokered, "here", here)
    assert lease is not None
    run_job(brokered, lease, lambda: None, lambda: None)
    there = submit_job(brokered, actor, order)["job_id"]
    with celery(brokered, 1, tmp_path / "celery.log"):
        until(lambda: job(brokered, actor, there)["status"] not in ("queued", "running"))
    told = job(brokered, actor, there)
    assert told["status"] == "completed" and told["attempts"][0]["worker"].endswith("/celery")
    assert written(brokered, there) == written(brokered, here) != {}


@pytest.mark.thorough
@pytest.mark.parametrize("brokered", [REDIS, RABBITMQ], ids=["redis", "rabbitmq"], indirect=True)
def test_a_killed_process_of_the_pool_costs_an_attempt_and_a_cancelled_job_two_seconds(
    brokered: Store, new_workspace: Callable[..., Actor], shop: str, tmp_path: Path
) -> None:
    actor = new_workspace(brokered)
    order = Order(
        kind="generate", text=shop, file_name="shop.yaml", options={"seed": "a", "tables": {"orders": 60_000_000}}
    )
    with celery(brokered, 2, tmp_path / "celery.log"):
        long = submit_job(brokered, actor, order)["job_id"]
        until(lambda: job(brokered, actor, long)["progress"]["phase"] == "generating")
        worker = job(brokered, actor, long)["attempts"][0]["worker"]
        os.kill(int(worker.partition(":")[2].partition("/")[0]), signal.SIGKILL)
        until(lambda: job(brokered, actor, long)["attempts"][0]["outcome"] == "retried")
        until(lambda: job(brokered, actor, long)["progress"]["phase"] == "generating")
        asked = brokered.now()
        cancel_job(brokered, actor, long)
        until(lambda: job(brokered, actor, long)["status"] == "cancelled")
        took = (brokered.now() - asked).total_seconds()
        short = submit_job(brokered, actor, evolve(order, options={"seed": "a"}))["job_id"]
        until(lambda: job(brokered, actor, short)["status"] == "completed")
    assert took <= 2.5 and written(brokered, long) == {}


@pytest.mark.parametrize("brokered", [REDIS], ids=["redis"], indirect=True)
def test_the_task_of_the_description_makes_a_table(brokered: Store, monkeypatch: pytest.MonkeyPatch, shop: str) -> None:
    import yaml

    from datamimic_platform.serving import celery as tasks

    monkeypatch.setattr(tasks, "_store", lambda: brokered)
    made = tasks.generate_data_task({**yaml.safe_load(shop), "seed": "demo"}, "orders", 40)
    assert made["status"] == "completed" and made["rows"] == 120
    assert len(Path(made["path"]).read_text().splitlines()) == 121
    assert tasks.generate_data_task.name == "app.jobs.celery_tasks.generate_data_task"


def test_a_broker_that_is_not_there_keeps_nobody(store: Store, workspace: Actor, shop: str) -> None:
    away = Store(store.engine, evolve(store.settings, broker_url="redis://localhost:1/0"), store.now)
    assert submit_job(away, workspace, Order(kind="generate", text=shop, file_name="a.yaml"))["status"] == "queued"
