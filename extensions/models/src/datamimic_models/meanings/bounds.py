"""What the checks of a table say of one column alone: bounds that its values can be moved into, choices, and tests."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator, Mapping
from typing import Final

from attrs import evolve, frozen

from datamimic_models.model import Table

FORMS: Final[Mapping[str, Callable[[str], str]]] = {
    "lower": str.lower,
    "upper": str.upper,
    "strip": str.strip,
    "lstrip": str.lstrip,
    "rstrip": str.rstrip,
}
"""Methods that give a text again that they have given before."""


@frozen
class Bounds:
    """`least` and `most` are numbers; `above` and `below` say that values must not be as small, or as great, as these. Of a
    text the `choices` that there are, and the `forms` that it equals itself in: `lower`, `upper`, `strip`; any text can be put
    in these. `tests` are what else is asked of a value, as expressions."""

    least: float | None = None
    most: float | None = None
    above: bool = False
    below: bool = False
    choices: tuple[str, ...] = ()
    forms: tuple[str, ...] = ()
    tests: tuple[str, ...] = ()

    @property
    def any(self) -> bool:
        return self.least is not None or self.most is not None

    def formed(self, text: str) -> str:
        """The text in the forms that are asked for."""
        for form in self.forms:
            text = FORMS[form](text)
        return text


def bounds_of(name: str, table: Table) -> Bounds:
    """What compares the column with others says nothing of it alone: rows are made so that they hold it."""
    bounds = Bounds()
    for check in table.checks:
        try:
            tree = ast.parse(check.expression.strip(), mode="eval").body
        except SyntaxError:
            continue
        names = {each.name for each in table.columns}
        for part in _parts(tree):
            read = {node.id for node in ast.walk(part) if isinstance(node, ast.Name)} & names
            if read == {name}:
                found = _joined(bounds, part, name)
                bounds = evolve(bounds, tests=(*bounds.tests, ast.unparse(part))) if found is None else found
    return bounds


def _parts(tree: ast.expr) -> Iterator[ast.expr]:
    """The parts of a conjunction; `a < b < c` are two."""
    match tree:
        case ast.BoolOp(ast.And(), values):
            for value in values:
                yield from _parts(value)
        case ast.BoolOp(ast.Or(), values):
            # Null is not false: what remains of `x is None or x > 0` is `x > 0`.
            rest = [value for value in values if not _is_none(value)]
            if len(rest) == 1:
                yield from _parts(rest[0])
            else:
                yield tree
        case ast.Compare(left, ops, comparators) if len(ops) > 1:
            for operator, one, other in zip(ops, (left, *comparators), comparators, strict=False):
                yield ast.Compare(one, [operator], [other])
        case _:
            yield tree


def _is_none(tree: ast.expr) -> bool:
    return isinstance(tree, ast.Compare) and isinstance(tree.ops[0], ast.Is)


def _joined(bounds: Bounds, tree: ast.expr, name: str) -> Bounds | None:
    forms = _forms(tree, name)
    if forms:
        both = tuple(dict.fromkeys((*bounds.forms, *forms)))
        return None if {"lower", "upper"} <= {*both} else evolve(bounds, forms=both)
    match tree:
        case ast.Compare(ast.Name(id=found), [ast.In()], [ast.List(elts) | ast.Tuple(elts) | ast.Set(elts)]) if (
            found == name
        ):
            said = [each.value for each in elts if isinstance(each, ast.Constant) and isinstance(each.value, str)]
            once = len(said) == len(elts) and not bounds.any and not bounds.choices
            return evolve(bounds, choices=tuple(said)) if once else None
        case ast.Compare(ast.Name(id=found), [ast.IsNot()], [ast.Constant(value=None)]) if found == name:
            return bounds
        case ast.Compare(ast.Name(id=found), [operator], [other]) if found == name:
            return _bounded(bounds, type(operator).__name__, _number(other))
        case ast.Compare(other, [operator], [ast.Name(id=found)]) if found == name:
            turned = {"Gt": "Lt", "GtE": "LtE", "Lt": "Gt", "LtE": "GtE"}
            return _bounded(bounds, turned.get(type(operator).__name__, ""), _number(other))
        case _:
            return None


def _forms(tree: ast.expr, name: str) -> tuple[str, ...]:
    """Of `mail == mail.strip().lower()` strip and lower; none of anything else."""
    match tree:
        case ast.Compare(ast.Name(id=found), [ast.Eq()], [said]) | ast.Compare(said, [ast.Eq()], [ast.Name(id=found)]):
            forms: list[str] = []
            while isinstance(said, ast.Call) and isinstance(said.func, ast.Attribute) and not said.args:
                forms.insert(0, said.func.attr)
                said = said.func.value
            known = found == name and isinstance(said, ast.Name) and said.id == name and FORMS.keys() >= {*forms}
            return tuple(forms) if known else ()
    return ()


def _number(tree: ast.expr) -> float | None:
    match tree:
        case ast.Constant(value=int() | float() as number):
            return number
        case ast.UnaryOp(ast.USub(), ast.Constant(value=int() | float() as number)):
            return -number
        case ast.Call(args=[ast.Constant(value=str() | int() | float() as text)]):
            try:
                return float(text)
            except ValueError:
                return None
        case _:
            return None


def _bounded(bounds: Bounds, operator: str, number: float | None) -> Bounds | None:
    if number is None or operator not in ("Gt", "GtE", "Lt", "LtE"):
        return None
    if operator.startswith("G") and (bounds.least is None or number >= bounds.least):
        return evolve(bounds, least=number, above=operator == "Gt")
    if operator.startswith("L") and (bounds.most is None or number <= bounds.most):
        return evolve(bounds, most=number, below=operator == "Lt")
    return bounds
