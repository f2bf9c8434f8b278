"""Numbers of the dashboard and of `/stats`."""

from __future__ import annotations

from datamimic_platform.pages.bars import bars
from datamimic_platform.services import jobs
from datamimic_platform.services.statistics import statistics
from datamimic_platform.store.store import Store

from .conftest import Moments, workspace_of


def test_days_count_what_ended_on_them_in_utc(either: Store, moments: Moments, shop: str) -> None:
    actor, other = workspace_of(either), workspace_of(either, "other")
    order = jobs.Order(kind="validate", text=shop, file_name="shop.yaml")
    for who, days in ((actor, 1), (other, 0), (actor, 0), (actor, 20)):
        jobs.cancel_job(either, who, jobs.submit_job(either, who, order)["job_id"])
        moments.move(seconds=86_400 * days)
    assert not any(each["cancelled"] for each in statistics(either, actor)["days"])
    moments.move(seconds=-86_400 * 20)
    told = statistics(either, actor)["days"]
    assert [each["cancelled"] for each in told[-3:]] == [0, 1, 2] and len(told) == 14
    assert told[-1]["day"] == f"{either.now():%Y-%m-%d}"


def test_bars_are_as_high_as_their_days_and_stand_on_one_line() -> None:
    made = bars(
        [
            {"day": "2026-01-01", "completed": 3, "failed": 1, "cancelled": 0},
            {"day": "2026-01-02", "completed": 0, "failed": 0, "cancelled": 0},
            {"day": "2026-01-03", "completed": 0, "failed": 0, "cancelled": 2},
        ]
    )
    assert made.most == 4 and [each.parts for each in made.bars] == [
        [(25.0, 75.0, "good"), (0.0, 25.0, "bad")], [], [(50.0, 50.0, "open")],
    ]  # fmt: skip
    assert [each.said for each in made.bars][::2] == ["2026-01-01: 3 completed, 1 failed", "2026-01-03: 2 cancelled"]
