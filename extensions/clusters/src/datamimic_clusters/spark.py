"""Apache Spark runs parts: on this machine, on a cluster, or through Spark Connect.

Needs the extra `datamimic-clusters[spark]` (PySpark 4) on the driver and on the executors, with the same packs, a JDK where no
Spark Connect server is asked, and a folder that all of them reach.
"""

from __future__ import annotations

import pickle
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from importlib.util import find_spec
from typing import Any

import pyarrow as pa

from datamimic import DatamimicError, MadePart, PartRunner, PartTask, setting
from datamimic.errors import OutputError

_MADE = "made"


class SparkRunner(PartRunner):
    """Tasks of a Spark job, one for each part; those of an executor that is lost are run again elsewhere."""

    name = "spark"

    master: str = setting(
        "", "The cluster: `spark://host:7077`, `local[4]`, `sc://host:15002`; without one, as Spark is configured."
    )

    def check(self) -> None:
        """Raises `DatamimicError` (`missing_dependency`) without the extra."""
        if find_spec("pyspark") is None:
            hint = 'pip install "datamimic-clusters[spark]"'
            raise DatamimicError("missing_dependency", "PySpark 4 is not installed", hint=hint)

    def run(self, tasks: Sequence[PartTask]) -> Iterator[MadePart]:
        """All parts at the end: Spark tells the results of a job together.

        Raises what a task raised, where that has a code, else `OutputError` (`output_failed`) with what Spark says.
        """
        with _failures_told(), self._session() as session:
            frame = session.range(0, len(tasks), 1, len(tasks)).mapInArrow(_work(tasks), f"{_MADE} binary")
            results = [pickle.loads(row[_MADE]) for row in frame.collect()]
        for result in results:
            if isinstance(result, DatamimicError):
                raise result
            yield result

    @contextmanager
    def _session(self) -> Iterator[Any]:
        """A session of this process that is there, else a new one for as long as the block runs."""
        from pyspark.sql import SparkSession

        active = None if self.master else SparkSession.getActiveSession()
        if active is not None:
            yield active
            return
        builder: Any = SparkSession.builder.appName("datamimic")
        if self.master:
            builder = builder.remote(self.master) if self.master.startswith("sc://") else builder.master(self.master)
        session = builder.getOrCreate()
        try:
            yield session
        finally:
            session.stop()


def _work(tasks: Sequence[PartTask]) -> Any:
    """What an executor does with numbers of tasks: rows with one pickled `MadePart` or coded error each."""

    def make(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for batch in batches:
            made = [_pickled(tasks[number]) for number in batch.column(0).to_pylist()]
            yield pa.RecordBatch.from_arrays([pa.array(made, pa.binary())], [_MADE])

    return make


def _pickled(task: PartTask) -> bytes:
    # An error with a code would be the same the next time; Spark would try again, and tell it as a text with Java's stack.
    try:
        return pickle.dumps(task.make())
    except DatamimicError as error:
        return pickle.dumps(error)


@contextmanager
def _failures_told() -> Iterator[None]:
    from pyspark.errors import PySparkException

    try:
        yield
    except PySparkException as error:
        lines = [line.strip() for line in str(error).splitlines() if line.strip()]
        raise OutputError("output_failed", f"Spark gave up: {lines[-1] if lines else type(error).__name__}") from error
