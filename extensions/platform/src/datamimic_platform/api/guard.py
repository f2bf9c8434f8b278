"""Around every request: correlation id, limits, security headers, the log, and a problem for what nobody expected."""

from __future__ import annotations

import hashlib
import logging
import time
from collections import Counter

from fastapi import FastAPI, Request
from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage, storage_from_string
from limits.strategies import MovingWindowRateLimiter
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from datamimic import DatamimicError
from datamimic_platform.api.bodies import LimitedBodies
from datamimic_platform.api.heads import Heads
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
        self._settings = settings
        storage = MemoryStorage()
        if settings.redis_url:
            storage = storage_from_string(settings.redis_url, max_connections=settings.redis_max_connections)  # type: ignore[assignment]
        self._limiter = MovingWindowRateLimiter(storage)
        self._all = RateLimitItemPerMinute(settings.requests_per_minute)
        self._logins = RateLimitItemPerMinute(settings.logins_per_minute)

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
        headers = MutableHeaders(scope=message)
        for name, value in {**HEADERS, **(TLS_ONLY if self._settings.ssl_enabled else {})}.items():
            headers.setdefault(name, value)
        headers["X-Correlation-Id"] = current()

    def _tell(self, method: str, route: str, status: int, begun: float) -> None:
        """The count and the log of an answer, when it begins: events of a job may come for hours."""
        self.requests[method, route, status] += 1
        taken = round((time.perf_counter() - begun) * 1000)
        _LOG.info("answered", extra={"method": method, "route": route, "status": status, "duration_ms": taken})

    def _count(self, request: Request) -> None:
        """Raises `DatamimicError` (`platform.too_many`) with the seconds to wait."""
        path = request.url.path
        if path in OPEN:
            return
        login = path in LOGINS and request.method == "POST"
        limit = self._logins if login else self._all
        who = request.client.host if request.client else "nobody"
        shown = request.headers.get("X-API-Key") or request.headers.get("Authorization") or ""
        if shown and not login:
            who = hashlib.sha256(shown.encode()).hexdigest()
        if not self._limiter.hit(limit, "login" if login else "all", who):
            reset = self._limiter.get_window_stats(limit, "login" if login else "all", who).reset_time
            wait = max(1, round(reset - time.time()))
            raise DatamimicError(
                "platform.too_many",
                "too many requests",
                hint=f"wait {wait} seconds",
                details={"retry_after": wait},
            )


def _route(request: Request) -> str:
    """The route's pattern: ids and names of objects are in no metric."""
    route = request.scope.get("route")
    return str(getattr(route, "path", "unknown"))
