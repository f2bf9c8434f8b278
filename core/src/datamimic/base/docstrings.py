"""Docstrings that are texts for users: under `python -OO`, which throws them away, they are read from the source."""

from __future__ import annotations

import ast
import inspect
import sys
from functools import cache
from importlib.util import find_spec
from typing import Any


def docstring(thing: Any) -> str:
    """The docstring of a class or function without its indentation; empty where it has none, or where neither it nor the
    source is installed."""
    text = thing.__doc__
    if text is None and sys.flags.optimize >= 2:
        name = [part for part in getattr(thing, "__qualname__", "").split(".") if part != "<locals>"]
        return _in_source(getattr(thing, "__module__", "")).get(tuple(name), "")
    return inspect.cleandoc(text) if isinstance(text, str) else ""


@cache
def _in_source(module: str) -> dict[tuple[str, ...], str]:
    """The docstrings of a module's classes and functions by qualified name, wherever it lies: in a folder or a zip file."""
    try:
        spec = find_spec(module)
        loader: Any = None if spec is None else spec.loader
        source = loader.get_source(module)
        tree = ast.parse(source)
    except (AttributeError, ImportError, SyntaxError, ValueError, TypeError):
        return {}
    return dict(_docstrings(tree, ()))


def _docstrings(node: ast.AST, above: tuple[str, ...]) -> Any:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            text = ast.get_docstring(child)
            if text is not None:
                yield (*above, child.name), text
            yield from _docstrings(child, (*above, child.name))
        else:
            yield from _docstrings(child, above)
