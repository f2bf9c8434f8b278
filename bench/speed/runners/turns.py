"""What every runner does: say its version, warm up, then time one run per line of standard input."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from typing import Any


def take_turns(version: str, work: Callable[[int], Any], rows: int, *, one_processor: bool = True) -> None:
    """`one_processor` keeps the threads of the process, and of those that it starts, on one of the machine's."""
    if one_processor and hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    work(min(rows, 100))
    print(version, flush=True)
    for _ in sys.stdin:
        start = time.perf_counter()
        work(rows)
        print(time.perf_counter() - start, flush=True)
