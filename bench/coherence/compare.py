"""Runs every tool and the checks, writes `results/coherence.md` and `.json`, and puts a compact table on two pages."""

from __future__ import annotations

import json
import platform
import sys
from datetime import date
from pathlib import Path
from typing import Any

from bench.environments import RESULTS, Unavailable, python_of, run

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
ORACLES = ["python-stdnum", "schwifty", "phonenumbers", "zipcodes"]
TOOLS = {
    "datamimic": ("ours", None, "our_rows.py"),
    "Faker": ("faker", ["faker"], "faker_rows.py"),
    "Mimesis": ("mimesis", ["mimesis"], "mimesis_rows.py"),
    "DATAMIMIC CE": ("datamimic-ce", ["datamimic-ce"], "datamimic_ce_rows.py"),
}
"""Name in the table -> environment, what to install there (None: the running interpreter, which has ours), script."""

START, END = "<!-- comparison:start -->", "<!-- comparison:end -->"
SHOWN_IN = (ROOT / "README.md", ROOT / "docs" / "index.md")
BAR = "\N{EN DASH}"


def compare(count: int, only: list[str] | None, readme: bool) -> int:
    """Exit status 0, or 1 when our own rows break a check."""
    judge = python_of("oracles", ORACLES)
    results: dict[str, Any] = {"date": date.today().isoformat(), "rows": count, "python": platform.python_version()}
    results["oracles"] = json.loads(run([str(judge), "-c", _VERSIONS, *ORACLES]))
    results["tools"] = {}
    for name, (environment, requirements, script) in TOOLS.items():
        if only and environment not in only and name not in only:
            continue
        try:
            python = Path(sys.executable) if requirements is None else python_of(environment, requirements)
            made = run([str(python), str(HERE / "samples" / script), str(count)])
        except Unavailable as reason:
            print(f"{name} is left out: {reason}", file=sys.stderr)
            results["tools"][name] = {"skipped": str(reason)}
            continue
        found = json.loads(run([str(judge), str(HERE / "judge.py")], given=made))
        results["tools"][name] = {"version": json.loads(made)["version"], "checks": found}
    text = page(results)
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / "coherence.json").write_text(json.dumps(results, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    (RESULTS / "coherence.md").write_text(text, encoding="utf-8")
    print(text)
    if readme:
        for shown in SHOWN_IN:
            shown.write_text(with_comparison(shown, results), encoding="utf-8")
    ours = results["tools"].get("datamimic", {}).get("checks", [])
    return int(any(each["violations"] for each in ours))


_VERSIONS = (
    "import sys, json; from importlib.metadata import version as v; print(json.dumps({n: v(n) for n in sys.argv[1:]}))"
)


def table(results: dict[str, Any], cell: Any) -> list[str]:
    tools = {name: told for name, told in results["tools"].items() if "checks" in told}
    checks = [each["check"] for each in next(iter(tools.values()))["checks"]]
    lines = ["| Rows in violation | " + " | ".join(f"{name} {told['version']}" for name, told in tools.items()) + " |"]
    lines.append("|---" + "|--:" * len(tools) + "|")
    for number, sentence in enumerate(checks):
        cells = [cell(told["checks"][number]) for told in tools.values()]
        lines.append(f"| {sentence} | {' | '.join(cells)} |")
    return lines


def counted(found: dict[str, Any]) -> str:
    return f"{found['violations']:,} of {found['rows']:,}" if found["rows"] else BAR


def share(found: dict[str, Any]) -> str:
    """Percent of the rows that the check could judge: 0 only for no row at all, 100 only for all of them."""
    if not found["rows"]:
        return BAR
    percent = 100 * found["violations"] / found["rows"]
    if percent in (0, 100):
        return f"{percent:.0f} %"
    return f"{min(max(percent, 0.1), 99.9):.1f} %"


def page(results: dict[str, Any]) -> str:
    """The whole result as Markdown, with counts, judges and versions."""
    judges = next(told["checks"] for told in results["tools"].values() if "checks" in told)
    skipped = [
        f"- {name} was left out: {told['skipped']}" for name, told in results["tools"].items() if "skipped" in told
    ]
    oracles = ", ".join(f"{name} {version}" for name, version in results["oracles"].items())
    lines = [
        "# Coherence, the same checks on every tool",
        "",
        f"{results['date']}, {results['rows']:,} rows of each kind per tool, defaults of each tool, Python",
        f"{results['python']}. Judged by {oracles}, and by what the last table names.",
        "Counts are of rows that the check says something about (a person without a title says nothing about titles);",
        f"{BAR} where a tool offers no such columns. `python -m bench coherence` makes this page.",
        "",
        *table(results, counted),
        "",
        "Faker (`safe_email`) and Mimesis (`email(domains=…)`) keep to reserved domains when asked to.",
        "",
        *skipped,
        *([""] if skipped else []),
        "| Check | Judge |",
        "|---|---|",
        *(f"| {each['check']} | {each['judge']} |" for each in judges),
        "",
    ]
    return "\n".join(lines)


def with_comparison(page: Path, results: dict[str, Any]) -> str:
    """The text of a page with the table between its markers. Raises ValueError for a page without them."""
    text = page.read_text(encoding="utf-8")
    before, start, rest = text.partition(START)
    _, end, after = rest.partition(END)
    if not (start and end):
        raise ValueError(f"{page} lacks the markers {START} and {END}")
    of_the_site = page.is_relative_to(ROOT / "docs")  # which has no pages of other folders
    counts = "`bench/results/coherence.md`" if of_the_site else "[bench/results](bench/results/coherence.md)"
    compact = [
        "## The same checks on every tool",
        "",
        *table(results, share),
        "",
        f"Defaults of each tool, {results['rows']:,} rows of each kind, {results['date']}; {BAR} where a tool offers none.",
        f"Judged by {', '.join(results['oracles'])}, and, for German regions, illnesses and drugs, by lists entered by",
        f"hand in `bench/coherence`. `python -m bench coherence` repeats it; counts are in {counts}.",
    ]
    return before + "\n".join([START, *compact, END]) + after
