"""A job that runs in the process of the command: queued, claimed and done here, with the record, log and end of any other."""

from __future__ import annotations

import _thread
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NoReturn

from attrs import evolve

from datamimic_platform.client.client import ENDED
from datamimic_platform.jobs.queue import claim
from datamimic_platform.jobs.request import Request
from datamimic_platform.jobs.running import run_job, worker_name
from datamimic_platform.security.rights import Actor
from datamimic_platform.services import jobs
from datamimic_platform.store.identifiers import new_id
from datamimic_platform.store.store import Store

RUNS = Path("runs")


def run_in_place(
    store: Store,
    actor: Actor,
    kind: str,
    text: str | None,
    file_name: str,
    path: Path | None,
    options: Mapping[str, Any],
    *,
    folder: Path | None = None,
    trust: bool = False,
) -> tuple[dict[str, Any], Path]:
    """(the job, the folder of its artefacts). A rendered template that differs from the file at `path` is used as its text."""
    identifier = new_id("job", store.now())
    place = folder if folder is not None else RUNS / identifier
    same = path is not None and path.is_file() and path.read_text(encoding="utf-8-sig") == text
    request = Request(
        kind=kind,
        text=text,
        file_name=file_name,
        options=options,
        folder=str(place.absolute()),
        config_path=str(path) if same else None,
        local=True,
        trusted=trust,
    )
    job = jobs.submit_local(store, evolve(actor, name="command line"), request, identifier)
    place.absolute().parent.mkdir(parents=True, exist_ok=True)
    lease = claim(store, worker_name("/in-place"), job.id)
    if lease is not None:
        run_job(store, lease, _thread.interrupt_main, _die)
    told = jobs.job(store, actor, job.id)
    assert told["status"] in ENDED or lease is None
    return told, place


def _die() -> NoReturn:
    os._exit(130)
