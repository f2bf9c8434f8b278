"""Users of API and pages, for locust: `locust -f bench/under_load/locustfile.py --headless -u 200 -r 20 -t 3m --host http://127.0.0.1:8000`.

SYNDATA_LOAD_KEY is an API key, SYNDATA_LOAD_COOKIE the value of a session's cookie, SYNDATA_LOAD_PAGES where the pages are.
Reads only: jobs, configurations, schemas, numbers; the dashboard, the lists, the page of a job and its lineage.
"""

from __future__ import annotations

import os
from typing import Any

from locust import HttpUser, between, task

KEY = os.environ["SYNDATA_LOAD_KEY"]
COOKIE = os.environ["SYNDATA_LOAD_COOKIE"]
PAGES = os.environ.get("SYNDATA_LOAD_PAGES", "http://127.0.0.1:8001")
JOB = os.environ["SYNDATA_LOAD_JOB"]


class Program(HttpUser):
    """Asks the API."""

    weight = 1
    wait_time = between(1, 5)

    def on_start(self) -> None:
        self.client.headers["X-API-Key"] = KEY

    @task(4)
    def jobs(self) -> None:
        self.client.get("/jobs?page=1&page_size=20")

    @task(4)
    def job(self) -> None:
        self.client.get(f"/jobs/{JOB}", name="/jobs/{job_id}")

    @task(2)
    def others(self) -> None:
        for place in ("/configurations", "/schemas", "/stats"):
            self.client.get(place)


class Person(HttpUser):
    """Looks at the pages."""

    weight = 1
    wait_time = between(2, 8)

    def on_start(self) -> None:
        self.client.cookies.set("syndata_session", COOKIE)

    def _see(self, place: str, name: str) -> None:
        with self.client.get(PAGES + place, name=name, allow_redirects=False, catch_response=True) as answer:
            got: Any = answer
            if got.status_code != 200:
                got.failure(f"{got.status_code}")

    @task(3)
    def dashboard(self) -> None:
        self._see("/", "page /")

    @task(3)
    def jobs(self) -> None:
        self._see("/jobs", "page /jobs")

    @task(3)
    def job(self) -> None:
        self._see(f"/jobs/{JOB}", "page /jobs/{job_id}")

    @task(1)
    def lineage(self) -> None:
        self._see(f"/jobs/{JOB}/lineage", "page /jobs/{job_id}/lineage")
