"""The platform under load: `python -m bench platform` starts one of its own, and tells what it took.

reads     200 users of API and pages for some minutes (locust, where it is installed): p50, p99, errors, processor time per
          request, memory at the begin and the end
jobs      100 jobs of 100,000 rows queued, against the same rows by `dm run` back to back, in processor time and by the clock
watchers  500 that follow one job by server-sent events, and how many were told its end
"""

from __future__ import annotations

import asyncio
import csv
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx2
import psutil

MODEL = """\
name: load
tables:
  - table_name: people
    rows: 100000
    columns:
      - {name: person_id, type: int, constraints: [PK]}
      - {name: first_name, type: str, rule: first_name}
      - {name: email, type: str, rule: email}
      - {name: age, type: int, rule: {type: range, min: 18, max: 80}}
"""
API, PAGES = 18_000, 18_001


def measure(users: int, seconds: int, jobs: int, watchers: int, workers: int) -> int:
    with (
        tempfile.TemporaryDirectory(prefix="syndata-load-") as name,
        _server(Path(name), workers) as (process, link),
        httpx2.Client(base_url=f"http://127.0.0.1:{API}", timeout=60) as client,
    ):
        cookie, key = _signed_in(link)
        client.headers["X-API-Key"] = key
        first = _submitted(client, rows=1_000)
        _ended(client, [first])
        if users:
            _reads(Path(name), process, users, seconds, {"KEY": key, "COOKIE": cookie, "JOB": first})
        if jobs:
            _jobs(client, Path(name), process, jobs)
        if watchers:
            asyncio.run(_watchers(client, key, watchers, process))
    return 0


@contextmanager
def _server(folder: Path, workers: int) -> Iterator[tuple[psutil.Process, str]]:
    environment = {**os.environ, "SYNDATA_REQUESTS_PER_MINUTE": "1000000", "SYNDATA_HOME": str(folder / "data")}
    environment |= {"SYNDATA_LOGS": str(folder / "logs"), "DATABASE_URL": f"sqlite:///{folder / 'store.db'}"}
    command = [sys.executable, "-m", "datamimic_platform", "up", "--workers", str(workers)]
    command += ["--api-port", str(API), "--page-port", str(PAGES)]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True, cwd=folder) as started:
        assert started.stdout is not None
        try:
            link = next(found[0] for line in started.stdout if (found := re.search(r"http\S+link=\S+", line)))
            yield psutil.Process(started.pid), link
        finally:
            started.terminate()


def _signed_in(link: str) -> tuple[str, str]:
    """(cookie of a session, API key)."""
    with httpx2.Client(follow_redirects=False, timeout=60) as client:
        cookie = client.get(link).cookies["syndata_session"]
        client.cookies.set("syndata_session", cookie)
        page = client.get(f"http://127.0.0.1:{PAGES}/keys").text
        found = re.search(r'name="csrf" value="([^"]+)"', page)
        assert found is not None
        made = client.post(f"http://127.0.0.1:{API}/keys", json={"name": "load"}, headers={"X-CSRF-Token": found[1]})
        made.raise_for_status()
        return cookie, str(made.json()["key"])


def _submitted(client: httpx2.Client, rows: int = 100_000, seed: int = 0) -> str:
    body = {"job_type": "generate", "config_text": MODEL, "config_name": "load.yaml"}
    answer = client.post("/jobs", json={**body, "options": {"tables": {"people": rows}, "seed": seed}})
    answer.raise_for_status()
    return str(answer.json()["job_id"])


def _ended(client: httpx2.Client, jobs: list[str]) -> None:
    for job in jobs:
        while (told := client.get(f"/jobs/{job}").json())["status"] in ("queued", "running"):
            time.sleep(0.2)
        assert told["status"] == "completed", told["error"]


def _spent(process: psutil.Process) -> float:
    """Processor seconds of it and of all below it, ended ones too, which count for what waited for them."""
    found = 0.0
    for each in (process, *process.children(recursive=True)):
        try:
            times = each.cpu_times()
        except psutil.NoSuchProcess:
            continue
        found += float(times.user + times.system + times.children_user + times.children_system)
    return found


