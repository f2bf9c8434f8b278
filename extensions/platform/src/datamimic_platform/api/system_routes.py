"""`/health`, `/stats`, `/metrics`."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import PlainTextResponse

from datamimic import DatamimicError
from datamimic_platform.api.known import Here, Who
from datamimic_platform.observing.metrics import exposition
from datamimic_platform.security.rights import Right
from datamimic_platform.services import statistics

routes = APIRouter(tags=["system"])


@routes.get("/health", responses={503: {"description": "Not ready"}})
def health(store: Here, answer: Response) -> dict[str, Any]:
    found = statistics.ready(store)
    answer.status_code = 200 if found["status"] == "ok" else 503
    return found


@routes.get("/health/live")
def live() -> dict[str, str]:
    """The process answers."""
    return {"status": "ok"}


@routes.get("/health/ready", responses={503: {"description": "Not ready"}})
def ready(store: Here, answer: Response) -> dict[str, Any]:
    """The database answers, and artefacts can be written."""
    return health(store, answer)


@routes.get("/openapi.json")
def description(request: Request, actor: Who) -> dict[str, Any]:
    """This API, as OpenAPI 3.1."""
    found: dict[str, Any] = request.app.openapi()
    return found


@routes.get("/stats")
def stats(store: Here, actor: Who) -> dict[str, Any]:
    return statistics.statistics(store, actor)


@routes.get("/metrics", response_class=PlainTextResponse)
def metrics(request: Request, store: Here, actor: Who) -> PlainTextResponse:
    actor.require(Right.READ)
    if not store.settings.prometheus_enabled:
        raise DatamimicError("platform.not_found", "metrics are off", hint="PROMETHEUS_ENABLED=true")
    text = exposition(statistics.measured(store, request.app.state.guard.requests))
    return PlainTextResponse(text.decode(), media_type="text/plain; version=0.0.4; charset=utf-8")
