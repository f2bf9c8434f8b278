"""Who visits a page: the session, its workspace, and the token that each of its forms brings back."""

from __future__ import annotations

import hmac
import secrets
from typing import Annotated, Any

from attrs import frozen
from fastapi import Depends, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from datamimic import DatamimicError
from datamimic_platform.api.known import by_tls, keep_session, session_of, store_of
from datamimic_platform.pages.rendering import page
from datamimic_platform.security.rights import Actor, Right
from datamimic_platform.services.recognising import SignedIn
from datamimic_platform.services.workspaces import workspaces_of
from datamimic_platform.store.store import Store

FORM_COOKIE = "syndata_form"
"""Of visitors without a session: the form to sign in brings its value back."""
_SECTIONS = (
    ("/", "Dashboard", "home", Right.READ),
    ("/jobs", "Jobs", "jobs", Right.READ),
    ("/configurations", "Configurations", "models", Right.READ),
    ("/templates", "Templates", "templates", Right.READ),
    ("/data", "Data", "upload", Right.READ),
    ("/schedules", "Schedules", "clock", Right.READ),
    ("/audit", "Audit", "audit", Right.AUDIT),
    ("/users", "Users", "users", Right.ADMINISTER),
    ("/keys", "API keys", "key", Right.READ),
)


@frozen
class Visit:
    request: Request
    store: Store
    signed: SignedIn

    @property
    def actor(self) -> Actor:
        return self.signed.actor

    @property
    def by_script(self) -> bool:
        """A part of a page is asked for."""
        return self.request.headers.get("HX-Request") == "true"

    def page(self, template: str, *, answered: int = 200, **values: Any) -> HTMLResponse:
        """With the frame: sections by right, workspaces, token."""
        path, actor = self.request.url.path, self.actor
        frame = {
            "actor": actor,
            "csrf": self.signed.csrf,
            "sections": [each[:3] for each in _SECTIONS if actor.may(each[3])],
            "here": max((each[0] for each in _SECTIONS if _below(path, each[0])), key=len, default=""),
            "workspaces": workspaces_of(self.store, actor),
            "may": {str(right): actor.may(right) for right in Right},
        }
        return page(template, {**frame, **values}, answered)


def _below(path: str, section: str) -> bool:
    return path == section or (section != "/" and path.startswith(f"{section}/"))


def visit(request: Request) -> Visit:
    """Raises `DatamimicError` (`platform.unauthorised`)."""
    return Visit(request, store_of(request), session_of(request))


def changing(request: Request, csrf: Annotated[str, Form(max_length=200)] = "") -> Visit:
    """Of a form. Raises `DatamimicError` (`platform.forbidden`) where it does not bring the session's token."""
    found = visit(request)
    if not hmac.compare_digest(csrf.encode(), found.signed.csrf.encode()):
        raise _forged()
    return found


def entering(request: Request, csrf: Annotated[str, Form(max_length=200)] = "") -> Store:
    """Of the form to sign in, which brings back the value of a cookie."""
    kept = request.cookies.get(FORM_COOKIE, "")
    if not kept or not hmac.compare_digest(csrf.encode(), kept.encode()):
        raise _forged()
    return store_of(request)


def entrance(request: Request, *, status: int = 200, wrong: str = "", email: str = "") -> HTMLResponse:
    """The form to sign in, with its token in a cookie and in itself."""
    store = store_of(request)
    kept = request.cookies.get(FORM_COOKIE) or secrets.token_urlsafe(24)
    answer = page(
        "sign_in.html",
        {"csrf": kept, "wrong": wrong, "email": email, "provider": bool(store.settings.oidc_issuer)},
        status,
    )
    answer.set_cookie(FORM_COOKIE, kept, httponly=True, samesite="strict", secure=by_tls(store))
    return answer


def open_session(store: Store, signed: SignedIn) -> Response:
    answer = RedirectResponse("/", status_code=303)
    keep_session(answer, store, signed)
    answer.delete_cookie(FORM_COOKIE)
    return answer


def _forged() -> DatamimicError:
    return DatamimicError(
        "platform.forbidden", "the form is not of this session", hint="load the page again, and send it once more"
    )


Visitor = Annotated[Visit, Depends(visit)]
Changing = Annotated[Visit, Depends(changing)]
Entering = Annotated[Store, Depends(entering)]


def to(place: str) -> Response:
    """After a change: the page of what was changed, which a reload does not send again."""
    return RedirectResponse(place, status_code=303)
