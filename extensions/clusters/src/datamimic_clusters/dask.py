"""Dask distributed runs parts: a local cluster, or the scheduler of one on Kubernetes, Slurm, YARN or a cloud.

Needs the extra `datamimic-clusters[dask]` here and on the workers, with the same packs, and a folder that all of them reach.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from typing import Any

from datamimic import DatamimicError, MadePart, PartRunner, PartTask, setting


class DaskRunner(PartRunner):
    """Tasks on a Dask cluster; those of a worker that is lost are run again elsewhere."""

    name = "dask"

    scheduler: str = setting("", "Address of a cluster, `tcp://host:8786`; without one, local processes are started.")
    workers: int = setting(0, "How many local processes; 0 for as many as Dask thinks right.")
    retries: int = setting(3, "How often a part is tried again.")

    def check(self) -> None:
        """Raises `DatamimicError` (`missing_dependency`) without the extra."""
        if find_spec("distributed") is None:
            hint = 'pip install "datamimic-clusters[dask]"'
            raise DatamimicError("missing_dependency", "Dask distributed is not installed", hint=hint)

    def run(self, tasks: Sequence[PartTask]) -> Iterator[MadePart]:
        """Raises what a task raised on its last try."""
        from distributed import Client, LocalCluster

        if self.scheduler:
            with Client(self.scheduler) as client:
                yield from self._submit(client, tasks)
            return
        workers = self.workers or None
        with (
            LocalCluster(n_workers=workers, threads_per_worker=1, dashboard_address=None) as cluster,
            Client(cluster) as client,
        ):
            yield from self._submit(client, tasks)

    def _submit(self, client: Any, tasks: Sequence[PartTask]) -> Iterator[MadePart]:
        from distributed import as_completed

        # Not pure: the result of a task is a file, and a file may have been removed since an equal task was run.
        futures = client.map(PartTask.make, tasks, pure=False, retries=self.retries)
        for future in as_completed(futures):
            yield future.result()
            future.release()
