"""Memory does not grow with the number of rows."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

WRITE = """
import resource, sys
from datamimic import World
columns = ["person_id", "gender", "birthdate", "given_name", "family_name", "email", "education", "income"]
World("memory", "US")["common.person"].select(columns)[0:2_000_000].write(sys.argv[1])
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


@pytest.mark.slow
@pytest.mark.parametrize("ending", ["parquet", "csv"])
def test_two_million_rows_need_less_than_500_megabytes(ending: str, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", WRITE, str(tmp_path / f"people.{ending}")],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    unit = 1 if sys.platform == "darwin" else 1024
    assert int(done.stdout) * unit < 500 * 1024**2
