"""Python's syntax tree as ours: what is not in the language is refused here, with its place."""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, Final

from datamimic_models.expressions import tree
from datamimic_models.expressions.catalogue import CONSTANTS, FUNCTIONS, Function
from datamimic_models.expressions.failures import Failed
from datamimic_models.expressions.limits import DEEPEST
from datamimic_models.expressions.reading_calls import MODULES, CallReader
from datamimic_models.expressions.reading_names import Names
from datamimic_models.expressions.source import Source
from datamimic_models.expressions.syntax import BINARY_OPERATORS, COMPARISON_OPERATORS, at, path_of, what
from datamimic_models.expressions.values import bounded, lettered

ROOTS: Final = ("this", "parent", "root")
"""`this["first name"]` is a name, as `this.first_name` is."""


class Reader:
    """Reads one expression."""

    def __init__(self, source: Source, own: Mapping[str, Function] = MappingProxyType({})) -> None:
        """`own` are functions that the caller has besides those of the language."""
        self._names = Names(source)
        self._calls = CallReader(self._names, self.read, own)
        self._depth = 0

    @property
    def names(self) -> tuple[str, ...]:
        """The free ones, in the order of the text."""
        return self._names.free

    @property
    def sites(self) -> int:
        """How many calls draw values."""
        return self._calls.sites

    def read_part(self, node: ast.expr, source: Source) -> tree.Node:
        """One of several expressions that are one together, as the gaps of a template are."""
        self._names.next_part(source)
        return self.read(node)

    def read(self, node: ast.expr) -> tree.Node:
        """Raises `DatamimicError` (`models.bad_expression`)."""
        self._depth += 1
        if self._depth > DEEPEST:
            self._names.refuse("the expression is nested too deep", node, f"at most {DEEPEST} levels")
        try:
            how = _READERS.get(type(node))
            if how is None:
                self._names.refuse(f"{what(node)} is not in the language of expressions", node)
            return how(self, node)
        finally:
            self._depth -= 1

    # -- values and names ---------------------------------------------------------------------------------------

    def constant(self, node: ast.Constant) -> tree.Node:
        if not isinstance(node.value, str | int | float | bool | None):
            self._names.refuse(f"{type(node.value).__name__} is no value of expressions", node)
        try:
            value = lettered(node.value) if isinstance(node.value, str) else node.value
            return tree.Constant(bounded(value), at(node))
        except Failed as error:
            self._names.refuse(f"there is no such value: {error}", node)

    def name(self, node: ast.Name) -> tree.Node:
        if self._names.is_bound(node.id):
            return tree.Local(node.id, at(node))
        return self._free((node.id,), node)

    def attribute(self, node: ast.Attribute) -> tree.Node:
        path = path_of(node)
        if path is not None and not self._names.is_bound(path[0]):
            if ".".join(path) in CONSTANTS:
                return tree.Constant(CONSTANTS[".".join(path)], at(node))
            if path[0] in MODULES and ".".join(path) in FUNCTIONS:
                self._names.refuse(f"{'.'.join(path)} is a function", node, f"call it: {'.'.join(path)}(…)")
            return self._free(path, node)
        self._names.no_underscore(node.attr, node)
        return tree.Member(self.read(node.value), node.attr, at(node))

    def _free(self, path: tuple[str, ...], node: ast.AST) -> tree.Node:
        for part in path:
            self._names.no_underscore(part, node)
        return self._names.meet(path, node)

    def subscript(self, node: ast.Subscript) -> tree.Node:
        if isinstance(node.value, ast.Name) and node.value.id in ROOTS and not self._names.is_bound(node.value.id):
            key = node.slice
            if isinstance(key, ast.Constant) and isinstance(key.value, str):
                return self._names.meet((node.value.id, key.value), node)
        if isinstance(node.slice, ast.Slice):
            ends = (node.slice.lower, node.slice.upper, node.slice.step)
            lower, upper, step = (None if each is None else self.read(each) for each in ends)
            return tree.Part(self.read(node.value), (lower, upper, step), at(node))
        return tree.Item(self.read(node.value), self.read(node.slice), at(node))

    # -- operators ----------------------------------------------------------------------------------------------

    def binary(self, node: ast.BinOp) -> tree.Node:
        operator = BINARY_OPERATORS.get(type(node.op))
        if operator is None:
            self._names.refuse("@ is not in the language of expressions", node)
        return tree.Binary(operator, self.read(node.left), self.read(node.right), at(node))

    def unary(self, node: ast.UnaryOp) -> tree.Node:
        if isinstance(node.op, ast.Not):
            return tree.Not(self.read(node.operand), at(node))
        operand = self.read(node.operand)
        if isinstance(node.op, ast.USub) and isinstance(operand, tree.Constant) and type(operand.value) in (int, float):
            return tree.Constant(-operand.value, at(node))
        return tree.Unary(
            "-" if isinstance(node.op, ast.USub) else "+" if isinstance(node.op, ast.UAdd) else "~", operand, at(node)
        )

    def logic(self, node: ast.BoolOp) -> tree.Node:
        operator: Any = "and" if isinstance(node.op, ast.And) else "or"
        return tree.Logic(operator, tuple(self.read(each) for each in node.values), at(node))

    def comparison(self, node: ast.Compare) -> tree.Node:
        operators = tuple(COMPARISON_OPERATORS[type(each)] for each in node.ops)
        operands = (node.left, *node.comparators)
        for operator, after in zip(operators, node.comparators, strict=True):
            if operator.startswith("is") and not (
                isinstance(after, ast.Constant) and (after.value is None or isinstance(after.value, bool))
            ):
                self._names.refuse(f"{operator} compares with None, True and False only", node, "compare with ==")
        return tree.Comparison(operators, tuple(self.read(each) for each in operands), at(node))

    def conditional(self, node: ast.IfExp) -> tree.Node:
        return tree.Conditional(self.read(node.test), self.read(node.body), self.read(node.orelse), at(node))

    # -- texts, lists -------------------------------------------------------------------------------------------

    def interpolation(self, node: ast.JoinedStr) -> tree.Node:
        return tree.Interpolation(tuple(self.read(each) for each in node.values), at(node))

    def formatted(self, node: ast.FormattedValue) -> tree.Node:
        spec = None if node.format_spec is None else self.read(node.format_spec)
        conversion: Any = {-1: "", 115: "s", 114: "r", 97: "a"}[node.conversion]
        return tree.Formatted(self.read(node.value), conversion, spec, at(node))

    def display(self, node: ast.List | ast.Tuple | ast.Set) -> tree.Node:
        kind: Any = type(node).__name__.lower()
        return tree.Display(kind, tuple(self.read(each) for each in node.elts), at(node))

    def pairs(self, node: ast.Dict) -> tree.Node:
        keys = []
        for key in node.keys:
            if key is None:
                self._names.refuse("** is not in the language of expressions", node, "join dicts with |")
            keys.append(self.read(key))
        return tree.Pairs(tuple(keys), tuple(self.read(each) for each in node.values), at(node))

    def comprehension(self, node: ast.ListComp | ast.SetComp | ast.GeneratorExp | ast.DictComp) -> tree.Node:
        clauses = []
        with self._names.inner():
            for clause in node.generators:
                if clause.is_async:
                    self._names.refuse("async is not in the language of expressions", node)
                items = self.read(clause.iter)
                target = self._target(clause.target)
                clauses.append(tree.Clause(target, items, tuple(self.read(each) for each in clause.ifs)))
            key = self.read(node.key) if isinstance(node, ast.DictComp) else None
            element = self.read(node.value if isinstance(node, ast.DictComp) else node.elt)
        kind: Any = {ast.SetComp: "set", ast.DictComp: "dict"}.get(type(node), "list")
        return tree.Comprehension(kind, key, element, tuple(clauses), at(node))

    def _target(self, node: ast.expr) -> tree.Target:
        if isinstance(node, ast.Name):
            self._names.bind(node.id, node)
            return node.id
        if isinstance(node, ast.Tuple | ast.List):
            return tuple(self._target(each) for each in node.elts)
        raise self._names.wrong(f"{what(node)} cannot be a variable", node)

    def call(self, node: ast.Call) -> tree.Node:
        return self._calls.call(node)


_READERS: Final[dict[type[ast.AST], Callable[[Reader, Any], tree.Node]]] = {
    ast.Constant: Reader.constant,
    ast.Name: Reader.name,
    ast.Attribute: Reader.attribute,
    ast.Subscript: Reader.subscript,
    ast.BinOp: Reader.binary,
    ast.UnaryOp: Reader.unary,
    ast.BoolOp: Reader.logic,
    ast.Compare: Reader.comparison,
    ast.IfExp: Reader.conditional,
    ast.JoinedStr: Reader.interpolation,
    ast.FormattedValue: Reader.formatted,
    ast.List: Reader.display,
    ast.Tuple: Reader.display,
    ast.Set: Reader.display,
    ast.Dict: Reader.pairs,
    ast.ListComp: Reader.comprehension,
    ast.SetComp: Reader.comprehension,
    ast.GeneratorExp: Reader.comprehension,
    ast.DictComp: Reader.comprehension,
    ast.Call: Reader.call,
}
