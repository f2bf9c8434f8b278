"""A model as plain values: only what is not usual is said, so that two models that are equal are one document."""

from __future__ import annotations

from typing import Any

from attrs import NOTHING

from datamimic_models.model import (
    Check,
    Column,
    ColumnType,
    Condition,
    ConditionalRule,
    ForeignKey,
    Model,
    RowCount,
    Rule,
    Table,
    Unique,
)
from datamimic_models.reading.type_names import text_of
from datamimic_models.rules.choices import Choice
from datamimic_models.rules.named import Named
from datamimic_models.rules.words import Pairs, thawed, words_of


def document_of(model: Model) -> dict[str, Any]:
    """What the model says. Rules of a kind that the tables language does not know are said as what their class holds."""
    return _said(
        {
            "name": model.name,
            "locale": model.locale,
            "rows": model.rows,
            "seed": model.seed,
            "clock": model.clock,
            "output_format": None if model.output_format == "csv" else model.output_format,
            "tables": [_table(each) for each in model.tables],
        }
    )


def _said(words: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in words.items() if value not in (None, "", (), [], {}, False)}


def _table(table: Table) -> dict[str, Any]:
    return (
        {"table_name": table.name}
        | _said(
            {
                "comment": table.comment,
                "rows": None if table.rows is None else _rows(table.rows),
                "locale": table.locale,
                "source": table.source,
                "settings": {name: thawed(value) for name, value in table.settings},
                "columns": [_column(each) for each in table.columns],
                "primary_key": list(table.primary_key),
                "foreign_keys": [_foreign_key(each) for each in table.foreign_keys],
                "unique": [_unique(each) for each in table.uniques],
                "checks": [_check(each) for each in table.checks],
            }
        )
        | ({} if table.rows is None or table.rows.exactly != 0 else {"rows": 0})
    )


def _rows(rows: RowCount) -> Any:
    if rows.parent is None:
        return rows.exactly
    if rows.expression:
        return {"per": rows.parent, "expression": rows.expression}
    if rows.shares:
        return {"per": rows.parent, "shares": {str(count): weight for count, weight in rows.shares}}
    return {"per": rows.parent, "min": rows.least, "max": max(rows.least, 3) if rows.most is None else rows.most}


def _column(column: Column) -> dict[str, Any]:
    made = {"name": column.name, "type": type_document(column.type)}
    made |= _said(
        {
            "comment": column.comment,
            "rule": None if column.rule is None else rule_document(column.rule),
            "conditional_rules": [_conditional(each) for each in column.conditional_rules],
            "null_share": column.null_share,
            "unique": column.unique,
            "hidden": column.hidden,
            "sensitivity": column.sensitivity,
            "locale": column.locale,
            "means": column.means,
            "of": column.of,
        }
    )
    return made if column.nullable else {**made, "nullable": False}


def type_document(kind: ColumnType) -> Any:
    """A text where one says it all."""
    text = text_of(kind)
    if text is not None:
        return text
    return (
        {"name": kind.name}
        | _said(
            {
                "bits": kind.bits,
                "precision": kind.precision,
                "scale": kind.scale,
                "length": kind.length,
                "fixed": kind.fixed,
                "choices": list(kind.choices),
                "zone": kind.zone,
                "item": None if kind.item is None else type_document(kind.item),
                "members": _members(kind),
                "nullable": kind.nullable,
            }
        )
        | ({} if kind.signed else {"signed": False})
        | ({"length": 0} if kind.length == 0 else {})
    )


def _members(kind: ColumnType) -> Any:
    """A list where their order is not that of their names: a manifest does not keep the order of a mapping."""
    names = [name for name, _ in kind.members]
    if names == sorted(names):
        return {name: type_document(each) for name, each in kind.members}
    return [{"name": name, "type": type_document(each)} for name, each in kind.members]


def rule_document(rule: Rule) -> Any:
    if isinstance(rule, Named):
        parameters = thawed(rule.parameters)
        return {"type": rule.name, "parameters": parameters} if parameters else rule.name
    if isinstance(rule, Choice):
        values, weights = rule.listed()
        made: dict[str, Any] = {"type": rule.kind, "value": thawed(values)}
        return made if weights is None else {**made, "weights": list(weights)}
    said = {
        each.name: _word_document(value)
        for each in words_of(type(rule))
        if (value := getattr(rule, each.name)) != each.default or each.default is NOTHING
    }
    return {"type": rule.kind, **said}


def _word_document(value: Any) -> Any:
    if isinstance(value, Rule):
        return rule_document(value)
    if isinstance(value, Pairs) and any(isinstance(each, Rule) for _, each in value):
        return {name: rule_document(each) for name, each in value}
    return thawed(value)


def _conditional(rule: ConditionalRule) -> dict[str, Any]:
    return {"condition": _condition(rule.condition), "rule": rule_document(rule.rule)}


def _condition(condition: Condition) -> Any:
    if condition.expression:
        return {"expression": condition.expression}
    made = {"column": condition.column, "operator": condition.operator}
    return made if condition.value is None else {**made, "value": thawed(condition.value)}


def _foreign_key(key: ForeignKey) -> dict[str, Any]:
    one = len(key.columns) == 1
    return {
        "parent_table": key.parent_table,
        "parent_column" if one else "parent_columns": key.parent_columns[0] if one else list(key.parent_columns),
        "child_column" if one else "child_columns": key.columns[0] if one else list(key.columns),
    } | _said(
        {
            "pick": None if key.pick == "evenly" else key.pick,
            "weight": key.weight,
            "null_share": key.null_share,
            "name": key.name,
        }
    )


def _unique(unique: Unique) -> Any:
    if not unique.where and unique.name is None:
        return list(unique.columns)
    return {"columns": list(unique.columns)} | _said({"where": unique.where, "name": unique.name})


def _check(check: Check) -> Any:
    return check.expression if check.name is None else {"name": check.name, "expression": check.expression}
