"""The engines of the extension are found by name, and refuse before anything is written where their extra is missing."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from datamimic import installed_packs
from datamimic.cli import main
from datamimic_clusters import DaskRunner, SparkRunner

PART = ("generate", "common.country", "-n", "10", "--parts", "1", "--format", "csv")


def test_engines_are_known_by_name() -> None:
    packs = installed_packs()
    assert [*packs.engines()][:3] == ["serial", "threads", "processes"]
    assert packs.engine("dask") is DaskRunner and packs.engine("spark") is SparkRunner
    [record] = [each for each in packs.packs() if each.name == "clusters"]
    assert record.status == "ok" and record.distribution == "datamimic-clusters"


def test_their_names_and_settings_are_completed(monkeypatch: pytest.MonkeyPatch) -> None:
    for line, wanted in (
        ("dm generate person --engine da", "dask"),
        ("dm generate person --engine spark --engine-option ma", "master="),
    ):
        monkeypatch.setenv("DM_LINE", line)
        shown = CliRunner(env={"_DM_COMPLETE": "fish_complete"}).invoke(main, [], prog_name="dm").output
        assert wanted in [each.split("\t")[1] for each in shown.splitlines()]


@pytest.mark.parametrize(
    ("engine", "package", "extra"), [("dask", "distributed", "dask"), ("spark", "pyspark", "spark")]
)
def test_a_missing_extra_is_told_before_anything_is_written(
    engine: str, package: str, extra: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if "common.country" not in installed_packs().entities():
        pytest.skip("needs the pack common")
    monkeypatch.setitem(sys.modules, package, None)
    result = CliRunner().invoke(main, [*PART, "--engine", engine, "-o", str(tmp_path / "out")])
    assert result.exit_code == 2 and "error[missing_dependency]" in result.stderr
    assert f'hint: pip install "datamimic-clusters[{extra}]"' in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_an_engine_has_no_settings_but_its_own(tmp_path: Path) -> None:
    if "common.country" not in installed_packs().entities():
        pytest.skip("needs the pack common")
    wrong: Any = ["--engine", "spark", "--workers", "2", "-o", str(tmp_path / "out")]
    result = CliRunner().invoke(main, [*PART, *wrong])
    assert result.exit_code == 2 and "the engine spark has no number of workers" in result.stderr


def test_listing_packs_imports_neither_dask_nor_spark() -> None:
    code = "import sys; from datamimic import installed_packs; installed_packs().engines(); print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert {"distributed", "pyspark", "numpy", "pyarrow"}.isdisjoint(loaded)
