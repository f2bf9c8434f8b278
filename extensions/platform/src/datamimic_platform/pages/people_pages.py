"""Users with roles, API keys, and the audit."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Form, Query, Response
from fastapi.responses import StreamingResponse

from datamimic import DatamimicError
from datamimic_platform.api.known import Number, Page
from datamimic_platform.pages.visiting import Changing, Visit, Visitor, to
from datamimic_platform.security.rights import Right, Role
from datamimic_platform.services import auditing, people, signing_in

routes = APIRouter()
PAGE = 50
Word = Annotated[str, Form(max_length=300)]


@routes.get("/users")
def users(visit: Visitor) -> Response:
    return _users(visit)


@routes.post("/users")
def add_user(visit: Changing, email: Word = "", name: Word = "", role: Word = "", password: Word = "") -> Response:
    try:
        people.add_user(visit.store, visit.actor, email, name, role, password or None)
    except DatamimicError as error:
        visit.actor.require(Right.ADMINISTER)
        return _users(visit, error, {"email": email, "name": name, "role": role})
    return to("/users")


@routes.post("/users/{user_id}/role")
def set_role(visit: Changing, user_id: Number, role: Word = "") -> Response:
    return _or_told(visit, lambda: people.set_role(visit.store, visit.actor, user_id, role))


@routes.post("/users/{user_id}/remove")
def remove_user(visit: Changing, user_id: Number) -> Response:
    return _or_told(visit, lambda: people.remove_user(visit.store, visit.actor, user_id))


@routes.get("/keys")
def keys(visit: Visitor) -> Response:
    return _keys(visit)


@routes.post("/keys")
def new_key(
    visit: Changing,
    name: Word = "",
    days: Annotated[int, Form(ge=1, le=366)] = 90,
    scopes: Annotated[list[str] | None, Form(max_length=20)] = None,
) -> Response:
    """Shows the key, this once."""
    try:
        made = signing_in.new_key(visit.store, visit.actor, name, days, scopes or None)
    except DatamimicError as error:
        return _keys(visit, wrong=error)
    return _keys(visit, made=made)


@routes.post("/keys/{key_id}/revoke")
def revoke_key(visit: Changing, key_id: Number) -> Response:
    signing_in.revoke_key(visit.store, visit.actor, key_id)
    return to("/keys")


@routes.get("/audit")
def audit(
    visit: Visitor,
    page: Page = 1,
    action: Annotated[str, Query(max_length=60)] = "",
) -> Response:
    found = auditing.audit(visit.store, visit.actor, action=action or None, page=page, size=PAGE)
    return visit.page("audit.html", found=found, action=action)


@routes.post("/audit/export")
def export(visit: Changing, format: Annotated[str, Form(pattern="^(csv|json)$")] = "csv") -> Response:
    """A row of the audit itself, and so the answer to a form."""
    lines = auditing.export(visit.store, visit.actor, format)
    first = next(lines, "")

    def all_lines() -> Any:
        yield first
        yield from lines

    kind, ending = ("text/csv", "csv") if format == "csv" else ("application/x-ndjson", "jsonl")
    headers = {"Content-Disposition": f'attachment; filename="audit.{ending}"'}
    return StreamingResponse(all_lines(), media_type=kind, headers=headers)


def _or_told(visit: Visit, act: Any) -> Response:
    visit.actor.require(Right.ADMINISTER)
    try:
        act()
    except DatamimicError as error:
        return _users(visit, error)
    return to("/users")


def _users(visit: Visit, wrong: DatamimicError | None = None, given: dict[str, str] | None = None) -> Response:
    return visit.page(
        "users.html",
        answered=400 if wrong else 200,
        users=people.users(visit.store, visit.actor),
        teams=people.teams(visit.store, visit.actor),
        roles=[str(each) for each in Role],
        given={"email": "", "name": "", "role": "developer", **(given or {})},
        wrong=wrong,
    )


def _keys(visit: Visit, made: dict[str, Any] | None = None, wrong: DatamimicError | None = None) -> Response:
    return visit.page(
        "keys.html",
        answered=400 if wrong else 200,
        keys=signing_in.keys(visit.store, visit.actor),
        rights=[str(each) for each in Right if visit.actor.may(each)],
        made=made,
        wrong=wrong,
    )
