"""SDV's Gaussian copula. SDV is under the Business Source License: it is in no lock and no extra of ours, and
whoever installs it
has to see whether its terms allow the use."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, ClassVar

import pyarrow as pa

from datamimic_learning.learners.frames import frame_of, table_of
from datamimic_learning.learners.learner import Learner, Sampler, untrusted
from datamimic_learning.samples.sample import Sample


class SdvSampler(Sampler):
    """A synthesizer of SDV for each table; what they keep is a pickle."""

    def __init__(self, synthesizers: Mapping[str, Any], schemas: Mapping[str, pa.Schema]) -> None:
        self.synthesizers, self.schemas = synthesizers, schemas

    def sample(self, rows: Mapping[str, int], seed: int) -> Mapping[str, pa.Table]:
        return {
            name: table_of(each.sample(num_rows=rows[name])[name], self.schemas[name])
            for name, each in self.synthesizers.items()
        }

    def save(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        for name, each in self.synthesizers.items():
            each.save(str(folder / f"{name}.pkl"))
            pa.parquet.write_metadata(self.schemas[name], folder / f"{name}.schema")


class SdvLearner(Learner):
    """SDV's GaussianCopulaSynthesizer, with its defaults."""

    name: ClassVar[str] = "sdv"
    requirement: ClassVar[str] = "sdv>=2"
    module: ClassVar[str] = "sdv"
    remark: ClassVar[str] = "Business Source License: read its terms"

    def fit(self, sample: Sample, seed: int) -> SdvSampler:
        from sdv.metadata import Metadata
        from sdv.single_table import GaussianCopulaSynthesizer

        made = {}
        for name, table in sample.tables.items():
            frame = frame_of(table)
            synthesizer = GaussianCopulaSynthesizer(Metadata.detect_from_dataframes({name: frame}))
            synthesizer.fit({name: frame})
            made[name] = synthesizer
        return SdvSampler(made, {name: table.schema for name, table in sample.tables.items()})

    def load(self, folder: Path, *, trusted: bool = False) -> SdvSampler:
        if not trusted:
            raise untrusted(self.name)
        from sdv.utils import load_synthesizer

        files = sorted(folder.glob("*.pkl"))
        return SdvSampler(
            {each.stem: load_synthesizer(str(each)) for each in files},
            {each.stem: pa.parquet.read_schema(each.with_suffix(".schema")) for each in files},
        )
