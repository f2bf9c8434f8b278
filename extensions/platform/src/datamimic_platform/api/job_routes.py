"""`/jobs`: submit, watch, cancel, and take what was made."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Body, Header, Query, Request, Response
from fastapi.responses import FileResponse, StreamingResponse
from pydantic import BaseModel, ConfigDict, Field

from datamimic_platform.api.known import Here, Page, PageSize, Who, text_of
from datamimic_platform.api.watching import Watching
from datamimic_platform.services import jobs, previews

routes = APIRouter(prefix="/jobs", tags=["jobs"])


class NewJob(BaseModel):
    """`config` as an object, `config_text` in YAML, JSON or SQL, the name of a stored `configuration`, or `model_of` a job that
    learned. `files` are uploads, or artefacts as `job_…/name`, by the name under which the job finds them."""

    model_config = ConfigDict(extra="forbid")

    job_type: str = Field(examples=["generate"], max_length=60)
    config: dict[str, Any] | None = None
    config_text: str | None = None
    config_name: str | None = Field(default=None, max_length=110)
    configuration: str | None = Field(default=None, max_length=100)
    version: int | None = Field(default=None, ge=1, le=10**9)
    model_of: str | None = Field(default=None, max_length=60)
    options: dict[str, Any] = {}
    files: dict[str, str] = {}
    priority: str = Field(default="normal", max_length=20)


class Again(BaseModel):
    """Options that replace those of the old job; null takes one away."""

    model_config = ConfigDict(extra="forbid")

    options: dict[str, Any] = {}
    priority: str | None = Field(default=None, max_length=20)


class Look(BaseModel):
    """As a job; `seed`, `locale` and `clock` go before those of the options."""

    model_config = ConfigDict(extra="forbid")

    job_type: str = Field(default="generate", max_length=60)
    config: dict[str, Any] | None = None
    config_text: str | None = None
    config_name: str | None = Field(default=None, max_length=110)
    configuration: str | None = Field(default=None, max_length=100)
    version: int | None = Field(default=None, ge=1, le=10**9)
    model_of: str | None = Field(default=None, max_length=60)
    options: dict[str, Any] = {}
    files: dict[str, str] = {}
    seed: str | None = Field(default=None, max_length=200)
    locale: str | None = Field(default=None, max_length=20)
    clock: str | None = Field(default=None, max_length=40)
    rows: int = Field(default=previews.ROWS, ge=1, le=previews.ROWS)


def _order(body: NewJob | Look, options: dict[str, Any], **more: Any) -> jobs.Order:
    text, name = text_of(body.config, body.config_text, body.config_name)
    return jobs.Order(
        kind=body.job_type,
        text=text,
        file_name=name,
        configuration=body.configuration,
        version=body.version,
        model_of=body.model_of,
        options=options,
        files=body.files,
        **more,
    )


@routes.post("", status_code=202)
def create_job(
    store: Here,
    actor: Who,
    body: NewJob,
    answer: Response,
    idempotency_key: Annotated[str | None, Header(alias="Idempotency-Key", min_length=1, max_length=200)] = None,
) -> dict[str, Any]:
    order = _order(body, body.options, priority=body.priority, idempotency_key=idempotency_key)
    made = jobs.submit_job(store, actor, order)
    answer.headers["Location"] = f"/jobs/{made['job_id']}"
    return made


@routes.get("")
def list_jobs(
    store: Here,
    actor: Who,
    page: Page = 1,
    page_size: PageSize = 20,
    status_filter: Annotated[str | None, Query(max_length=20)] = None,
    job_type: Annotated[str | None, Query(max_length=60)] = None,
) -> dict[str, Any]:
    return jobs.jobs(store, actor, status=status_filter, kind=job_type, page=page, size=page_size)


@routes.post("/preview")
def preview(store: Here, actor: Who, body: Look) -> dict[str, Any]:
    chosen = {"seed": body.seed, "locale": body.locale, "clock": body.clock}
    options = {**body.options, **{key: value for key, value in chosen.items() if value is not None}}
    return previews.preview(store, actor, _order(body, options), body.rows)


@routes.get("/{job_id}")
def get_job(store: Here, actor: Who, job_id: str) -> dict[str, Any]:
    return jobs.job(store, actor, job_id)


@routes.delete("/{job_id}")
def cancel_job(store: Here, actor: Who, job_id: str) -> dict[str, Any]:
    return jobs.cancel_job(store, actor, job_id)


@routes.post("/{job_id}/resubmit", status_code=202)
def resubmit(store: Here, actor: Who, job_id: str, body: Annotated[Again | None, Body()] = None) -> dict[str, Any]:
    asked = body or Again()
    return jobs.resubmit(store, actor, job_id, asked.options, asked.priority)


@routes.get("/{job_id}/logs")
def get_logs(
    store: Here, actor: Who, job_id: str, lines: Annotated[int, Query(ge=1, le=jobs.MOST_LINES)] = 100
) -> dict[str, Any]:
    return {"job_id": job_id, "lines": jobs.logs(store, actor, job_id, lines)}


@routes.get("/{job_id}/artefacts")
def list_artefacts(store: Here, actor: Who, job_id: str) -> dict[str, Any]:
    return {"items": jobs.job(store, actor, job_id)["artefacts"]}


@routes.get("/{job_id}/artefacts/{name:path}", response_class=FileResponse)
def download(store: Here, actor: Who, job_id: str, name: str) -> FileResponse:
    path, known = jobs.artefact(store, actor, job_id, name)
    headers = {"ETag": f'"{known["sha256"]}"', "X-Content-SHA256": known["sha256"]}
    return FileResponse(path, media_type="application/octet-stream", filename=path.name, headers=headers)


@routes.get("/{job_id}/events", response_class=StreamingResponse)
def events(request: Request, store: Here, actor: Who, job_id: str) -> StreamingResponse:
    """Server-sent events: `progress` at each change, `end` at the end; a remark while nothing changes."""
    watching: Watching = request.app.state.watching
    return StreamingResponse(watching.events(jobs.job(store, actor, job_id)), media_type="text/event-stream")
