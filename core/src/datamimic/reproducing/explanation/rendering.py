"""An explanation as text: a tree from the value down to the seed."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from typing import Any

_WIDTH = 100
_SHOWN = 4


def render(document: Mapping[str, Any], depth: int | None = None) -> Iterator[str]:
    """Lines of text. What was explained further up is only named; `depth` ends the tree early."""
    world = document["world"]
    yield f"{document['entity']}, row {document['row']}, {document['field']} = {_short(document['value'])}"
    options = "".join(f", {entity} {json.dumps(values)}" for entity, values in world["options"].items())
    yield f"  in the world of seed {world['seed']!r}, locale {world['locale']}, clock {world['clock']}{options}"
    seen: set[int] = set()
    for number in document["roots"]:
        yield from _node(document, number, 1, seen, depth)


def _node(document: Mapping[str, Any], number: int, level: int, seen: set[int], depth: int | None) -> Iterator[str]:
    node = document["nodes"][number]
    indent = "  " * level
    head = f"{indent}{node['field']} {_rows(node)}{_values(node)}"
    if number in seen:
        yield f"{head}  (explained above)"
        return
    seen.add(number)
    yield head
    yield f"{indent}    {_made_by(node['made_by'])}"
    for draw in node["draws"]:
        yield f"{indent}    {_draw(draw)}"
    for table in node["tables"]:
        yield from (f"{indent}    {line}" for line in _table(table))
    if depth is not None and level >= depth:
        if node["inputs"]:
            yield f"{indent}    reads {len(node['inputs'])} more fields"
        return
    for other in node["inputs"]:
        yield from _node(document, other, level + 1, seen, depth)


def _rows(node: Mapping[str, Any]) -> str:
    rows, count = node["rows"], node["count"]
    if count == 1:
        return f"row {rows[0]}"
    return f"rows {', '.join(map(str, rows[:_SHOWN]))}{', …' if count > _SHOWN else ''} ({count})"


def _values(node: Mapping[str, Any]) -> str:
    reference = node.get("refers_to")
    if reference:
        rows = ", ".join(map(str, reference["rows"][:_SHOWN]))
        return f" -> {reference['entity']} row {rows}{', …' if node['count'] > _SHOWN else ''}"
    values = node["values"]
    if values is None:
        return ""
    if isinstance(values, dict):
        return f" -> {values['count']} rows of {values['entity']}"
    if node["count"] == 1:
        return f" = {_short(values[0])}" if values else ""
    return f" = {_short(values[:_SHOWN])}"


def _made_by(made: Mapping[str, Any]) -> str:
    if made["kind"] == "given":
        return "given by the entity that this is part of"
    parameters = made.get("parameters")
    text = f"{made['kind']} {made['name']}"
    if parameters:
        text += f"({', '.join(f'{name}={_short(value)}' for name, value in parameters.items())})"
    if made.get("by"):
        text += f" by {made['by']['name']}"
        made = made["by"]
    return f"{text}  {_place(made)}" if made.get("file") else text


def _place(made: Mapping[str, Any]) -> str:
    path = str(made["file"])
    marker = f"{os.sep}datamimic"
    short = path[path.rindex(marker) + 1 :] if marker in path else path
    return f"[{short}:{made['line']}]"


def _draw(draw: Mapping[str, Any]) -> str:
    rows = f"row {draw['rows'][0]}" if len(draw["rows"]) == 1 else f"{draw['count']} addresses"
    if draw["kind"] == "permutation":
        results = ", ".join(map(str, draw["results"][:_SHOWN]))
        return f"permutation of {draw['size']:,} at {'/'.join(draw['address'][1:])}, {rows} -> {results}"
    words = [f"0x{word} ({(int(word, 16) >> 11) * 2.0**-53:.6f})" for word in draw["bits"][:_SHOWN]]
    more = ", …" if draw["count"] > _SHOWN else ""
    return f"draw {draw['label']!r} at {'/'.join(draw['address'][1:])}, {rows}: {', '.join(words)}{more}"


def _table(table: Mapping[str, Any]) -> Iterator[str]:
    name = f"{table['pack']}/{table['file']}" if table["pack"] else table["file"]
    how = [how for how in table["how"] if how != "asked for"] or table["how"]
    source = table.get("source")
    origin = f"  [{source['source']}; {source['licence']}; {source['date']}; grade {source['grade']}]" if source else ""
    yield f"table {name}, {', '.join(how)}{origin}"
    for row in table["rows"][:_SHOWN]:
        cells = ", ".join(f"{key}={value}" for key, value in row["cells"].items())
        yield f"  line {row['line']}: {_cut(cells)}"
    if table["count"] > _SHOWN:
        yield f"  and {table['count'] - min(_SHOWN, len(table['rows'])):,} more rows"


def _short(value: Any) -> str:
    return _cut(json.dumps(value, ensure_ascii=False))


def _cut(text: str) -> str:
    return text if len(text) <= _WIDTH else f"{text[: _WIDTH - 1]}…"
