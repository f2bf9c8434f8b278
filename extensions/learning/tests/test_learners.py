"""Other learners: found by the hook, fitted, and their rows written as a model whose tables exist."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import ClassVar

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from datamimic import DatamimicError, installed_packs
from datamimic_learning import Learner, Sample, Sampler, measure_privacy, open_sample, resemblance
from datamimic_learning.learners import rows as rows_of_learners
from datamimic_learning.learners.frames import table_of
from datamimic_learning.learners.rows import learned_rows, learner_named
from datamimic_learning.learners.sdv import SdvLearner
from datamimic_models import Model


class Shuffled(Learner):
    """Every column by itself, in another order."""

    name: ClassVar[str] = "shuffled"

    def fit(self, sample: Sample, seed: int) -> Sampler:
        return ShuffledSampler(sample)


class ShuffledSampler(Sampler):
    def __init__(self, sample: Sample) -> None:
        self.sample_ = sample

    def sample(self, rows: Mapping[str, int], seed: int) -> Mapping[str, pa.Table]:
        draw, made = np.random.default_rng(seed), {}
        for name, table in self.sample_.tables.items():
            read = table.read()
            made[name] = pa.table(
                {each: read[each].take(pa.array(draw.integers(0, len(read), rows[name]))) for each in read.column_names}
            )
        return made


@pytest.fixture
def place(tmp_path: Path) -> Path:
    draw = np.random.default_rng(0)
    table = pa.table({"sex": draw.choice(["f", "m"], 300), "age": draw.integers(0, 90, 300)})
    pq.write_table(table, tmp_path / "people.parquet")
    return tmp_path / "people.parquet"


def test_rows_of_a_learner_are_a_model_and_every_report_takes_them(
    place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rows_of_learners, "learner_named", lambda name: Shuffled)
    file, counts = learned_rows(open_sample(place), "shuffled", tmp_path / "copy", None, 200, "demo")
    assert counts == {"people": 200} and file == tmp_path / "copy" / "copy.yaml"
    world = Model.load(file).world(seed="1")
    assert len(world["copy.people"]) == 200
    made = tmp_path / "copy" / "copy" / "people.parquet"
    again, _ = learned_rows(open_sample(place), "shuffled", tmp_path / "again", None, 200, "demo")
    assert pq.read_table(made).equals(pq.read_table(again.parent / "again" / "people.parquet"))
    assert resemblance(pq.read_table(place), pq.read_table(made)).shapes > 0.9
    assert measure_privacy(str(place), str(made))["tables"][0]["rows"]["copy"] == 200


def test_the_learners_of_others_are_registered_and_say_how_they_are_installed() -> None:
    known = installed_packs().learners()
    assert {"mostlyai", "sdv", "synthcity"} <= {*known}
    for name in ("mostlyai", "sdv", "synthcity"):
        if find_spec(name) is None:
            with pytest.raises(DatamimicError) as raised:
                learner_named(name)
            assert raised.value.code == "learning.not_installed" and "pip install" in str(raised.value.hint)
    with pytest.raises(DatamimicError, match="sd2"):
        learner_named("sd2")


def test_a_pickle_is_read_for_those_who_trust_it_alone(tmp_path: Path) -> None:
    with pytest.raises(DatamimicError) as raised:
        SdvLearner().load(tmp_path)
    assert raised.value.code == "learning.not_trusted"


def test_frames_come_back_in_the_types_of_the_sample() -> None:
    import pandas as pd

    schema = pa.schema({"a": pa.int64(), "b": pa.string(), "c": pa.date32()})
    frame = pd.DataFrame({"a": [1.0, None, 2.6], "b": ["x", None, "y"], "c": ["2024-01-01", "2024-01-02", None]})
    made = table_of(frame, schema)
    assert made.schema.types == schema.types
    assert made["a"].to_pylist() == [1, None, 3]


@pytest.mark.thorough
@pytest.mark.filterwarnings("ignore")  # theirs
@pytest.mark.parametrize("name", ["sdv", "synthcity", "mostlyai"])
def test_a_learner_of_others_end_to_end(name: str, place: Path, tmp_path: Path) -> None:
    if find_spec(name) is None:
        pytest.skip(f"{name} is not installed: it is too large, or not open enough, for the locks")
    file, _ = learned_rows(open_sample(place), name, tmp_path / "copy", None, 100, "demo")
    made = pq.read_table(tmp_path / "copy" / "copy" / "people.parquet")
    assert made.num_rows == 100 and file.exists()
    assert resemblance(pq.read_table(place), made).shapes > 0.5
    assert measure_privacy(str(place), made)["tables"][0]["rows"]["copy"] == 100
