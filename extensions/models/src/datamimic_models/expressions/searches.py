"""Where null is as in SQL, a search is true or false, null only where its text is: without a match it is None in Python, which
would count as unknown. Who asks for the match itself, or whether there is none, gets what Python gives."""

from __future__ import annotations

from typing import Any, Final

from attrs import evolve

from datamimic_models.expressions import tree
from datamimic_models.expressions.catalogue import FUNCTIONS, Function

SEARCHES: Final = ("re.search", "re.match", "re.fullmatch")


def with_truth_of_searches(node: tree.Node) -> tree.Node:
    """The tree with searches that say whether there is a match."""
    made: tree.Node = tree.replaced(node, _truth)
    return made


def _truth(node: Any) -> Any:
    match node:
        case tree.Call(function=function) if function.name in SEARCHES:
            return evolve(node, function=_told(function))
        case tree.MethodCall(of=of) | tree.Member(of=of) | tree.Item(of=of) | tree.Part(of=of) if _searches(of):
            return node
        case tree.Comparison(operators=("is" | "is not",), operands=(of, _)) if _searches(of):
            return node
    return None


def _searches(node: Any) -> bool:
    return isinstance(node, tree.Call) and node.function.name in SEARCHES


def _told(function: Function) -> Function:
    if function.name not in _TOLD:
        search = FUNCTIONS[function.name].call

        def told(pattern: str, text: str) -> bool:
            return search(pattern, text) is not None

        _TOLD[function.name] = Function(function.name, told, function.example, "bool", family=function.family)
    return _TOLD[function.name]


_TOLD: Final[dict[str, Function]] = {}
