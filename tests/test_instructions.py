"""A slower kernel is seen without a stopwatch: valgrind counts the instructions that each one takes per row."""

from __future__ import annotations

import json
import runpy
from pathlib import Path

import pytest

BENCH = Path(__file__).parents[1] / "bench"
SAME, OTHER = 1.1, 1.6
"""How much more than was kept is let pass: with the same Python, NumPy and Arrow, and with others."""


@pytest.mark.thorough
def test_no_kernel_takes_more_instructions_than_it_did() -> None:
    instructions = runpy.run_path(str(BENCH / "instructions.py"))
    if not instructions["available"]():
        pytest.skip("valgrind is not installed")
    kept = json.loads((BENCH / "results" / "instructions.json").read_text(encoding="utf-8"))
    allowed = SAME if kept["surroundings"] == instructions["surroundings"]() else OTHER
    counted = instructions["counted"]()
    assert counted.keys() == kept["per_row"].keys(), "python bench/instructions.py --keep"
    grown = {
        name: f"{kept['per_row'][name]} -> {count:.1f}"
        for name, count in counted.items()
        if count > kept["per_row"][name] * allowed + 1
    }
    assert not grown, "if the work is wanted: python bench/instructions.py --keep"
