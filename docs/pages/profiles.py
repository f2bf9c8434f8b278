"""The page of profiles, from their JSON Schema."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from datamimic.plugins.registry import Registry
from datamimic_learning import schema_of_profiles
from pages.markdown import page

_PARTS = {
    "": "The profile",
    "tables": "A table",
    "tables.columns": "A column",
    "tables.keys": "A key",
    "tables.dependencies": "A dependency",
    "tables.correlations": "A correlation",
    "references": "A reference",
}


def profiles(packs: Registry) -> str:
    """Every figure of a profile: its name, its type, what it says."""
    schema = schema_of_profiles()
    intro = (
        "What `dm profile --json` prints and `-o profile.json` writes. `dm profile --schema` prints the JSON Schema. "
    )
    intro += "[How to profile a table](../how-to/profile-a-table.md) says what is exact and what is hidden."
    parts = [intro]
    for path, title in _PARTS.items():
        found = schema
        for name in filter(None, path.split(".")):
            found = found["properties"][name]["items"]
        parts.append(f"## {title}\n\n| Member | Type | What it says |\n|---|---|---|\n" + "\n".join(_rows(found, path)))
    return page("Profiles", "\n\n".join(parts))


def _rows(found: dict[str, Any], path: str, before: str = "") -> Iterator[str]:
    for name, each in found["properties"].items():
        listed = each.get("items", {}) if each.get("type") == "array" else each
        optional = "" if name in found["required"] or before else "; not of every kind"
        yield f"| `{before}{name}` | {_type(each)}{optional} | {each.get('description', '')} |"
        inner = next((one for one in (listed, *listed.get("oneOf", ())) if "properties" in one), None)
        if inner is not None and f"{path}.{name}".lstrip(".") not in _PARTS:
            yield from _rows(inner, path, f"{before}{name}.")


def _type(schema: dict[str, Any]) -> str:
    if "const" in schema:
        return f"`{schema['const']}`"
    if "enum" in schema:
        return " &#124; ".join(f"`{each}`" for each in schema["enum"])
    if "oneOf" in schema:
        return " or ".join(_type(each) for each in schema["oneOf"])
    kind = schema.get("type", "any")
    if kind == "array":
        return f"list of {_type(schema['items'])}"
    return " or ".join(kind) if isinstance(kind, list) else str(kind)
