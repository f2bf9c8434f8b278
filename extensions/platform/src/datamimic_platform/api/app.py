"""The application: all routes, each error described, nothing answered without headers."""

from __future__ import annotations

from importlib.metadata import version
from typing import Any

from fastapi import FastAPI

from datamimic_platform.api import (
    configuration_routes,
    evidence_routes,
    job_routes,
    people_routes,
    problems,
    schedule_routes,
    system_routes,
)
from datamimic_platform.api.guard import Guard
from datamimic_platform.api.links import link
from datamimic_platform.api.watching import Watching
from datamimic_platform.store.store import Store

_PROBLEMS: dict[int | str, dict[str, Any]] = {
    code: {"description": text, "content": {problems.MEDIA: {"schema": problems.SCHEMA}}}
    for code, text in {
        400: "What was asked does not fit",
        401: "Who asks is not known",
        403: "The right is missing",
        404: "It is not there, or not yours",
        409: "It does not go with what is there",
        413: "It is too large",
        428: "If-Match is missing",
        429: "Too many requests; Retry-After says how long",
        500: "The server failed",
        503: "The database does not answer; Retry-After says how long to wait",
    }.items()
}


def make_app(store: Store) -> FastAPI:
    """The REST API over a store. `app.state` has the store and the guard, for pages that stand on the same."""
    app = FastAPI(
        title="syndata",
        version=version("datamimic-platform"),
        description="Jobs, schedules, configurations and people of a platform for synthetic data.",
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        responses=_PROBLEMS,
    )
    app.state.store, app.state.guard, app.state.watching = store, Guard(store.settings), Watching(store)
    problems.install(app)
    app.state.guard.install(app)
    for module in (job_routes, evidence_routes, configuration_routes, schedule_routes, people_routes, system_routes):
        app.include_router(module.routes)
    _describe(app)
    return app


def _describe(app: FastAPI) -> None:
    """OpenAPI 3.1, in which a request that does not fit is 400 and never 422."""
    made = app.openapi()
    for path in made["paths"].values():
        for operation in path.values():
            operation["responses"].pop("422", None)
    link(made)
    app.openapi_schema = made
