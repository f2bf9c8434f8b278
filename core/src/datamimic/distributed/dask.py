"""Dask distributed as an engine: a local cluster, or the scheduler of one on Kubernetes, Slurm, YARN or a cloud.

Needs the extra `datamimic-core[dask]` here and on the workers, with the same packs, and a folder that all of them reach.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from datamimic.base.settings import setting
from datamimic.distributed.engines import Engine
from datamimic.distributed.tasks import Made, Task, run
from datamimic.errors import DatamimicError


class DaskEngine(Engine):
    """Tasks on a Dask cluster; those of a worker that is lost are run again elsewhere."""

    name = "dask"

    scheduler: str = setting("", "Address of a cluster, `tcp://host:8786`; without one, local processes are started.")
    workers: int = setting(0, "How many local processes; 0 for as many as Dask thinks right.")
    retries: int = setting(3, "How often a part is tried again.")

    def run(self, tasks: Sequence[Task]) -> Iterator[Made]:
        """Raises `DatamimicError` (`missing_dependency`) without the extra, and what a task raised on its last try."""
        try:
            from distributed import Client, LocalCluster, as_completed
        except ImportError:
            hint = 'pip install "datamimic-core[dask]"'
            raise DatamimicError("missing_dependency", "Dask distributed is not installed", hint=hint) from None
        if self.scheduler:
            with Client(self.scheduler) as client:
                yield from self._submit(client, as_completed, tasks)
            return
        workers = self.workers or None
        with (
            LocalCluster(n_workers=workers, threads_per_worker=1, dashboard_address=None) as cluster,
            Client(cluster) as client,
        ):
            yield from self._submit(client, as_completed, tasks)

    def _submit(self, client: Any, as_completed: Any, tasks: Sequence[Task]) -> Iterator[Made]:
        # Not pure: the result of a task is a file, and a file may have been removed since an equal task was run.
        futures = client.map(run, tasks, pure=False, retries=self.retries)
        for future in as_completed(futures):
            yield future.result()
            future.release()
