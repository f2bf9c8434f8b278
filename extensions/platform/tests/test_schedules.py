"""When schedules are due, through both nights of daylight saving, and what becomes of every time."""

from __future__ import annotations

import itertools
import signal
import subprocess
import sys
import threading
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from attrs import evolve

from datamimic import DatamimicError
from datamimic_platform.jobs.queue import claim
from datamimic_platform.jobs.running import run_job
from datamimic_platform.scheduling.firing import fire
from datamimic_platform.scheduling.triggers import trigger_of
from datamimic_platform.security.rights import Actor
from datamimic_platform.settings import Settings
from datamimic_platform.store.store import Store, open_store
from datamimic_platform.store.work import Job, Schedule, ScheduleRun

BERLIN = "Europe/Berlin"
SPRING, AUTUMN = datetime(2026, 3, 28, 12, tzinfo=UTC), datetime(2026, 10, 24, 12, tzinfo=UTC)


def times(said: dict[str, Any], zone: str, since: datetime, count: int) -> list[str]:
    return [each.isoformat()[5:16] for each in trigger_of(said, zone, since).next(since, count)]


def test_the_night_without_half_past_two_is_due_when_the_clock_has_jumped() -> None:
    assert times({"cron": "30 2 * * *"}, BERLIN, SPRING, 3) == ["03-29T01:00", "03-30T00:30", "03-31T00:30"]
    assert times({"cron": "*/20 2 * * *"}, BERLIN, SPRING, 3) == ["03-29T01:00", "03-30T00:00", "03-30T00:20"]


def test_the_night_with_two_half_past_twos_is_due_once() -> None:
    assert times({"cron": "30 2 * * *"}, BERLIN, AUTUMN, 3) == ["10-25T00:30", "10-26T01:30", "10-27T01:30"]


def test_every_hour_is_every_hour_in_both_nights() -> None:
    for since in (SPRING, AUTUMN):
        made = trigger_of({"cron": "15 * * * *"}, BERLIN, since).next(since, 30)
        assert {(later - earlier).total_seconds() for earlier, later in itertools.pairwise(made)} == {3600}


def test_a_zone_that_moves_by_half_an_hour() -> None:
    since = datetime(2026, 10, 3, 12, tzinfo=UTC)
    assert times({"cron": "15 2 * * *"}, "Australia/Lord_Howe", since, 2) == ["10-03T15:30", "10-04T15:15"]


def test_intervals_are_counted_from_their_start_and_one_moment_is_due_once() -> None:
    said = {"every_seconds": 5400, "start": "2026-03-28T13:00:00"}
    assert times(said, BERLIN, SPRING, 2) == ["03-28T13:30", "03-28T15:00"]
    assert times({"at": "2026-03-29T09:00:00"}, BERLIN, SPRING, 5) == ["03-29T07:00"]
    assert times({"cron": "0 0 30 2 *"}, BERLIN, SPRING, 1) == []


@pytest.mark.parametrize(
    ("said", "zone", "path"),
    [
        ({"cron": "61 * * * *"}, "UTC", "$.trigger.cron"),
        ({"cron": "* * * * * *"}, "UTC", "$.trigger.cron"),
        ({"cron": "0 0 * * *"}, "Mars/Base", "$.zone"),
        ({"cron": "0 0 * * *"}, "../../etc/passwd", "$.zone"),
        ({"every_seconds": 1}, "UTC", "$.trigger.every_seconds"),
        ({"at": "tomorrow"}, "UTC", "$.trigger.at"),
        ({}, "UTC", "$.trigger"),
        ({"cron": "0 0 * * *", "at": "2026-01-01"}, "UTC", "$.trigger"),
    ],
)
def test_what_is_no_trigger_is_refused(said: dict[str, Any], zone: str, path: str) -> None:
    with pytest.raises(DatamimicError) as caught:
        trigger_of(said, zone, SPRING)
    assert (caught.value.code, caught.value.path) == ("platform.bad_schedule", path)


def scheduled(store: Store, actor: Actor, shop: str, **said: Any) -> int:
    with store.writing() as session:
        made = Schedule(
            workspace_id=actor.workspace,
            trigger={"every_seconds": 600, "start": store.now().isoformat()},
            zone="UTC",
            **{"name": "nightly", "misfire": "once", "grace_seconds": 60, "overlap": "skip", **said},
            job={"kind": "generate", "text": shop, "file_name": "shop.yaml", "options": {"seed": "demo"}},
            enabled=True,
            version=1,
            next_due_at=store.now(),
            created_by="test",
            created_at=store.now(),
        )
        session.add(made)
        session.flush()
        return made.id


def told(store: Store) -> list[tuple[str, str | None]]:
    with store.reading() as session:
        return [
            (each.outcome, each.reason) for each in session.scalars(sa.select(ScheduleRun).order_by(ScheduleRun.due_at))
        ]


def test_two_schedulers_start_each_run_once(either: Store, new_workspace: Any, moments: Any, shop: str) -> None:
    scheduled(either, new_workspace(either), shop, overlap="queue")
    made: list[str] = []
    for _ in range(3):
        barrier = threading.Barrier(2)

        def look(barrier: threading.Barrier = barrier) -> None:
            barrier.wait()
            made.extend(fire(either))

        threads = [threading.Thread(target=look) for _ in range(2)]
        for each in threads:
            each.start()
        for each in threads:
            each.join()
        moments.move(seconds=600)
    assert len(made) == len(set(made)) == 3
    assert told(either) == [("started", None)] * 3


