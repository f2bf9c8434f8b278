"""How long one waits: for the import, for `dm list-packs`, and for the first row of a large output."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from statistics import median

from bench.environments import CACHE

LARGE = "100000000"
WAITS = {
    "import datamimic": (["-c", "import datamimic"], 0),
    "dm list-packs": (["-m", "datamimic", "list-packs"], 0),
    **{
        f"dm generate {entity}, first row": (
            ["-m", "datamimic", "generate", entity, "--count", LARGE, "--seed", "bench", "--format", "csv"],
            2,
        )
        for entity in ("common.person", "healthcare.patient")
    },
}
"""Arguments of the interpreter, and how many lines to wait for; 0 for the end."""


def measure(repeat: int) -> int:
    """Print seconds from the start of the process, the median of `repeat` runs after one that is not counted."""
    print(f"median of {repeat} runs, seconds\n")
    for name, (arguments, lines) in WAITS.items():
        print(f"{name:38}{median([wait(arguments, lines) for _ in range(repeat + 1)][1:]):7.3f}", flush=True)
    return 0


def wait(arguments: list[str], lines: int) -> float:
    """Seconds from the start of the interpreter with these arguments until so many lines have come; 0 for its end.

    Modules are compiled once and kept, as installations keep them, whatever PYTHONDONTWRITEBYTECODE says here.
    """
    kept = {"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": str(CACHE / "bytecode")}
    began = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, *arguments], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env={**os.environ, **kept}
    )
    assert process.stdout is not None
    with process.stdout as stdout:
        if lines:
            for _ in range(lines):
                stdout.readline()
        else:
            stdout.read()
            process.wait()
        waited = time.perf_counter() - began
        process.kill()
    process.wait()
    return waited
