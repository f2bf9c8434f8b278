"""The pages: routes over the services that REST stands on, and files of our own beside them."""

from __future__ import annotations

from fastapi import FastAPI

from datamimic_platform.api import job_routes, problems, system_routes
from datamimic_platform.api.guard import Guard
from datamimic_platform.api.watching import Watching
from datamimic_platform.pages import (
    account_pages,
    configuration_routes,
    dashboard_routes,
    data_pages,
    evidence_pages,
    job_pages,
    people_pages,
    plan_pages,
    provider_pages,
    schedule_pages,
    signing_pages,
)
from datamimic_platform.pages.refusals import ProblemPages
from datamimic_platform.pages.rendering import STATIC, StaticFilesKept
from datamimic_platform.store.store import Store

_MODULES = (
    account_pages,
    signing_pages,
    provider_pages,
    dashboard_routes,
    data_pages,
    plan_pages,
    evidence_pages,
    job_pages,
    configuration_routes,
    schedule_pages,
    people_pages,
)


def make_pages(store: Store) -> FastAPI:
    app = FastAPI(title="syndata pages", docs_url=None, redoc_url=None, openapi_url=None)
    app.state.store, app.state.guard, app.state.watching = store, Guard(store.settings), Watching(store)
    problems.install(app)
    app.state.guard.install(app)
    app.add_middleware(ProblemPages)

    for module in _MODULES:
        app.include_router(module.routes)
    app.add_api_route("/health/live", system_routes.live)
    app.add_api_route("/jobs/{job_id}/events", job_routes.events)
    app.add_api_route("/jobs/{job_id}/artefacts/{name:path}", job_routes.download)
    app.mount("/static", StaticFilesKept(directory=STATIC), name="static")
    return app
