"""Around every request: correlation id, limits, security headers, the log, and a problem for what nobody expected."""

from __future__ import annotations

import hashlib
import logging
import time
from collections import Counter
from http import HTTPStatus

from fastapi import FastAPI, Request
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from datamimic import DatamimicError
from datamimic_platform.api.bodies import LimitedBodies
from datamimic_platform.api.heads import Heads
from datamimic_platform.api.known import COOKIE
from datamimic_platform.api.limits import Limits
from datamimic_platform.api.problems import of_error, unexpected
from datamimic_platform.observing.correlation import accepted, correlated, current
from datamimic_platform.observing.tracing import span
from datamimic_platform.settings import Settings

_LOG = logging.getLogger("datamimic.platform.api")
OPEN = ("/health", "/health/live", "/health/ready")
"""Routes that are not counted."""
LOGINS = ("/auth/token", "/auth/login", "/auth/link")
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "geolocation=(), camera=(), microphone=()",
}
TLS_ONLY = {"Strict-Transport-Security": "max-age=31536000; includeSubDomains"}


class Guard:
    """`requests` counts answers by method, route and status since the start."""

    def __init__(self, settings: Settings) -> None:
        self.requests: Counter[tuple[str, str, int]] = Counter()
        self._settings, self._limits = settings, Limits(settings)
        always = {**HEADERS, **(TLS_ONLY if settings.ssl_enabled else {})}
        self._headers = [(name.lower().encode(), value.encode()) for name, value in always.items()]

    def install(self, app: FastAPI) -> None:
        app.add_middleware(LimitedBodies, self._settings)
        app.add_middleware(Heads)
        app.add_middleware(self._around)

    def _around(self, app: ASGIApp) -> ASGIApp:
        async def guarded(scope: Scope, receive: Receive, send: Send) -> None:
            if scope["type"] == "http":
                with correlated(accepted(Headers(scope=scope).get("X-Correlation-Id"))):
                    await self._answer(app, scope, receive, send)
            else:
                await app(scope, receive, send)

        return guarded

    async def _answer(self, app: ASGIApp, scope: Scope, receive: Receive, send: Send) -> None:
        begun, request, started = time.perf_counter(), Request(scope, receive), False
        with span("request", method=request.method) as ending:

            async def told(message: Message) -> None:
                nonlocal started
                if message["type"] == "http.response.start":
                    started = True
                    self._add_headers(message)
                    ending.update(route=_route(request), status=message["status"])
                    self._tell(request.method, ending["route"], message["status"], begun)
                    if message["status"] == HTTPStatus.UNAUTHORIZED:
                        self._limits.refused(_address(request))
                await send(message)

            try:
                self._count(request)
                await app(scope, receive, told)
            except DatamimicError as error:
                if started:
                    raise
                await of_error(error)(scope, receive, told)
            except Exception as error:
                if started:
                    raise
                await unexpected(error, _route(request))(scope, receive, told)

    def _add_headers(self, message: Message) -> None:
        given = message["headers"]
        there = {name for name, _ in given}
        message["headers"] = [
            *given,
            *(each for each in self._headers if each[0] not in there),
            (b"x-correlation-id", current().encode()),
        ]

    def _tell(self, method: str, route: str, status: int, begun: float) -> None:
        """The count and the log of an answer, when it begins: events of a job may come for hours."""
        self.requests[method, route, status] += 1
        taken = round((time.perf_counter() - begun) * 1000)
        _LOG.info("answered", extra={"method": method, "route": route, "status": status, "duration_ms": taken})

    def _count(self, request: Request) -> None:
        """Raises `DatamimicError` (`platform.too_many`) with the seconds to wait."""
        path, most = request.url.path, self._settings.requests_per_minute
        if path in OPEN:
            return
        address = _address(request)
        if path in LOGINS and request.method == "POST":
            wait = self._limits.wait(self._settings.logins_per_minute, f"login {address}")
        elif shown := _shown(request):
            digest = hashlib.sha256(shown.encode()).hexdigest()
            wait = self._limits.tries(most, address) or self._limits.wait(most, digest)
        else:
            wait = self._limits.wait(most, address)
        if wait is not None:
            raise DatamimicError(
                "platform.too_many",
                "too many requests",
                hint=f"wait {wait} seconds",
                details={"retry_after": wait},
            )


def _address(request: Request) -> str:
    return request.client.host if request.client else "nobody"


def _shown(request: Request) -> str | None:
    """The key, token or session that comes with a request."""
    headers = request.headers
    return headers.get("X-API-Key") or headers.get("Authorization") or request.cookies.get(COOKIE)


def _route(request: Request) -> str:
    """The route's pattern: ids and names of objects are in no metric."""
    route = request.scope.get("route")
    return str(getattr(route, "path", "unknown"))
