"""The kind of an expression's values, where the columns in it tell."""

from __future__ import annotations

from datamimic import DatamimicError, ValueType
from datamimic.columns.value_types import kind_of
from datamimic_models.expressions import parse
from datamimic_models.model import ColumnType
from datamimic_models.rules.annotations import annotation_of
from datamimic_models.translating.drafts import DraftTable
from datamimic_models.translating.scopes import Scope
from datamimic_models.translating.value_types import type_of_kind


def kind_of_expression(text: str, scope: Scope) -> ColumnType | None:
    """None where it depends on the values."""
    try:
        expression = parse(text)
        kinds: dict[str, ValueType] = {}
        for name in expression.names:
            kind = _type_of_name(name.split("."), scope.table)
            if kind is None:
                return None
            kinds[name] = kind_of(annotation_of(kind, True), name)
        found = expression.result_type(kinds)
    except (DatamimicError, ValueError):
        return None
    return None if found is None else type_of_kind(found)


def _type_of_name(path: list[str], table: DraftTable | None) -> ColumnType | None:
    while path[0] == "parent" and table is not None:
        path, table = path[1:], table.above
    if table is None or not path:
        return None
    column = table.hidden.get(path[0]) or table.columns.get(path[0])
    kind = None if column is None else column.type
    for part in path[1:]:
        kind = dict(kind.members).get(part) if kind is not None and kind.name == "struct" else None
    return kind
