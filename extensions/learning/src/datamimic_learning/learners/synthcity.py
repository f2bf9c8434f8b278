"""A plugin of synthcity (Apache-2.0): its Bayesian network, which needs no training of a neural network."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

import pyarrow as pa

from datamimic_learning.learners.frames import frame_of, table_of
from datamimic_learning.learners.learner import Learner, Sampler
from datamimic_learning.samples.sample import Sample


class SynthcitySampler(Sampler):
    """A fitted plugin for each table."""

    def __init__(self, plugins: Mapping[str, Any], schemas: Mapping[str, pa.Schema]) -> None:
        self.plugins, self.schemas = plugins, schemas

    def sample(self, rows: Mapping[str, int], seed: int) -> Mapping[str, pa.Table]:
        return {
            name: table_of(each.generate(count=rows[name], random_state=seed).dataframe(), self.schemas[name])
            for name, each in self.plugins.items()
        }


class SynthcityLearner(Learner):
    """Synthcity's plugin `bayesian_network`."""

    name: ClassVar[str] = "synthcity"
    requirement: ClassVar[str] = "synthcity"
    module: ClassVar[str] = "synthcity"

    def fit(self, sample: Sample, seed: int) -> SynthcitySampler:
        from synthcity.plugins import Plugins
        from synthcity.plugins.core.dataloader import GenericDataLoader

        made = {}
        for name, table in sample.tables.items():
            plugin = Plugins().get("bayesian_network", random_state=seed)
            plugin.fit(GenericDataLoader(frame_of(table)))
            made[name] = plugin
        return SynthcitySampler(made, {name: table.schema for name, table in sample.tables.items()})
