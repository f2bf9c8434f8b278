"""Data of one's own: files are uploaded, profiled, and masked by a key that is a secret of the workspace."""

from __future__ import annotations

import secrets
from typing import Annotated

from fastapi import APIRouter, File, Form, Response, UploadFile

from datamimic import DatamimicError
from datamimic_platform.api.known import pieces
from datamimic_platform.pages.rendering import REPORT_POLICY
from datamimic_platform.pages.visiting import Changing, Visit, Visitor, to
from datamimic_platform.security.rights import Right
from datamimic_platform.services import jobs, people, uploads

routes = APIRouter()
Word = Annotated[str, Form(max_length=200)]


@routes.get("/data")
def data(visit: Visitor) -> Response:
    return _page(visit)


@routes.post("/data")
def upload(visit: Changing, file: Annotated[UploadFile, File()]) -> Response:
    visit.actor.require(Right.WRITE)
    try:
        uploads.upload(visit.store, visit.actor, file.filename, pieces(file))
    except DatamimicError as error:
        return _page(visit, error)
    return to("/data")


@routes.post("/data/{upload_id}/profile")
def profile(visit: Changing, upload_id: str, name: Word = "") -> Response:
    order = jobs.Order(kind="profile", files={name: upload_id}, options={"source": name})
    return _submitted(visit, order)


@routes.post("/data/mask")
def mask(
    visit: Changing,
    upload: Word = "",
    key: Word = "",
    plan: Annotated[str, Form(max_length=2_000_000)] = "",
) -> Response:
    """Without a plan, columns are masked by what they are found to mean. `upload` is the id and the name of the file."""
    identifier, _, name = upload.partition("/")
    text = plan.replace("\r\n", "\n").strip()
    order = jobs.Order(
        kind="mask",
        text=f"{text}\n" if text else None,
        file_name="plan.yaml",
        files={name: identifier},
        options={"source": name, "key": f"secret:{key}"},
    )
    return _submitted(visit, order, {"upload": upload, "key": key, "plan": plan})


@routes.post("/data/key")
def new_masking_key(visit: Changing, name: Word = "") -> Response:
    """Made here, sealed, and shown to nobody. A name that is taken keeps its key: what it masked stays in step."""
    try:
        if name.strip() in {each["name"] for each in people.secrets(visit.store, visit.actor)}:
            raise DatamimicError(
                "platform.conflict", "there is a secret of that name already", hint="take another name"
            )
        people.keep_secret(visit.store, visit.actor, name, secrets.token_hex(32))
    except DatamimicError as error:
        return _page(visit, error)
    return to("/data")


@routes.post("/data/{upload_id}/remove")
def remove(visit: Changing, upload_id: str) -> Response:
    uploads.remove(visit.store, visit.actor, upload_id)
    return to("/data")


@routes.get("/jobs/{job_id}/report/{name:path}")
def report(visit: Visitor, job_id: str, name: str) -> Response:
    """A report that a job wrote as HTML, without scripts and apart from the pages' origin."""
    path, _ = jobs.artefact(visit.store, visit.actor, job_id, name)
    if path.suffix != ".html":
        raise DatamimicError("platform.bad_request", "that is no report", hint="download it")
    headers = {"Content-Security-Policy": REPORT_POLICY}
    return Response(path.read_bytes(), media_type="text/html; charset=utf-8", headers=headers)


def _submitted(visit: Visit, order: jobs.Order, given: dict[str, str] | None = None) -> Response:
    try:
        return to(f"/jobs/{jobs.submit_job(visit.store, visit.actor, order)['job_id']}")
    except DatamimicError as error:
        return _page(visit, error, given)


def _page(visit: Visit, wrong: DatamimicError | None = None, given: dict[str, str] | None = None) -> Response:
    return visit.page(
        "data.html",
        answered=400 if wrong else 200,
        files=uploads.uploads(visit.store, visit.actor, size=100)["items"],
        secrets=[each["name"] for each in people.secrets(visit.store, visit.actor)],
        most=visit.store.settings.upload_bytes,
        given={"upload": "", "key": "", "plan": "", **(given or {})},
        wrong=wrong,
    )
