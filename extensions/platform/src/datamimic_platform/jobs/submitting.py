"""A job is checked, written down as queued, and its log begun."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from typing import Any

import sqlalchemy as sa
from attrs import evolve, frozen
from sqlalchemy.orm import Session

from datamimic import DatamimicError
from datamimic_platform.jobs.logs import JobLog
from datamimic_platform.jobs.object_storage import here, lay_upload
from datamimic_platform.jobs.request import Request
from datamimic_platform.jobs.states import Priority, Status
from datamimic_platform.kinds.kind import Asked
from datamimic_platform.kinds.pointing import pointing
from datamimic_platform.kinds.registry import kind_named
from datamimic_platform.kinds.sources import link_or_copy
from datamimic_platform.observing.correlation import accepted, current
from datamimic_platform.security.rights import Actor
from datamimic_platform.security.sealing import unseal
from datamimic_platform.store.auditing import SUBMIT, record
from datamimic_platform.store.configurations import Upload
from datamimic_platform.store.identifiers import new_id
from datamimic_platform.store.people import Secret
from datamimic_platform.store.store import Store
from datamimic_platform.store.work import Artefact, Job


@frozen(kw_only=True)
class Submission:
    """A request with what is said about it, and the ids of what it came from; `identifier` where the job's was made before."""

    request: Request
    priority: Priority = Priority.NORMAL
    idempotency_key: str | None = None
    configuration_id: int | None = None
    configuration_version: int | None = None
    schedule_id: int | None = None
    resubmitted_from: str | None = None
    identifier: str | None = None


def checked(store: Store, actor: Actor, request: Request) -> Request:
    """With what the kind chooses for it. Raises `DatamimicError` for what cannot be done."""
    kind = kind_named(request.kind)
    if kind.needs_config and request.text is None:
        raise DatamimicError("platform.bad_config", "the job needs a configuration", path="$.config")
    work = store.settings.data_folder / "work"
    work.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="check-", dir=work) as folder, store.reading() as session:
        asked = laid_out(store, session, actor.workspace, request, Path(folder))
        with pointing(asked.config):
            return evolve(request, options=kind.check(asked))


def laid_out(store: Store, session: Session, workspace: int, request: Request, folder: Path) -> Asked:
    """The configuration and the uploads of a request as files in a folder. Raises `DatamimicError` (`platform.not_found`)."""
    config = None
    if request.local and request.config_path is not None:
        config = Path(request.config_path)
    elif request.text is not None:
        config = folder / request.file_name
        config.write_text(request.text, encoding="utf-8", newline="")
    for name, source in request.files.items():
        parts = PurePosixPath(name).parts
        if ".." in parts or name.startswith("/") or name in ("", request.file_name):
            raise DatamimicError("platform.not_found", "a file has no plain name", path="$.files")
        place = folder.joinpath(*parts)
        place.parent.mkdir(parents=True, exist_ok=True)
        _lay(store, session, workspace, source, place)
    trusted = request.local and request.trusted
    return Asked(config, request.options, store.settings.allowed_hosts, request.local, folder, trusted=trusted)


def _lay(store: Store, session: Session, workspace: int, source: str, place: Path) -> None:
    """An upload, or an artefact that is named as `job_…/its name`, as a file at this place."""
    job, slash, name = source.partition("/")
    if slash:
        asked = sa.select(Artefact).join(Job, Job.id == Artefact.job_id)
        artefact = session.scalars(
            asked.where(Job.workspace_id == workspace, Job.id == job, Artefact.name == name)
        ).first()
        if artefact is not None:
            return link_or_copy(here(store.settings, artefact), place)
    else:
        upload = session.get(Upload, source)
        if upload is not None and upload.workspace_id == workspace:
            return lay_upload(store.settings, upload, place)
    raise DatamimicError("platform.not_found", "there is no such upload or artefact", path="$.files")


def opened(store: Store, session: Session, workspace: int, options: Mapping[str, Any]) -> dict[str, Any]:
    """Options with secrets in place of their names."""
    found = dict(options)
    for name, value in options.items():
        if isinstance(value, str) and value.startswith("secret:"):
            row = session.query(Secret).filter_by(workspace_id=workspace, name=value.removeprefix("secret:")).first()
            if row is None:
                raise DatamimicError("platform.not_found", "there is no such secret", path=f"$.options.{name}")
            found[name] = unseal(row.sealed, store.settings.secret_key, f"secrets/{workspace}/{row.name}")
    return found


def submit(store: Store, session: Session, actor: Actor, asked: Submission) -> Job:
    """Queue a request that was checked; in the transaction of the caller. With an idempotency key that is known, that job.

    Raises `DatamimicError` (`platform.idempotency`) where the key was used for something else.
    """
    fingerprint = asked.request.fingerprint()
    if asked.idempotency_key is not None and (known := _known(session, actor, asked.idempotency_key)) is not None:
        if known.fingerprint != fingerprint and not _same_but_seed(known, asked.request):
            raise DatamimicError(
                "platform.idempotency", "the idempotency key was used for another job", hint="take a new key"
            )
        return known
    now = store.now()
    job = Job(
        id=asked.identifier or new_id("job", now),
        workspace_id=actor.workspace,
        kind=asked.request.kind,
        status=Status.QUEUED,
        priority=int(asked.priority),
        request=asked.request.kept(),
        fingerprint=fingerprint,
        configuration_id=asked.configuration_id,
        configuration_version=asked.configuration_version,
        schedule_id=asked.schedule_id,
        resubmitted_from=asked.resubmitted_from,
        idempotency_key=asked.idempotency_key,
        created_by=actor.name,
        user_id=actor.user,
        correlation_id=accepted(current()),
        created_at=now,
        not_before=now,
        max_attempts=store.settings.max_attempts,
        phase="queued",
    )
    session.add(job)
    session.flush()
    record(session, store, actor, SUBMIT, job.id, kind=job.kind, fingerprint=fingerprint)
    JobLog(store.settings, job.id, job.correlation_id).say("queued")
    return job


def _known(session: Session, actor: Actor, key: str) -> Job | None:
    asked = sa.select(Job).where(Job.workspace_id == actor.workspace, Job.idempotency_key == key)
    return session.scalars(asked).first()


def _same_but_seed(known: Job, request: Request) -> bool:
    """A seed that was chosen differs each time that the same is asked."""
    kept = Request.of(known.request)
    return evolve(kept, options={**kept.options, "seed": 0}).fingerprint() == (
        evolve(request, options={**request.options, "seed": 0}).fingerprint()
    )
