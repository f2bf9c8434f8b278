"""Scripts as expressions over columns: every name is what it leads to."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from typing import Any

from datamimic import DatamimicError
from datamimic_models.expressions import parse
from datamimic_models.expressions.catalogue import CONSTANTS, FUNCTIONS
from datamimic_models.model import ColumnType, Place
from datamimic_models.translating.drafts import Made, computed
from datamimic_models.translating.meanings import ColumnOf, Meaning
from datamimic_models.translating.refusals import Refusal
from datamimic_models.translating.scopes import Scope, resolved
from datamimic_models.xml.scripts import pieces


def direct(text: str, scope: Scope, top: Mapping[str, Meaning]) -> Made | None:
    """The rule of a script that is only a name, where one says it better than an expression. Raises `Refusal`."""
    path = _path(_tree(text))
    if path is None:
        return None
    found = resolved(scope, path, top)
    if found is None or found[2]:
        return None
    return found[0].made(found[1])


def rewritten(text: str, scope: Scope, top: Mapping[str, Meaning], place: Place) -> str:
    """The expression over columns. Raises `Refusal` for a name that leads nowhere, and `DatamimicError` for what cannot be
    read."""
    parse(text.strip(), place)
    return ast.unparse(_Names(scope, top).visit(_tree(text)))


def filled(text: str, scope: Scope, top: Mapping[str, Meaning], place: Place) -> str:
    """The expression of a text with `{expressions}` in it."""
    parts = [
        repr(each) if isinstance(each, str) else f"str({rewritten(each[0], scope, top, place)})"
        for each in pieces(text)
    ]
    return " + ".join(parts) or "''"


def _tree(text: str) -> Any:
    try:
        return ast.parse(text.strip(), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        raise Refusal("its script cannot be read") from None


def _path(node: ast.AST) -> list[str] | None:
    """The parts of a dotted name; `record.get('name')` and `this['name']` are names too, `record.to_dict()` is the record."""
    if (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "to_dict"
        and not node.args
    ):
        return _path(node.func.value)
    if isinstance(node, ast.Name):
        return [node.id]
    if isinstance(node, ast.Attribute):
        before = _path(node.value)
        return None if before is None else [*before, node.attr]
    key: Any = None
    inner: ast.AST | None = None
    if isinstance(node, ast.Subscript):
        key, inner = node.slice, node.value
    elif (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "get"
        and len(node.args) == 1
        and not node.keywords
    ):
        key, inner = node.args[0], node.func.value
    if inner is not None and isinstance(key, ast.Constant) and isinstance(key.value, str):
        before = _path(inner)
        return None if before is None else [*before, key.value]
    return None


class _Names(ast.NodeTransformer):
    def __init__(self, scope: Scope, top: Mapping[str, Meaning]) -> None:
        self.scope = scope
        self.top = top
        self.bound: list[str] = []

    def visit(self, node: ast.AST) -> Any:
        if isinstance(node, ast.Name | ast.Attribute | ast.Subscript | ast.Call):
            path = _path(node)
            if path is not None and path[0] not in self.bound:
                made = self._named(path, node)
                if made is not None:
                    return made
        if isinstance(node, ast.Call):
            return self._call(node)
        if isinstance(node, ast.ListComp | ast.SetComp | ast.GeneratorExp | ast.DictComp):
            return self._bound(
                node,
                [name.id for each in node.generators for name in ast.walk(each.target) if isinstance(name, ast.Name)],
            )
        if isinstance(node, ast.Lambda):
            return self._bound(node, [each.arg for each in node.args.args])
        return self.generic_visit(node)

    def _bound(self, node: ast.AST, names: list[str]) -> ast.AST:
        self.bound += names
        try:
            return self.generic_visit(node)
        finally:
            del self.bound[len(self.bound) - len(names) :]

    def _named(self, path: list[str], node: ast.AST) -> ast.AST | None:
        dotted = ".".join(path)
        found = resolved(self.scope, path, self.top)
        if found is not None:
            meaning, parts, depth = found
            if isinstance(meaning, ColumnOf) and not depth and self.scope.has_member(meaning.column):
                meaning = _beside(meaning)
            return _tree(meaning.text(parts, depth))
        if dotted in CONSTANTS or not isinstance(node, ast.Name | ast.Attribute):
            return node if dotted in CONSTANTS else None
        raise Refusal(f"there is no {dotted} here")

    def _call(self, node: ast.Call) -> ast.AST:
        func = node.func
        path = _path(func)
        if (
            path is not None
            and path[0] not in self.bound
            and (len(path) == 1 or resolved(self.scope, path[:1], self.top) is None)
        ):
            if ".".join(path) not in FUNCTIONS:
                if len(path) == 1:
                    raise Refusal(f"{path[0]}() is no function of expressions")
                func = (
                    ast.Attribute(self.visit(func.value), path[-1], ast.Load())
                    if isinstance(func, ast.Attribute)
                    else func
                )
        elif isinstance(func, ast.Attribute):
            func = ast.Attribute(self.visit(func.value), func.attr, ast.Load())
        arguments = [self.visit(each) for each in node.args]
        named = [ast.keyword(each.arg, self.visit(each.value)) for each in node.keywords]
        return ast.Call(func, arguments, named)


def _beside(meaning: ColumnOf) -> ColumnOf:
    """The same column under a name that no member of the record takes from it."""
    table = meaning.table
    column = table.hidden.get(meaning.column) or table.columns[meaning.column]
    alias = f"{meaning.column}_of_row"
    if alias not in table.hidden:
        kind = column.type or ColumnType("str")
        alias = table.hide(alias, computed(meaning.text([], 0), kind), kind, table.node.place)
    return ColumnOf(table, alias)


def all_of(*conditions: str) -> str:
    """The condition that all of them hold; those that are empty always do."""
    held = [each for each in conditions if each]
    return held[0] if len(held) == 1 else " and ".join(f"({each})" for each in held)


def guarded(act: Any) -> Any:
    """What is done; an error of an expression becomes a refusal."""
    try:
        return act()
    except DatamimicError as error:
        raise Refusal(error.message) from None


def path_of_script(text: str) -> list[str] | None:
    """The parts of a script that is only a dotted name."""
    try:
        return _path(_tree(text))
    except Refusal:
        return None
