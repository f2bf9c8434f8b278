"""How fast the kernels are that every column is made of: nanoseconds of processor time per row, the best of many runs.

python bench/kernels.py [NAME …]
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from datamimic import Draw, Permutation, Text, World
from datamimic.columns import digits, join, join_present, where, year_month_day
from datamimic.generators.identifiers import Pattern
from datamimic.tables.steps import Steps
from datamimic.tables.weighted import Alias

ROWS = 16_384
SECONDS = 0.1


def kernels() -> dict[str, Callable[[], Any]]:
    """The kernels by name; each does the work of one column of a batch."""
    rows = np.arange(ROWS, dtype=np.int64)
    bits = Draw(("bench", "kernel"), rows).bits()
    uniform = Draw(("bench", "uniform"), rows).uniform()
    alias = Alias.build([(range(5_000), [1.0 + row % 7 for row in range(5_000)])])
    words = Text.coded((bits % np.uint64(5_000)).astype(np.int64), [f"word{number}" for number in range(5_000)])
    other = Text.coded((bits % np.uint64(300)).astype(np.int64), [f"other{number}" for number in range(300)])
    gaps = words.where(uniform < 0.8)
    numbers = (bits % np.uint64(10**8)).astype(np.int64)
    dates = (numbers % 30_000).astype("datetime64[D]")
    steps = Steps(np.cumsum(1.0 + np.arange(100) % 7))
    permutation = Permutation(10**8, ("bench", "permutation"))
    pattern = Pattern("ID-########")
    return {
        "draw bits": lambda: Draw(("bench", "kernel"), rows).bits(),
        "draw uniform": lambda: Draw(("bench", "kernel"), rows).uniform(),
        "draw integers": lambda: Draw(("bench", "kernel"), rows).integers(1, 6),
        "draw normal": lambda: Draw(("bench", "kernel"), rows).normal(),
        "alias pick": lambda: alias.pick(bits),
        "steps after": lambda: steps.after(uniform * 390.0),
        "permutation": lambda: permutation.forward(rows),
        "permutation inverse": lambda: permutation.inverse(rows),
        "pattern": lambda: pattern.write(numbers),
        "digits": lambda: digits(numbers, 8, "ID-"),
        "join of three": lambda: join(words, " ", other),
        "join_present of three": lambda: join_present(words, gaps, other),
        "text where": lambda: where(uniform < 0.5, words, other),
        "text equals": lambda: words == "word7",
        "text decoded": lambda: Text(words.codes, words.vocabulary).arrow(),
        "year month day": lambda: year_month_day(dates),
    }


def nanoseconds(kernel: Callable[[], Any]) -> float:
    """Per row, the best run."""
    kernel()
    best, ends = float("inf"), time.monotonic() + SECONDS
    while time.monotonic() < ends:
        began = time.process_time_ns()
        kernel()
        best = min(best, time.process_time_ns() - began)
    return best / ROWS


def calls(entity: str = "common.person") -> int:
    """Calls into C (NumPy, Arrow, built-ins) that one warm batch of an entity makes: the same on every machine."""
    rows = World("bench", "US")[entity]
    for _ in range(2):
        rows.record_batch(0, ROWS)
    counted = 0

    def count(frame: Any, event: str, argument: Any) -> None:
        nonlocal counted
        counted += event == "c_call"

    sys.setprofile(count)
    try:
        rows.record_batch(0, ROWS)
    finally:
        sys.setprofile(None)
    return counted


def main(names: Sequence[str]) -> None:
    for name, kernel in kernels().items():
        if not names or any(part in name for part in names):
            print(f"{nanoseconds(kernel):8.2f} ns/row  {name}")
    for entity in ("common.person", "healthcare.patient"):
        print(f"{calls(entity):8,} C calls per batch  {entity}")


if __name__ == "__main__":
    main(sys.argv[1:])
