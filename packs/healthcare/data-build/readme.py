"""Write the README's sample rows, so that they are what the pack makes.

Needs the pack itself installed. Run it after a change of values: python packs/healthcare/data-build/readme.py
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import attrs

from datamimic import World, spec_of

README = Path(__file__).resolve().parents[1] / "README.md"
START, END = "<!-- samples: written by data-build/readme.py -->", "<!-- end of samples -->"
SEED, CLOCK = "readme", "2026-01-01T00:00:00Z"
COUNTRIES = ("US", "DE", "VN")
ENTITIES = ("patient", "doctor", "hospital", "encounter", "medical_record", "medical_device", "medical_procedure")
MOST_ITEMS, MOST_LETTERS = 4, 110


def shown(value: Any) -> str:
    if isinstance(value, list):
        return "<br>".join([shown(item) for item in value[:MOST_ITEMS]] + ["…"] * (len(value) > MOST_ITEMS))
    if isinstance(value, dict):
        return "<br>".join(f"{name}: {shown(part)}" for name, part in value.items())
    if attrs.has(type(value)):
        parts = {a.name: getattr(value, a.name) for a in attrs.fields(type(value))}
        text = ", ".join(shown(part) for part in parts.values() if part not in (None, ""))
        return text if len(text) <= MOST_LETTERS else text[:MOST_LETTERS] + "…"
    text = "" if value is None else str(value)
    return text.replace("+00:00", "").replace("|", "\\|")


def interesting(world: World, entity: str) -> Any:
    """An early row that has something to show."""
    for row in world[f"healthcare.{entity}"][0:300]:
        conditions = getattr(row, "conditions", None)
        if conditions is None or (3 <= len(conditions) <= 5 and row.medications and row.allergies):
            return row
    raise LookupError(entity)


def page(entity: str) -> list[str]:
    """One row of three countries side by side, with what each column means."""
    rows = [interesting(World(SEED, country, CLOCK), entity) for country in COUNTRIES]
    spec = spec_of(type(rows[0]))
    made = [f"### `healthcare.{entity}`", "", spec.doc.splitlines()[0], ""]
    made += ["| column | US | DE | VN | meaning |", "|---|---|---|---|---|"]
    for each in spec.columns:
        cells = " | ".join(shown(getattr(row, each.column_name)) for row in rows)
        made.append(f"| {each.column_name} | {cells} | {each.doc}{f' ({each.unit})' if each.unit else ''} |")
    return [*made, ""]


def main() -> None:
    text = README.read_text(encoding="utf-8")
    head, _, rest = text.partition(START)
    _, _, tail = rest.partition(END)
    lines = ["", "## Sample rows", "", f'Of the worlds `World("{SEED}", country, "{CLOCK}")`.', ""]
    for entity in ENTITIES:
        lines += page(entity)
    README.write_text(head + START + "\n".join(lines) + "\n" + END + tail, encoding="utf-8")


if __name__ == "__main__":
    main()
