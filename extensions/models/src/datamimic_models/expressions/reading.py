"""Python's syntax tree as ours: what is not in the language is refused here, with its place."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from types import MappingProxyType
from typing import Any, Final, NoReturn

from datamimic import DatamimicError
from datamimic.errors import suggest
from datamimic_models.expressions import functions, tree
from datamimic_models.expressions.catalogue import CONSTANTS, FUNCTIONS, METHODS, Function
from datamimic_models.expressions.failures import Failed
from datamimic_models.expressions.limits import DEEPEST
from datamimic_models.expressions.source import Source
from datamimic_models.expressions.syntax import BINARY_OPERATORS, COMPARISON_OPERATORS, at, path_of, what
from datamimic_models.expressions.values import bounded, lettered

assert functions.__all__, "the functions are on the list once their modules are imported"

ROOTS: Final = ("this", "parent", "root")
"""`this["first name"]` is a name, as `this.first_name` is."""
MODULES: Final = {name.split(".")[0] for name in FUNCTIONS if "." in name} - {"datetime", "date"}


class Reader:
    """Reads one expression."""

    def __init__(self, source: Source, own: Mapping[str, Function] = MappingProxyType({})) -> None:
        """`own` are functions that the caller has besides those of the language."""
        self.source = source
        self._functions: Mapping[str, Function] = {**own, **FUNCTIONS} if own else FUNCTIONS
        self._found: dict[str, tuple[int, tree.At]] = {}
        self._part = 0
        self.sites = 0
        self._bound: list[str] = []
        self._depth = 0

    @property
    def names(self) -> tuple[str, ...]:
        """The free ones, in the order of the text."""
        return tuple(sorted(self._found, key=lambda name: self._found[name]))

    def read_part(self, node: ast.expr, source: Source) -> tree.Node:
        """One of several expressions that are one together, as the gaps of a template are."""
        self.source, self._part = source, self._part + 1
        return self.read(node)

    def read(self, node: ast.expr) -> tree.Node:
        """Raises `DatamimicError` (`models.bad_expression`)."""
        self._depth += 1
        if self._depth > DEEPEST:
            self._refuse("the expression is nested too deep", node, f"at most {DEEPEST} levels")
        try:
            how = _READERS.get(type(node))
            if how is None:
                self._refuse(f"{what(node)} is not in the language of expressions", node)
            return how(self, node)
        finally:
            self._depth -= 1

    def _wrong(self, message: str, node: ast.AST, hint: str | None = None) -> DatamimicError:
        return self.source.wrong(message, at(node), hint)

    def _refuse(self, message: str, node: ast.AST, hint: str | None = None) -> NoReturn:
        raise self._wrong(message, node, hint)

    # -- values and names ---------------------------------------------------------------------------------------

    def constant(self, node: ast.Constant) -> tree.Node:
        if not isinstance(node.value, str | int | float | bool | None):
            self._refuse(f"{type(node.value).__name__} is no value of expressions", node)
        try:
            value = lettered(node.value) if isinstance(node.value, str) else node.value
            return tree.Constant(bounded(value), at(node))
        except Failed as error:
            self._refuse(f"there is no such value: {error}", node)

    def name(self, node: ast.Name) -> tree.Node:
        if node.id in self._bound:
            return tree.Local(node.id, at(node))
        return self._free((node.id,), node)

    def attribute(self, node: ast.Attribute) -> tree.Node:
        path = path_of(node)
        if path is not None and path[0] not in self._bound:
            if ".".join(path) in CONSTANTS:
                return tree.Constant(CONSTANTS[".".join(path)], at(node))
            if path[0] in MODULES and ".".join(path) in FUNCTIONS:
                self._refuse(f"{'.'.join(path)} is a function", node, f"call it: {'.'.join(path)}(…)")
            return self._free(path, node)
        self._no_underscore(node.attr, node)
        return tree.Member(self.read(node.value), node.attr, at(node))

    def _free(self, path: tuple[str, ...], node: ast.AST) -> tree.Node:
        for part in path:
            self._no_underscore(part, node)
        self._found.setdefault(".".join(path), (self._part, at(node)))
        return tree.Name(path, at(node))

    def _no_underscore(self, name: str, node: ast.AST) -> None:
        if name.startswith("__") or (name.startswith("_") and isinstance(node, ast.Attribute)):
            self._refuse(f"{name} is no name in expressions", node, "names do not begin with an underscore")

    def subscript(self, node: ast.Subscript) -> tree.Node:
        if isinstance(node.value, ast.Name) and node.value.id in ROOTS and node.value.id not in self._bound:
            key = node.slice
            if isinstance(key, ast.Constant) and isinstance(key.value, str):
                self._found.setdefault(f"{node.value.id}.{key.value}", (self._part, at(node)))
                return tree.Name((node.value.id, key.value), at(node))
        if isinstance(node.slice, ast.Slice):
            ends = (node.slice.lower, node.slice.upper, node.slice.step)
            lower, upper, step = (None if each is None else self.read(each) for each in ends)
            return tree.Part(self.read(node.value), (lower, upper, step), at(node))
        return tree.Item(self.read(node.value), self.read(node.slice), at(node))

    # -- operators ----------------------------------------------------------------------------------------------

    def binary(self, node: ast.BinOp) -> tree.Node:
        operator = BINARY_OPERATORS.get(type(node.op))
        if operator is None:
            self._refuse("@ is not in the language of expressions", node)
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
                self._refuse(f"{operator} compares with None, True and False only", node, "compare with ==")
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
                self._refuse("** is not in the language of expressions", node, "join dicts with |")
            keys.append(self.read(key))
        return tree.Pairs(tuple(keys), tuple(self.read(each) for each in node.values), at(node))

    def comprehension(self, node: ast.ListComp | ast.SetComp | ast.GeneratorExp | ast.DictComp) -> tree.Node:
        before, clauses = len(self._bound), []
        for clause in node.generators:
            if clause.is_async:
                self._refuse("async is not in the language of expressions", node)
            items = self.read(clause.iter)
            target = self._target(clause.target)
            clauses.append(tree.Clause(target, items, tuple(self.read(each) for each in clause.ifs)))
        key = self.read(node.key) if isinstance(node, ast.DictComp) else None
        element = self.read(node.value if isinstance(node, ast.DictComp) else node.elt)
        del self._bound[before:]
        kind: Any = {ast.SetComp: "set", ast.DictComp: "dict"}.get(type(node), "list")
        return tree.Comprehension(kind, key, element, tuple(clauses), at(node))

    def _target(self, node: ast.expr) -> tree.Target:
        if isinstance(node, ast.Name):
            self._no_underscore(node.id, node)
            self._bound.append(node.id)
            return node.id
        if isinstance(node, ast.Tuple | ast.List):
            return tuple(self._target(each) for each in node.elts)
        raise self._wrong(f"{what(node)} cannot be a variable", node)

    # -- calls --------------------------------------------------------------------------------------------------

    def call(self, node: ast.Call) -> tree.Node:
        if any(isinstance(each, ast.Starred) for each in node.args) or any(each.arg is None for each in node.keywords):
            self._refuse("* and ** in a call are not in the language of expressions", node)
        path = path_of(node.func)
        if path is not None and path[0] not in self._bound and ".".join(path) in self._functions:
            return self._call_of(self._functions[".".join(path)], node)
        if isinstance(node.func, ast.Attribute):
            return self._method_call(node.func, node, path)
        named = ".".join(path) if path else what(node.func)
        near = suggest(named, self._functions)
        error = self._wrong(
            f"there is no function {named}", node, f"did you mean {' or '.join(near)}?" if near else None
        )
        error.details["function"] = named
        raise error

    def _call_of(self, function: Function, node: ast.Call) -> tree.Node:
        try:
            bound = function.signature.bind(*node.args, **{each.arg: each.value for each in node.keywords if each.arg})
        except TypeError as error:
            self._refuse(f"{function.name} is called otherwise: {error}", node, function.shown)
        calling = {id(bound.arguments[name]) for name in function.calls if name in bound.arguments}
        site = None
        if function.supplied == "words":
            site, self.sites = self.sites, self.sites + 1

        def argument(each: ast.expr) -> tree.Argument:
            return self._callable(each) if id(each) in calling else self.read(each)

        arguments = tuple(argument(each) for each in node.args)
        named = tuple((each.arg or "", argument(each.value)) for each in node.keywords)
        return tree.Call(function, arguments, named, site, at(node))

    def _callable(self, node: ast.expr) -> tree.Argument:
        if isinstance(node, ast.Lambda):
            given = node.args
            plain = [each.arg for each in given.args]
            if given.vararg or given.kwarg or given.kwonlyargs or given.posonlyargs or given.defaults:
                self._refuse("a lambda has plain parameters only", node)
            for name in plain:
                self._no_underscore(name, node)
            with self._binding(plain):
                return tree.Lambda(tuple(plain), self.read(node.body), at(node))
        path = path_of(node)
        if path is not None and ".".join(path) in FUNCTIONS and path[0] not in self._bound:
            found = FUNCTIONS[".".join(path)]
            if not found.supplied and not found.calls:
                return tree.FunctionName(found, at(node))
        if isinstance(node, ast.Constant) and node.value is None:
            return tree.Constant(None, at(node))
        raise self._wrong(
            "here stands a lambda or the name of a function", node, "such as key=lambda x: x.price, or key=len"
        )

    @contextmanager
    def _binding(self, names: Sequence[str]) -> Iterator[None]:
        before = len(self._bound)
        self._bound.extend(names)
        yield
        del self._bound[before:]

    def _method_call(self, called: ast.Attribute, node: ast.Call, path: tuple[str, ...] | None) -> tree.Node:
        self._no_underscore(called.attr, called)
        if called.attr not in METHODS:
            named = ".".join(path) if path and path[0] in MODULES else f".{called.attr}"
            known = [each for each in FUNCTIONS if each.startswith(f"{path[0]}.")] if path else []
            near = suggest(named, known) if known and path and path[0] in MODULES else suggest(called.attr, METHODS)
            self._refuse(
                f"there is no {'function' if named[0] != '.' else 'method'} {named}",
                called,
                f"did you mean {' or '.join(near)}?" if near else None,
            )
        of = self.read(called.value)
        arguments = tuple(self.read(each) for each in node.args)
        named_arguments = tuple((each.arg or "", self.read(each.value)) for each in node.keywords)
        return tree.MethodCall(called.attr, of, arguments, named_arguments, at(node))


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
