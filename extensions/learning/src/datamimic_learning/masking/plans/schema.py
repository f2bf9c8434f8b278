"""The JSON Schema of plans, made from the catalogue of methods."""

from __future__ import annotations

from typing import Any

from datamimic_learning.masking.methods.canonical import FORMS
from datamimic_learning.masking.plans.catalogue import METHODS, Method, Setting
from datamimic_learning.masking.plans.plan import KEPT, LANGUAGE, OTHERWISE


def plan_schema() -> dict[str, Any]:
    """Of draft 2020-12; what it takes is what plans are read by, but for what only the tables can tell."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A plan of what becomes of columns, for dm mask",
        "type": "object",
        "required": ["mask", "tables"],
        "additionalProperties": False,
        "properties": {
            "mask": {"const": LANGUAGE, "description": "version of the language"},
            "locale": {"type": "string", "description": "of the people who take the places of others, such as de_DE"},
            "clock": {"type": "string", "description": "moment at which they have their ages, ISO 8601"},
            "normal": {
                "type": "array",
                "items": {"enum": list(FORMS)},
                "description": "forms in which originals are compared: without blanks, capitals, accents",
            },
            "otherwise": {
                "enum": list(OTHERWISE),
                "description": "what is done with columns that the plan does not name",
            },
            "tables": {"type": "object", "additionalProperties": _table()},
        },
    }


def _table() -> dict[str, Any]:
    return {
        "type": "object",
        "additionalProperties": False,
        "properties": {
            "subjects": {"type": "object", "additionalProperties": _subject()},
            "columns": {
                "type": "object",
                "additionalProperties": {
                    "anyOf": [
                        {"enum": [*METHODS, None], "description": "a method without settings"},
                        *map(_method, METHODS.values()),
                    ]
                },
            },
            "where": {"type": "string", "description": "only rows for which the condition holds, as in SQL"},
            "references": {
                "type": "object",
                "additionalProperties": {"type": "string"},
                "description": "columns of files that are keys of other tables, such as customer_id: customers.id",
            },
            "otherwise": {"enum": list(OTHERWISE)},
        },
    }


def _subject() -> dict[str, Any]:
    texts = {"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}
    return {
        "type": "object",
        "required": ["of", "columns"],
        "additionalProperties": False,
        "properties": {
            "of": {
                "type": "string",
                "description": "entity of which another one takes the place, such as common.person",
            },
            "key": {**texts, "description": "columns by which one is told from another"},
            "domain": {"type": "string", "description": "subjects of one domain and key are the same; else the entity"},
            "keep": {
                "anyOf": [{"enum": list(KEPT)}, {"type": "array", "items": {"enum": list(KEPT)}}],
                "description": "what the other one has in common with the original",
            },
            "columns": {
                "type": "object",
                "additionalProperties": {"type": "string"},
                "description": "columns and the fields of the entity that take their places",
            },
        },
    }


def _method(method: Method) -> dict[str, Any]:
    name: Any = {"enum": ["null", None]} if method.name == "null" else {"const": method.name}
    return {
        "type": "object",
        "description": method.doc,
        "required": ["method"],
        "additionalProperties": False,
        "properties": {"method": name, **{each.name: _setting(each) for each in method.settings}},
    }


def _setting(setting: Setting) -> dict[str, Any]:
    limits = {
        word: limit for word, limit in (("minimum", setting.least), ("maximum", setting.most)) if limit is not None
    }
    match setting.kind:
        case "text":
            kind: dict[str, Any] = {"type": ["string", "number"]}
        case "flag":
            kind = {"type": "boolean"}
        case "choice":
            kind = {"enum": list(setting.choices)}
        case "texts":
            kind = {"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}
        case "named":
            kind = {"type": "object", "additionalProperties": {"enum": list(setting.choices)}}
        case "numbers":
            kind = {"type": "array", "items": {"type": "number"}}
        case "whole":
            kind = {"type": "integer", **limits}
        case _:
            kind = {"type": "number", **limits}
    if setting.default not in (None, (), "", {}):
        kind["default"] = setting.default
    return {**kind, "description": setting.doc}