_SCHEDULER = """
import sys
from datetime import datetime, timedelta
from pathlib import Path
from datamimic_platform.scheduling.firing import fire
from datamimic_platform.settings import Settings
from datamimic_platform.store.store import open_store

url, folder, begin, steps = sys.argv[1:]
moment = [datetime.fromisoformat(begin)]
place = Path(folder)
settings = Settings(database_url=url, data_folder=place, log_folder=place)
store = open_store(settings, lambda: moment[0], migrated=False)
print("ready", flush=True)
sys.stdin.readline()
for step in range(int(steps)):
    fire(store)
    print(step, flush=True)
    moment[0] += timedelta(seconds=600)
"""


@pytest.mark.thorough
def test_two_processes_on_postgresql_start_each_run_once_though_one_is_killed(
    postgresql: str, settings: Settings, moments: Any, new_workspace: Any, shop: str, tmp_path: Path
) -> None:
    names, steps = [f"every ten minutes {number}" for number in range(12)], 8
    store = open_store(evolve(settings, database_url=postgresql), moments)
    actor = new_workspace(store, "two schedulers")
    for name in names:
        scheduled(store, actor, shop, overlap="queue", name=name)
    command = [sys.executable, "-c", _SCHEDULER, postgresql, str(tmp_path), moments().isoformat(), str(steps)]
    both = [subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    for each in both:
        assert each.stdout is not None and each.stdout.readline() == "ready\n"
    for each in both:
        assert each.stdin is not None
        each.stdin.write("go\n")
        each.stdin.flush()
    first = both[0]
    assert first.stdout is not None and first.stdout.readline() == "0\n"
    first.kill()
    for each in both:
        each.communicate()
    assert both[1].returncode == 0 and first.returncode == -signal.SIGKILL
    with store.reading() as session:
        runs = session.execute(sa.select(ScheduleRun.schedule_id, ScheduleRun.due_at, ScheduleRun.outcome)).all()
        jobs = session.scalars(sa.select(Job.schedule_id)).all()
    store.close()
    assert len(runs) == len({(schedule, due) for schedule, due, _ in runs}) == len(names) * steps
    assert {outcome for _, _, outcome in runs} == {"started"}
    assert sorted(Counter(jobs).values()) == [steps] * len(names)


def test_missed_runs_are_one_run_and_say_so(store: Store, workspace: Actor, moments: Any, shop: str) -> None:
    scheduled(store, workspace, shop)
    moments.move(seconds=1805)
    assert len(fire(store)) == 1
    assert [outcome for outcome, _ in told(store)] == ["skipped", "skipped", "skipped", "started"]
    assert told(store)[0][1] == "missed: no scheduler ran at that time"
    assert fire(store) == []


def test_late_runs_are_skipped_where_the_policy_is_to_skip(
    store: Store, workspace: Actor, moments: Any, shop: str
) -> None:
    scheduled(store, workspace, shop, misfire="skip")
    moments.move(seconds=90)
    assert fire(store) == []
    assert told(store) == [("skipped", "90 s late; the policy is to skip")]


@pytest.mark.parametrize(
    ("overlap", "outcomes"),
    [("skip", ["queued"]), ("queue", ["queued", "queued"]), ("cancel", ["cancelled", "queued"])],
)
def test_a_run_that_comes_before_the_last_has_ended(
    store: Store, workspace: Actor, moments: Any, shop: str, overlap: str, outcomes: list[str]
) -> None:
    scheduled(store, workspace, shop, overlap=overlap)
    fire(store)
    moments.move(seconds=600)
    fire(store)
    with store.reading() as session:
        assert list(session.scalars(sa.select(Job.status).order_by(Job.id))) == outcomes
    if overlap == "skip":
        assert "has not ended" in str(told(store)[1][1])


def test_a_configuration_that_went_wrong_is_a_skipped_run_with_its_reason(
    store: Store, workspace: Actor, moments: Any, shop: str
) -> None:
    identifier = scheduled(store, workspace, shop)
    with store.writing() as session:
        row = session.get_one(Schedule, identifier)
        row.job = {**row.job, "text": shop.replace("email}", "emial}").replace("rule: email", "rule: emial")}
    assert fire(store) == []
    assert "refused: models." in str(told(store)[0][1])


def test_a_scheduled_job_has_the_fingerprint_and_bytes_of_any_other(store: Store, workspace: Actor, shop: str) -> None:
    from datamimic_platform.jobs.request import Request

    scheduled(store, workspace, shop)
    (job,) = fire(store)
    with store.reading() as session:
        kept = session.get_one(Job, job)
    assert (
        kept.fingerprint
        == Request(kind="generate", text=shop, file_name="shop.yaml", options={"seed": "demo"}).fingerprint()
    )
    lease = claim(store, "w")
    assert lease is not None and run_job(store, lease, lambda: None, lambda: None) == "completed"
