"""mostlyai-engine (Apache-2.0): an autoregressive network, trained in a workspace of its own."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import ClassVar, Final

import pyarrow as pa

from datamimic_learning.learners.frames import frame_of, table_of
from datamimic_learning.learners.learner import Learner, Sampler
from datamimic_learning.samples.sample import Sample, SampleTable

_MINUTES: Final = 2.0


class MostlySampler(Sampler):
    """A workspace for each table, which lies in a temporary folder as long as this is there."""

    def __init__(self, folder: tempfile.TemporaryDirectory[str], tables: Mapping[str, SampleTable]) -> None:
        self.folder, self.tables = folder, tables

    def sample(self, rows: Mapping[str, int], seed: int) -> Mapping[str, pa.Table]:
        import pandas as pd
        from mostlyai import engine

        made = {}
        for name, table in self.tables.items():
            workspace = Path(self.folder.name) / name
            engine.set_random_state(seed)
            engine.generate(workspace_dir=workspace, sample_size=rows[name])
            made[name] = table_of(pd.read_parquet(workspace / "SyntheticData"), table.schema)
        return made


class MostlyLearner(Learner):
    """mostlyai-engine's tabular model, two minutes of training for each table."""

    name: ClassVar[str] = "mostlyai"
    requirement: ClassVar[str] = "mostlyai-engine"
    module: ClassVar[str] = "mostlyai"

    def fit(self, sample: Sample, seed: int) -> MostlySampler:
        from mostlyai import engine

        folder = tempfile.TemporaryDirectory(prefix="datamimic-mostlyai-")
        engine.set_random_state(seed)
        for name, table in sample.tables.items():
            workspace = Path(folder.name) / name
            engine.split(tgt_data=frame_of(table), workspace_dir=workspace, model_type="TABULAR")
            engine.analyze(workspace_dir=workspace)
            engine.encode(workspace_dir=workspace)
            engine.train(workspace_dir=workspace, max_training_time=_MINUTES)
        return MostlySampler(folder, dict(sample.tables))