def _reads(folder: Path, process: psutil.Process, users: int, seconds: int, given: dict[str, str]) -> None:
    if shutil.which("locust") is None:
        print("reads: left out, locust is not installed (pip install locust)")
        return
    environment = {**os.environ, **{f"SYNDATA_LOAD_{name}": value for name, value in given.items()}}
    environment["SYNDATA_LOAD_PAGES"] = f"http://127.0.0.1:{PAGES}"
    before, memory = _spent(process), process.memory_info().rss
    script = Path(__file__).with_name("locustfile.py")
    command = ["locust", "-f", str(script), "--headless", "-u", str(users), "-r", "20", "-t", f"{seconds}s"]
    command += [
        "--host",
        f"http://127.0.0.1:{API}",
        "--csv",
        str(folder / "locust"),
        "--only-summary",
        "--loglevel",
        "ERROR",
    ]
    subprocess.run(command, env=environment, check=False, capture_output=True)
    spent = _spent(process) - before
    with (folder / "locust_stats.csv").open(encoding="utf-8", newline="") as stream:
        rows: list[dict[str, Any]] = list(csv.DictReader(stream))
    for row in rows:
        print(f"reads {row['Name']:32} {row['Request Count']:>7} requests, {row['Failure Count']} failed, "
              f"p50 {row['50%']} ms, p99 {row['99%']} ms")  # fmt: skip
    with (folder / "locust_failures.csv").open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            print(f"reads failed: {row['Name']}, {row['Occurrences']} times: {row['Error']}")
    count = int(rows[-1]["Request Count"])
    print(f"reads: {1000 * spent / max(count, 1):.2f} ms of the processor per request; memory {memory >> 20} MB before, "
          f"{process.memory_info().rss >> 20} MB after")  # fmt: skip


def _jobs(client: httpx2.Client, folder: Path, process: psutil.Process, count: int) -> None:
    before, begun = _spent(process), time.perf_counter()
    _ended(client, [_submitted(client, seed=number) for number in range(count)])
    wall, spent = time.perf_counter() - begun, _spent(process) - before
    (folder / "load.yaml").write_text(MODEL, encoding="utf-8")
    few = max(1, count // 10)
    begun, before = time.perf_counter(), _ran()
    for number in range(few):
        run = [
            sys.executable,
            "-m",
            "datamimic",
            "run",
            "load.yaml",
            "--seed",
            str(number),
            "--quiet",
            "-o",
            f"run{number}",
        ]
        subprocess.run(run, cwd=folder, check=True, capture_output=True)
    one_wall, one = (time.perf_counter() - begun) / few, (_ran() - before) / few
    print(f"jobs: {count} of 100,000 rows in {wall:.1f} s, {spent / count:.2f} s of the processor each; `dm run` back to back "
          f"{one_wall:.2f} s, {one:.2f} s of the processor each; throughput {one_wall * count / wall:.2f} of it by the clock, "
          f"{one / (spent / count):.2f} by the processor")  # fmt: skip


def _ran() -> float:
    """Processor seconds of what this process has run and waited for."""
    times = psutil.Process().cpu_times()
    return float(times.children_user + times.children_system)


async def _watchers(client: httpx2.Client, key: str, count: int, process: psutil.Process) -> None:
    job = _submitted(client, rows=3_000_000)
    before, memory = _spent(process), process.memory_info().rss
    limits = httpx2.Limits(max_connections=count, max_keepalive_connections=count)
    async with httpx2.AsyncClient(base_url=f"http://127.0.0.1:{API}", timeout=300, limits=limits) as watching:

        async def watch() -> bool:
            async with watching.stream("GET", f"/jobs/{job}/events", headers={"X-API-Key": key}) as told:
                async for line in told.aiter_lines():
                    if line == "event: end":
                        return True
            return False

        ends = await asyncio.gather(*(watch() for _ in range(count)), return_exceptions=True)
    told, after = sum(each is True for each in ends), process.memory_info().rss
    print(f"watchers: {told} of {count} were told the end; {_spent(process) - before:.1f} s of the processor, the job's among "
          f"it; memory {memory >> 20} MB before, {after >> 20} MB after")  # fmt: skip
