"""JSON Schemas (draft 7) of the request API, generated from the entities."""

from __future__ import annotations

from typing import Any

from datamimic.base.origin import LARGEST_ROW
from datamimic.model.spec import Spec
from datamimic.request.view import RequestView, view_of

DRAFT = "http://json-schema.org/draft-07/schema#"
LARGEST_COUNT = 1000
LARGEST_OFFSET = LARGEST_ROW - LARGEST_COUNT
_HASH = {"type": "string", "pattern": "^[0-9a-f]{64}$"}


def request_schema(spec: Spec, domain: str) -> dict[str, Any]:
    """What `generate_domain` takes for a domain."""
    view = view_of(spec)
    properties: dict[str, Any] = {
        "domain": {"const": domain},
        "version": {"const": spec.version},
        "count": {"type": "integer", "minimum": 0, "maximum": LARGEST_COUNT},
        "offset": {
            "type": "integer",
            "minimum": 0,
            "maximum": LARGEST_OFFSET,
            "description": "the row of the first item, for pages",
        },
        "seed": {"type": ["integer", "string"], "minLength": 1},
        "locale": {"type": "string", "pattern": "^[a-z]{2}_[A-Z]{2}$"},
        "clock": {"type": "string", "format": "date-time"},
    }
    if view.profile is not None:
        properties["profile_id"] = {"type": "string", "minLength": 1}
    if view.component is not None:
        properties["component_id"] = {"type": "string", "minLength": 1}
    properties["constraints"] = constraints_schema(view)
    return {
        "$schema": DRAFT,
        "title": f"{domain} {spec.version} request",
        "type": "object",
        "additionalProperties": False,
        "required": ["domain", "version", "count", "seed", "locale", "clock"],
        "properties": properties,
    }


def constraints_schema(view: RequestView) -> dict[str, Any]:
    """What the member `constraints` of a request may hold."""
    return {
        "type": "object",
        "additionalProperties": False,
        "properties": {
            **{name: dict(constraint.schema) for name, constraint in view.constraints.items()},
            **{name: dict(schema) for name, schema in view.settings.items()},
        },
    }


def response_schema(spec: Spec, domain: str) -> dict[str, Any]:
    """What `generate_domain` returns for a domain."""
    return {
        "$schema": DRAFT,
        "title": f"{domain} {spec.version} response",
        "type": "object",
        "additionalProperties": False,
        "required": [
            "domain",
            "version",
            "request_hash",
            "items",
            "determinism_proof",
            "engine_version",
            "data_versions",
        ],
        "properties": {
            "domain": {"const": domain},
            "version": {"const": spec.version},
            "request_hash": _HASH,
            "items": {"type": "array", "maxItems": LARGEST_COUNT, "items": item_schema(view_of(spec))},
            "determinism_proof": {
                "type": "object",
                "additionalProperties": False,
                "required": ["algorithm", "seed_canonical", "content_hash"],
                "properties": {
                    "algorithm": {"const": "uuid5+sha256"},
                    "seed_canonical": {"type": "string"},
                    "content_hash": _HASH,
                },
            },
            "engine_version": {"type": "string"},
            "data_versions": {"type": "object", "additionalProperties": {"type": ["string", "null"]}},
        },
    }


def item_schema(view: RequestView) -> dict[str, Any]:
    properties: dict[str, Any] = {
        "id": {"type": "string", "format": "uuid"},
        "human_id": {"type": "string", "pattern": "^[A-Z0-9]+(-[A-Z0-9]+)+$"},
    }
    properties |= {name: dict(schema) for name, (_, schema) in view.item.items()}
    properties["locale"] = {"type": "string", "pattern": "^[a-z]{2}_[A-Z]{2}$"}
    return {"type": "object", "additionalProperties": False, "required": list(properties), "properties": properties}
