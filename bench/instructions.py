"""Processor instructions that each kernel takes per row, counted by valgrind: a busy machine gives the same figures.

python bench/instructions.py [--keep]
"""

from __future__ import annotations

import json
import os
import platform
import re
import runpy
import shutil
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

KERNELS = Path(__file__).with_name("kernels.py")
KEPT = Path(__file__).parent / "results" / "instructions.json"
_SUMMARY = re.compile(rb"^summary: (\d+)$", re.MULTILINE)


def available() -> bool:
    return shutil.which("valgrind") is not None


def surroundings() -> dict[str, str]:
    """What the figures depend on beside our own code."""
    return {
        "machine": platform.machine(),
        "python": platform.python_version(),
        "numpy": version("numpy"),
        "pyarrow": version("pyarrow"),
    }


def counted() -> dict[str, float]:
    """Instructions per row of every kernel, warm; about half a minute."""
    with TemporaryDirectory() as folder:
        out = Path(folder) / "counts"
        command = [
            "valgrind", "--quiet", "--tool=callgrind", f"--callgrind-out-file={out}", "--dump-before=sched_yield",
            sys.executable, __file__, "--inside",
        ]  # fmt: skip
        # One order of everything that Python puts into sets.
        names = subprocess.run(
            command, env={**os.environ, "PYTHONHASHSEED": "0"}, check=True, capture_output=True, text=True
        ).stdout.splitlines()
        dumps = sorted(Path(folder).glob("counts.*"), key=lambda path: int(path.suffix[1:]))
        totals = [int(found.group(1)) for dump in dumps if (found := _SUMMARY.search(dump.read_bytes()))]
    # The first dump is everything up to the first kernel; then a kernel and what lies between two take turns.
    rows = runpy.run_path(str(KERNELS))["ROWS"]
    return {name: total / rows for name, total in zip(names, totals[1::2], strict=True)}


def _inside() -> None:
    """Run every kernel once between two calls at which valgrind writes down what it has counted since the last."""
    kernels = runpy.run_path(str(KERNELS))["kernels"]()
    for kernel in kernels.values():
        kernel()
    for kernel in kernels.values():
        os.sched_yield()
        kernel()
        os.sched_yield()
    print("\n".join(kernels))


def main(arguments: list[str]) -> None:
    if arguments == ["--inside"]:
        _inside()
        return
    counts = counted()
    for name, count in counts.items():
        print(f"{count:8.1f} instructions/row  {name}")
    if arguments == ["--keep"]:
        kept: dict[str, Any] = {"surroundings": surroundings(), "per_row": {k: round(v, 1) for k, v in counts.items()}}
        KEPT.write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
