"""Nodes of Python's syntax tree: which operators they are, what they are called, and where they stand."""

from __future__ import annotations

import ast
from typing import Any, Final

from datamimic_models.expressions.tree import At

BINARY_OPERATORS: Final[dict[type[ast.operator], str]] = {
    ast.Add: "+",
    ast.Sub: "-",
    ast.Mult: "*",
    ast.Div: "/",
    ast.FloorDiv: "//",
    ast.Mod: "%",
    ast.Pow: "**",
    ast.LShift: "<<",
    ast.RShift: ">>",
    ast.BitOr: "|",
    ast.BitAnd: "&",
    ast.BitXor: "^",
}
COMPARISON_OPERATORS: Final[dict[type[ast.cmpop], str]] = {
    ast.Eq: "==",
    ast.NotEq: "!=",
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
    ast.In: "in",
    ast.NotIn: "not in",
    ast.Is: "is",
    ast.IsNot: "is not",
}
_WORDS: Final = {
    ast.NamedExpr: ":=",
    ast.Lambda: "a lambda that no function is given",
    ast.Await: "await",
    ast.Yield: "yield",
    ast.YieldFrom: "yield from",
    ast.Starred: "*",
    ast.Slice: "a slice among others",
}


def what(node: ast.AST) -> str:
    return _WORDS.get(type(node), type(node).__name__)


def at(node: Any) -> At:
    return node.lineno, node.col_offset


def path_of(node: ast.AST) -> tuple[str, ...] | None:
    """The parts of `a.b.c`; None for what is not made of names alone."""
    if isinstance(node, ast.Name):
        return (node.id,)
    if isinstance(node, ast.Attribute):
        before = path_of(node.value)
        return None if before is None else (*before, node.attr)
    return None
