"""What a filter says of row numbers and keys: the comparisons that all must hold, as far as they are understood.

A condition that is not understood is left out: the filter itself is applied to every batch anyway, so that narrowing only
saves rows that it would drop.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from attrs import frozen

_LEAF = re.compile(r'(\w+) (==|>=|<=|>|<) (?:"([^"\\]*)"|(-?\d+))')
_POLARS = {"Eq": "==", "GtEq": ">=", "LtEq": "<=", "Gt": ">", "Lt": "<"}
_CLOSED = {"Both": (">=", "<="), "Left": (">=", "<"), "Right": (">", "<="), "None": (">", "<")}


@frozen
class Condition:
    """`column` compared with a value; `operator` is one of == >= <= > <."""

    column: str
    operator: str
    value: str | int


def of_arrow(text: str) -> Iterator[Condition]:
    """The conditions of a PyArrow expression, from its text, in which every operation stands in parentheses."""
    parts = _top_level(_without_parentheses(text))
    if len(parts) > 1:
        for part in parts:
            yield from of_arrow(part)
        return
    found = _LEAF.fullmatch(parts[0])
    if found:
        column, operator, quoted, number = found.groups()
        yield Condition(column, operator, quoted if number is None else int(number))


def _without_parentheses(text: str) -> str:
    while text.startswith("(") and _closing(text) == len(text) - 1:
        text = text[1:-1]
    return text


def _closing(text: str) -> int:
    """Where the parenthesis that opens the text is closed."""
    return next((place for place, depth in _depths(text) if depth == 0), -1)


def _depths(text: str) -> Iterator[tuple[int, int]]:
    """Per character outside quotes its place and how many brackets are open after it."""
    depth, quoted, skip = 0, False, False
    for place, character in enumerate(text):
        if skip:
            skip = False
        elif quoted:
            skip, quoted = character == "\\", character != '"'
        else:
            quoted = character == '"'
            depth += (character in "([{") - (character in ")]}")
            yield place, depth


def _top_level(text: str) -> list[str]:
    """What stands between the words `and` outside all brackets and quotes."""
    parts, start = [], 0
    for place, depth in _depths(text):
        if depth == 0 and place >= start and text.startswith(" and ", place):
            parts.append(text[start:place])
            start = place + len(" and ")
    return [*parts, text[start:]]


def of_polars(predicate: Any) -> Iterator[Condition]:
    """The conditions of a Polars expression."""
    yield from _of_tree(json.loads(predicate.meta.serialize(format="json")))


def _of_tree(tree: Any) -> Iterator[Condition]:
    if not isinstance(tree, dict):
        return
    if "BinaryExpr" in tree:
        node = tree["BinaryExpr"]
        if node["op"] == "And":
            yield from _of_tree(node["left"])
            yield from _of_tree(node["right"])
        elif node["op"] in _POLARS:
            yield from _comparison(node["left"], _POLARS[node["op"]], node["right"])
    between = tree.get("Function", {}).get("function", {})
    if isinstance(between, dict) and isinstance(between.get("Boolean"), dict) and "IsBetween" in between["Boolean"]:
        column, low, high = tree["Function"]["input"]
        above, below = _CLOSED[between["Boolean"]["IsBetween"]["closed"]]
        yield from _comparison(column, above, low)
        yield from _comparison(column, below, high)


def _comparison(column: Any, operator: str, literal: Any) -> Iterator[Condition]:
    if isinstance(column, dict) and isinstance(literal, dict) and "Column" in column and "Literal" in literal:
        value = literal["Literal"]
        while isinstance(value, dict) and len(value) == 1:
            value = next(iter(value.values()))
        if isinstance(value, str | int) and not isinstance(value, bool):
            yield Condition(column["Column"], operator, value)
