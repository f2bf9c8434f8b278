"""Messages beside the nearest library that writes the same: per second of processor time. Ours makes the data too, theirs is
given it."""

from __future__ import annotations

import json
import sys
import time
from datetime import date
from pathlib import Path
from statistics import median

from bench.environments import RESULTS, Unavailable, python_of, run
from datamimic import World

RACES = (
    ("fhir.r4.patient", "fhir.resources", ["fhir.resources==8.3.0"], 20_000),
    ("hl7.2.5.1.adt_a03", "hl7apy", ["hl7apy==1.3.5"], 20_000),
    ("edifact.orders.d01b", "pydifact", ["pydifact==0.2.3"], 10_000),
)
RUNNER = Path(__file__).parent / "runners" / "message_runner.py"


def compare(rounds: int) -> int:
    """Print and keep (`results/messages.json`, `.md`) the medians of `rounds` rounds of either, in turns."""
    lines = [
        f"Messages per second of processor time, median of {rounds} interleaved rounds, {date.today()}",
        "",
        "| Message | datamimic, data and text | Library, text of given data | faster by |",
        "|---|--:|--:|--:|",
    ]
    kept = []
    for name, library, requirements, count in RACES:
        speeds: list[tuple[float, float]] = []
        try:
            python = python_of(library, requirements)
            for turn in range(rounds):
                speeds.append(
                    (_ours(name, count, turn), float(run([str(python), str(RUNNER), library], given=_one(name))))
                )
        except Unavailable as reason:
            print(f"{name} is left out: {reason}", file=sys.stderr)
            continue
        ours, theirs = (median(column) for column in zip(*speeds, strict=True))
        lines.append(f"| `{name}` | {ours:,.0f} | {library} {theirs:,.0f} | {ours / theirs:,.1f} × |")
        kept.append({"message": name, "library": library, "ours": ours, "theirs": theirs})
        print(lines[-1], file=sys.stderr)
    print("\n".join(lines))
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / "messages.md").write_text("# Messages\n\n" + "\n".join(lines) + "\n", encoding="utf-8")
    (RESULTS / "messages.json").write_text(json.dumps({"date": str(date.today()), "results": kept}, indent=1) + "\n")
    return 0


def _world(seed: int) -> World:
    return World(seed, "en_US", clock="2025-06-01T00:00:00Z")


def _one(name: str) -> str:
    return _world(0).message(name)[0:1].texts()[0]


def _ours(name: str, count: int, seed: int) -> float:
    """What a world writes that has written before."""
    messages = _world(seed).message(name)
    messages[0:20].to_bytes()
    begun = time.process_time()
    messages[20 : 20 + count].to_bytes()
    return count / (time.process_time() - begun)
