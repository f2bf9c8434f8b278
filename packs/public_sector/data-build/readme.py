"""Write the README's sample rows, so that they are what the pack makes.

Needs the pack itself installed. Run it after a change of values: python data-build/readme.py
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import attrs

from datamimic import World
from datamimic.model.spec import spec_of

README = Path(__file__).resolve().parents[1] / "README.md"
START, END = "<!-- samples: written by data-build/readme.py -->", "<!-- end of samples -->"
SEED, CLOCK = "readme", "2026-01-01T00:00:00Z"
ENTITIES = {"administration_office": 4, "educational_institution": 5, "police_department": 4, "police_officer": 9}
"""The row that is shown of each entity."""
TEAM = (
    "full_name", "age", "department_name", "hire_date", "years_of_service", "rank", "unit", "shift", "badge_number", "salary",
)  # fmt: skip

HOME = "address.city"


def shown(value: Any) -> str:
    if isinstance(value, dict):
        text = "; ".join(f"{key}: {shown(each)}" for key, each in value.items())
    elif isinstance(value, list | tuple):
        text = "; ".join(shown(each) for each in value)
    elif hasattr(value, "full_address"):
        text = value.full_address
    elif attrs.has(type(value)):
        text = " ".join(shown(getattr(value, each.name)) for each in attrs.fields(type(value)))
    else:
        text = "" if value is None else str(value)
    return text.replace("|", "\\|")


def page(entity: str, number: int) -> list[str]:
    """One row of three countries side by side, with what each column means."""
    worlds = [World(SEED, country, CLOCK) for country in ("US", "DE", "VN")]
    spec = spec_of(worlds[0].packs.entity(f"public_sector.{entity}"))
    rows = [world[f"public_sector.{entity}"][number] for world in worlds]
    made = [f"### `public_sector.{entity}`", "", spec.doc.splitlines()[0], "", "| column | US | DE | VN | meaning |", "|---|---|---|---|---|"]
    for each in spec.columns:
        cells = " | ".join(shown(getattr(row, each.column_name)) for row in rows)
        made.append(f"| {each.column_name} | {cells} | {each.doc}{f' ({each.unit})' if each.unit else ''} |")
    return [*made, ""]


def team() -> list[str]:
    """The first officers of a world, in the order of its people, with where they live."""
    world = World(SEED, "US", CLOCK)
    own = world["public_sector.police_officer"][0:12].select([*TEAM, HOME]).to_arrow().to_pylist()
    made = ["### Officers among the people", "", "The first twelve of a world, each at a department near home:", ""]
    made += ["| " + " | ".join((*TEAM, HOME)) + " |", "|" + "---|" * (len(TEAM) + 1)]
    made += ["| " + " | ".join(shown(line[name]) for name in (*TEAM, HOME)) + " |" for line in own]
    return [*made, ""]


def main() -> None:
    text = README.read_text(encoding="utf-8")
    before, _, rest = text.partition(START)
    _, _, after = rest.partition(END)
    samples = "\n".join([line for entity, number in ENTITIES.items() for line in page(entity, number)] + team())
    README.write_text(f"{before}{START}\n\n{samples}\n{END}{after}", encoding="utf-8")


if __name__ == "__main__":
    main()
