"""The profile of a run: what it tells, and that watching moves no value."""

from __future__ import annotations

from pathlib import Path

from datamimic import World
from datamimic.base.timing import Profile


def test_columns_and_stages_are_timed(world: World, tmp_path: Path) -> None:
    rows = world["vehicle"][0:2_000]
    plain = rows.to_arrow()
    profile = Profile()
    profile.rows = 2_000
    with profile.running():
        rows.write(tmp_path / "vehicles.jsonl")
        watched = rows.to_arrow()
    assert watched.equals(plain)
    assert {"making rows", "exporting", "digesting", "writing"} == profile.stages.keys()
    assert all(seconds >= 0 for seconds in profile.stages.values())
    assert any(name.startswith("fleet.vehicle.") for name in profile.columns)
    report = profile.report()
    assert "2,000 rows" in report and "making rows" in report and "fleet.vehicle." in report


def test_own_time_leaves_out_what_a_column_reads() -> None:
    profile = Profile()

    class Batch:
        @staticmethod
        def where(name: str) -> str:
            return f"pack.thing.{name}"

    def outer() -> int:
        return profile.make(Batch, "inner", lambda: sum(range(200_000)))  # type: ignore[no-any-return]

    profile.make(Batch, "outer", outer)
    assert profile.columns["pack.thing.outer"] < profile.columns["pack.thing.inner"]
