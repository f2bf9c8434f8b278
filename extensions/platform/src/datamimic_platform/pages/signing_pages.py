"""Signing in by link or password, signing out, going to another workspace."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Query, Request, Response

from datamimic import DatamimicError
from datamimic_platform.api.known import COOKIE, store_of
from datamimic_platform.pages.visiting import Changing, Entering, entrance, open_session
from datamimic_platform.services import signing_in, workspaces

routes = APIRouter()


@routes.get("/login")
def login(request: Request, link: Annotated[str | None, Query(max_length=200)] = None) -> Response:
    """The form, or a session for a one-time link."""
    if link is None:
        return entrance(request)
    store = store_of(request)
    try:
        return open_session(store, signing_in.by_link(store, link))
    except DatamimicError:
        return entrance(request, status=401, wrong="This link was used already, or its half hour is over.")


@routes.post("/auth/login")
def by_password(
    request: Request,
    store: Entering,
    email: Annotated[str, Form(max_length=300)] = "",
    password: Annotated[str, Form(max_length=300)] = "",
) -> Response:
    """Counted by the guard as every try to sign in is."""
    try:
        user, workspace = signing_in.by_password(store, email, password)
        return open_session(store, signing_in.start_session(store, user, workspace))
    except DatamimicError:
        wrong = "E-mail address and password do not fit. After five failures an account waits for 15 minutes."
        return entrance(request, status=401, wrong=wrong, email=email)


@routes.post("/logout")
def logout(visit: Changing) -> Response:
    signing_in.end_session(visit.store, visit.signed)
    answer = Response(status_code=303, headers={"Location": "/login"})
    answer.delete_cookie(COOKIE)
    return answer


@routes.post("/workspace")
def change_workspace(visit: Changing, workspace: Annotated[int, Form(ge=1, le=10**9)]) -> Response:
    return open_session(visit.store, workspaces.go_to(visit.store, visit.signed, workspace))
