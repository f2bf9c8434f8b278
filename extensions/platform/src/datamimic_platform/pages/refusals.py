"""Problems as pages: what the API answers in JSON, a browser shows with its code, hint and correlation id."""

from __future__ import annotations

import json

from fastapi.responses import RedirectResponse, Response
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from datamimic_platform.api.problems import MEDIA
from datamimic_platform.pages.rendering import page


class ProblemPages:
    """Around an application: a problem becomes a page for whoever takes HTML; nobody known is led to the form to sign in."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not _takes_pages(asked := Headers(scope=scope)):
            await self._app(scope, receive, send)
            return
        begun: Message | None = None
        pieces: list[bytes] = []

        async def shown(message: Message) -> None:
            nonlocal begun
            if message["type"] == "http.response.start" and _is_problem(message):
                begun = message
            elif begun is None:
                await send(message)
            else:
                pieces.append(message.get("body", b""))
                if not message.get("more_body", False):
                    await _page(begun, b"".join(pieces), asked)(scope, receive, send)

        await self._app(scope, receive, shown)


def _is_problem(start: Message) -> bool:
    return Headers(raw=start["headers"]).get("Content-Type", "").startswith(MEDIA)


def _page(start: Message, body: bytes, asked: Headers) -> Response:
    """The page of a problem; of an answer to HEAD, which has no body, the head alone."""
    if start["status"] == 401:
        if "HX-Request" in asked:
            return Response(status_code=401, headers={"HX-Redirect": "/login"})
        return RedirectResponse("/login", status_code=303)
    made = (
        page("problem.html", {"problem": json.loads(body)}, start["status"])
        if body
        else Response(None, start["status"])
    )
    for name, value in Headers(raw=start["headers"]).items():
        if name not in ("content-type", "content-length", "content-security-policy"):
            made.headers[name] = value
    return made


def _takes_pages(asked: Headers) -> bool:
    """Whoever says so, or says nothing about it; scripts that follow a job take events alone."""
    taken = asked.get("Accept") or "*/*"
    return "HX-Request" in asked or any(each in taken for each in ("text/html", "*/*"))
