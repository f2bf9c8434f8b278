"""Around every request: correlation id, limits, security headers, the log, and a problem for what nobody expected."""

from __future__ import annotations

import hashlib
import logging
import time
from collections import Counter
from collections.abc import Awaitable, Callable

from fastapi import FastAPI, Request, Response
from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage, storage_from_string
from limits.strategies import MovingWindowRateLimiter

from datamimic import DatamimicError
from datamimic_platform.api.bodies import LimitedBodies
from datamimic_platform.api.heads import Heads
from datamimic_platform.api.problems import of_error, unexpected
from datamimic_platform.observing.correlation import accepted, correlated
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
        app.middleware("http")(self)

    async def __call__(self, request: Request, following: Callable[[Request], Awaitable[Response]]) -> Response:
        with correlated(identifier := accepted(request.headers.get("X-Correlation-Id"))):
            begun = time.perf_counter()
            with span("request", method=request.method) as ending:
                try:
                    self._count(request)
                    answer = await following(request)
                except DatamimicError as error:
                    answer = of_error(error)
                except Exception as error:
                    answer = unexpected(error, _route(request))
                route = _route(request)
                ending |= {"route": route, "status": answer.status_code}
            for name, value in {**HEADERS, **(TLS_ONLY if self._settings.ssl_enabled else {})}.items():
                answer.headers.setdefault(name, value)
            answer.headers["X-Correlation-Id"] = identifier
            self.requests[request.method, route, answer.status_code] += 1
            told = {"method": request.method, "route": route, "status": answer.status_code}
            told["duration_ms"] = round((time.perf_counter() - begun) * 1000)
            _LOG.info("answered", extra=told)
            return answer

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
