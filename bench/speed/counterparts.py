"""Each entity beside that of DATAMIMIC CE with its name: rows per second with all fields, on one processor."""

from __future__ import annotations

import json
import sys
from datetime import date
from statistics import median

from bench.environments import RESULTS, Unavailable
from bench.speed.race import Contestant, Runner

SERVICES = {
    "common": ("Person", "Address", "City", "Country", "Company"),
    "healthcare": ("Patient", "Doctor", "Hospital", "MedicalDevice", "MedicalProcedure"),
    "finance": ("Bank", "BankAccount", "CreditCard", "Transaction"),
    "insurance": ("InsuranceCompany", "InsuranceProduct", "InsuranceCoverage", "InsurancePolicy"),
    "ecommerce": ("Product", "Order"),
    "public_sector": ("AdministrationOffice", "EducationalInstitution", "PoliceOfficer"),
}
OURS, THEIRS = 200_000, 300


def compare(rounds: int) -> int:
    """Print and keep (`results/counterparts.json`, `.md`) the medians of `rounds` rounds of either, in turns."""
    lines = [
        f"All fields, rows per second on one processor, median of {rounds} interleaved rounds, {date.today()}",
        "",
        "| Entity | datamimic, to Arrow | DATAMIMIC CE, dictionaries | faster by |",
        "|---|--:|--:|--:|",
    ]
    kept = []
    for pack, names in SERVICES.items():
        for name in names:
            entity = f"{pack}.{''.join('_' + char.lower() if char.isupper() else char for char in name)[1:]}"
            try:
                ours, theirs = _speeds(entity, f"{pack}.{name}Service", rounds)
            except Unavailable as reason:
                print(f"{entity} is left out: {reason}", file=sys.stderr)
                continue
            lines.append(f"| `{entity}` | {ours:,.0f} | {theirs:,.0f} | {ours / theirs:,.0f} × |")
            kept.append({"entity": entity, "ours": ours, "theirs": theirs})
            print(lines[-1], file=sys.stderr)
    print("\n".join(lines))
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / "counterparts.md").write_text("# Counterparts\n\n" + "\n".join(lines) + "\n", encoding="utf-8")
    (RESULTS / "counterparts.json").write_text(
        json.dumps({"date": str(date.today()), "results": kept}, indent=1) + "\n"
    )
    return 0


def _speeds(entity: str, service: str, rounds: int) -> tuple[float, float]:
    contestants = (
        Contestant("datamimic", "ours", None, "our_runner.py", entity, OURS, ""),
        Contestant("DATAMIMIC CE", "datamimic-ce", ["datamimic-ce"], "ce_runner.py", service, THEIRS, ""),
    )
    runners = [Runner(each) for each in contestants]
    speeds: list[list[float]] = [[], []]
    for _ in range(rounds):
        for runner, own in zip(runners, speeds, strict=True):
            own.append(runner.run())
    for runner in runners:
        runner.stop()
    ours, theirs = map(median, speeds)
    return ours, theirs
