"""Models of the XML language beside DATAMIMIC CE: the shared ones that it runs, with their counts multiplied.

A model is copied, and the counts of the generates at its top (and at the top of what it includes) are multiplied by 1,000, for
CE by less where it would take minutes. Compared are seconds of the processor, with all files that the targets write; the
console is none of them, since CE prints every record there and we the first ones. Models without a count are left out, as are
those that CE refuses.
"""

from __future__ import annotations

import json
import re
import shutil
import sys
from datetime import date
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import NamedTuple

from bench.environments import RESULTS, Unavailable
from bench.speed.race import Contestant, Runner

TIMES, LESS = 1_000, (100, 10)
LONGEST = 120.0
"""Seconds of one run of CE, as its run of the least counts tells."""
_GENERATE = re.compile(r"<(/?)(generate|iterate)\b([^>]*?)(/?)>", re.DOTALL)
_CONSOLE = re.compile(r"(?<=target=[\"'])ConsoleExporter,?\s*|,\s*ConsoleExporter(?=[\"'])")
_COUNT = re.compile(r'(\bcount\s*=\s*")([^"]*)(")')


class Outcome(NamedTuple):
    case: str
    ours: float
    """Seconds per 1,000 times the model's counts."""
    peer: float
    times: int
    """By how much the counts of CE were multiplied."""


def multiplied(text: str, times: int) -> str:
    """The model with the counts at its top multiplied."""
    depth = 0

    def one(found: re.Match[str]) -> str:
        nonlocal depth
        closing, name, attributes, empty = found.groups()
        if closing:
            depth -= 1
        elif not depth:
            attributes = _COUNT.sub(lambda count: count[1] + _times(count[2], times) + count[3], attributes)
        if not closing and not empty:
            depth += 1
        return f"<{closing}{name}{attributes}{empty}>"

    return _CONSOLE.sub("", _GENERATE.sub(one, text))


def _times(count: str, times: int) -> str:
    return str(int(count) * times) if count.isdigit() else f"{{int({count.strip('{}')}) * {times}}}"


def cases(corpus: Path) -> list[tuple[str, Path]]:
    """The shared models that CE runs and that count: name and file."""
    found = []
    for each in json.loads((corpus / "cases.json").read_text(encoding="utf-8")):
        name = each["case"]
        expected = json.loads((corpus / "expected" / f"{name}.json").read_text(encoding="utf-8"))
        path = corpus / "cases" / name / each["descriptor"]
        texts = [one.read_text(encoding="utf-8") for one in sorted(path.parent.rglob("*.xml"))]
        if expected["expect"] == "ok" and any(multiplied(text, 2) != multiplied(text, 1) for text in texts):
            found.append((name, path))
    return found


def copies(path: Path, place: Path) -> Path:
    """Copies of the model's folder below `place`, one per multiple; the path that runners are given."""
    for times in (1, *LESS, TIMES):
        copy = place / str(times)
        shutil.copytree(path.parent, copy)
        for file in copy.rglob("*.xml"):
            text = file.read_text(encoding="utf-8")
            file.write_text(multiplied(text, times), encoding="utf-8")
    return place / path.name


def outcome(name: str, model: Path, rounds: int) -> Outcome:
    """Medians of interleaved rounds. Raises `Unavailable`."""
    slow = Runner(_peer(model, LESS[-1]))
    seconds = LESS[-1] / slow.run()
    slow.stop()
    times = next((each for each in (TIMES, *LESS) if seconds * each / LESS[-1] <= LONGEST), LESS[-1])
    runners = (
        Runner(Contestant(name, "ours", None, "xml_model_runner.py", str(model), TIMES, "")),
        Runner(_peer(model, times)),
    )
    speeds = [[runner.run() for runner in runners] for _ in range(rounds)]
    for runner in runners:
        runner.stop()
    ours, peer = (TIMES / median(each) for each in zip(*speeds, strict=True))
    return Outcome(name, ours, peer, times)


def _peer(model: Path, times: int) -> Contestant:
    return Contestant("DATAMIMIC CE", "datamimic-ce", ["datamimic-ce"], "ce_model_runner.py", str(model), times, "")


def measure(corpus: Path, rounds: int, only: list[str] | None) -> int:
    """Print and keep (`results/xml-models.json`, `.md`) what every model takes."""
    outcomes = []
    for name, path in cases(corpus):
        if only and not any(name.startswith(each) for each in only):
            continue
        with TemporaryDirectory() as place:
            try:
                made = outcome(name, copies(path, Path(place)), rounds)
            except Unavailable as reason:
                print(f"{name} is left out: {reason}", file=sys.stderr)
                continue
        outcomes.append(made)
        print(f"{name}: {made.ours:.2f} s, {made.peer:.1f} s, {made.peer / made.ours:,.0f} ×", file=sys.stderr)
    lines = [
        f"Models of the XML language, counts × {TIMES:,}: seconds of one processor, median of {rounds} interleaved rounds,"
        f" {date.today()}",
        "",
        "| Model | datamimic | DATAMIMIC CE | counts of CE | faster by |",
        "|---|--:|--:|--:|--:|",
    ]
    lines += [
        f"| {each.case} | {each.ours:.2f} | {each.peer:,.1f} | × {each.times:,} | {each.peer / each.ours:,.0f} × |"
        for each in outcomes
    ]
    print("\n".join(lines))
    if not only:
        RESULTS.mkdir(exist_ok=True)
        (RESULTS / "xml-models.md").write_text("# XML models\n\n" + "\n".join(lines) + "\n", encoding="utf-8")
        written = {"date": str(date.today()), "results": [each._asdict() for each in outcomes]}
        (RESULTS / "xml-models.json").write_text(json.dumps(written, indent=1) + "\n", encoding="utf-8")
    return 0
