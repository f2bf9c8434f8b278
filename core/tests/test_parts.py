"""Part files: the same whatever runs them, however they are cut, and however often."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, ClassVar

import pyarrow as pa
import pyarrow.dataset as ds
import pyarrow.parquet as pq
import pytest
from fleet import Vehicle

from datamimic import DatamimicError, Registry, World
from datamimic.distributed.dataset import write_dataset, write_part
from datamimic.distributed.engines import Engine, SerialEngine, ThreadEngine
from datamimic.distributed.tasks import Made, Task, plan, run
from datamimic.formats.parquet import Parquet
from datamimic.output.digest import BLOCK_ROWS
from datamimic.reproducing.verification import verify

COUNT = 5 * BLOCK_ROWS + 100
COLUMNS = ["vehicle_id", "kilometres", "depot_id"]


class StubbornEngine(Engine):
    """Runs every task twice, the last first, as a cluster that lost a worker would."""

    name = "stubborn"
    travels: ClassVar[bool] = False

    def run(self, tasks: Sequence[Task]) -> Iterator[Made]:
        for task in reversed(tasks):
            run(task)
            yield run(task)


def files(folder: Path) -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(folder.iterdir())}


def test_engines_write_the_same_files(packs: Registry, tmp_path: Path) -> None:
    seen = []
    for engine in (SerialEngine(), ThreadEngine(workers=3), StubbornEngine()):
        rows = World("parts", packs=packs)[Vehicle][0:COUNT].select(COLUMNS)
        folder = write_dataset(rows, tmp_path / engine.name, Parquet(), engine, 4)
        seen.append(files(folder))
        report = verify(folder, packs=packs)
        assert report.holds and {output.verdict for output in report.outputs} == {"byte-identical"}
    assert seen[0] == seen[1] == seen[2]
    assert [*seen[0]] == ["manifest.json", *(f"part-0000{n}.parquet" for n in range(4))]
    whole = World("parts", packs=packs)[Vehicle][0:COUNT].select(COLUMNS).to_arrow()
    parts = [pq.read_table(tmp_path / "serial" / name) for name in [*seen[0]][1:]]
    assert pa.concat_tables(parts).to_pylist() == whole.to_pylist()
    assert ds.dataset(tmp_path / "serial", format="parquet", exclude_invalid_files=True).count_rows() == COUNT


def test_parts_of_an_array_job_are_those_of_the_dataset(packs: Registry, tmp_path: Path) -> None:
    rows = World("parts", packs=packs)[Vehicle][7 : 7 + COUNT].select(COLUMNS)
    whole = files(write_dataset(rows, tmp_path / "whole", Parquet(), SerialEngine(), 3))
    for part in (2, 0, 1):
        path = write_part(rows, tmp_path / "jobs", Parquet(), 3, part)
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
            write_part(world[Vehicle][0:10], tmp_path, Parquet(), 3, part)
        assert error.value.code == "invalid_range"


def test_what_a_killed_worker_left_is_no_part_of_the_dataset(world: World, tmp_path: Path) -> None:
    class Killed(SerialEngine):
        def run(self, tasks: Sequence[Task]) -> Iterator[Made]:
            (Path(tasks[1].folder) / f".{tasks[1].file}.4711.partial").write_bytes(b"half")
            yield from super().run(tasks)

    rows: Any = world[Vehicle][0:COUNT].select(COLUMNS)
    whole = files(write_dataset(rows, tmp_path / "whole", Parquet(), SerialEngine(), 3))
    assert files(write_dataset(rows, tmp_path / "again", Parquet(), Killed(), 3)) == whole


def test_a_failing_engine_leaves_nothing(world: World, tmp_path: Path) -> None:
    class Failing(SerialEngine):
        def run(self, tasks: Sequence[Task]) -> Iterator[Made]:
            yield run(tasks[0])
            raise RuntimeError("the cluster is gone")

    with pytest.raises(RuntimeError):
        write_dataset(world[Vehicle][0:COUNT].select(COLUMNS), tmp_path / "out", Parquet(), Failing(), 3)
    assert list(tmp_path.iterdir()) == []


def test_wrong_settings_are_refused_before_work_is_sent_out(world: World, tmp_path: Path) -> None:
    rows: Any = world[Vehicle][0:10]
    with pytest.raises(DatamimicError):
        write_dataset(rows, tmp_path / "out", Parquet.configured({"nothing": 1}), SerialEngine(), 1)
    with pytest.raises(DatamimicError):
        ThreadEngine.configured({"wrkers": 2})
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
    from datamimic.distributed.engines import ProcessEngine

    one = files(write_dataset(person_rows, tmp_path / "one", Parquet(), SerialEngine(), 3))
    assert files(write_dataset(person_rows, tmp_path / "two", Parquet(), ProcessEngine(workers=2), 3)) == one
    for workers in (1, 2):
        person_rows.write(tmp_path / f"{workers}.csv", workers=workers)
    assert (tmp_path / "1.csv").read_bytes() == (tmp_path / "2.csv").read_bytes()


@pytest.mark.slow
@pytest.mark.filterwarnings("default")
def test_a_dask_cluster_that_loses_a_worker_writes_the_same_files(person_rows: Any, tmp_path: Path) -> None:
    distributed = pytest.importorskip("distributed", reason="the extra dask is not installed")
    import os
    import signal

    import dask

    from datamimic.distributed.dask import DaskEngine

    class Losing(DaskEngine):
        """One of its workers is killed when the first part is there."""

        def run(self, tasks: Any) -> Any:
            for number, made in enumerate(super().run(tasks)):
                if number == 0:
                    os.kill(victim, signal.SIGKILL)
                yield made

    one = files(write_dataset(person_rows, tmp_path / "one", Parquet(), SerialEngine(), 6))
    patience = {"distributed.comm.timeouts.connect": "600s", "distributed.comm.timeouts.tcp": "600s"}
    with (
        dask.config.set(patience),
        distributed.LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster,
    ):
        victim = next(iter(cluster.workers.values())).pid
        engine = Losing(scheduler=cluster.scheduler_address)
        many = files(write_dataset(person_rows, tmp_path / "many", Parquet(), engine, 6))
    assert many == one
