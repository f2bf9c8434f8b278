"""What an oracle says otherwise fails with the locked versions, and is told, and fails nothing, with the newest."""

from __future__ import annotations

import os
import subprocess
import sys
from importlib import metadata
from pathlib import Path

import pytest

PLUGIN = Path(__file__).parents[1] / "core" / "tests"
TESTS = """
import pytest

@pytest.mark.oracle("pytest")
def test_minor_units(agree):
    agree("minor units", {"COP": 2, "EUR": 2, "BGN": 2}, {"COP": 0, "EUR": 2}, {"BGN": "the euro since 2026"})

@pytest.mark.oracle("pytest")
def test_a_function_of_the_oracle_is_gone():
    raise AttributeError("module has no attribute 'get_currency_precision'")
"""
OURS = "\ndef test_of_ours():\n    assert False\n"


def run(folder: Path, source: str, *options: str) -> subprocess.CompletedProcess[str]:
    (folder / "test_tables.py").write_text(source, encoding="utf-8")
    (folder / "pytest.ini").write_text("[pytest]\nmarkers =\n    oracle\n", encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-q", "-p", "oracles", "-p", "no:cacheprovider", *options]
    environment = {name: value for name, value in os.environ.items() if name != "PYTEST_ADDOPTS"} | {
        "PYTHONPATH": str(PLUGIN)
    }
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("processes", [(), ("-n", "2")], ids=["one process", "two"])
def test_differences_are_told_with_package_versions_and_keys(tmp_path: Path, processes: tuple[str, ...]) -> None:
    done = run(tmp_path, TESTS, *processes)
    assert done.returncode == 1 and "COP: we 2, the oracle 0" in done.stdout, done.stdout
    done = run(tmp_path, TESTS, *processes, "--oracle-report", "told.txt")
    assert done.returncode == 0 and "2 xfailed" in done.stdout, done.stdout
    told = (tmp_path / "told.txt").read_text(encoding="utf-8")
    assert f"pytest {metadata.version('pytest')} (locked " in told and "test_tables.py::test_minor_units" in told
    assert "minor units: 1 of 3 differ\n  COP: we 2, the oracle 0\n" in told
    assert "AttributeError: module has no attribute" in told and told in done.stdout


def test_failures_of_ours_stay_failures(tmp_path: Path) -> None:
    done = run(tmp_path, TESTS + OURS, "--oracle-report", "told.txt")
    assert done.returncode == 1 and "1 failed" in done.stdout
