"""Part files: the same whatever runs them, however they are cut, and however often."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any, ClassVar

import fleet
import pyarrow as pa
import pyarrow.dataset as ds
import pyarrow.parquet as pq
import pytest
from fleet import Vehicle

from datamimic import DatamimicError, Pack, Registry, World
from datamimic.distributed.dataset import write_dataset, write_part
from datamimic.distributed.runners import PartRunner, SerialRunner, ThreadRunner
from datamimic.distributed.tasks import MadePart, PartTask, plan
from datamimic.formats.parquet import Parquet
from datamimic.output.digest import BLOCK_ROWS
from datamimic.output.manifest import describe_versions
from datamimic.output.planned import PlannedOutput
from datamimic.reproducing.locking import installed_lock
from datamimic.reproducing.verification import verify

COUNT = 5 * BLOCK_ROWS + 100
COLUMNS = ["vehicle_id", "kilometres", "depot_id"]


class StubbornRunner(PartRunner):
    """Runs every task twice, the last first, as a cluster that lost a worker would."""

    name = "stubborn"
    travels: ClassVar[bool] = False

    def run(self, tasks: Sequence[PartTask]) -> Iterator[MadePart]:
        for task in reversed(tasks):
            task.make()
            yield task.make()


class EndingRunner(PartRunner):
    """Makes three parts, and fails."""

    name = "ending"
    travels: ClassVar[bool] = False

    def run(self, tasks: Sequence[PartTask]) -> Iterator[MadePart]:
        yield from (task.make() for task in tasks[:3])
        raise OSError(28, "No space left on device")


def files(folder: Path) -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(folder.iterdir())}


def test_runners_write_the_same_files(packs: Registry, tmp_path: Path) -> None:
    seen = []
    for runner in (SerialRunner(), ThreadRunner(workers=3), StubbornRunner()):
        rows = World("parts", packs=packs)[Vehicle][0:COUNT].select(COLUMNS)
        folder = write_dataset(PlannedOutput(rows, Parquet(), tmp_path / runner.name), runner, 4)
        seen.append(files(folder))
        report = verify(folder, packs=packs)
        assert report.holds and {output.verdict for output in report.outputs} == {"byte-identical"}
    assert seen[0] == seen[1] == seen[2]
    assert [*seen[0]] == ["manifest.json", *(f"part-0000{n}.parquet" for n in range(4))]
    whole = World("parts", packs=packs)[Vehicle][0:COUNT].select(COLUMNS).to_arrow()
    parts = [pq.read_table(tmp_path / "serial" / name) for name in [*seen[0]][1:]]
    assert pa.concat_tables(parts).to_pylist() == whole.to_pylist()
    assert ds.dataset(tmp_path / "serial", format="parquet", exclude_invalid_files=True).count_rows() == COUNT


def test_what_a_run_left_is_gone_on_with(packs: Registry, tmp_path: Path) -> None:
    rows = World("parts", packs=packs)[Vehicle][0:COUNT].select(COLUMNS)
    wanted = files(write_dataset(PlannedOutput(rows, Parquet(), tmp_path / "whole"), SerialRunner(), 5))
    output = PlannedOutput(rows, Parquet(), tmp_path / "resumed")

    def left() -> dict[str, Path]:
        (partial,) = tmp_path.glob(".resumed.*")
        return {path.name: path for path in partial.glob("*.parquet")}

    with pytest.raises(DatamimicError, match="No space left"):
        write_dataset(output, EndingRunner(), 5)
    assert [path.name for path in tmp_path.iterdir()] == ["whole"]
    for _ in range(2):
        with pytest.raises(DatamimicError, match="No space left"):
            write_dataset(output, EndingRunner(), 5, resume=True)
        assert not (tmp_path / "resumed").exists()
    kept = left()
    assert [*sorted(kept)] == ["part-00000.parquet", "part-00001.parquet", "part-00002.parquet"]
    kept["part-00001.parquet"].write_bytes(kept["part-00001.parquet"].read_bytes()[:-1] + b"?")
    same = {name: path.stat().st_ino for name, path in kept.items()}
    folder = write_dataset(output, ThreadRunner(workers=2), 5, resume=True)
    assert files(folder) == wanted and verify(folder, packs=packs).holds
    assert {name: (folder / name).stat().st_ino == inode for name, inode in same.items()} == {
        "part-00000.parquet": True, "part-00001.parquet": False, "part-00002.parquet": True,
    }  # fmt: skip
    assert {path.name for path in tmp_path.iterdir()} == {"whole", "resumed"}


@pytest.mark.parametrize("other", ["rows", "seed", "parts", "settings"])
def test_parts_that_answer_something_else_are_made_again(packs: Registry, tmp_path: Path, other: str) -> None:
    def output(seed: str, count: int, compression: str) -> PlannedOutput:
        rows = World(seed, packs=packs)[Vehicle][0:count].select(COLUMNS)
        return PlannedOutput(rows, Parquet(compression=compression), tmp_path / "resumed")

    with pytest.raises(DatamimicError):
        write_dataset(output("parts", COUNT, "snappy"), EndingRunner(), 5, resume=True)
    asked: tuple[str, int, str] = (
        "other" if other == "seed" else "parts",
        COUNT - 1 if other == "rows" else COUNT,
        "zstd" if other == "settings" else "snappy",
    )
    parts = 2 if other == "parts" else 5
    folder = write_dataset(output(*asked), SerialRunner(), parts, resume=True)
    found = files(folder)
    assert verify(folder, packs=packs).holds and len(found) == parts + 1
    assert files(write_dataset(output(*asked), SerialRunner(), parts)) == found


def test_parts_of_an_array_job_are_those_of_the_dataset(packs: Registry, tmp_path: Path) -> None:
    rows = World("parts", packs=packs)[Vehicle][7 : 7 + COUNT].select(COLUMNS)
    whole = files(write_dataset(PlannedOutput(rows, Parquet(), tmp_path / "whole"), SerialRunner(), 3))
    for part in (2, 0, 1):
        path = write_part(PlannedOutput(rows, Parquet(), tmp_path / "jobs"), 3, part)
        assert verify(path, packs=packs).holds
    jobs = {name: digest for name, digest in files(tmp_path / "jobs").items() if "manifest" not in name}
    assert jobs == {name: digest for name, digest in whole.items() if "manifest" not in name}


def test_there_are_no_more_parts_than_blocks_and_none_is_lost(world: World, tmp_path: Path) -> None:
    for count, parts, expected in ((0, 4, 1), (10, 4, 1), (BLOCK_ROWS + 1, 4, 2), (4 * BLOCK_ROWS, 4, 4)):
        tasks = plan(world[Vehicle][0:count], tmp_path, Parquet(), parts)
        assert len(tasks) == expected
        assert [task.start for task in tasks[1:]] == [task.stop for task in tasks[:-1]]
        assert (tasks[0].start, tasks[-1].stop) == (0, count)
    with pytest.raises(DatamimicError) as error:
        plan(world[Vehicle][0:10], tmp_path, Parquet(), 0)
    assert error.value.code == "invalid_count"
    for part in (-1, 3):
        with pytest.raises(DatamimicError) as error:
            write_part(PlannedOutput(world[Vehicle][0:10], Parquet(), tmp_path), 3, part)
        assert error.value.code == "invalid_range"


def test_what_a_killed_worker_left_is_no_part_of_the_dataset(world: World, tmp_path: Path) -> None:
    class Killed(SerialRunner):
        def run(self, tasks: Sequence[PartTask]) -> Iterator[MadePart]:
            (Path(tasks[1].folder) / f".{tasks[1].file}.4711.partial").write_bytes(b"half")
            yield from super().run(tasks)

    rows: Any = world[Vehicle][0:COUNT].select(COLUMNS)
    whole = files(write_dataset(PlannedOutput(rows, Parquet(), tmp_path / "whole"), SerialRunner(), 3))
    assert files(write_dataset(PlannedOutput(rows, Parquet(), tmp_path / "again"), Killed(), 3)) == whole


def test_a_failing_runner_leaves_nothing(world: World, tmp_path: Path) -> None:
    class Failing(SerialRunner):
        def run(self, tasks: Sequence[PartTask]) -> Iterator[MadePart]:
            yield tasks[0].make()
            raise RuntimeError("the cluster is gone")

    with pytest.raises(RuntimeError):
        write_dataset(PlannedOutput(world[Vehicle][0:COUNT].select(COLUMNS), Parquet(), tmp_path / "out"), Failing(), 3)
    assert list(tmp_path.iterdir()) == []


def test_wrong_settings_are_refused_before_work_is_sent_out(world: World, tmp_path: Path) -> None:
    rows: Any = world[Vehicle][0:10]
    with pytest.raises(DatamimicError):
        write_dataset(PlannedOutput(rows, Parquet.configured({"nothing": 1}), tmp_path / "out"), SerialRunner(), 1)
    with pytest.raises(DatamimicError):
        ThreadRunner.configured({"wrkers": 2})
    assert list(tmp_path.iterdir()) == []


@pytest.fixture
def person_rows() -> Any:
    """Rows of an installed pack: what travels to other processes can only name those."""
    from datamimic import installed_packs

    if "common.person" not in installed_packs().entities():
        pytest.skip("needs the pack common")
    return World("parts")["common.person"][0 : 6 * BLOCK_ROWS].select(["person_id", "full_name", "age"])


@pytest.mark.slow
def test_processes_write_what_one_process_writes(person_rows: Any, tmp_path: Path) -> None:
    from datamimic.distributed.runners import ProcessRunner

    one = files(write_dataset(PlannedOutput(person_rows, Parquet(), tmp_path / "one"), SerialRunner(), 3))
    assert (
        files(write_dataset(PlannedOutput(person_rows, Parquet(), tmp_path / "two"), ProcessRunner(workers=2), 3))
        == one
    )
    for workers in (1, 2):
        person_rows.write(tmp_path / f"{workers}.csv", workers=workers)
    assert (tmp_path / "1.csv").read_bytes() == (tmp_path / "2.csv").read_bytes()


def test_who_runs_parts_may_refuse_before_anything_is_written(world: World, tmp_path: Path) -> None:
    class Elsewhere(SerialRunner):
        def check(self) -> None:
            raise DatamimicError("missing_dependency", "there is no cluster here")

    with pytest.raises(DatamimicError, match="no cluster"):
        write_dataset(PlannedOutput(world[Vehicle][0:10], Parquet(), tmp_path / "new" / "out"), Elsewhere(), 1)
    assert list(tmp_path.iterdir()) == []


def test_what_makes_no_values_is_in_no_manifest_and_no_lock() -> None:
    brought = SimpleNamespace(
        datamimic_pack=lambda: Pack("elsewhere", "1.0.0", "Test"), datamimic_engines=lambda: [StubbornRunner]
    )
    packs = Registry.of(fleet, brought)
    assert packs.engine("stubborn") is StubbornRunner and "elsewhere" in {each.name for each in packs.packs()}
    assert [*describe_versions(World("parts", packs=packs))["packs"]] == ["fleet"]
    assert [*installed_lock(packs).packs] == ["fleet"]
    assert [*installed_lock(packs, ("elsewhere",)).packs] == ["elsewhere"]
