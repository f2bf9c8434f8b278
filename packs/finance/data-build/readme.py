"""Write the README's sample rows, so that they are what the pack makes.

Needs the pack itself installed. Run it after a change of values: python data-build/readme.py
"""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import attrs

from datamimic import World
from datamimic.model.spec import spec_of

README = Path(__file__).resolve().parents[1] / "README.md"
START, END = "<!-- samples: written by data-build/readme.py -->", "<!-- end of samples -->"
SEED, CLOCK = "readme", "2026-01-01T00:00:00Z"
ENTITIES = ("bank", "bank_account", "transaction", "credit_card", "card_payment", "card_statement", "loan", "loan_payment", "investment")
STATEMENT = (
    "transaction_date",
    "booking_date",
    "transaction_type",
    "direction",
    "amount",
    "balance_after",
    "merchant_category",
    "mcc",
    "location",
    "description",
)


def shown(value: Any) -> str:
    if isinstance(value, list):
        lines = [
            ", ".join(
                f"{name} {getattr(item, name)}" for name in ("isin", "security_name", "quantity", "price", "value")
            )
            for item in value[:3]
        ]
        return "<br>".join(lines)
    text = "" if value is None else str(value)
    return text.replace("+00:00", "").replace("|", "\\|")


def page(entity: str) -> list[str]:
    """One row of three countries side by side, with what each column means."""
    worlds = [World(SEED, country, CLOCK) for country in ("US", "DE", "VN")]
    spec = spec_of(worlds[0].packs.entity(f"finance.{entity}"))
    rows = [world[f"finance.{entity}"][2] for world in worlds]
    made = [
        f"### `finance.{entity}`",
        "",
        spec.doc.splitlines()[0],
        "",
        "| column | US | DE | VN | meaning |",
        "|---|---|---|---|---|",
    ]
    for each in spec.columns:
        cells = " | ".join(shown(getattr(row, each.column_name)) for row in rows)
        made.append(f"| {each.column_name} | {cells} | {each.doc}{f' ({each.unit})' if each.unit else ''} |")
    return [*made, ""]


def statement() -> list[str]:
    """A month of one account, as its bookings follow each other."""
    world = World(SEED, "DE", CLOCK)
    names = ["account_id", "day", *STATEMENT]
    lines = world["finance.transaction"][0:4_000].select(names).to_arrow().to_pylist()
    chosen = next(line["account_id"] for line in lines if line["transaction_type"] == "Salary")
    month = date.fromisoformat(CLOCK[:10]) - timedelta(days=31)
    made = [
        "### A month of an account",
        "",
        f"The last month of the account {chosen} (Germany): every balance is the one above plus or minus the amount.",
        "",
    ]
    made += ["| " + " | ".join(STATEMENT) + " |", "|" + "---|" * len(STATEMENT)]
    made += [
        "| " + " | ".join(shown(line[name]) for name in STATEMENT) + " |"
        for line in lines
        if line["account_id"] == chosen and line["day"] >= (month - date(1970, 1, 1)).days
    ]
    return [*made, ""]


def schedule() -> list[str]:
    loan = next(loan for loan in World(SEED, "US", CLOCK)["finance.loan"][0:200] if loan.term_months == 24)
    names = [attribute.name for attribute in attrs.fields(type(loan.schedule[0]))]
    made = [
        "### A loan's schedule",
        "",
        f"{loan.principal} USD at {loan.annual_rate} % over {loan.term_months} months (`loan.schedule`):",
        "",
    ]
    made += ["| " + " | ".join(names) + " |", "|" + "---|" * len(names)]
    lines = [*loan.schedule[:3], None, *loan.schedule[-2:]]
    made += [
        "| " + " | ".join("…" if line is None else shown(getattr(line, name)) for name in names) + " |"
        for line in lines
    ]
    return [*made, ""]


def main() -> None:
    text = README.read_text(encoding="utf-8")
    before, _, rest = text.partition(START)
    _, _, after = rest.partition(END)
    samples = "\n".join([line for entity in ENTITIES for line in page(entity)] + statement() + schedule())
    README.write_text(f"{before}{START}\n\n{samples}\n{END}{after}", encoding="utf-8")


if __name__ == "__main__":
    main()
