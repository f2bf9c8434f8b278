"""Jobs, as somebody asks for them, watches them, and takes what they made."""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from attrs import evolve, frozen
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from datamimic import DatamimicError
from datamimic_platform.jobs.logs import last_lines
from datamimic_platform.jobs.object_storage import here
from datamimic_platform.jobs.places import log_path
from datamimic_platform.jobs.queue import cancel
from datamimic_platform.jobs.request import Request
from datamimic_platform.jobs.states import Priority, Status, priority_named, refuse_move, status_named
from datamimic_platform.jobs.submitting import Submission, checked, submit
from datamimic_platform.jobs.waking import wake
from datamimic_platform.scheduling.firing import submission_of
from datamimic_platform.security.rights import Actor, Right
from datamimic_platform.services.platform import not_found, own_job, page_of
from datamimic_platform.services.progress import progress
from datamimic_platform.store.auditing import record
from datamimic_platform.store.store import Store
from datamimic_platform.store.work import Artefact, Attempt, Job

_LOG = logging.getLogger(__name__)
MOST_LINES = 10_000


@frozen(kw_only=True)
class Order:
    """What somebody submits: a configuration by its text, by the name under which it is stored, or by its job."""

    kind: str
    text: str | None = None
    file_name: str = "config.json"
    configuration: str | None = None
    version: int | None = None
    model_of: str | None = None
    options: Mapping[str, Any] = {}
    files: Mapping[str, str] = {}
    priority: str = "normal"
    idempotency_key: str | None = None


def submit_job(store: Store, actor: Actor, order: Order) -> dict[str, Any]:
    """Queue it. Raises `DatamimicError` for what cannot be done, before anything is queued."""
    actor.require(Right.RUN)
    if order.configuration is None and order.text is not None:
        actor.require(Right.WRITE)  # executors run what developers have stored
    with store.reading() as session:
        made = submission_of(store, session, actor, said_of(order))
    made = evolve(made, idempotency_key=order.idempotency_key)
    try:
        found = _queued(store, actor, made)
    except IntegrityError:  # another request with the key was faster by less than a transaction: its job is there now
        found = _queued(store, actor, made)
    wake(store.settings)
    return found


def _queued(store: Store, actor: Actor, asked: Submission) -> dict[str, Any]:
    with store.writing() as session:
        return told(session, submit(store, session, actor, asked))


def said_of(order: Order) -> dict[str, Any]:
    """As schedules keep it."""
    return {
        "kind": order.kind,
        "options": dict(order.options),
        "files": dict(order.files),
        "priority": order.priority,
        "configuration": order.configuration,
        "version": order.version,
        "model_of": order.model_of,
        "text": order.text,
        "file_name": order.file_name,
    }


def submit_local(store: Store, actor: Actor, request: Request, identifier: str) -> Job:
    """In place, for the command line, which names the job's folder after it."""
    prepared = checked(store, actor, request)
    with store.writing() as session:
        return submit(store, session, actor, Submission(request=prepared, identifier=identifier))


def resubmit(
    store: Store, actor: Actor, job_id: str, options: Mapping[str, Any], priority: str | None
) -> dict[str, Any]:
    """A new job of an old one, with other options where some are given; None takes one away."""
    actor.require(Right.RUN)
    with store.reading() as session:
        old = own_job(session, actor, job_id)
        request = Request.of(old.request)
    if actor.user is not None:  # paths of the machine are for those who sit at it
        request = evolve(request, local=False, folder=None, config_path=None, trusted=False)
    merged = {name: value for name, value in {**request.options, **options}.items() if value is not None}
    prepared = checked(store, actor, evolve(request, options=merged))
    with store.writing() as session:
        submission = Submission(
            request=prepared,
            priority=Priority(old.priority) if priority is None else priority_named(priority),
            configuration_id=old.configuration_id,
            configuration_version=old.configuration_version,
            resubmitted_from=old.id,
        )
        found = told(session, submit(store, session, actor, submission))
    wake(store.settings)
    return found


def job(store: Store, actor: Actor, job_id: str) -> dict[str, Any]:
    actor.require(Right.READ)
    with store.reading() as session:
        return told(session, own_job(session, actor, job_id))


def jobs(
    store: Store, actor: Actor, *, status: str | None = None, kind: str | None = None, page: int = 1, size: int = 20
) -> dict[str, Any]:
    """Newest first."""
    actor.require(Right.READ)
    asked = sa.select(Job).where(Job.workspace_id == actor.workspace).order_by(Job.id.desc())
    if status is not None:
        asked = asked.where(Job.status == status_named(status))
    if kind is not None:
        asked = asked.where(Job.kind == kind)
    with store.reading() as session:
        found = page_of(session, asked, page, size)
        return {**found, "items": _told(session, found["items"])}


