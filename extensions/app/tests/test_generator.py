"""The generators that the platform's description prints run with the import lines that it prints, on files of our own."""

from __future__ import annotations

import importlib
import json
import logging
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from datamimic import DatamimicError
from datamimic_models import BadModel

RULES = """\
from app.core.data_generator import EnhancedDataGenerator


class CustomGenerator(EnhancedDataGenerator):
    def generate_custom_rule(self, rule_config):
        return rule_config["parameters"]["prefix"] + "-1"

    def numbered(self, rule_config, item_id, draw):
        return f"{rule_config['parameters']['prefix']}-{item_id}-{draw.integer(1, 9)}"

    def broken(self, rule_config):
        raise ValueError("no luck")
"""


def items(method: str = "generate_custom_rule", cls: str = "CustomGenerator", **words: Any) -> dict[str, Any]:
    rule = {"type": "custom", "custom_class": cls, "custom_method": method, "parameters": {"prefix": "A"}}
    columns = [
        {"name": "item_id", "type": "int", "constraints": ["PK"]},
        {"name": "special_field", "type": "str", "rule": rule, **words},
    ]
    return {"rows": 250, "seed": "demo", "tables": [{"table_name": "items", "columns": columns}]}


@pytest.fixture
def custom(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """The class of `app/core/custom_rules.py` in a folder of somebody's own, beside the package of the same name."""
    (tmp_path / "app" / "core").mkdir(parents=True)
    (tmp_path / "app" / "core" / "custom_rules.py").write_text(RULES)
    monkeypatch.chdir(tmp_path)
    monkeypatch.syspath_prepend(str(tmp_path))
    kept = {name: module for name, module in sys.modules.items() if name == "app" or name.startswith("app.")}
    for name in kept:
        del sys.modules[name]
    yield importlib.import_module("app.core.custom_rules").CustomGenerator
    for name in [each for each in sys.modules if each == "app" or each.startswith("app.")]:
        del sys.modules[name]
    sys.modules.update(kept)


def test_a_method_of_a_subclass_makes_the_values_of_its_column(custom: Any) -> None:
    (batch,) = custom(items()).generate("items")
    assert set(batch.column("special_field").to_pylist()) == {"A-1"}


def test_methods_read_columns_and_draw_the_same_whatever_the_batches(custom: Any) -> None:
    whole = pa.Table.from_batches(custom(items("numbered")).generate("items"))
    parts = [*custom(items("numbered"), batch_size=100).generate("items")]
    assert [each.num_rows for each in parts] == [100, 100, 50]
    assert pa.Table.from_batches(parts).equals(whole)
    assert all(row["special_field"].startswith(f"A-{row['item_id']}-") for row in whole.to_pylist())
    assert len({row["special_field"][-1] for row in whole.to_pylist()}) == 9


def test_what_keeps_a_method_from_making_a_column_is_told(custom: Any) -> None:
    with pytest.raises(DatamimicError, match=r"CustomGenerator\.broken raised ValueError: 'no luck'"):
        next(custom(items("broken")).generate("items"))
    for config, code in (
        (items("nonsense"), "models.no_such_name"),
        (items(cls="Another"), "models.unknown_rule"),
        (items(unique=True), "models.cannot_be_unique"),
    ):
        with pytest.raises(BadModel) as refused:
            custom(config)
        assert [each.code for each in refused.value.mistakes] == [code]


def test_a_configuration_runs_nobodys_code_unless_it_is_trusted(custom: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from datamimic_models import Model
    from datamimic_models.checking import mistakes_of

    Path("config.json").write_text(json.dumps(items(cls="rules_of_mine:CustomGenerator")))
    Path("rules_of_mine.py").write_text(RULES)
    assert [each.code for each in mistakes_of("config.json")] == ["models.needs_trust"]
    with pytest.raises(BadModel, match="imported"):
        Model.load("config.json")
    assert "rules_of_mine" not in sys.modules
    world = Model.load("config.json", trust=True).world()
    assert world["items"][9:10].to_arrow().column("special_field").to_pylist() == ["A-1"]
    monkeypatch.delitem(sys.modules, "rules_of_mine")


def test_rows_like_those_of_a_sample(tmp_path: Path) -> None:
    from app.core.data_generator import ProfilerIntegratedGenerator
    from app.input.sample_data_profiler import SampleDataProfiler

    sample = tmp_path / "training_data.csv"
    sample.write_text("level,points\n" + "".join(f"{'low' if n % 3 else 'high'},{n % 40}\n" for n in range(600)))
    generator = ProfilerIntegratedGenerator({"rows": 25_000}, locale="en_US")
    generator.set_profiler(SampleDataProfiler())
    data = [*generator.generate_from_sample_data(sample_data_source=sample, table_name="customers", batch_size=10_000)]
    assert [each.num_rows for each in data] == [10_000, 10_000, 5_000]
    levels = pa.Table.from_batches(data).column("level").to_pylist()
    assert 0.3 < levels.count("high") / len(levels) < 0.37


def test_batches_shrink_to_what_memory_allows_and_then_it_is_an_error(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    from app.core import enhanced_data_generator as module
    from app.core.data_generator import BATCH_SIZE_CONFIG, EnhancedDataGenerator

    config = {"tables": [{"table_name": "t", "rows": 1_000, "columns": [{"name": "id", "type": "int"}]}]}
    generator = EnhancedDataGenerator(
        config=config, memory_limit_mb=8192, batch_size=BATCH_SIZE_CONFIG["medium_tables"]
    )
    with caplog.at_level(logging.INFO, "app.core.data_generator"):
        assert [each.num_rows for each in generator.generate("t")] == [1_000]
    assert vars(caplog.records[0])["rows_generated"] == 1_000
    # No process is as small as a megabyte: each batch is half of the one before, until the least is too large as well.
    small = EnhancedDataGenerator(config, memory_limit_mb=1, batch_size=800)
    sizes = []
    with pytest.raises(DatamimicError, match="MB with batches of 100 rows"):
        sizes += [each.num_rows for each in iter_into(sizes, small.generate("t"))]
    assert sizes == [400, 200, 100]
    with pytest.raises(DatamimicError):
        EnhancedDataGenerator(config, batch_size=0)
    assert [module._size_for(count) for count in (9, 10, 50, 51)] == [50_000, 25_000, 25_000, 10_000]


def iter_into(seen: list[int], batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    for each in batches:
        seen.append(each.num_rows)
        yield each
