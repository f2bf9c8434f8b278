"""Signing in by the identity provider: there, and back."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import RedirectResponse

from datamimic import DatamimicError
from datamimic_platform.api.known import by_tls, store_of
from datamimic_platform.pages.visiting import entrance, open_session
from datamimic_platform.services import by_provider

routes = APIRouter()
COOKIE = "syndata_provider"
_BACK = "/login/provider/back"
_SECONDS = 600


@routes.get("/login/provider")
def go(request: Request) -> Response:
    store = store_of(request)
    try:
        place, kept = by_provider.go(store, _redirect(request))
    except DatamimicError as error:
        return entrance(request, status=502 if error.code == "platform.no_provider" else 404, wrong=f"{error.message}.")
    answer = RedirectResponse(place, status_code=303)
    # Not strict: the browser brings it from the provider's page.
    answer.set_cookie(
        COOKIE, kept, max_age=_SECONDS, httponly=True, samesite="lax", secure=by_tls(store), path="/login/provider"
    )
    return answer


@routes.get(_BACK)
def come(
    request: Request,
    state: Annotated[str, Query(max_length=200)] = "",
    code: Annotated[str, Query(max_length=4_000)] = "",
) -> Response:
    store = store_of(request)
    try:
        answer = open_session(
            store, by_provider.come(store, request.cookies.get(COOKIE, ""), state, code, _redirect(request))
        )
    except DatamimicError:
        answer = entrance(
            request, status=401, wrong="The identity provider did not say who you are, or nobody here knows you."
        )
    answer.delete_cookie(COOKIE, path="/login/provider")
    return answer


def _redirect(request: Request) -> str:
    return str(request.url.replace(path=_BACK, query=""))
