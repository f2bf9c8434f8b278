"""Write the README's sample rows, so that they are what the pack makes.

Needs the pack itself installed. Run it after a change of values: python packs/insurance/data-build/readme.py
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
ENTITIES = (
    "insurance_company",
    "insurance_product",
    "insurance_coverage",
    "insured",
    "risk_profile",
    "insurance_policy",
    "endorsement",
    "claim",
    "claim_valuation",
)
MOST_ITEMS = 4


def shown(value: Any) -> str:
    if isinstance(value, list):
        return "<br>".join([shown(item) for item in value[:MOST_ITEMS]] + ["…"] * (len(value) > MOST_ITEMS))
    if attrs.has(type(value)):
        parts = {a.name: getattr(value, a.name) for a in attrs.fields(type(value))}
        return ", ".join(f"{n} {shown(v)}" for n, v in parts.items() if v not in (None, "") and n != "description")
    text = "" if value is None else str(value)
    return text.replace("+00:00", "").replace("|", "\\|")


def interesting(world: World, entity: str) -> Any:
    """An early row, of motor insurance where there are lines to choose from."""
    for row in world[f"insurance.{entity}"][1:200]:
        line = getattr(row, "line", getattr(row, "type", "auto"))
        if line in ("auto", "home") and getattr(row, "status", "closed") in ("closed", "active"):
            return row
    raise LookupError(entity)


def page(entity: str) -> list[str]:
    """One row of three countries side by side, with what each column means."""
    rows = [interesting(World(SEED, country, CLOCK), entity) for country in COUNTRIES]
    spec = spec_of(type(rows[0]))
    made = [f"### `insurance.{entity}`", "", spec.doc.splitlines()[0], ""]
    made += ["| column | US | DE | VN | meaning |", "|---|---|---|---|---|"]
    for each in spec.columns:
        cells = " | ".join(shown(getattr(row, each.column_name)) for row in rows)
        made.append(f"| {each.column_name} | {cells} | {each.doc}{f' ({each.unit})' if each.unit else ''} |")
    return [*made, ""]


def book() -> list[str]:
    """A dozen policies side by side: what they cost and why."""
    names = (
        "product_code",
        "status",
        "start_date",
        "end_date",
        "risk_score",
        "premium",
        "premium_frequency",
        "claim_count",
    )
    made = ["### Twelve policies", "", "Of one world in the United States, with the ages of their holders:", ""]
    made += ["| " + " | ".join((*names, "age")) + " |", "|" + "---|" * (len(names) + 1)]
    for policy in World(SEED, "US", CLOCK)["insurance.insurance_policy"][0:12]:
        cells = [shown(getattr(policy, name)) for name in names]
        made.append("| " + " | ".join([*cells, str(policy.risk_profile.age)]) + " |")
    return [*made, ""]


def main() -> None:
    text = README.read_text(encoding="utf-8")
    before, _, rest = text.partition(START)
    _, _, after = rest.partition(END)
    samples = "\n".join([line for entity in ENTITIES for line in page(entity)] + book())
    README.write_text(f"{before}{START}\n\n{samples}\n{END}{after}", encoding="utf-8")


if __name__ == "__main__":
    main()
