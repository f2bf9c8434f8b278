"""tpchgen-cli: the lineitem table of TPC-H at scale 0.1 (600,572 rows, 16 columns) to Parquet."""

from __future__ import annotations

import subprocess
import sys
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory

from turns import take_turns

program = Path(sys.executable).parent / "tpchgen-cli"
with TemporaryDirectory() as folder:
    command = [str(program), "parquet", "-s", "0.1", "--tables=lineitem", f"--num-threads={sys.argv[1]}"]

    def work(rows: int) -> None:
        subprocess.run([*command, f"--output-dir={folder}"], check=True, capture_output=True)
        for file in Path(folder).rglob("*.parquet"):
            file.unlink()

    take_turns(version("tpchgen-cli"), work, int(sys.argv[2]))
