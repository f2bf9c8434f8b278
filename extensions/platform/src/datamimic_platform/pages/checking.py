"""A configuration looked at for the editor: its mistakes by line, ten coherent rows, its keys drawn."""

from __future__ import annotations

from typing import Any

from attrs import frozen

from datamimic import DatamimicError
from datamimic_platform.pages.diagram import Diagram, drawn
from datamimic_platform.security.rights import Actor
from datamimic_platform.services import configurations, previews
from datamimic_platform.services.jobs import Order
from datamimic_platform.store.store import Store

ROWS = 10


@frozen
class LookedAt:
    """`lines` are (text, mistakes at it); `tables` the preview by table, None where there are mistakes."""

    valid: bool
    mistakes: list[dict[str, Any]]
    lines: list[tuple[str, list[dict[str, Any]]]]
    tables: dict[str, Any] | None
    relations: list[dict[str, Any]]
    diagram: Diagram | None


def looked_at(store: Store, actor: Actor, text: str, file_name: str) -> LookedAt:
    tables, relations = None, []
    try:
        told = configurations.validate(store, actor, text, file_name, relationships=True)
        errors, warnings = told["errors"], told["warnings"]
        if told["valid"]:
            relations = told["relationships"]
            order = Order(kind="generate", text=text, file_name=file_name)
            tables = previews.preview(store, actor, order, ROWS)["tables"]
    except DatamimicError as error:
        errors, warnings = [error.to_dict()], []
    mistakes = [{**each, "level": "error"} for each in errors] + [{**each, "level": "warning"} for each in warnings]
    mistakes.sort(key=lambda each: (each.get("line") or 0, each.get("column") or 0))
    at: dict[int, list[dict[str, Any]]] = {}
    for each in mistakes:
        at.setdefault(each.get("line") or 0, []).append(each)
    lines = [(line, at.get(number, [])) for number, line in enumerate(text.split("\n"), 1)]
    diagram = None
    if tables is not None:
        columns = {name: list(each["sample"][0]) if each["sample"] else [] for name, each in tables.items()}
        diagram = drawn(columns, {name: each["rows"] for name, each in tables.items()}, relations)
    return LookedAt(not errors, mistakes, lines, tables, relations, diagram)
