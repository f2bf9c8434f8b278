"""One page: ours beside peers and limits, in interleaved rounds of one run; medians, ratios with their spread, and history.

`results/page.json` keeps the races of this version, `results/history.jsonl` a line per race and version, so that a later one
tells what became slower.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from datetime import date
from importlib.metadata import version
from statistics import median
from typing import Any

from bench.environments import RESULTS
from bench.speed.race import CONTESTANTS, Contestant, interleaved

ROWS = 200_000
PAGE, KEPT, HISTORY = RESULTS / "page.md", RESULTS / "page.json", RESULTS / "history.jsonl"


def _writers(kind: str, *tools: str) -> list[Contestant]:
    """Ours first, then those of other tools."""
    made = [
        Contestant(f"datamimic, {kind}", "ours", None, "writer_runner.py", f"ours {kind}", ROWS, "a table in memory")
    ]
    for tool in tools:
        remark = "no formula guard, no digests" if kind != "parquet" else "the same compression"
        made.append(Contestant(f"{tool}, {kind}", "ours", None, "writer_runner.py", f"{tool} {kind}", ROWS, remark))
    return made


RACES: Mapping[str, Sequence[Contestant]] = {
    "people": CONTESTANTS,
    "csv": _writers("csv", "pyarrow", "polars", "duckdb"),
    "jsonl": _writers("jsonl", "polars", "duckdb", "orjson"),
    "parquet": _writers("parquet", "pyarrow"),
}
"""By name: the first of each is ours, and what the others are compared with."""


def measure(rounds: int, only: Sequence[str] | None) -> int:
    """Run the races, print the page and keep it; a tool that is not installed is left out, and said to be."""
    kept: dict[str, Any] = json.loads(KEPT.read_text(encoding="utf-8")) if KEPT.is_file() else {}
    for name, contestants in RACES.items():
        if only and not name.startswith(tuple(only)):
            continue
        runners, speeds = interleaved(contestants, rounds)
        versions = {runner.contestant.name: runner.version for runner in runners}
        kept[name] = {
            "date": str(date.today()),
            "version": version("datamimic-core"),
            "runs": [
                {"name": each.name, "version": versions[each.name], "remark": each.remark, "speeds": speeds[each.name]}
                for each in contestants
                if each.name in versions
            ],
        }
        _remember(name, kept[name])
    KEPT.write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")
    text = page(kept)
    PAGE.write_text(text, encoding="utf-8")
    print(text)
    return 0


def page(kept: Mapping[str, Any]) -> str:
    """Every race as a table, and what the kernels take."""
    parts = ["# Ours beside others, on one page"]
    for name, race in kept.items():
        ours = race["runs"][0]["speeds"]
        lines = [f"## {name}, {race['date']}, datamimic {race['version']}", ""]
        lines += ["| | Version | Rows/s | Ours is faster by | Least to most | |", "|---|---|--:|--:|--:|---|"]
        for each in race["runs"]:
            ratios = [mine / theirs for mine, theirs in zip(ours, each["speeds"], strict=True)]
            lines.append(
                f"| {each['name']} | {each['version']} | {median(each['speeds']):,.0f} | {median(ratios):,.2f} × "
                f"| {min(ratios):,.2f} to {max(ratios):,.2f} | {each['remark']} |"
            )
        parts.append("\n".join(lines))
    return "\n\n".join([*parts, _before(kept)]) + "\n"


def _before(kept: Mapping[str, Any]) -> str:
    """Of every race our median of this version and of those before, as they were measured then."""
    lines = ["## History", "", "| Race | Version | Date | Rows/s | Of the fastest other |", "|---|---|---|--:|--:|"]
    for each in _history():
        if each["race"] in kept:
            share = "" if each["of_fastest"] is None else f"{each['of_fastest']:.2f} ×"
            lines.append(f"| {each['race']} | {each['version']} | {each['date']} | {each['rows']:,.0f} | {share} |")
    return "\n".join(lines)


def _history() -> list[dict[str, Any]]:
    if not HISTORY.is_file():
        return []
    return [json.loads(line) for line in HISTORY.read_text(encoding="utf-8").splitlines() if line]


def _remember(name: str, race: Mapping[str, Any]) -> None:
    """A line per race and version: one measured again takes the place of the one before."""
    ours, *others = ((each["name"], median(each["speeds"])) for each in race["runs"])
    foreign = [speed for other, speed in others if not other.startswith("datamimic")]
    line = {
        "race": name,
        "version": race["version"],
        "date": race["date"],
        "rows": round(ours[1]),
        "of_fastest": round(ours[1] / max(foreign), 3) if foreign else None,
    }
    others_kept = [each for each in _history() if (each["race"], each["version"]) != (name, race["version"])]
    every = sorted([*others_kept, line], key=lambda each: (each["race"], each["date"]))
    HISTORY.write_text("".join(json.dumps(each) + "\n" for each in every), encoding="utf-8")
    print(f"{name}: {line['rows']:,} rows a second", file=sys.stderr)
