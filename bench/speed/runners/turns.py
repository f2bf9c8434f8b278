"""What every runner does: say its version, warm up, then time one run per line of standard input."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from typing import Any


def take_turns(version: str, work: Callable[[int], Any], rows: int) -> None:
    work(min(rows, 100))
    print(version, flush=True)
    for _ in sys.stdin:
        start = time.perf_counter()
        work(rows)
        print(time.perf_counter() - start, flush=True)
