"""A job as somebody says it, made a request: a configuration by its name, by its text, or as a job that learned it made it."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from attrs import evolve
from sqlalchemy.orm import Session

from datamimic import DatamimicError
from datamimic_platform.jobs.object_storage import here
from datamimic_platform.jobs.request import Request
from datamimic_platform.jobs.states import Status
from datamimic_platform.security.rights import Actor
from datamimic_platform.store.configurations import Configuration, ConfigurationVersion
from datamimic_platform.store.store import Store
from datamimic_platform.store.work import Artefact, Job

_LEARNED = "model.yaml"


def request_of(
    store: Store, session: Session, actor: Actor, said: dict[str, Any]
) -> tuple[Request, int | None, int | None]:
    """(request, id and version of the configuration that is stored) of a job as schedules keep it: kind, options, files, one
    of `configuration` (a name, with or without a `version`), `text` (with `file_name`) and `model_of` (a job that learned or
    profiled). Raises `DatamimicError` (`platform.not_found`)."""
    request = Request(kind=said["kind"], options=said.get("options", {}), files=said.get("files", {}))
    if said.get("configuration"):
        asked = sa.select(Configuration).where(
            Configuration.workspace_id == actor.workspace,
            Configuration.name == said["configuration"],
            sa.not_(Configuration.deleted),
        )
        row = session.scalars(asked).first()
        kept = None
        if row is not None:
            kept = session.get(ConfigurationVersion, (row.id, said.get("version") or row.version))
        if row is None or kept is None:
            raise DatamimicError("platform.not_found", "there is no such configuration", path="$.configuration")
        return evolve(request, text=kept.text, file_name=kept.file_name), row.id, kept.version
    if said.get("model_of"):
        return _learned(store, session, actor, request, str(said["model_of"])), None, None
    if said.get("text") is not None:
        request = evolve(request, text=said["text"], file_name=said.get("file_name", "config.json"))
    return request, None, None


def _learned(store: Store, session: Session, actor: Actor, request: Request, job: str) -> Request:
    """With the model that a job made, and the tables beside it."""
    asked = sa.select(Artefact).join(Job, Job.id == Artefact.job_id)
    asked = asked.where(Job.workspace_id == actor.workspace, Job.id == job, Job.status == Status.COMPLETED)
    found = {each.name: each for each in session.scalars(asked)}
    if _LEARNED not in found:
        raise DatamimicError("platform.not_found", "there is no such job that made a model", path="$.model_of")
    text = here(store.settings, found[_LEARNED]).read_text(encoding="utf-8")
    tables = {name: f"{job}/{name}" for name in sorted(found) if name.endswith(".csv")}
    return evolve(request, text=text, file_name=_LEARNED, files={**tables, **request.files})
