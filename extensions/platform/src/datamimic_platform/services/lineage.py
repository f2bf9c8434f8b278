"""Where the artefacts of a job come from: configuration and version, seed, packs with their versions, uploads, schedule, jobs
before it and after it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from datamimic_platform.security.rights import Actor, Right
from datamimic_platform.services.made import made_by
from datamimic_platform.services.platform import own_job
from datamimic_platform.store.configurations import Configuration, ConfigurationVersion, Upload
from datamimic_platform.store.store import Store
from datamimic_platform.store.work import Artefact, Job, Schedule


def lineage(store: Store, actor: Actor, job_id: str) -> dict[str, Any]:
    """`{configuration, schedule, uploads, before, after, versions, packs}`; the last two are the manifest's, empty for jobs
    without one. Raises `DatamimicError` (`platform.not_found`)."""
    actor.require(Right.READ)
    with store.reading() as session:
        job = own_job(session, actor, job_id)
        configuration = None
        if job.configuration_id is not None:
            kept = session.get(ConfigurationVersion, (job.configuration_id, job.configuration_version))
            named = session.get_one(Configuration, job.configuration_id)
            configuration = {"name": named.name, "version": job.configuration_version, "deleted": named.deleted}
            configuration["sha256"] = None if kept is None else kept.sha256
        schedule = None if job.schedule_id is None else session.get_one(Schedule, job.schedule_id).name
        files = sorted(dict(job.request["files"]).items())
        uploads = [{"name": name, "of": source, "sha256": _sha256(session, source)} for name, source in files]
        later = sa.select(Job.id).where(Job.resubmitted_from == job.id, Job.workspace_id == actor.workspace)
        after = list(session.scalars(later.order_by(Job.id)))
    return {
        "configuration": configuration,
        "schedule": schedule,
        "uploads": uploads,
        "before": job.resubmitted_from,
        "after": after,
        **_of_manifest(made_by(store, actor, job_id).document("manifest.json")),
    }


def _sha256(session: Session, source: str) -> str | None:
    """Of an upload, or of an artefact that is named as `job_…/its name`; None where it is gone."""
    job, slash, name = source.partition("/")
    if not slash:
        upload = session.get(Upload, source)
        return None if upload is None else upload.sha256
    return session.scalars(sa.select(Artefact.sha256).where(Artefact.job_id == job, Artefact.name == name)).first()


def _of_manifest(made: Mapping[str, Any]) -> dict[str, Any]:
    versions = {name: text for name, text in made.get("versions", {}).items() if isinstance(text, str)}
    packs = made.get("versions", {}).get("packs", {})
    return {"versions": versions, "packs": {name: _pack(each) for name, each in packs.items()}}


def _pack(told: dict[str, Any]) -> str:
    data = f", data {told['data_version']}" if told.get("data_version") else ""
    return f"{told['version']}{data}"
