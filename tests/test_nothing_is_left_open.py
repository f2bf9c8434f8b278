"""Files and processes that are used are closed: shown by Python itself, in a process that does nothing else."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from datamimic import installed_packs

PROGRAM = """
import gc, sys
from click.testing import CliRunner
from datamimic.cli import main

def dm(*arguments):
    done = CliRunner().invoke(main, arguments)
    assert done.exit_code == 0, done.output

if __name__ == "__main__":
    path, *more = sys.argv[1:]
    dm("generate", "common.person", "--count", "40000", "--columns", "person_id,age", "--seed", "a", "-o", path, *more)
    dm("check", path, "--entity", "common.person")
    dm("verify", path)
    gc.collect()
"""


@pytest.mark.parametrize("ending", ["csv", "json", "jsonl", "parquet", "arrow", "xml", "xlsx"])
@pytest.mark.parametrize("workers", [1, 2])
def test_writing_checking_and_verifying_leave_nothing_open(ending: str, workers: int, tmp_path: Path) -> None:
    if "common.person" not in installed_packs().entities():
        pytest.skip("needs the pack common")
    program = tmp_path / "program.py"
    program.write_text(PROGRAM, encoding="utf-8")
    command = [sys.executable, "-W", "default::ResourceWarning", str(program), str(tmp_path / f"people.{ending}")]
    done = subprocess.run([*command, "--workers", str(workers)], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
