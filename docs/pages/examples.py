"""The examples of the authoring reference: small files that run, and which of them shows a name."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from functools import cache
from pathlib import Path

EXAMPLES = Path(__file__).parents[1] / "examples" / "authoring"


def example(name: str) -> str:
    """A file of docs/examples/authoring as a block."""
    return f"```python\n{source(name).strip()}\n```"


@cache
def source(name: str) -> str:
    return (EXAMPLES / f"{name}.py").read_text(encoding="utf-8")


@cache
def used(name: str) -> frozenset[str]:
    """The names that an example uses."""
    nodes = [*ast.walk(ast.parse(source(name)))]
    named = {node.id for node in nodes if isinstance(node, ast.Name)}
    return frozenset(named | {node.attr for node in nodes if isinstance(node, ast.Attribute)})


def shown_in(name: str, near: Sequence[str]) -> str:
    """The example of a public name: its own, else one of those on the same page that use it, else any."""
    files = {file.stem for file in EXAMPLES.glob("*.py")}
    if name in files:
        return name
    return next(other for other in (*near, *sorted(files)) if other in files and name in used(other))
