"""Dask runs parts: the files are those of one process, also where a worker is lost."""

from __future__ import annotations

import os
import signal
from pathlib import Path
from typing import Any

import pytest

from datamimic.distributed.dataset import write_dataset
from datamimic.distributed.runners import SerialRunner
from datamimic.formats.parquet import Parquet
from datamimic.output.planned import PlannedOutput
from datamimic_clusters import DaskRunner

distributed = pytest.importorskip("distributed", reason="the extra dask is not installed")
pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("default")]


def test_a_cluster_that_loses_a_worker_writes_the_same_files(people: Any, files: Any, tmp_path: Path) -> None:
    import dask

    class Losing(DaskRunner):
        """One of its workers is killed when the first part is there."""

        def run(self, tasks: Any) -> Any:
            for number, made in enumerate(super().run(tasks)):
                if number == 0:
                    os.kill(victim, signal.SIGKILL)
                yield made

    one = files(write_dataset(PlannedOutput(people, Parquet(), tmp_path / "one"), SerialRunner(), 6))
    patience = {"distributed.comm.timeouts.connect": "600s", "distributed.comm.timeouts.tcp": "600s"}
    with (
        dask.config.set(patience),
        distributed.LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster,
    ):
        victim = next(iter(cluster.workers.values())).pid
        runner = Losing(scheduler=cluster.scheduler_address)
        many = files(write_dataset(PlannedOutput(people, Parquet(), tmp_path / "many"), runner, 6))
    assert many == one


def test_processes_of_this_machine_are_started_where_no_cluster_is_named(
    people: Any, files: Any, tmp_path: Path
) -> None:
    one = files(write_dataset(PlannedOutput(people, Parquet(), tmp_path / "one"), SerialRunner(), 2))
    assert files(write_dataset(PlannedOutput(people, Parquet(), tmp_path / "two"), DaskRunner(workers=1), 2)) == one
