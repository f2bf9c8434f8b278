"""The house in numbers: rooms on the corridor of the core, and entity files that read like a page of a textbook."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
CORE = ROOT / "core" / "src" / "datamimic"
ENTITIES = sorted(
    file for file in ROOT.glob("packs/*/src/*/entities/*.py") if "@entity(" in file.read_text(encoding="utf-8")
)
SCREEN = 60
"""Lines of rules that may stand before the class; they belong after it, or in a module named for what they compute."""
LONGEST = 250


def test_the_core_has_no_more_rooms_than_one_remembers() -> None:
    rooms = {path.name for path in CORE.iterdir()} - {"__pycache__", "py.typed"}
    assert len(rooms) <= 24, sorted(rooms)


@pytest.mark.parametrize("file", ENTITIES, ids=lambda file: f"{file.parents[1].name}.{file.stem}")
def test_an_entity_begins_with_its_class_and_is_not_longer_than_a_few_pages(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    before = 0
    for node in ast.parse(text).body:
        if isinstance(node, ast.ClassDef) and any("entity(" in ast.unparse(each) for each in node.decorator_list):
            break
        if isinstance(node, ast.FunctionDef):
            before += (node.end_lineno or node.lineno) - node.lineno + 1
    assert before <= SCREEN, f"{before} lines of rules stand before the class"
    assert text.count("\n") <= LONGEST
