"""The first of each kind of attack; `python tests/fuzz/measure.py` tries all of them, and measures time and memory."""

from __future__ import annotations

from pathlib import Path

import pytest
from attacks import ATTACKS

FIRST = {"requests": 240, "command lines": 160, "documents": 100, "tables": 90, "models": 120}
IN_ONE_TEST = 40


@pytest.mark.parametrize(
    ("kind", "start"), [(kind, start) for kind, count in FIRST.items() for start in range(0, count, IN_ONE_TEST)]
)
def test_every_failure_is_coded(kind: str, start: int, tmp_path: Path) -> None:
    attack, _ = ATTACKS[kind]
    numbers = range(start, min(start + IN_ONE_TEST, FIRST[kind]))
    assert [found for number in numbers if (found := attack(number, tmp_path)) is not None] == []


def test_no_kind_is_left_out() -> None:
    assert FIRST.keys() == ATTACKS.keys() and sum(count for _, count in ATTACKS.values()) == 37_300
