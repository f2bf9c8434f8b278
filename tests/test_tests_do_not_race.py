"""No test is decided by how busy the machine is: none reads a clock on the wall, ends after seconds, or sleeps to be lucky."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
FILES = sorted(
    path
    for part in ("tests", "core/tests", "packs/*/tests", "extensions/*/tests")
    for path in ROOT.glob(f"{part}/**/*.py")
)
CLOCKS = {"time.time", "time.monotonic", "time.perf_counter"}
"""Not `process_time`: processor seconds of a process are its own."""
PATIENCE = 600
"""The least number of seconds after which waiting may end: then something hangs."""


def races(source: str) -> Iterator[str]:
    """What a test file does that depends on seconds, with its line."""
    tree = ast.parse(source)
    polling = {inner for loop in ast.walk(tree) if isinstance(loop, ast.While) for inner in ast.walk(loop)}
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        called = ast.unparse(node.func)
        if called in CLOCKS:
            yield f"{node.lineno}: {called}"
        if called == "time.sleep" and node not in polling:
            yield f"{node.lineno}: sleeps, and asks nothing again"
        for word in node.keywords:
            value = word.value
            if (
                word.arg == "timeout"
                and isinstance(value, ast.Constant)
                and value.value is not None
                and value.value < PATIENCE
            ):
                yield f"{node.lineno}: ends after {value.value} seconds"


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_test_depends_on_seconds(path: Path) -> None:
    assert list(races(path.read_text(encoding="utf-8"))) == []


def test_races_are_seen() -> None:
    assert len(list(races("import time\nstart = time.monotonic()\ntime.sleep(1)\nprocess.wait(timeout=30)"))) == 3
    assert (
        list(races("while not done():\n    time.sleep(0.1)\nprocess.wait(timeout=600)\nprocess.wait(timeout=None)"))
        == []
    )
