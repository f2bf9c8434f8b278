"""The JSON Schema of the tables language: what editors complete and check by."""

from __future__ import annotations

from typing import Any, Final

from datamimic_models.reading.type_names import KNOWN
from datamimic_models.rules.catalogue import rule_catalogue
from datamimic_models.rules.conditions import OPERATORS

_KINDS: Final[dict[str, Any]] = {
    "number": {"type": "number"},
    "whole": {"type": "integer"},
    "text": {"type": "string"},
    "bool": {"type": "boolean"},
    "scalar": {"type": ["string", "number", "boolean", "null"]},
    "bound": {"type": ["string", "number"]},
    "list": {"type": "array"},
    "pairs": {"type": "object"},
    "any": {},
    "rule": {"$ref": "#/$defs/rule"},
    "rules": {"type": "object", "additionalProperties": {"$ref": "#/$defs/rule"}},
}
_TEXT: Final = {"type": "string"}
_SHARE: Final = {
    "anyOf": [{"type": "number", "minimum": 0, "maximum": 1}, {"type": "string", "pattern": r"^\d+(\.\d+)?%$"}]
}
_NAMES: Final = {"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}


def language_schema() -> dict[str, Any]:
    """JSON Schema 2020-12 of a document."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Tables of your own",
        "type": "object",
        "required": ["tables"],
        "additionalProperties": False,
        "properties": {
            "name": {"type": "string", "pattern": "^[a-z][a-z0-9_]*$"},
            "tables": {"type": "array", "items": {"$ref": "#/$defs/table"}},
            "locale": _TEXT,
            "rows": {"type": "integer", "minimum": 0},
            "seed": {"type": ["string", "number"]},
            "clock": _TEXT,
            "output_format": _TEXT,
            "format": _TEXT,
        },
        "$defs": {
            "table": _table(),
            "column": _column(),
            "type": {"anyOf": [{"type": "string", "examples": [*KNOWN]}, {"type": "object"}]},
            "rule": _rule(),
            "condition": _condition(),
            "conditional_rule": _closed(
                {
                    **{each: {"$ref": "#/$defs/condition"} for each in ("condition", "if", "when")},
                    **{each: {"$ref": "#/$defs/rule"} for each in ("rule", "then")},
                }
            ),
            "foreign_key": _foreign_key(),
            "rows": _rows(),
        },
    }


def _closed(properties: dict[str, Any], required: list[str] | None = None) -> dict[str, Any]:
    made = {"type": "object", "additionalProperties": False, "properties": properties}
    return {**made, "required": required} if required else made


def _table() -> dict[str, Any]:
    return _closed(
        {
            "table_name": _TEXT,
            "name": _TEXT,
            "columns": {"type": "array", "items": {"$ref": "#/$defs/column"}},
            "rows": {"$ref": "#/$defs/rows"},
            "count": {"$ref": "#/$defs/rows"},
            "primary_key": _NAMES,
            "foreign_keys": {"type": "array", "items": {"$ref": "#/$defs/foreign_key"}},
            "unique": {"type": "array"},
            "uniques": {"type": "array"},
            "checks": {"type": "array", "items": {"type": ["string", "object"]}},
            "source": _TEXT,
            "settings": {"type": "object"},
            "locale": _TEXT,
            "comment": _TEXT,
            "description": _TEXT,
            "doc": _TEXT,
        },
        ["columns"],
    )


def _column() -> dict[str, Any]:
    return _closed(
        {
            "name": _TEXT,
            "column_name": _TEXT,
            "type": {"$ref": "#/$defs/type"},
            "constraints": {"anyOf": [{"type": "array", "items": {"type": "string"}}, {"type": "string"}]},
            "rule": {"$ref": "#/$defs/rule"},
            "conditional_rules": {"type": "array", "items": {"$ref": "#/$defs/conditional_rule"}},
            "nullable": {"type": "boolean"},
            **dict.fromkeys(("null_share", "nulls", "null_quota"), _SHARE),
            "unique": {"type": "boolean"},
            "hidden": {"type": "boolean"},
            "sensitivity": _TEXT,
            "locale": _TEXT,
            "means": _TEXT,
            "of": _TEXT,
            **dict.fromkeys(("comment", "description", "doc"), _TEXT),
        }
    )


def _rule() -> dict[str, Any]:
    kinds = []
    for name, each in rule_catalogue().items():
        words = {
            word: {
                "description": said["doc"],
                **_KINDS[said["kind"]],
                **({"enum": said["choices"]} if said["choices"] else {}),
            }
            for said in each["words"]
            for word in (said["name"], *said["other_names"])
        }
        kinds.append(
            {
                "if": {"properties": {"type": {"enum": [name, *each["other_names"]]}}, "required": ["type"]},
                "then": {"properties": {"type": {"description": each["doc"]}, **words}, "additionalProperties": False},
            }
        )
    types = [known for name, each in rule_catalogue().items() for known in (name, *each["other_names"])]
    return {
        "anyOf": [
            {"type": "string"},
            {"type": "object", "properties": {"type": {"type": "string", "examples": types}}, "allOf": kinds},
        ]
    }


def _condition() -> dict[str, Any]:
    compared = {"column": _TEXT, "operator": {"type": "string", "examples": [*OPERATORS]}, "value": {}, "values": {}}
    return {"anyOf": [_TEXT, _closed({**compared, "expression": _TEXT})]}


def _foreign_key() -> dict[str, Any]:
    columns = ("parent_column", "parent_columns", "child_column", "child_columns", "column", "columns")
    return _closed(
        {
            "parent_table": _TEXT,
            **dict.fromkeys(columns, _NAMES),
            **{each: {"enum": ["evenly", "once", "weighted"]} for each in ("pick", "distribution")},
            "weight": _TEXT,
            "children": {"type": ["integer", "object", "string"]},
            **dict.fromkeys(("null_share", "nulls"), _SHARE),
            "name": _TEXT,
        },
        ["parent_table"],
    )


def _rows() -> dict[str, Any]:
    words = ("per", "parent", "min", "least", "max", "most", "shares", "expression")
    per = _closed({name: {} for name in words})
    return {"anyOf": [{"type": "integer", "minimum": 0}, {"type": "string"}, per]}
