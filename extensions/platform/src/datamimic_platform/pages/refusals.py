"""Problems as pages: what the API answers in JSON, a browser shows with its code, hint and correlation id."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from typing import Any

from fastapi import Request
from fastapi.responses import RedirectResponse, Response

from datamimic_platform.api.problems import MEDIA
from datamimic_platform.pages.rendering import page


async def as_pages(request: Request, following: Callable[[Request], Awaitable[Response]]) -> Response:
    """A problem becomes a page for whoever takes HTML; nobody known is led to the form to sign in."""
    answer = await following(request)
    if not answer.headers.get("Content-Type", "").startswith(MEDIA):
        return answer
    if not _takes_pages(request):
        return answer
    if answer.status_code == 401:
        if "HX-Request" in request.headers:
            return Response(status_code=401, headers={"HX-Redirect": "/login"})
        return RedirectResponse("/login", status_code=303)
    body: Any = answer
    text = b"".join([piece async for piece in body.body_iterator])
    shown = page("problem.html", {"problem": json.loads(text)}, answer.status_code)
    for name, value in answer.headers.items():
        if name.lower() not in ("content-type", "content-length", "content-security-policy"):
            shown.headers[name] = value
    return shown


def _takes_pages(request: Request) -> bool:
    """Whoever says so, or says nothing about it; scripts that follow a job take events alone."""
    taken = request.headers.get("Accept") or "*/*"
    return "HX-Request" in request.headers or any(each in taken for each in ("text/html", "*/*"))
