"""Write the README's sample rows, so that they are what the pack makes.

Needs the pack itself installed. Run it after a change of values: python packs/common/data-build/readme.py
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from datamimic import World, spec_of
from datamimic.model.instances import own_values

README = Path(__file__).resolve().parents[1] / "README.md"
START, END = "<!-- samples: written by data-build/readme.py -->", "<!-- end of samples -->"
SEED, CLOCK = "readme", "2026-01-01T00:00:00Z"
COUNTRIES = ("US", "DE", "VN")
ENTITIES = ("person", "address", "city", "country", "company")
ROW = 3


def shown(value: Any) -> str:
    if hasattr(type(value), "__entity__"):
        return ", ".join(f"{name} {shown(part)}" for name, part in own_values(value).items() if part not in (None, ""))
    if isinstance(value, list):
        return ", ".join(map(shown, value))
    text = "" if value is None else str(value)
    return text.replace("+00:00", "").replace("|", "\\|")


def page(entity: str) -> list[str]:
    """One row of three countries side by side, with what each column means."""
    rows = [World(SEED, country, CLOCK)[f"common.{entity}"][ROW] for country in COUNTRIES]
    spec = spec_of(type(rows[0]))
    made = [f"### `common.{entity}`", "", spec.doc.splitlines()[0], ""]
    made += ["| column | US | DE | VN | meaning |", "|---|---|---|---|---|"]
    for each in spec.columns:
        cells = " | ".join(shown(getattr(row, each.column_name)) for row in rows)
        made.append(f"| {each.column_name} | {cells} | {each.doc}{f' ({each.unit})' if each.unit else ''} |")
    return [*made, ""]


def samples() -> str:
    parts = [START, "", "## Sample rows", "", f"Row {ROW} of worlds with the seed `{SEED}`.", ""]
    for entity in ENTITIES:
        parts += page(entity)
    return "\n".join([*parts, END])


if __name__ == "__main__":
    text = README.read_text(encoding="utf-8")
    if START in text:
        before, rest = text.split(START)
        text = before + samples() + rest.split(END)[1]
    else:
        text = text.rstrip("\n") + "\n\n" + samples() + "\n"
    README.write_text(text, encoding="utf-8", newline="\n")
