"""Jobs: the list, each with its progress, log and artefacts, new ones and ones made again."""

from __future__ import annotations

import secrets
from typing import Annotated, Any

from fastapi import APIRouter, Form, Query, Response

from datamimic import DatamimicError
from datamimic_platform.api.known import Page
from datamimic_platform.jobs.states import Priority, Status
from datamimic_platform.kinds.formats import formats_here
from datamimic_platform.kinds.registry import kinds
from datamimic_platform.pages.visiting import Changing, Visit, Visitor, to
from datamimic_platform.security.rights import Right
from datamimic_platform.services import artefact_preview, configurations, jobs, lineage

routes = APIRouter(prefix="/jobs")
LINES, PAGE = 200, 20
_OF_CONFIGURATIONS = ("generate", "validate")
"""Kinds of jobs that are made of a configuration alone."""
Word = Annotated[str, Form(max_length=200)]


@routes.get("")
def job_list(
    visit: Visitor,
    page: Page = 1,
    status: Annotated[str, Query(max_length=20)] = "",
    kind: Annotated[str, Query(max_length=60)] = "",
) -> Response:
    found = jobs.jobs(visit.store, visit.actor, status=status or None, kind=kind or None, page=page, size=PAGE)
    active = any(not Status(each["status"]).ended for each in found["items"])
    values: dict[str, Any] = {"found": found, "status": status, "kind": kind, "active": active}
    return visit.page("jobs.html", **values, statuses=list(Status), kinds=sorted(kinds()))


@routes.get("/new")
def new_job(visit: Visitor, configuration: Annotated[str, Query(max_length=100)] = "") -> Response:
    visit.actor.require(Right.RUN)
    return _form(visit, {"configuration": configuration, "key": secrets.token_urlsafe(16)})


@routes.post("/new")
def create(
    visit: Changing,
    key: Word,
    configuration: Word = "",
    job_type: Word = "generate",
    rows: Word = "",
    seed: Word = "",
    output_format: Word = "",
    priority: Word = "normal",
) -> Response:
    """Sent twice by one form, it is one job."""
    given = {"configuration": configuration, "job_type": job_type, "rows": rows, "seed": seed, "key": key}
    given |= {"output_format": output_format, "priority": priority}
    try:
        options = {"rows": _whole(rows), "seed": seed or None, "output_format": output_format or None}
        options = {name: value for name, value in options.items() if value is not None}
        order = jobs.Order(
            kind=job_type,
            configuration=configuration,
            options=options if job_type == "generate" else {},
            priority=priority,
            idempotency_key=key,
        )
        return to(f"/jobs/{jobs.submit_job(visit.store, visit.actor, order)['job_id']}")
    except DatamimicError as error:
        return _form(visit, given, error, status=400)


@routes.get("/{job_id}")
def job_page(visit: Visitor, job_id: str) -> Response:
    """The whole page, or for the script the part of it that changes while the job runs."""
    template = "job_live.html" if visit.by_script else "job.html"
    return visit.page(template, **_shown(visit, job_id), wrong=None)


@routes.post("/{job_id}/cancel")
def cancel(visit: Changing, job_id: str) -> Response:
    jobs.cancel_job(visit.store, visit.actor, job_id)
    return to(f"/jobs/{job_id}")


@routes.post("/{job_id}/resubmit")
def resubmit(visit: Changing, job_id: str, rows: Word = "", seed: Word = "", priority: Word = "normal") -> Response:
    try:
        options: dict[str, Any] = {"rows": _whole(rows), "seed": seed or None}
        if jobs.job(visit.store, visit.actor, job_id)["job_type"] != "generate":
            options = {}
        made = jobs.resubmit(visit.store, visit.actor, job_id, options, priority)
    except DatamimicError as error:
        return visit.page("job.html", **_shown(visit, job_id), wrong=error, answered=400)
    return to(f"/jobs/{made['job_id']}")


@routes.get("/{job_id}/preview/{name:path}")
def preview(visit: Visitor, job_id: str, name: str) -> Response:
    shown = artefact_preview.preview(visit.store, visit.actor, job_id, name)
    return visit.page("artefact.html", job_id=job_id, name=name, shown=shown)


def _shown(visit: Visit, job_id: str) -> dict[str, Any]:
    found = jobs.job(visit.store, visit.actor, job_id)
    over = Status(found["status"]).ended
    mine = found["created_by"] == visit.actor.name or visit.actor.may(Right.CANCEL_ANY)
    return {
        "job": found,
        "over": over,
        "cancellable": not over and not found["cancel_requested"] and mine and visit.actor.may(Right.RUN),
        "lines": jobs.logs(visit.store, visit.actor, job_id, LINES),
        "previewed": artefact_preview.ENDINGS,
        "origin": lineage.lineage(visit.store, visit.actor, job_id),
        "priorities": [each.lower() for each in Priority.__members__],
    }


def _form(visit: Visit, given: dict[str, Any], wrong: DatamimicError | None = None, status: int = 200) -> Response:
    stored = configurations.configurations(visit.store, visit.actor, size=200)["items"]
    blank = {"job_type": "generate", "rows": "", "seed": "", "output_format": "", "priority": "normal"}
    return visit.page(
        "new_job.html",
        answered=status,
        given={**blank, **given},
        stored=stored,
        wrong=wrong,
        formats=formats_here(),
        kinds=[each for each in _OF_CONFIGURATIONS if each in kinds()],
        priorities=[each.lower() for each in Priority.__members__],
    )


def _whole(text: str) -> int | None:
    plain = text.replace(",", "").replace(" ", "")
    if not plain:
        return None
    if not plain.isascii() or not plain.isdecimal() or len(plain) > 15:
        raise DatamimicError("platform.bad_option", "rows is no whole number", hint="as 1000", path="$.options.rows")
    return int(plain)
