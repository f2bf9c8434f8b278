"""Conditions of a model, a subset of Python's expressions, as SQL has them: so both are solved alike."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any, Final

from sqlglot import exp

from datamimic_models.expressions import tree
from datamimic_models.solving.sql_terms import Unsolved

_ARITHMETIC: Final[dict[str, type[Any]]] = {"+": exp.Add, "-": exp.Sub, "*": exp.Mul, "/": exp.Div, "%": exp.Mod}
_COMPARED: Final[dict[str, type[Any]]] = {
    "==": exp.EQ, "!=": exp.NEQ, "<": exp.LT, "<=": exp.LTE, ">": exp.GT, ">=": exp.GTE,
}  # fmt: skip
_UNITS: Final = ("weeks", "days", "hours", "minutes", "seconds")
_PARTS: Final = ("year", "month", "day")
_MOMENTS: Final[dict[str, type[Any]]] = {"date": date, "datetime": datetime, "time": time}
_NOW: Final = ("now", "datetime.now", "datetime.datetime.now", "today", "date.today", "datetime.date.today")


def sql_of(node: Any) -> Any:
    """The expression as sqlglot has it. Raises `Unsolved` for what SQL is not solved with."""
    if isinstance(node, tree.Constant):
        return _constant(node.value)
    if isinstance(node, tree.Name):
        if len(node.path) == 2 and node.path[1] in _PARTS:
            return exp.Extract(this=exp.Var(this=node.path[1].upper()), expression=exp.column(node.path[0]))
        path = node.path[1:] if node.path[0] == "this" and len(node.path) == 2 else node.path
        if len(path) != 1:
            raise Unsolved("another row")
        return exp.column(path[0])
    if isinstance(node, tree.Not):
        return exp.Not(this=sql_of(node.operand))
    if isinstance(node, tree.Unary) and node.operator == "-":
        return exp.Neg(this=sql_of(node.operand))
    if isinstance(node, tree.Binary) and node.operator in _ARITHMETIC:
        return _ARITHMETIC[node.operator](this=sql_of(node.left), expression=sql_of(node.right))
    if isinstance(node, tree.Logic):
        return _joined(exp.And if node.operator == "and" else exp.Or, [sql_of(each) for each in node.parts])
    if isinstance(node, tree.Comparison):
        pairs = zip(node.operators, node.operands, node.operands[1:], strict=False)
        return _joined(exp.And, [_compared(operator, left, right) for operator, left, right in pairs])
    if isinstance(node, tree.Conditional):
        branch = exp.If(this=sql_of(node.test), true=sql_of(node.yes))
        return exp.Case(ifs=[branch], default=sql_of(node.no))
    if isinstance(node, tree.MethodCall):
        return _method(node)
    if isinstance(node, tree.Call):
        return _call(node)
    raise Unsolved(type(node).__name__)


def _joined(kind: type[Any], parts: list[Any]) -> Any:
    found = parts[0]
    for each in parts[1:]:
        found = kind(this=found, expression=each)
    return found


def _constant(value: Any) -> Any:
    if value is None:
        return exp.Null()
    if isinstance(value, bool):
        return exp.Boolean(this=value)
    if isinstance(value, int | float | Decimal):
        number = exp.Literal.number(str(abs(value)))
        return exp.Neg(this=number) if value < 0 else number
    if isinstance(value, str):
        return exp.Literal.string(value)
    raise Unsolved("a constant")


def _compared(operator: str, left: tree.Node, right: tree.Node) -> Any:
    if operator in ("is", "is not"):
        found: Any = exp.Is(this=sql_of(left), expression=sql_of(right))
        return exp.Not(this=found) if operator == "is not" else found
    if operator in ("in", "not in"):
        if not isinstance(right, tree.Display):
            raise Unsolved("IN")
        found = exp.In(this=sql_of(left), expressions=[sql_of(each) for each in right.items])
        return exp.Not(this=found) if operator == "not in" else found
    none = next((each for each in (left, right) if isinstance(each, tree.Constant) and each.value is None), None)
    if none is not None or operator not in _COMPARED:
        raise Unsolved(operator)
    return _COMPARED[operator](this=sql_of(left), expression=sql_of(right))


def _method(node: tree.MethodCall) -> Any:
    kinds: dict[str, type[Any]] = {"lower": exp.Lower, "upper": exp.Upper, "strip": exp.Trim}
    if node.name in kinds and not node.arguments and not node.named:
        return kinds[node.name](this=sql_of(node.of))
    if node.name in ("startswith", "endswith") and len(node.arguments) == 1 and not node.named:
        text = re.escape(_text(node.arguments[0]))
        pattern = f"^(?s:{text})" if node.name == "startswith" else f"(?s:{text})$"
        return exp.RegexpLike(this=sql_of(node.of), expression=exp.Literal.string(pattern))
    raise Unsolved(node.name)


def _text(node: Any) -> str:
    if isinstance(node, tree.Constant) and isinstance(node.value, str):
        return node.value
    raise Unsolved("not a text")


def _call(node: tree.Call) -> Any:
    name, arguments = node.function.name, node.arguments
    if name == "bool" and len(arguments) == 1 and not node.named:
        return sql_of(arguments[0])
    if name == "len" and len(arguments) == 1:
        return exp.Length(this=sql_of(arguments[0]))
    if name in ("re.search", "re.match", "re.fullmatch") and len(arguments) == 2 and not node.named:
        pattern = _text(arguments[0])
        pattern = {"re.search": pattern, "re.match": f"^(?:{pattern})", "re.fullmatch": f"^(?:{pattern})$"}[name]
        return exp.RegexpLike(this=sql_of(arguments[1]), expression=exp.Literal.string(pattern))
    if name == "round_half_up" and not node.named:
        digits = sql_of(arguments[1]) if len(arguments) > 1 else exp.Literal.number(0)
        return exp.Round(this=sql_of(arguments[0]), decimals=digits)
    if name == "coalesce" and len(arguments) > 1 and not node.named:
        return exp.Coalesce(this=sql_of(arguments[0]), expressions=[sql_of(each) for each in arguments[1:]])
    if name in _NOW and not arguments:
        return exp.CurrentTimestamp()
    if name.rpartition(".")[2] == "timedelta":
        return _interval(node)
    if name.rpartition(".")[2] in _MOMENTS and not node.named:
        numbers: list[Any] = [each.value if isinstance(each, tree.Constant) else None for each in arguments]
        try:
            moment = _MOMENTS[name.rpartition(".")[2]](*numbers)
        except (TypeError, ValueError):
            raise Unsolved(name) from None
        return exp.Literal.string(moment.isoformat())
    raise Unsolved(name)


def _interval(node: tree.Call) -> Any:
    said = dict(node.named) | dict(zip(("days", "seconds"), node.arguments, strict=False))
    [(unit, amount)] = said.items() if len(said) == 1 else [("", None)]
    if unit not in _UNITS or not isinstance(amount, tree.Constant) or not isinstance(amount.value, int | float):
        raise Unsolved("timedelta")
    return exp.Interval(this=exp.Literal.string(str(amount.value)), unit=exp.Var(this=unit.upper()))
