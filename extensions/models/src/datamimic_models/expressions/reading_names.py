"""Names of an expression that is being read: the free ones, and variables of comprehensions and lambdas."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NoReturn

from datamimic import DatamimicError
from datamimic_models.expressions import tree
from datamimic_models.expressions.source import Source
from datamimic_models.expressions.syntax import at


class Names:
    """What is met in `source`, which is one of the parts of a template or all there is."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._part = 0
        self._found: dict[str, tuple[int, tree.At]] = {}
        self._bound: list[str] = []

    @property
    def free(self) -> tuple[str, ...]:
        """In the order of the text."""
        return tuple(sorted(self._found, key=lambda name: self._found[name]))

    def next_part(self, source: Source) -> None:
        self._source, self._part = source, self._part + 1

    def wrong(self, message: str, node: ast.AST, hint: str | None = None) -> DatamimicError:
        return self._source.wrong(message, at(node), hint)

    def refuse(self, message: str, node: ast.AST, hint: str | None = None) -> NoReturn:
        raise self.wrong(message, node, hint)

    def no_underscore(self, name: str, node: ast.AST) -> None:
        """Raises `DatamimicError` for names that lead into Python."""
        if name.startswith("__") or (name.startswith("_") and isinstance(node, ast.Attribute)):
            self.refuse(f"{name} is no name in expressions", node, "names do not begin with an underscore")

    def meet(self, path: tuple[str, ...], node: ast.AST) -> tree.Node:
        """The free name of the path."""
        self._found.setdefault(".".join(path), (self._part, at(node)))
        return tree.Name(path, at(node))

    def is_bound(self, name: str) -> bool:
        """Whether it is a variable here."""
        return name in self._bound

    def bind(self, name: str, node: ast.AST) -> None:
        """Make it a variable of the innermost `inner`."""
        self.no_underscore(name, node)
        self._bound.append(name)

    @contextmanager
    def inner(self) -> Iterator[None]:
        """Where variables are bound that are none outside."""
        before = len(self._bound)
        yield
        del self._bound[before:]
