"""`/schedules`."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Response
from pydantic import BaseModel, ConfigDict, Field

from datamimic_platform.api.job_routes import NewJob
from datamimic_platform.api.known import Here, IfMatch, Page, PageSize, Who, etag, seen_version, text_of
from datamimic_platform.services import schedules

routes = APIRouter(prefix="/schedules", tags=["schedules"])


class Written(BaseModel):
    """`trigger` is `{"cron": …}`, `{"every_seconds": …}` or `{"at": …}`, read in `zone`."""

    model_config = ConfigDict(extra="forbid")

    trigger: dict[str, Any] = Field(examples=[{"cron": "30 2 * * *"}])
    job: NewJob
    zone: str = Field(default="UTC", max_length=60)
    misfire: str = Field(default="once", max_length=20)
    grace_seconds: int = Field(default=60, ge=0, le=604_800)
    overlap: str = Field(default="skip", max_length=20)
    enabled: bool = True


@routes.get("")
def list_schedules(
    store: Here,
    actor: Who,
    page: Page = 1,
    page_size: PageSize = 20,
) -> dict[str, Any]:
    return schedules.schedules(store, actor, page, page_size)


@routes.get("/{name}")
def get_schedule(store: Here, actor: Who, name: str, answer: Response) -> dict[str, Any]:
    found = schedules.schedule(store, actor, name)
    answer.headers.update(etag(found["version"]))
    return found


@routes.put("/{name}")
def save_schedule(
    store: Here, actor: Who, name: str, body: Written, answer: Response, if_match: IfMatch = None
) -> dict[str, Any]:
    plan = schedules.Plan(
        name=name,
        trigger=body.trigger,
        job=job_of(body.job),
        zone=body.zone,
        misfire=body.misfire,
        grace_seconds=body.grace_seconds,
        overlap=body.overlap,
        enabled=body.enabled,
    )
    made = schedules.save(store, actor, plan, seen=seen_version(if_match, needed=False))
    answer.headers.update(etag(made["version"]))
    return made


@routes.delete("/{name}", status_code=204)
def remove_schedule(store: Here, actor: Who, name: str) -> None:
    schedules.remove(store, actor, name)


def job_of(body: NewJob) -> dict[str, Any]:
    """As the store keeps it."""
    text, name = text_of(body.config, body.config_text, body.config_name)
    kept = {
        "kind": body.job_type,
        "options": body.options,
        "files": body.files,
        "priority": body.priority,
        "configuration": body.configuration,
        "version": body.version,
        "model_of": body.model_of,
        "text": text,
        "file_name": name,
    }
    return {key: value for key, value in kept.items() if value is not None}
