"""The class names of the described product: rows like those of a sample, a batch at a time."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa

from datamimic_learning.learning.learn import learn
from datamimic_learning.samples.opening import open_sample


class ProfilerIntegratedGenerator:
    """`ProfilerIntegratedGenerator(config, locale="en_US").generate_from_sample_data("people.csv", "people", 10_000)`.

    `config` may hold `rows` and `seed`; the others of its words are those of a model and are not read. The profiler is whatever
    describes samples for whoever asks; what is learned does not depend on it.
    """

    def __init__(self, config: Mapping[str, Any] | None = None, locale: str = "en_US") -> None:
        self.config = dict(config or {})
        self.locale = locale
        self.profiler: object = None

    def set_profiler(self, profiler: object) -> None:
        self.profiler = profiler

    def generate_from_sample_data(
        self, sample_data_source: object, table_name: str | None = None, batch_size: int = 10_000
    ) -> Iterator[pa.RecordBatch]:
        """Batches of rows like those of a table of the sample: as many as it has, or as `rows` of the configuration says.

        Raises `DatamimicError` for a sample that cannot be opened, or holds several tables where none is named.
        """
        sample = open_sample(sample_data_source)
        found = None if table_name is None else sample.tables.get(table_name)
        table = found or sample.table
        with tempfile.TemporaryDirectory(prefix="datamimic-learned-") as folder:
            learned = learn(table.read(), name="learned")
            model = learned.model(Path(folder) / "learned.yaml")
        rows = int(self.config.get("rows", learned.rows[next(iter(learned.rows))]))
        world = model.world(seed=self.config.get("seed", "0"), locale=self.locale)
        name = model.plan.path(model.tables.tables[0].name)
        for start in range(0, rows, batch_size):
            yield from world[name][start : min(start + batch_size, rows)].to_arrow().combine_chunks().to_batches()
