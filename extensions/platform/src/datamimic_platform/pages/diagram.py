"""Tables and their keys as a drawing: parents left of their children, a line from each foreign key to what it refers to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from attrs import field, frozen

WIDTH, HEAD, ROW, GAP, BETWEEN, MOST = 190, 34, 20, 26, 84, 8
_LETTERS = 22


@frozen
class Cell:
    """A column at a height of its box; `refers` where it is of a foreign key, `referred` where one refers to it."""

    name: str
    y: int
    refers: bool
    referred: bool


@frozen
class Box:
    name: str
    rows: int
    x: int
    y: int
    height: int
    cells: list[Cell] = field(factory=list)
    left_out: int = 0


@frozen
class Diagram:
    """`lines` are paths of SVG. Lengths are pixels."""

    width: int
    height: int
    boxes: list[Box]
    lines: list[str]


def drawn(columns: Mapping[str, Sequence[str]], rows: Mapping[str, int], relations: list[dict[str, Any]]) -> Diagram:
    layers = _layers(list(columns), relations)
    boxes: dict[str, Box] = {}
    bottoms: dict[int, int] = {}
    for name in columns:
        x = 1 + layers[name] * (WIDTH + BETWEEN)
        y = bottoms.get(layers[name], 1)
        boxes[name] = _box(name, rows[name], (x, y), columns[name], relations)
        bottoms[layers[name]] = y + boxes[name].height + GAP
    lines = [
        _line(boxes[each["table"]], each["columns"][0], boxes[each["parent"]], each["parent_columns"][0])
        for each in relations
        if each["table"] in boxes and each["parent"] in boxes
    ]
    width = max((box.x + WIDTH for box in boxes.values()), default=0) + 31
    return Diagram(width, max(bottoms.values(), default=GAP) - GAP + 2, list(boxes.values()), lines)


def _layers(names: list[str], relations: list[dict[str, Any]]) -> dict[str, int]:
    """How many parents deep each table is; keys that lead round in a circle are taken as they come."""
    parents = {
        name: {each["parent"] for each in relations if each["table"] == name and each["parent"] != name}
        for name in names
    }
    found: dict[str, int] = {}
    left = list(names)
    while left:
        ready = [name for name in left if all(each in found or each not in parents for each in parents[name])]
        for name in ready or left[:1]:
            found[name] = 1 + max((found[each] for each in parents[name] if each in found), default=-1)
            left.remove(name)
    return found


def _box(name: str, rows: int, place: tuple[int, int], columns: Sequence[str], relations: list[dict[str, Any]]) -> Box:
    refers = {column for each in relations if each["table"] == name for column in each["columns"]}
    referred = {column for each in relations if each["parent"] == name for column in each["parent_columns"]}
    keyed = [each for each in columns if each in refers | referred]
    shown = (keyed + [each for each in columns if each not in keyed])[:MOST]
    cells = [
        Cell(_cut(each), place[1] + HEAD + number * ROW + ROW // 2 + 4, each in refers, each in referred)
        for number, each in enumerate(shown)
    ]
    left_out = len(columns) - len(shown)
    height = HEAD + (len(shown) + bool(left_out)) * ROW + 10
    return Box(_cut(name), rows, *place, height, cells, left_out)


def _line(child: Box, column: str, parent: Box, parent_column: str) -> str:
    begin, end = _height(child, column), _height(parent, parent_column)
    if parent.x < child.x:
        a, b = child.x, parent.x + WIDTH
        return f"M{a} {begin}C{a - BETWEEN // 2} {begin} {b + BETWEEN // 2} {end} {b} {end}"
    a, b = child.x + WIDTH, parent.x + WIDTH
    out = max(a, b) + 26
    return f"M{a} {begin}C{out} {begin} {out} {end} {b} {end}"


def _height(box: Box, column: str) -> int:
    return next((each.y for each in box.cells if each.name == _cut(column)), box.y + HEAD // 2) - 4


def _cut(name: str) -> str:
    return name if len(name) <= _LETTERS else name[: _LETTERS - 1] + "…"
