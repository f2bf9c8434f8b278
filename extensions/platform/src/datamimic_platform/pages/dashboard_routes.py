"""The first page: the numbers of `/stats`, and the latest jobs."""

from __future__ import annotations

from fastapi import APIRouter, Response

from datamimic_platform.jobs.states import Status
from datamimic_platform.pages.bars import bars
from datamimic_platform.pages.visiting import Visitor
from datamimic_platform.services import configurations, jobs, schedules, statistics

routes = APIRouter()
LATEST = 8


@routes.get("/")
def dashboard(visit: Visitor) -> Response:
    numbers = statistics.statistics(visit.store, visit.actor)
    latest = jobs.jobs(visit.store, visit.actor, size=LATEST)["items"]
    stored = configurations.configurations(visit.store, visit.actor, size=5)
    coming = [each for each in schedules.schedules(visit.store, visit.actor, size=50)["items"] if each["next"]]
    shown = {
        "numbers": numbers,
        "days": bars(numbers["days"]),
        "latest": latest,
        "stored": stored,
        "coming": sorted(coming, key=lambda each: str(each["next"][0]))[:3],
        "active": any(numbers["jobs"][each] for each in (Status.QUEUED, Status.RUNNING)),
    }
    return visit.page("dashboard.html", **shown)
