"""A page per pack: what each of its entities has, and rows of it."""

from __future__ import annotations

import json
from typing import Any

from datamimic import World
from datamimic.model.instances import plain
from datamimic.plugins.registry import Registry
from datamimic.request.description import describe_entity
from pages.markdown import code, page, paragraphs, prose, table

SEED, LOCALE, CLOCK = "docs-demo", "en_US", "2025-01-01T00:00:00Z"
SAMPLE = "### Sample of "
"""How the heading of a section begins that holds values: those move with the data, the rest with the code only."""


def entity_pages(packs: Registry) -> dict[str, str]:
    """Path below docs/reference -> page."""
    world = World(SEED, LOCALE, CLOCK, packs=packs)
    found = {}
    for record in packs.packs():
        names = [name for name in packs.entities() if name.startswith(f"{record.name}.")]
        if names:
            sections = [_section(packs, world, name) for name in names]
            head = (
                f"{prose(record.summary)}. Distribution `{record.distribution}`. "
                f"`dm describe ENTITY` tells the same; [coverage](../coverage.md) says in which countries."
            )
            found[f"entities/{record.name}.md"] = page(f"Entities of {record.name}", head, *sections)
    return found


def _section(packs: Registry, world: World, name: str) -> str:
    told = describe_entity(packs, packs.entity(name))
    bare = name.partition(".")[2]
    parts = [
        f"## {bare}",
        paragraphs(told["doc"]),
        f"`{told['name']}`, version {told['version']}. Countries: {', '.join(told['locales'])}. "
        f"References point to its first {told['size']:,} rows unless the world says otherwise.",
        f"### Fields of {bare}",
        table(("Field", "Type", "Unit", "Meaning"), [_field(each) for each in told["fields"]]),
    ]
    if told["hidden"]:
        parts += [
            f"### Hidden fields of {bare}",
            "Reachable as attributes, by rules and with `--columns`; in no table by themselves.",
            table(("Field", "Type", "Unit", "Meaning"), [_field(each) for each in told["hidden"]]),
        ]
    if told["options"]:
        parts += [
            f"### Options of {bare}",
            table(("Option", "Type", "Default", "Meaning"), [_option(each) for each in told["options"]]),
        ]
    if told["checks"]:
        parts += [
            f"### Checks of {bare}",
            "What holds in every row; `dm check` runs them on any table.",
            table(("Check", "What holds"), [(code(each["name"]), prose(each["sentence"])) for each in told["checks"]]),
        ]
    parts += [f"{SAMPLE}{bare}", _sample(world, name)]
    return "\n\n".join(parts)


def _field(each: dict[str, Any]) -> tuple[str, ...]:
    meaning = prose(each["doc"])
    if each["key"]:
        meaning += " (key)"
    if each["relation"]:
        meaning += f"; refers to `{each['relation']}`"
        if each["column"] and each["column"] != each["name"]:
            meaning += f", in tables as `{each['column']}`"
    if each.get("parts"):
        meaning += "; parts: " + ", ".join(code(part) for part in each["parts"])
    return code(each["name"]), code(each["type"]), each["unit"] or "", meaning.removeprefix("; ")


def _option(each: dict[str, Any]) -> tuple[str, ...]:
    limits = [f"{word} {each[key]}" for word, key in (("from", "minimum"), ("to", "maximum")) if each[key] is not None]
    if each["choices"]:
        limits.append("one of " + ", ".join(code(choice) for choice in each["choices"]))
    default = each["default"]
    shown = ",".join(sorted(default)) if isinstance(default, frozenset) else str(default)
    meaning = prose(each["doc"]) + (f" ({' '.join(limits)})" if limits else "")
    return code(each["name"]), code(each["type"]), code(shown), meaning


def _sample(world: World, name: str) -> str:
    """Rows of the United States: five in their scalar columns, and the first of them whole."""
    rows = world[name]
    first = rows[0].to_dict()
    scalars = [key for key, value in first.items() if not isinstance(value, (list, dict))][:7]
    dicts = [rows[row].to_dict() for row in range(5)]
    shown = table(scalars, [[_value(each.get(key)) for key in scalars] for each in dicts])
    whole = json.dumps(plain(first), indent=2, ensure_ascii=False)
    where = f"Rows 0 to 4 of `World({SEED!r}, {LOCALE!r}, {CLOCK!r})`, some columns; then row 0, `to_dict()`."
    return f"{where}\n\n{shown}\n\n```json\n{_shortened(whole)}\n```"


def _shortened(text: str, most: int = 60) -> str:
    lines = text.split("\n")
    return text if len(lines) <= most else "\n".join([*lines[:most], f"… {len(lines) - most} more lines"])


def _value(value: object) -> str:
    return "" if value is None else prose(str(value))