def cancel_job(store: Store, actor: Actor, job_id: str) -> dict[str, Any]:
    """One's own, or any with the right to. Again and again is the same; raises `DatamimicError` (`platform.job_ended`) for one
    that ended otherwise."""
    actor.require(Right.RUN)
    with store.writing() as session:
        found = own_job(session, actor, job_id, lock=True)
        if found.user_id is None or found.user_id != actor.user:
            actor.require(Right.CANCEL_ANY)
        if found.status != Status.CANCELLED and not found.cancel_requested:
            refuse_move(Status(found.status), Status.CANCELLED)
            cancel(store, session, found, f"cancelled by {actor.name}")
        record(session, store, actor, "job.cancel", found.id)
        return told(session, found)


def logs(store: Store, actor: Actor, job_id: str, lines: int = 100) -> list[dict[str, Any]]:
    actor.require(Right.READ)
    if not 1 <= lines <= MOST_LINES:
        raise DatamimicError("platform.bad_request", "so many lines are not given", hint=f"1 to {MOST_LINES}")
    with store.reading() as session:
        own_job(session, actor, job_id)
    return last_lines(log_path(store.settings, job_id), lines)


def artefact(store: Store, actor: Actor, job_id: str, name: str) -> tuple[Path, dict[str, Any]]:
    """Where it lies, and what is known of it; a download is written into the audit."""
    actor.require(Right.DOWNLOAD)
    with store.reading() as session:
        found = own_job(session, actor, job_id)
        asked = sa.select(Artefact).where(Artefact.job_id == found.id, Artefact.name == name)
        row = session.scalars(asked).first()
    if row is None:
        raise not_found("artefact")
    place = here(store.settings, row)  # which may take its time: nobody else waits for it to write
    if not place.is_file():
        raise not_found("artefact")
    with store.writing() as session:
        record(session, store, actor, "artefact.download", f"{found.id}/{name}", sha256=row.sha256)
    return place, _artefact(row)


def told(session: Session, row: Job) -> dict[str, Any]:
    """A job as it is shown everywhere."""
    return _told(session, [row])[0]


_ATTEMPTS = (
    sa.select(Attempt.__table__)
    .where(Attempt.job_id.in_(sa.bindparam("jobs", expanding=True)))
    .order_by(Attempt.job_id, Attempt.number)
)
_ARTEFACTS = (
    sa.select(Artefact.job_id, Artefact.name, Artefact.size, Artefact.sha256)
    .where(Artefact.job_id.in_(sa.bindparam("jobs", expanding=True)))
    .order_by(Artefact.job_id, Artefact.name)
)


def _told(session: Session, rows: Sequence[Job]) -> list[dict[str, Any]]:
    """Jobs, whatever their number, by two questions more."""
    if not rows:
        return []
    attempts: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    files: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    named = {"jobs": [each.id for each in rows]}
    for each in session.execute(_ATTEMPTS, named):
        attempts[each.job_id].append(
            {
                "number": each.number,
                "worker": each.worker,
                "started_at": _iso(each.started_at),
                "ended_at": _iso(each.ended_at),
                "outcome": each.outcome,
                "reason": each.reason,
            }
        )
    for each in session.execute(_ARTEFACTS, named):
        files[each.job_id].append(_artefact(each))
    return [_shown(each, attempts[each.id], files[each.id]) for each in rows]


def _shown(row: Job, attempts: list[dict[str, Any]], files: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "job_id": row.id,
        "job_type": row.kind,
        "status": row.status,
        "priority": Priority(row.priority).name.lower(),
        "progress": progress(row),
        "fingerprint": row.fingerprint,
        "options": row.request["options"],
        "configuration_id": row.configuration_id,
        "configuration_version": row.configuration_version,
        "schedule_id": row.schedule_id,
        "resubmitted_from": row.resubmitted_from,
        "created_by": row.created_by,
        "correlation_id": row.correlation_id,
        **{name: _iso(getattr(row, name)) for name in ("created_at", "started_at", "ended_at")},
        "cancel_requested": row.cancel_requested,
        "attempts": attempts,
        "error": row.error,
        "result": row.result,
        "artefacts": files,
    }


def _artefact(row: Any) -> dict[str, Any]:
    return {"name": row.name, "size": row.size, "sha256": row.sha256}


def _iso(moment: Any) -> str | None:
    return None if moment is None else moment.isoformat()
