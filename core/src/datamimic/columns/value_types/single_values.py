"""Single values of a kind, null among them: as JSON, back from it, and whether they are what is declared."""

from __future__ import annotations

from typing import Any

from datamimic.columns.value_types.value_type import ValueType


def json_schema(kind: ValueType) -> dict[str, Any]:
    """The JSON Schema of a kind's values, null among them where it may be."""
    schema = dict(kind.schema)
    if kind.nullable:
        schema["type"] = [schema["type"], "null"]
        if "enum" in schema:
            schema["enum"] = [*schema["enum"], None]
    return schema


def to_json(value: Any, kind: ValueType) -> Any:
    """A value of a kind, or None, as `json.dumps` takes it."""
    return None if value is None else kind.to_json(value)


def from_json(value: Any, kind: ValueType, path: str) -> Any:
    """The value that `to_json` gave. Raises `Misfit`."""
    if value is None:
        if kind.nullable:
            return None
        raise kind.not_this(value, path)
    return kind.from_json(value, path)


def misfit(value: Any, kind: ValueType, where: str) -> str | None:
    """None where a value is what its field's annotation declares, else a sentence that names the part that is not."""
    if value is None:
        return None if kind.nullable else f"{where} is None, but declared {kind}"
    return kind.misfit(value, where)
