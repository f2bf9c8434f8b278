"""Workers of Celery: each process of its pool takes jobs from the store, as those of `syndata up` do, when it is woken.

`celery -A app.jobs.celery_tasks worker` starts them. A process that is killed loses its lease, and its job is tried again.
"""

from __future__ import annotations

import _thread
import os
import signal
import threading
from collections.abc import Mapping
from contextlib import suppress
from functools import lru_cache, partial
from pathlib import Path
from typing import Any, NoReturn

import sqlalchemy as sa
from attrs import evolve
from celery.signals import worker_process_init, worker_ready, worker_shutting_down
from sqlalchemy.exc import SQLAlchemyError

from datamimic_platform.jobs.helping import help_with
from datamimic_platform.jobs.object_storage import here
from datamimic_platform.jobs.parts import claim_part
from datamimic_platform.jobs.queue import Lease, claim, released
from datamimic_platform.jobs.running import run_job, worker_name
from datamimic_platform.jobs.states import Status
from datamimic_platform.jobs.waking import EXPIRES, WAKE, celery_app
from datamimic_platform.observing.observed import observe
from datamimic_platform.security.rights import Actor, Role
from datamimic_platform.services import jobs
from datamimic_platform.services.jobs import Order
from datamimic_platform.services.signing_in import local_workspace
from datamimic_platform.settings import read_settings
from datamimic_platform.store.store import Store, open_store
from datamimic_platform.store.work import Artefact, Job

_SETTINGS = read_settings()
_LOOK = 1.0
"""Seconds between two looks at the store, for jobs whose message was lost, whose time came, or whose worker was."""
app = celery_app(_SETTINGS.broker_url or "memory://", _SETTINGS.broker_queue, _SETTINGS.redis_max_connections)
_over = threading.Event()


@app.task(name=WAKE, expires=EXPIRES)  # type: ignore[untyped-decorator]
def wake() -> int:
    """Take and do jobs, and parts of large ones, until there is nothing to do; how many."""
    store, name, count = _store(), worker_name("/celery"), 0
    while True:
        lease = claim(store, name)
        if lease is not None:
            with suppress(KeyboardInterrupt):
                run_job(store, lease, _thread.interrupt_main, partial(_die, store, lease))
        else:
            part = claim_part(store, name)
            if part is None:
                return count
            with suppress(KeyboardInterrupt):
                help_with(store, part, name, _thread.interrupt_main, lambda: os._exit(3))
        count += 1


def _die(store: Store, lease: Lease) -> NoReturn:
    released(store, lease, "it did not end by itself")
    os._exit(3)


@app.task(name="app.jobs.celery_tasks.generate_data_task", ignore_result=False)  # type: ignore[untyped-decorator]
def generate_data_task(config: Mapping[str, Any], table_name: str, batch_size: int = 10_000) -> dict[str, Any]:
    """Make the tables of a configuration as a job of the workspace `main`, in this process: of one table's file `{job_id,
    status, table, path, rows, sha256, error}`. The bytes are those of `syndata generate`."""
    import json

    store = _store()
    with store.writing() as session:
        workspace = local_workspace(store, session)
    actor = Actor(workspace, "celery", Role.ADMINISTRATOR)
    order = Order(kind="generate", text=json.dumps(config), options={"batch_size": batch_size})
    told = jobs.submit_job(store, actor, order)
    lease = claim(store, worker_name("/celery"), told["job_id"])
    if lease is not None:
        run_job(store, lease, lambda: None, lambda: os._exit(3))
    told = jobs.job(store, actor, told["job_id"])
    found = {"job_id": told["job_id"], "status": told["status"], "table": table_name, "error": told["error"]}
    with store.reading() as session:
        for each in session.scalars(sa.select(Artefact).where(Artefact.job_id == told["job_id"])):
            if Path(each.name).stem == table_name:
                rows = told["result"]["tables"][table_name]
                return {**found, "path": str(here(store.settings, each)), "rows": rows, "sha256": each.sha256}
    return {**found, "path": None, "rows": None, "sha256": None}


@worker_process_init.connect  # type: ignore[untyped-decorator]
def _begin(**_: Any) -> None:
    """In each process of the pool, which Celery has ignore interrupts: by one a job hears that it should end."""
    signal.signal(signal.SIGINT, signal.default_int_handler)
    _store.cache_clear()


@worker_ready.connect  # type: ignore[untyped-decorator]
def _watch(**_: Any) -> None:
    open_store(_SETTINGS).close()  # tables are there before anybody looks
    threading.Thread(target=_look, name="store", daemon=True).start()


@worker_shutting_down.connect  # type: ignore[untyped-decorator]
def _end(**_: Any) -> None:
    _over.set()


def _look() -> None:
    store = open_store(evolve(_SETTINGS, pool_size=1), migrated=False)
    while not _over.wait(_LOOK):
        with suppress(SQLAlchemyError, OSError):
            now = store.now()
            due = sa.or_(
                sa.and_(Job.status == Status.QUEUED, Job.not_before <= now),
                sa.and_(Job.status == Status.RUNNING, Job.lease_until < now),
            )
            with store.reading() as session:
                waits = session.scalars(sa.select(Job.id).where(due).limit(1)).first()
            if waits is not None:
                wake.apply_async(expires=_LOOK, retry=False)
    store.close()


@lru_cache(maxsize=1)
def _store() -> Store:
    observe(_SETTINGS)
    return open_store(_SETTINGS)
