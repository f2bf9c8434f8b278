"""Calls of functions and methods: those on the list, with what their signatures take."""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from typing import Final

from datamimic.errors import suggest
from datamimic_models.expressions import functions, tree
from datamimic_models.expressions.catalogue import FUNCTIONS, METHODS, Function
from datamimic_models.expressions.reading_names import Names
from datamimic_models.expressions.syntax import at, path_of, what

assert functions.__all__, "the functions are on the list once their modules are imported"

MODULES: Final = {name.split(".")[0] for name in FUNCTIONS if "." in name} - {"datetime", "date"}


class CallReader:
    """Reads calls, with `read` for their arguments. `own` are functions of the caller's; `sites` counts calls that draw."""

    def __init__(self, names: Names, read: Callable[[ast.expr], tree.Node], own: Mapping[str, Function]) -> None:
        self._names = names
        self._read = read
        self._functions: Mapping[str, Function] = {**own, **FUNCTIONS} if own else FUNCTIONS
        self.sites = 0

    def call(self, node: ast.Call) -> tree.Node:
        if any(isinstance(each, ast.Starred) for each in node.args) or any(each.arg is None for each in node.keywords):
            self._names.refuse("* and ** in a call are not in the language of expressions", node)
        path = path_of(node.func)
        if path is not None and not self._names.is_bound(path[0]) and ".".join(path) in self._functions:
            return self._call_of(self._functions[".".join(path)], node)
        if isinstance(node.func, ast.Attribute):
            return self._method_call(node.func, node, path)
        named = ".".join(path) if path else what(node.func)
        near = suggest(named, self._functions)
        error = self._names.wrong(
            f"there is no function {named}", node, f"did you mean {' or '.join(near)}?" if near else None
        )
        error.details["function"] = named
        raise error

    def _call_of(self, function: Function, node: ast.Call) -> tree.Node:
        try:
            bound = function.signature.bind(*node.args, **{each.arg: each.value for each in node.keywords if each.arg})
        except TypeError as error:
            self._names.refuse(f"{function.name} is called otherwise: {error}", node, function.shown)
        calling = {id(bound.arguments[name]) for name in function.calls if name in bound.arguments}
        site = None
        if function.supplied == "words":
            site, self.sites = self.sites, self.sites + 1

        def argument(each: ast.expr) -> tree.Argument:
            return self._callable(each) if id(each) in calling else self._read(each)

        arguments = tuple(argument(each) for each in node.args)
        named = tuple((each.arg or "", argument(each.value)) for each in node.keywords)
        return tree.Call(function, arguments, named, site, at(node))

    def _callable(self, node: ast.expr) -> tree.Argument:
        if isinstance(node, ast.Lambda):
            given = node.args
            plain = [each.arg for each in given.args]
            if given.vararg or given.kwarg or given.kwonlyargs or given.posonlyargs or given.defaults:
                self._names.refuse("a lambda has plain parameters only", node)
            with self._names.inner():
                for name in plain:
                    self._names.bind(name, node)
                return tree.Lambda(tuple(plain), self._read(node.body), at(node))
        path = path_of(node)
        if path is not None and ".".join(path) in FUNCTIONS and not self._names.is_bound(path[0]):
            found = FUNCTIONS[".".join(path)]
            if not found.supplied and not found.calls:
                return tree.FunctionName(found, at(node))
        if isinstance(node, ast.Constant) and node.value is None:
            return tree.Constant(None, at(node))
        raise self._names.wrong(
            "here stands a lambda or the name of a function", node, "such as key=lambda x: x.price, or key=len"
        )

    def _method_call(self, called: ast.Attribute, node: ast.Call, path: tuple[str, ...] | None) -> tree.Node:
        self._names.no_underscore(called.attr, called)
        if called.attr not in METHODS:
            named = ".".join(path) if path and path[0] in MODULES else f".{called.attr}"
            known = [each for each in FUNCTIONS if each.startswith(f"{path[0]}.")] if path else []
            near = suggest(named, known) if known and path and path[0] in MODULES else suggest(called.attr, METHODS)
            self._names.refuse(
                f"there is no {'function' if named[0] != '.' else 'method'} {named}",
                called,
                f"did you mean {' or '.join(near)}?" if near else None,
            )
        of = self._read(called.value)
        arguments = tuple(self._read(each) for each in node.args)
        named_arguments = tuple((each.arg or "", self._read(each.value)) for each in node.keywords)
        return tree.MethodCall(called.attr, of, arguments, named_arguments, at(node))
