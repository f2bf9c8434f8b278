"""`/auth`, `/me`, `/keys`, `/users`, `/teams`, `/secrets`, `/audit`."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.responses import StreamingResponse
from pydantic import BaseModel, ConfigDict, Field

from datamimic_platform.api.known import COOKIE, Here, Number, Page, PageSize, Who, keep_session, signed_in
from datamimic_platform.security.rights import RIGHTS
from datamimic_platform.services import accounts, auditing, people, signing_in
from datamimic_platform.services.recognising import SignedIn

routes = APIRouter(tags=["people"])
Text = Annotated[str, Field(min_length=1, max_length=300)]


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Login(_Body):
    email: Text
    password: Text


class Link(_Body):
    link: Text


class NewKey(_Body):
    name: Text
    days: int = Field(default=90, ge=1, le=366)
    scopes: list[str] | None = None


class NewPassword(_Body):
    """`old` is left out by who came by a link or a provider, and has none yet."""

    old: Text = ""
    new: Text


class NewUser(_Body):
    email: Text
    name: Text
    role: Text
    password: Text | None = None


class NewRole(_Body):
    role: Text


class Team(_Body):
    role: Text
    members: list[int] = Field(default=[], max_length=10_000)


class NewSecret(_Body):
    value: str = Field(min_length=1, max_length=4_000)


@routes.post("/auth/token")
def token(store: Here, body: Login) -> dict[str, Any]:
    """A JSON Web Token for a password."""
    return signing_in.token_for(store, *signing_in.by_password(store, body.email, body.password))


@routes.post("/auth/login")
def login(store: Here, body: Login, answer: Response) -> dict[str, Any]:
    """A session for the pages."""
    user, workspace = signing_in.by_password(store, body.email, body.password)
    return _session(store, signing_in.start_session(store, user, workspace), answer)


@routes.post("/auth/link")
def link(store: Here, body: Link, answer: Response) -> dict[str, Any]:
    """A session for a one-time link."""
    return _session(store, signing_in.by_link(store, body.link), answer)


@routes.post("/auth/logout", status_code=204)
def logout(request: Request, store: Here, signed: Annotated[SignedIn, Depends(signed_in)], answer: Response) -> None:
    signing_in.end_session(store, signed)
    answer.delete_cookie(COOKIE)


def _session(store: Here, signed: SignedIn, answer: Response) -> dict[str, Any]:
    keep_session(answer, store, signed)
    return {"name": signed.actor.name, "role": signed.actor.role, "csrf": signed.csrf}


@routes.get("/me")
def me(actor: Who) -> dict[str, Any]:
    rights = sorted(each for each in RIGHTS[actor.role] if actor.may(each))
    return {"name": actor.name, "role": actor.role, "workspace": actor.workspace, "rights": rights}


@routes.put("/me/password", status_code=204)
def change_password(request: Request, store: Here, actor: Who, body: NewPassword) -> None:
    """One's own. All other sessions end."""
    accounts.change_password(store, actor, body.old, body.new, request.cookies.get(COOKIE))


@routes.get("/keys")
def list_keys(store: Here, actor: Who) -> dict[str, Any]:
    return {"items": signing_in.keys(store, actor)}


@routes.post("/keys", status_code=201)
def new_key(store: Here, actor: Who, body: NewKey) -> dict[str, Any]:
    return signing_in.new_key(store, actor, body.name, body.days, body.scopes)


@routes.delete("/keys/{key_id}", status_code=204)
def revoke_key(store: Here, actor: Who, key_id: Number) -> None:
    signing_in.revoke_key(store, actor, key_id)


@routes.get("/users")
def list_users(store: Here, actor: Who) -> dict[str, Any]:
    return {"items": people.users(store, actor)}


@routes.post("/users", status_code=201)
def add_user(store: Here, actor: Who, body: NewUser) -> dict[str, Any]:
    return people.add_user(store, actor, body.email, body.name, body.role, body.password)


@routes.put("/users/{user_id}/role")
def set_role(store: Here, actor: Who, user_id: Number, body: NewRole) -> dict[str, Any]:
    return people.set_role(store, actor, user_id, body.role)


@routes.delete("/users/{user_id}", status_code=204)
def remove_user(store: Here, actor: Who, user_id: Number) -> None:
    people.remove_user(store, actor, user_id)


@routes.get("/teams")
def list_teams(store: Here, actor: Who) -> dict[str, Any]:
    return {"items": people.teams(store, actor)}


@routes.put("/teams/{name}")
def save_team(store: Here, actor: Who, name: str, body: Team) -> dict[str, Any]:
    return people.save_team(store, actor, name, body.role, body.members)


@routes.get("/secrets")
def list_secrets(store: Here, actor: Who) -> dict[str, Any]:
    return {"items": people.secrets(store, actor)}


@routes.put("/secrets/{name}")
def keep_secret(store: Here, actor: Who, name: str, body: NewSecret) -> dict[str, Any]:
    return people.keep_secret(store, actor, name, body.value)


@routes.get("/audit")
def get_audit(
    store: Here,
    actor: Who,
    action: Annotated[str | None, Query(max_length=60)] = None,
    page: Page = 1,
    page_size: PageSize = 50,
) -> dict[str, Any]:
    return auditing.audit(store, actor, action=action, page=page, size=page_size)


@routes.get("/audit/export", response_class=StreamingResponse)
def export_audit(store: Here, actor: Who, format: Literal["json", "csv"] = "json") -> StreamingResponse:
    lines = auditing.export(store, actor, format)
    first = next(lines, "")  # rights are looked at before the answer begins

    def all_lines() -> Any:
        yield first
        yield from lines

    return StreamingResponse(all_lines(), media_type="text/csv" if format == "csv" else "application/x-ndjson")
