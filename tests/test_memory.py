"""Memory does not grow with the number of rows."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

# Not ru_maxrss: that begins with what the process it was forked from had.
WRITE = """
import sys
from datamimic import World
columns = ["person_id", "gender", "birthdate", "given_name", "family_name", "email", "education", "income"]
World("memory", "US")["common.person"].select(columns)[0:2_000_000].write(sys.argv[1])
print(next(line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM:")))
"""


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="needs /proc")
@pytest.mark.parametrize("ending", ["parquet", "csv"])
def test_two_million_rows_need_less_than_500_megabytes(ending: str, tmp_path: Path) -> None:
    command = [sys.executable, "-c", WRITE, str(tmp_path / f"people.{ending}")]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert int(done.stdout) * 1024 < 500 * 1024**2
