"""What every runner does: say its version, warm up, then time one run per line of standard input."""

from __future__ import annotations

import os
import resource
import sys
import time
from collections.abc import Callable
from typing import Any


def take_turns(
    version: str,
    work: Callable[[int], Any],
    rows: int,
    *,
    warm: int = 100,
    one_processor: bool = True,
    now: Callable[[], float] = time.perf_counter,
) -> None:
    """`warm` is how many rows the first run makes, which is not timed. `one_processor` keeps the threads of the process, and
    of those that it starts, on one of the machine's."""
    if one_processor and hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    work(min(rows, warm))
    print(version, flush=True)
    for _ in sys.stdin:
        start = now()
        work(rows)
        print(now() - start, flush=True)


def processor_seconds() -> float:
    """Of this process and of those that it has started and that have ended."""
    spent = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in spent)
